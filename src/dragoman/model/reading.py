"""A reading: everything that was read from one document."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.actor import Actor
from dragoman.model.document import Document
from dragoman.model.event import Event
from dragoman.model.statement import Statement


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of the text that names an actor. `kind` is name, demonym, seat, role or pronoun."""

    start: int
    end: int
    actor: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says. Each event has one report here, and an event told twice stands here twice under one id;
    `resolve` brings all its reports together."""

    document: Document
    reader: str
    """Name and version of the reader and its weights."""
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()
    """What was not read and why, e.g. "language 'fr' is not read yet"."""

    def _repr_html_(self) -> str:
        """The text with its statements and events marked, as notebooks show it."""
        from dragoman.show_html import reading_html

        return reading_html(self)
