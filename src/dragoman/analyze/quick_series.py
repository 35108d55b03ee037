"""Series from a digest: the same as from all events and documents, without going through them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.analyze.counted import Told, figures_of
from dragoman.analyze.figures import Figures
from dragoman.analyze.series import Point, RelationSeries, Way, asked_windows
from dragoman.analyze.windows import Window, WindowKind
from dragoman.digest.arrays import different
from dragoman.digest.sides import Sides
from dragoman.digest.tables import Tables

Array = npt.NDArray[Any]


def quick_series(
    tables: Tables, sides: Sides, kind: WindowKind, since: str | None, until: str | None
) -> RelationSeries | None:
    """The series of two parties; None where no document is dated, so that the events must tell its windows."""
    windows = windows_read(tables, kind, since, until)
    return None if windows is None else series_between(tables, sides, kind, windows)


def windows_read(tables: Tables, kind: WindowKind, since: str | None, until: str | None) -> tuple[Window, ...] | None:
    """The windows of a series, as far as documents were published where an end is not given; None where no document is dated
    and so the events must tell."""
    numbers, _ = _read(tables, kind)
    if not len(numbers) and not (since and until):
        return None
    published = [_first_day(tables, kind, int(at)) for at in (numbers.min(), numbers.max())] if len(numbers) else []
    return asked_windows(published, kind, since, until)


def series_between(
    tables: Tables, sides: Sides, kind: WindowKind, windows: Sequence[Window], a: int = 0, b: int = 1
) -> RelationSeries:
    """The series of two of the parties, given by their places."""
    there, back = sides.acting(tables, a, b), sides.acting(tables, b, a)
    told = Told(tables, different(np.concatenate((there, back))))
    places = place_of(tables, told.numbers, kind, windows)
    numbers, texts = _read(tables, kind)
    read = dict(zip(numbers.tolist(), texts.tolist(), strict=True))
    begin = int(_number(np.array([_ordinal(windows[0].first)]), kind)[0]) if windows else 0
    documents = [read.get(begin + at, 0) for at in range(len(windows))]

    def way(one: int, other: int, chosen: Array | None) -> Way:
        group = places if chosen is None else np.full(len(places), -1, dtype=np.int64)
        if chosen is not None:
            mine = told.places(chosen)
            group[mine] = places[mine]
        found = figures_of(told, group, len(windows) + 2)
        points = tuple(
            Point(window, documents[at], found[at] if documents[at] or _any(found[at]) else None)
            for at, window in enumerate(windows)
        )
        ends = sides.actors[one], sides.actors[other]
        return Way(*ends, chosen is None, points, undated=found[-2], outside=found[-1])

    return RelationSeries(sides.actors[a], sides.actors[b], kind, way(a, b, there), way(b, a, back), way(a, b, None))


def place_of(tables: Tables, events: Array, kind: WindowKind, windows: Sequence[Window]) -> Array:
    """The place of the window that holds each event; behind the last one that of the undated, then that of those outside."""
    first, last = tables("events", "first")[events], tables("events", "last")[events]
    number = _number(first, kind)
    held = (first > 0) & (number == _number(last, kind))
    begin = int(_number(np.array([_ordinal(windows[0].first)]), kind)[0]) if windows else 0
    place = number - begin
    inside = (place >= 0) & (place < len(windows))
    found: Array = np.where(held, np.where(inside, place, len(windows) + 1), len(windows))
    return found


def _read(tables: Tables, kind: WindowKind) -> tuple[Array, Array]:
    """The numbers of the windows in which documents were published, and how many different texts each has."""

    def count() -> tuple[Array, Array]:
        first, last = tables("documents", "first"), tables("documents", "last")
        number = _number(first, kind)
        held = (first > 0) & (number == _number(last, kind))
        both = np.unique(np.stack((number[held], tables("documents", "text")[held].astype(np.int64))), axis=1)
        numbers, counts = np.unique(both[0], return_counts=True)
        return numbers, counts

    return tables.once(("read", kind), count, lasting=True)


def _first_day(tables: Tables, kind: WindowKind, number: int) -> str:
    """A day of the window of this number."""
    first = tables("documents", "first")
    day = first[(first > 0) & (_number(first, kind) == number)][0]
    return Date.fromordinal(int(day)).isoformat()


def _number(days: Array, kind: WindowKind) -> Array:
    """The numbers of the windows of ordinal days, which follow each other without a hole."""
    days = days.astype(np.int64)
    if kind == "week":
        return (days - 1) // 7
    months = (days - Date(1970, 1, 1).toordinal()).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    months += 1970 * 12
    found: Array = months // {"month": 1, "quarter": 3, "year": 12}[kind]
    return found


def _ordinal(day: str) -> int:
    return Date.fromisoformat(day).toordinal()


def _any(figures: Figures) -> bool:
    return bool(figures.events or figures.other_events)
