"""The screens: a module each, with SCREENS, and where it has them ACTIONS and DOWNLOADS."""

from __future__ import annotations

from dragoman.web.screen import Action, Download, Screen
from dragoman.web.views import document, overview, relation, relations

SCREENS: tuple[Screen, ...] = (*document.SCREENS, *overview.SCREENS, *relations.SCREENS, *relation.SCREENS)
ACTIONS: tuple[Action, ...] = ()
DOWNLOADS: tuple[Download, ...] = (*document.DOWNLOADS,)
