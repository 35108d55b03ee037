"""What the views of a digest give, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from dragoman.model import Actor, Event, Statement
from dragoman.ontology.outlets import State

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RelationRow:
    """Two parties and what happened between them, as `Relation` has it."""

    a: Actor
    b: Actor
    n: int
    """Events of whatever status."""
    quads: Mapping[int, int]
    """Events of each quad that are said to have happened."""
    first: str | None
    """EDTF date of the earliest dated event, and of the one that ends last."""
    last: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event, and on how much it rests."""

    event: Event
    documents: int
    texts: int
    """Documents with a report that are no copies of each other."""
    outlets: int
    sources: int
    """Independent sources: documents that repeat one text, pass on one agency or are of one outlet count once."""
    state_outlets: int
    """Outlets that a state owns or funds, among `known_outlets`."""
    known_outlets: int


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of rows, and how many there are in all."""

    total: int
    rows: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that some of the statements found have, and how many of them do."""

    value: str
    """An actor's or outlet's id, or the value itself: what the filter of this name takes."""
    name: str
    n: int


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A page of statements, and for each filter its most frequent values among all that were found."""

    total: int
    rows: tuple[Statement, ...]
    facets: Mapping[str, tuple[Facet, ...]]
    """By name of the filter: speaker, about, act, form, polarity, outlet; most frequent first."""


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor and how much the record has of it."""

    actor: Actor
    party: str
    """Id of the actor whose dealings its are: the state's of an official, else its own."""
    events: int
    """In which it takes part itself."""
    spoken: int
    """Statements in which it speaks."""
    about: int
    """Statements about it."""


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet and what was read of it."""

    id: str | None
    """None for the documents that name none."""
    name: str | None
    state: State
    documents: int
    texts: int
    first: str | None
    """ISO days of the earliest and the latest publication."""
    last: str | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document and how much was read from it."""

    id: str
    source: str
    title: str | None
    outlet: str | None
    """As the document names it."""
    published: str | None
    language: str | None
    copy_of: str | None
    events: int
    statements: int


@dataclass(frozen=True, slots=True)
class Month:
    """Documents and events of a calendar month."""

    month: str
    """"2031-05"."""
    documents: int
    """Published in it, as far as a month is known."""
    events: int
    """Whose date, or else the publication that tells them, begins in it."""
