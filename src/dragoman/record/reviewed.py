"""What a person says of a row: the nouns of the review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["accept", "reject", "speaker", "act", "status", "type", "same", "apart"]
RowKind = Literal["statement", "event"]
Place = tuple[str, int]
"""A document, and a row's position in the reading of it."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A person's word about a row: that it is right ("accept") or none ("reject"), what its "speaker", "act", "status" or
    "type" is, or that it and another event are the "same" or "apart".

    What is said of an event holds for all its reports; "reject" is of one report, and "same" and "apart" of two.
    """

    kind: Kind
    row: str
    """Id of the statement or event; `ID/2` is the second report of an event, by document and place."""
    made_by: str
    value: str | None = None
    """Of a correction: the actor's id, or the act, status or PLOVER type."""
    other: str | None = None
    """Of same and apart: the other event, written like `row`."""
    row_kind: RowKind = "statement"
    """This and all that follows is given when it is kept."""
    document: str = ""
    """May be given before, where it is known, so that a statement is found quickly in a large project."""
    start: int = 0
    end: int = 0
    text: str = ""
    other_document: str | None = None
    other_start: int | None = None
    other_end: int | None = None
    number: int = 0
    made: str = ""
    """UTC."""
    undone: str | None = None
    now: str | None = None
    """Id of the row that has the words now."""
    problem: str | None = None
    """Why it changes nothing now, if it does not."""


@dataclass(frozen=True, slots=True)
class Words:
    """Where the words of a statement, or of one report of an event, stand."""

    row_kind: RowKind
    id: str
    """Of the row, with the number of the report where an event has several: `ID/2`."""
    read_as: str
    """The id that the reading gave it."""
    document: str
    position: int
    start: int
    end: int
    text: str
