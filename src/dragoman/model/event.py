"""Events: who did what to whom; and the reports that tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dragoman.model.statement import ChainLink


class Status(StrEnum):
    HAPPENED = "happened"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class EventReport:
    """One document's mention of an event: the clause that says it, and who says so (innermost first)."""

    document: str
    start: int
    end: int
    text: str
    chain: tuple[ChainLink, ...] = ()
    statement: str | None = None
    """Id of the statement that the clause stands in, if any."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Differing:
    """What reports of one event tell differently: `what` is date, type, status, actor, recipient, place or "number of" a
    word; each account is a value and which of the event's reports give it."""

    what: str
    accounts: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A PLOVER event with all its reports. `actor` is never empty; compound actors stay together."""

    id: str
    type: str
    mode: str | None
    context: tuple[str, ...]
    quad: int
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    status: Status
    date: str | None
    """EDTF, or None where the text does not tell."""
    date_basis: str | None
    """What the date was read from: "text" (the words alone), "relative" (words and the publication date), or None."""
    place: str | None
    """Id and name of a place, e.g. "geonames:625144 Minsk", or None."""
    reports: tuple[EventReport, ...]
    differing: tuple[Differing, ...] = ()
    """Where the reports contradict each other; the event itself has what most of them say."""
