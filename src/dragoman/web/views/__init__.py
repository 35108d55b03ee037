"""The screens: a module each, with SCREENS, and where it has them ACTIONS and DOWNLOADS."""

from __future__ import annotations

from dragoman.web.screen import Action, Download, Screen
from dragoman.web.views import overview, relation, relations

SCREENS: tuple[Screen, ...] = (*overview.SCREENS, *relations.SCREENS, *relation.SCREENS)
ACTIONS: tuple[Action, ...] = ()
DOWNLOADS: tuple[Download, ...] = ()
