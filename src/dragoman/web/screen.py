"""A screen: an address, what it answers from the project, and the template that shows it. Each has a JSON twin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData

from dragoman.record import Project
from dragoman.web.asked import Asked

Answer = Mapping[str, object]
"""What a screen shows, by name: dataclasses, numbers, text, and lists and mappings of these; also the JSON twin's object."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One address of the workbench."""

    path: str
    """With places in braces, `/document/{id}`; its JSON twin has `.json` behind it."""
    template: str
    answer: Callable[[Project, Asked], Answer]
    """Raises Missing where there is nothing at the address, SettingsError where a parameter cannot be followed."""
    menu: str | None = None
    """The entry of the menu that it belongs to."""


@dataclass(frozen=True, slots=True)
class Action:
    """A change that a form asks for, by POST."""

    path: str
    do: Callable[[Project, Asked, FormData], str]
    """Makes the change and returns the address to go to. Raises SettingsError where it cannot be made."""


@dataclass(frozen=True, slots=True)
class Download:
    """An address that gives a file."""

    path: str
    make: Callable[[Project, Asked], File]


@dataclass(frozen=True, slots=True)
class File:
    """A file for the user to keep."""

    name: str
    media_type: str
    content: bytes


class Missing(Exception):
    """There is nothing at the address; the message says what was looked for."""
