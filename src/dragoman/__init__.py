"""Dragoman reads news about how states deal with each other, and keeps a record whose every row points at its words.

    import dragoman
    reading = dragoman.read("The foreign minister of Karsovia said ...")
    project = dragoman.Project("caucasus")

Names are imported when they are first used, so that `import dragoman` costs milliseconds.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.errors import (
        DragomanError,
        InputError,
        LanguageError,
        OntologyError,
        ProjectError,
        SettingsError,
        WeightsError,
    )
    from dragoman.model import (
        About,
        Act,
        Actor,
        ActorType,
        Block,
        ChainLink,
        Differing,
        Document,
        Event,
        EventReport,
        Form,
        Mention,
        Published,
        Reading,
        Speaker,
        Statement,
        Status,
    )
    from dragoman.record import Decided, Filter, Project, Relation
    from dragoman.resolve.mentions import Resolved, resolve_mention
    from dragoman.run.one import read_one as read

__version__ = "0.1.0"

__all__ = [
    "About",
    "Act",
    "Actor",
    "ActorType",
    "Block",
    "ChainLink",
    "Decided",
    "Differing",
    "Document",
    "DragomanError",
    "Event",
    "EventReport",
    "Filter",
    "Form",
    "InputError",
    "LanguageError",
    "Mention",
    "OntologyError",
    "Project",
    "ProjectError",
    "Published",
    "Reading",
    "Relation",
    "Resolved",
    "SettingsError",
    "Speaker",
    "Statement",
    "Status",
    "WeightsError",
    "read",
    "resolve_mention",
]

_HOMES = {
    **dict.fromkeys(("Decided", "Filter", "Project", "Relation"), "record"),
    **dict.fromkeys(("Resolved", "resolve_mention"), "resolve.mentions"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    if name == "read":
        return import_module("dragoman.read")
    home = _HOMES.get(name) or ("errors" if name.endswith("Error") else "model")
    value = getattr(import_module(f"dragoman.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


class _Room(ModuleType):
    """The room `dragoman.read`, which is at the same time the function that reads one text."""

    def __call__(
        self, given: str | Path | Document, *, source: str | None = None, published: str | None = None
    ) -> Reading:
        from dragoman.run.one import read_one

        return read_one(given, source=source, published=published)


class _Package(ModuleType):
    """The package. Python binds each room to its name here when it is first imported; `read` stays callable then."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "read":
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
