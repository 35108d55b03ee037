"""The screens: a module each, with SCREENS, and where it has them ACTIONS and DOWNLOADS."""

from __future__ import annotations

from dragoman.web.screen import Action, Download, Screen
from dragoman.web.views import briefs, overview, relation, relations

SCREENS: tuple[Screen, ...] = (*briefs.SCREENS, *overview.SCREENS, *relation.SCREENS, *relations.SCREENS)
ACTIONS: tuple[Action, ...] = briefs.ACTIONS
DOWNLOADS: tuple[Download, ...] = briefs.DOWNLOADS
