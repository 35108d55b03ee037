"""The screens: a module each, with SCREENS, and where it has them ACTIONS and DOWNLOADS."""

from __future__ import annotations

from dragoman.web.screen import Action, Download, Screen
from dragoman.web.views import balance, mirror, network, overview, relation, relations, sources

SCREENS: tuple[Screen, ...] = (
    *balance.SCREENS,
    *mirror.SCREENS,
    *network.SCREENS,
    *overview.SCREENS,
    *relations.SCREENS,
    *relation.SCREENS,
    *sources.SCREENS,
)
ACTIONS: tuple[Action, ...] = ()
DOWNLOADS: tuple[Download, ...] = ()
