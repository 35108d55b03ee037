"""A relation as the record has it beside what event data of others have of it: window by window, and where the two part.

Counts of different projects are made of different pages by different rules, so that their levels say nothing of each other:
what is compared is their course, and the share of conflict. Nobody is said to be right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.analyze.agreement import Correlation, correlation
from dragoman.analyze.figures import Cell
from dragoman.analyze.parting import Parting, partings
from dragoman.analyze.series import Point, RelationSeries
from dragoman.analyze.their_window import TheirFigures, their_figures
from dragoman.analyze.windows import Window, WindowKind, window_of
from dragoman.exchange.incoming import CodedEvent, Theirs
from dragoman.model import Actor
from dragoman.ontology.plover import plover


@dataclass(frozen=True, slots=True)
class Compared:
    """One window of both."""

    ours: Point
    theirs: TheirFigures
    parting: Parting | None
    """How they part there; None where they do not, or nothing can be said."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states in time, whoever of them acts, as the record and as others have them."""

    a: Actor
    b: Actor
    kind: WindowKind
    windows: tuple[Compared, ...]
    correlations: tuple[Correlation, ...]
    """Of the numbers of events, and of the shares of conflict."""
    undated: int
    """Events of ours that happened on days of which no one window is known to hold them."""
    outside: int
    """Events of theirs before or after the windows."""


def compare(series: RelationSeries, theirs: Theirs) -> Comparison:
    """The comparison of a series with what others have of the same two states, whose windows are those of the series."""
    kind, points = series.kind, series.both.points
    wanted = {point.window for point in points}
    events: dict[Window, list[CodedEvent]] = defaultdict(list)
    outside = 0
    for event in theirs.events:
        window = window_of(event.date, kind)
        if window in wanted:
            events[window].append(event)
        else:
            outside += 1
    rows: Counter[Window] = Counter()
    for day, n in theirs.rows_by_day.items():
        rows[window_of(day, kind)] += n
    found = [their_figures(events[point.window], rows[point.window]) for point in points]
    parted = partings(points, found, series.both.undated.n)
    windows = tuple(Compared(*each) for each in zip(points, found, parted, strict=True))
    return Comparison(series.a, series.b, kind, windows, _correlations(windows), series.both.undated.n, outside)


def _correlations(windows: Iterable[Compared]) -> tuple[Correlation, ...]:
    """Over the windows of which both have read anything at all."""
    both = [(one.ours.figures, one.theirs) for one in windows if one.ours.figures and one.theirs.rows_of_all]
    counts = [(ours.n, theirs.n) for ours, theirs in both]
    shares = [
        (ours.conflict_share, theirs.conflict_share)
        for ours, theirs in both
        if ours.conflict_share is not None and theirs.conflict_share is not None
    ]
    return correlation("events", counts), correlation("share of conflict", shares)


def rows(found: Comparison) -> Iterator[dict[str, Cell]]:
    """A row for each window. Empty cells: not read, or no share of 0."""
    quads = {quad: name.replace(" ", "_") for quad, name in plover().quads.items()}
    for one in found.windows:
        window, ours, theirs, parting = one.ours.window, one.ours.figures, one.theirs, one.parting
        yield {
            "window": window.name,
            "first": window.first,
            "last": window.last,
            "documents": one.ours.documents,
            "n": ours.n if ours else None,
            **{name: ours.quads[quad] if ours else None for quad, name in quads.items()},
            "conflict_share": ours.conflict_share if ours else None,
            "reports": ours.reports if ours else None,
            "their_rows_of_all": theirs.rows_of_all,
            "their_n": theirs.n if theirs.rows_of_all else None,
            **{f"their_{name}": theirs.quads[quad] if theirs.rows_of_all else None for quad, name in quads.items()},
            "their_conflict_share": theirs.conflict_share,
            "their_different": theirs.different if theirs.rows_of_all else None,
            "their_reports": theirs.reports,
            "their_left_out": "; ".join(f"{code} {n}" for code, n in sorted(theirs.left_out.items())) or None,
            "severity": ours.severity if ours else None,
            "their_severity": theirs.severity,
            "part": parting.how if parting else None,
            "p": parting.p if parting else None,
            "why": "; ".join(parting.why) if parting else None,
        }
