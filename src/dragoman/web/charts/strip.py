"""Days with documents as a narrow strip, and the gaps among them, so that what was not read is not taken for calm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.analyze.coverage import Gap

WIDTH, HEIGHT = 360, 22
NARROW = 1.5
"""Width of the narrowest bar."""
BARS = 120
"""Bars of a strip at most; of a longer time each stands for several days."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The time that strips show, one under the other, alike."""

    first: str
    last: str
    """ISO days."""
    days: int
    """Days that one bar stands for."""
    most: int
    """Documents of the highest bar."""

    def at(self, day: str) -> float:
        """Where a day begins."""
        return round((_number(day) - _number(self.first)) * WIDTH / self.span, 2)

    @property
    def span(self) -> int:
        """Days in all."""
        return _number(self.last) - _number(self.first) + 1


@dataclass(frozen=True, slots=True)
class Bar:
    """The documents of some days."""

    first: str
    last: str
    documents: int
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Hole:
    """A gap, as far as the strip shows it."""

    gap: Gap
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One strip."""

    bars: tuple[Bar, ...]
    holes: tuple[Hole, ...]


def scale(all_days: Iterable[Mapping[str, int]], since: str | None = None, until: str | None = None) -> Scale | None:
    """The scale of strips of these documents by ISO day, from `since` to `until` where given; None where no day is left."""
    counted = [days for days in all_days if days]
    known = [day for days in counted for day in days]
    first, last = since or min(known, default=None), until or max(known, default=None)
    if not first or not last or first > last:
        return None
    step = -(-(_number(last) - _number(first) + 1) // BARS)
    plain = Scale(first, last, step, 1)
    most = max((n for days in counted for n in _binned(days, plain).values()), default=1)
    return Scale(first, last, step, most)


def strip(days: Mapping[str, int], gaps: Iterable[Gap], on: Scale) -> Strip:
    """The strip of documents by ISO day."""
    step = WIDTH / on.span
    bars = []
    for first, documents in sorted(_binned(days, on).items()):
        last = min(first + on.days - 1, _number(on.last))
        x = min(on.at(_day(first)), WIDTH - NARROW)
        width = max(step * (last - first + 1) - 0.4, NARROW)
        height = max(HEIGHT * documents / on.most, 2)
        bars.append(Bar(_day(first), _day(last), documents, x, round(width, 2), round(height, 2)))
    holes = []
    for gap in gaps:
        since, until = max(gap.since, on.first), min(gap.until, on.last)
        if since <= until:
            holes.append(Hole(gap, on.at(since), round((_number(until) - _number(since) + 1) * step, 2)))
    return Strip(tuple(bars), tuple(holes))


def _binned(days: Mapping[str, int], on: Scale) -> dict[int, int]:
    """Documents by the first day (its number) of the bar in which they lie."""
    start, end = _number(on.first), _number(on.last)
    found: dict[int, int] = {}
    for day, documents in days.items():
        number = _number(day)
        if start <= number <= end:
            first = number - (number - start) % on.days
            found[first] = found.get(first, 0) + documents
    return found


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _day(number: int) -> str:
    return date.fromordinal(number).isoformat()
