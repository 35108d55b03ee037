"""The screens: a module each, with SCREENS, and where it has them ACTIONS and DOWNLOADS."""

from __future__ import annotations

from dragoman.web.screen import Action, Download, Screen
from dragoman.web.views import accounts, demands, overview, relation, relations, statements

SCREENS: tuple[Screen, ...] = (
    *accounts.SCREENS,
    *demands.SCREENS,
    *overview.SCREENS,
    *relation.SCREENS,
    *relations.SCREENS,
    *statements.SCREENS,
)
ACTIONS: tuple[Action, ...] = ()
DOWNLOADS: tuple[Download, ...] = ()
