"""How far from chance the order is in which events of two types come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dragoman.analyze.network import directions
from dragoman.model import Event, Status
from dragoman.model.edtf import has_day

Days = npt.NDArray[np.int64]
Pair = tuple[str, str]
WITHIN = 30
"""Days between two events whose order is compared with chance, at most."""
SHUFFLES, SEED = 1000, 7
MANY, FEWEST_SHUFFLES = 50, 50
"""Events above which there are fewer shuffles, since each tells more, and how many there are at least."""
FEWEST = 10
"""Pairs of events below which no lift is given."""


@dataclass(frozen=True, slots=True)
class Lift:
    """How far from chance the order of two events of these types is, in turned roles, among those that the caller asks for.

    Dates are shuffled among all events of the project that happened on a known day. Events of one type count only between
    these two parties and in these roles, because both orders would be as frequent otherwise.
    """

    within: int
    """Days apart, at most; those of one day have no order and do not count."""
    n: int
    """Pairs of events so near each other."""
    in_order: int
    """Those in which the second is the later."""
    share: float | None
    """`in_order` of `n`; this and the rest are None where `n` is under 10."""
    expected: float | None
    """The mean share when dates are shuffled 1,000 times; fewer times where these are more than 50 events, 50 at least."""
    lift: float | None
    """`share` over `expected`: 1 is chance."""
    as_high: float | None
    """Shuffles with a share at least as high, of those with any such pair."""
    n_undated: int
    """Events of these types and parties that happened but have no day; they are in no pair."""


class Dated(NamedTuple):
    """Events by their days, sorted, and whatever tells those without a day from others."""

    days: Days
    undated: frozenset[object]


NONE = Dated(np.empty(0, dtype=np.int64), frozenset())


class Order:
    """In which order events of two types come, and in which they would if their dates were others'."""

    def __init__(self, everything: Days, by_type: Callable[[str], Mapping[Pair, Dated]], within: int) -> None:
        """`everything` are the days of all events that happened on a known one, sorted; `by_type` gives, of the events that are
        asked for, those of a type."""
        self._all, self._by_type, self._within = everything, by_type, within
        self._known: dict[tuple[object, ...], Lift] = {}

    def lift(self, cause: Event, answer: Event, side: Callable[[str], str]) -> Lift:
        same = cause.type == answer.type
        only = frozenset(directions(cause, side)[0]) if same else frozenset()
        key = (cause.type, answer.type, only)
        if key not in self._known:
            causes = self._by_type(cause.type)
            pairs = sorted(pair for pair in causes if not same or pair in only)
            self._known[key] = self._of(causes, self._by_type(answer.type), pairs)
        return self._known[key]

    def _of(self, causes: Mapping[Pair, Dated], answers: Mapping[Pair, Dated], pairs: Sequence[Pair]) -> Lift:
        groups: list[tuple[Days, Days]] = []
        undated: set[object] = set()
        for x, y in pairs:
            first, second = causes[x, y], answers.get((y, x), NONE)
            undated |= first.undated | second.undated
            if len(first.days) and len(second.days):
                groups.append((first.days, second.days))
        n, in_order = self._count(groups)
        if n < FEWEST:
            return Lift(self._within, n, in_order, None, None, None, None, len(undated))
        random = np.random.default_rng(SEED)
        sizes = [len(part) for group in groups for part in group]
        ends = np.cumsum(sizes)
        drawn_in_all = int(ends[-1])
        shares = []
        for _ in range(min(SHUFFLES, max(FEWEST_SHUFFLES, SHUFFLES * MANY // drawn_in_all))):
            drawn = random.choice(self._all, drawn_in_all, replace=drawn_in_all > len(self._all))
            parts = [np.sort(part) for part in np.split(drawn, ends[:-1])]
            many, first_first = self._count(list(zip(parts[::2], parts[1::2], strict=True)))
            if many:
                shares.append(first_first / many)
        share = in_order / n
        expected = sum(shares) / len(shares) if shares else None
        return Lift(
            within=self._within,
            n=n,
            in_order=in_order,
            share=share,
            expected=expected,
            lift=share / expected if expected else None,
            as_high=sum(one >= share for one in shares) / len(shares) if shares else None,
            n_undated=len(undated),
        )

    def _count(self, groups: Iterable[tuple[Days, Days]]) -> tuple[int, int]:
        """Pairs that are near each other but not of one day; and those in which the second is the later."""
        n = in_order = 0
        for one, two in groups:
            low, high, day = (
                np.searchsorted(two, one + gap, side="left") for gap in (-self._within, self._within + 1, 0)
            )
            next_day = np.searchsorted(two, one + 1, side="left")
            later, earlier = int((high - next_day).sum()), int((day - low).sum())
            n, in_order = n + later + earlier, in_order + later
        return n, in_order


def order_of(everything: Iterable[Event], asked: Iterable[Event], side: Callable[[str], str], within: int) -> Order:
    """The order of the events `asked` for, among `everything`; `side` gives the party of an actor."""
    days = np.sort(np.array([day for event in everything if (day := _day(event))], dtype=np.int64))
    found: dict[str, dict[Pair, dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    for event in asked:
        if event.status is Status.HAPPENED:
            for pair in directions(event, side)[0]:
                found[event.type][pair][event.id] = _day(event)

    def by_type(type: str) -> Mapping[Pair, Dated]:
        return {pair: _dated(events) for pair, events in found[type].items()}

    return Order(days, by_type, within)


def _dated(events: Mapping[str, int | None]) -> Dated:
    known = sorted(day for day in events.values() if day is not None)
    return Dated(np.array(known, dtype=np.int64), frozenset(id for id, day in events.items() if day is None))


def _day(event: Event) -> int | None:
    """The day of an event that happened on a known one, counted from the year 1."""
    if event.status is not Status.HAPPENED or event.date is None or not has_day(event.date):
        return None
    return date.fromisoformat(event.date.rstrip("?~%")).toordinal()
