"""The screens: a module each, with SCREENS, and where it has them ACTIONS and DOWNLOADS."""

from __future__ import annotations

from dragoman.web.screen import Action, Download, Screen
from dragoman.web.views import decide, decisions, document, overview, relation, relations, review

SCREENS: tuple[Screen, ...] = (
    *decisions.SCREENS,
    *document.SCREENS,
    *overview.SCREENS,
    *relations.SCREENS,
    *relation.SCREENS,
    *review.SCREENS,
)
ACTIONS: tuple[Action, ...] = (*decide.ACTIONS,)
DOWNLOADS: tuple[Download, ...] = (*document.DOWNLOADS,)
