"""What an annotated page holds: its text, labels, statements and events."""

from __future__ import annotations

from dataclasses import dataclass

JUNK = frozenset({"menu", "teaser", "related", "form", "credit"})
PARTS = frozenset({"headline", "byline", "dateline"})


class BrokenPage(Exception):
    """An annotation that cannot be meant: the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch of the text that is junk, or a headline, byline or dateline; the rest is the article's body."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """Content `[start, end)` of one speaker and one act. `chain` begins with the speaker and ends with the outlet."""

    start: int
    end: int
    speaker: str
    """A name, an unnamed source as the page words it, or "?" where the page does not tell."""
    form: str
    act: str
    cue: tuple[int, int] | None
    chain: tuple[str, ...]
    mention: tuple[int, int] | None = None
    about: tuple[tuple[str, int], ...] = ()
    """Actors that it is about, as ISO3 or by name, with its polarity toward each."""
    outer: int = -1
    """Index of the statement around it."""


@dataclass(frozen=True, slots=True)
class GoldCondition:
    """Something required: by whom, of whom (None: open), where it is told, and where what follows is (None: untold)."""

    speaker: str
    required_of: str | None
    requirement: tuple[int, int]
    consequence: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """Actors and recipients are ISO3 for whoever acts for a state, else names. `date` is EDTF or None."""

    type: str
    mode: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    status: str
    date: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text and all that was annotated on it. `same` maps each other name to the one used in the gold."""

    name: str
    kind: str
    text: str
    outlet: str | None
    author: str | None
    published: str | None
    basis: str
    labels: tuple[Label, ...]
    statements: tuple[GoldStatement, ...]
    events: tuple[GoldEvent, ...]
    same: dict[str, str]
    conditions: tuple[GoldCondition, ...] = ()
    has_events: bool = True
    """False where events were not annotated."""
