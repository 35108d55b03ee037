"""The screens: a module each, with SCREENS, and where it has them ACTIONS and DOWNLOADS."""

from __future__ import annotations

from types import ModuleType

from dragoman.web.screen import Action, Download, Screen
from dragoman.web.views import (
    accounts,
    actor,
    actor_actions,
    actors,
    balance,
    briefs,
    demands,
    document,
    mirror,
    network,
    overview,
    relation,
    relations,
    review,
    review_actions,
    review_decisions,
    search,
    sources,
    statements,
)

_VIEWS: tuple[ModuleType, ...] = (
    accounts,
    actor,
    actor_actions,
    actors,
    balance,
    briefs,
    demands,
    document,
    mirror,
    network,
    overview,
    relation,
    relations,
    review,
    review_actions,
    review_decisions,
    search,
    sources,
    statements,
)

SCREENS: tuple[Screen, ...] = tuple(one for view in _VIEWS for one in getattr(view, "SCREENS", ()))
ACTIONS: tuple[Action, ...] = tuple(one for view in _VIEWS for one in getattr(view, "ACTIONS", ()))
DOWNLOADS: tuple[Download, ...] = tuple(one for view in _VIEWS for one in getattr(view, "DOWNLOADS", ()))
