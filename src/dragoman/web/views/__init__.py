"""The screens: a module each, with SCREENS, and where it has them ACTIONS and DOWNLOADS."""

from __future__ import annotations

from dragoman.web.screen import Action, Download, Screen
from dragoman.web.views import (
    accounts,
    actor,
    actors,
    deciding,
    demands,
    overview,
    relation,
    relations,
    search,
    statements,
)

SCREENS: tuple[Screen, ...] = (
    *accounts.SCREENS,
    *actors.SCREENS,
    *actor.SCREENS,
    *demands.SCREENS,
    *overview.SCREENS,
    *relation.SCREENS,
    *relations.SCREENS,
    *search.SCREENS,
    *statements.SCREENS,
)
ACTIONS: tuple[Action, ...] = (*deciding.ACTIONS,)
DOWNLOADS: tuple[Download, ...] = ()
