"""Events of a pair, an actor, a type, a status and a period, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dragoman.digest.arrays import different
from dragoman.digest.loaded import Array
from dragoman.digest.rows import NO_TYPE, STATUSES, types
from dragoman.digest.sides import Sides
from dragoman.digest.tables import Days, Tables, page, within
from dragoman.model import Status

Order = Literal["earliest", "latest"]
Direction = Literal["there", "back"]
"""Of a pair: what the first does toward the second, and the reverse. What both do together is both."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """All conditions that are given must hold."""

    between: Sides | None = None
    """Two parties: one acts toward the other, or both act together."""
    direction: Direction | None = None
    """Of `between`."""
    taking_part: Sides | None = None
    type: str | None = None
    status: str | None = None
    quad: int | None = None
    time: Days | None = None
    """An event lies in it where a day that it may be of does; one without a date by the days of the documents that tell it."""


def find(tables: Tables, wanted: Wanted) -> Array:
    """The numbers of the events."""
    status = tables("events", "status")
    if wanted.between is not None:
        chosen = between(tables, wanted.between, wanted.direction)
    elif wanted.taking_part is not None:
        taking = np.zeros(len(status), dtype=np.bool_)
        events = tables("parts", "event")
        taking[events[wanted.taking_part.has(tables("parts", "actor")) & (events >= 0)]] = True
        chosen = np.flatnonzero(taking)
    else:
        chosen = np.flatnonzero(status >= 0)
    if wanted.between is not None and wanted.taking_part is not None:
        chosen = chosen[np.isin(chosen, find(tables, Wanted(taking_part=wanted.taking_part)))]
    if wanted.status is not None:
        chosen = chosen[status[chosen] == STATUSES.index(Status(wanted.status))]
    if wanted.type is not None:
        chosen = chosen[tables("events", "type")[chosen] == types().get(wanted.type, NO_TYPE)]
    if wanted.quad is not None:
        chosen = chosen[tables("events", "quad")[chosen] == wanted.quad]
    if wanted.time is not None:
        first, last = tables.event_days()
        chosen = chosen[within(first[chosen], last[chosen], wanted.time)]
    return chosen


def between(tables: Tables, sides: Sides, direction: Direction | None = None) -> Array:
    """The events between any two of the parties; with a direction, those from the first to the second or the reverse."""
    source, target = sides.side(tables("dyads", "source")), sides.side(tables("dyads", "target"))
    events = tables("dyads", "event")
    if direction is None:
        chosen = (source >= 0) & (target >= 0) & (source != target)
    else:
        chosen = (source == (direction == "back")) & (target == (direction == "there"))
    return different(events[chosen & (events >= 0)])


def ordered(tables: Tables, events: Array, order: Order, limit: int, offset: int) -> Array:
    """A page of events by their first day, those without one last, then by id."""
    first = tables.event_days()[0][events].astype(np.int64)
    keys = np.where(first == 0, np.iinfo(np.int64).max, first if order == "earliest" else -first)
    return page(events, keys, offset, limit, tables("events", "id"))


def most_told(tables: Tables, events: Array, many: int) -> Array:
    """Those of the events that most documents report."""
    told = tables("reports", "event")
    times = np.bincount(told[told >= 0], minlength=len(tables("events", "status")))[events]
    return page(events, -times, 0, many, tables("events", "id"))


def ids_of(tables: Tables, events: Sequence[int] | Array) -> list[str]:
    """The ids of events by their numbers."""
    found: list[bytes] = tables("events", "id")[np.asarray(events, dtype=np.int64)].tolist()
    return b"\0".join(found).decode().split("\0") if found else []
