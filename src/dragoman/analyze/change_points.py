"""Change points: the windows from which on a series stands at another level, and the events that make them.

Levels are rates: conflict in all events (binomial), events in a window (Poisson). Optimal partitioning finds the segments of
least cost (Jackson et al. 2005), without a library: `ruptures` would bring scipy, 143 MB, for these twenty lines. Each change
costs 3 log(windows), as in the Bayesian information criterion that Zhang and Siegmund (2007) modified for change points; where
events come in clusters, so that neighbouring windows differ more than chance makes them, it costs that much more. Series of
chance alone then have a change in 1 to 6 of 100.

A change says that the record's level changed, not why, and predicts nothing: look at the documents read before and after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from dragoman.analyze.figures import CONFLICT, Cell, Figures
from dragoman.analyze.series import Way
from dragoman.analyze.windows import Window

Floats = npt.NDArray[np.float64]
Measure = Literal["conflict_share", "n"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
LEAST_WINDOWS = 8
MOST_WINDOWS = 1500
LEAST_LENGTH = 2
"""Windows that a level must last."""


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A change of level. `before` and `after` are the levels up to the change before, and to the next one or the end."""

    measure: Measure
    """"conflict_share", or "n" for the events in a window."""
    window: Window
    """The first one at the new level."""
    before: float
    after: float
    windows_before: int
    windows_after: int
    n_before: int
    """Events that happened in these windows."""
    n_after: int
    documents_before: float
    """Texts read in a window, at the mean: where more is read, more events are found."""
    documents_after: float
    events: tuple[str, ...]
    """Ids of the events that happened in `window`."""


@dataclass(frozen=True, slots=True)
class ChangePoints:
    """What was found by time, and why a measure was not looked at."""

    found: tuple[ChangePoint, ...]
    not_sought: Mapping[Measure, str]


def change_points(series: Way) -> ChangePoints:
    """Where the share of conflict and the number of events change in one way of a relation.

    Windows that were not read are left out, and those without events where the share is sought.
    """
    read = [_Read(point.window, point.documents, point.figures) for point in series.points if point.figures]
    found: list[ChangePoint] = []
    not_sought: dict[Measure, str] = {}
    for measure in MEASURES:
        used = [one for one in read if measure == "n" or one.figures.n]
        if len(used) < LEAST_WINDOWS:
            having = "windows with events" if measure == "conflict_share" else "windows that were read"
            not_sought[measure] = f"{len(used)} {having}: a change is sought in {LEAST_WINDOWS} or more"
        elif len(used) > MOST_WINDOWS:
            not_sought[measure] = f"{len(used)} windows: a change is sought in up to {MOST_WINDOWS}, so take wider ones"
        else:
            found += _found(measure, used)
    return ChangePoints(tuple(sorted(found, key=lambda change: (change.window, change.measure))), not_sought)


def changes(hits: Sequence[int], of: Sequence[int] | None = None) -> list[int]:
    """Where the rate of `hits` in `of` changes, or their number where `of` is None: the first positions of new levels."""
    trials = of or [1] * len(hits)
    sums = np.vstack([[0.0, 0.0], np.cumsum(np.column_stack([hits, trials]), axis=0)])
    penalty = 3 * log(len(hits)) * _dispersion(np.array(hits, float), np.array(trials, float), binomial=of is not None)
    best = np.full(len(hits) + 1, np.inf)
    best[0] = -penalty
    before = [0] * (len(hits) + 1)
    for end in range(LEAST_LENGTH, len(hits) + 1):
        costs = best[: end - LEAST_LENGTH + 1] + penalty + _costs(sums, end, binomial=of is not None)
        before[end] = int(costs.argmin())
        best[end] = costs[before[end]]
    found: list[int] = []
    at = before[len(hits)]
    while at:
        found.append(at)
        at = before[at]
    return found[::-1]


def rows(found: ChangePoints) -> Iterator[dict[str, Cell]]:
    """A row for each change, and one for each measure that was not looked at."""
    for change in found.found:
        yield {
            "measure": change.measure,
            "window": change.window.name,
            "first": change.window.first,
            **{name: getattr(change, name) for name in _COLUMNS},
            "events": "; ".join(change.events),
            "not_sought": None,
        }
    for measure, why in found.not_sought.items():
        empty = dict.fromkeys(("window", "first", *_COLUMNS, "events"))
        yield {"measure": measure, **empty, "not_sought": why}


_COLUMNS = "before after windows_before windows_after n_before n_after documents_before documents_after".split()


@dataclass(frozen=True, slots=True)
class _Read:
    """A window that was read."""

    window: Window
    documents: int
    figures: Figures


def _found(measure: Measure, used: Sequence[_Read]) -> Iterator[ChangePoint]:
    n = [one.figures.n for one in used]
    conflict = [sum(one.figures.quads.get(quad, 0) for quad in CONFLICT) for one in used]
    share = measure == "conflict_share"
    hits, of = (conflict, n) if share else (n, [1] * len(n))
    starts = changes(conflict, n) if share else changes(n)
    for start, at, end in zip([0, *starts], starts, [*starts[1:], len(used)], strict=False):
        before, after = slice(start, at), slice(at, end)
        yield ChangePoint(
            measure=measure,
            window=used[at].window,
            before=sum(hits[before]) / sum(of[before]),
            after=sum(hits[after]) / sum(of[after]),
            windows_before=at - start,
            windows_after=end - at,
            n_before=sum(n[before]),
            n_after=sum(n[after]),
            documents_before=sum(one.documents for one in used[before]) / (at - start),
            documents_after=sum(one.documents for one in used[after]) / (end - at),
            events=used[at].figures.events,
        )


def _dispersion(hits: Floats, of: Floats, *, binomial: bool) -> float:
    """How many times more neighbouring windows differ than chance makes them, at least 1. Changes of level are few, and so
    hardly raise it."""
    rate = hits.sum() / of.sum()
    variance = rate * (1 - rate) if binomial else rate
    if variance <= 0:
        return 1.0
    differences = np.diff(hits / of) ** 2 / (variance * (1 / of[1:] + 1 / of[:-1]))
    return max(1.0, float(differences.mean()))


def _costs(sums: Floats, end: int, *, binomial: bool) -> Floats:
    """Of the segments up to `end` from each start: minus twice the log-likelihood of one rate in a segment, up to what does
    not depend on the segments. `sums` [windows + 1, 2] are those of hits and trials before each window."""
    hits, of = (sums[end] - sums[: end - LEAST_LENGTH + 1]).T
    if binomial:
        likelihood = _times_log(hits, hits / of) + _times_log(of - hits, (of - hits) / of)
    else:
        likelihood = _times_log(hits, hits / of) - hits
    found: Floats = -2 * likelihood
    return found


def _times_log(times: Floats, value: Floats) -> Floats:
    found: Floats = times * np.log(np.where(times > 0, value, 1.0))
    return found
