"""A relation in time: cooperation above the line and conflict below it, material solid and verbal hatched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.analyze.change_points import ChangePoint
from dragoman.analyze.series import Way
from dragoman.analyze.windows import Window, WindowKind, window_holding

WIDTH, HALF = 960, 110
"""The whole width, and the height of what stands above or below the line."""
LEFT = 34
"""Room for the scale."""
LABEL = 50
"""Room for a name of a window."""
LABELS = 8
"""Windows that are named under the chart, about."""
_ORDER = {1: (2, 1), -1: (4, 3)}
"""Above the line and below it: the quads outward from the line."""


@dataclass(frozen=True, slots=True)
class Block:
    """Events of one quad in one window."""

    quad: int
    n: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """One window."""

    window: Window
    x: float
    width: float
    read: bool
    """Whether anything was read of it; where nothing was, nothing is drawn, and that is no calm."""
    documents: int
    n: int
    blocks: tuple[Block, ...]
    label: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A change of level at the beginning of a window."""

    x: float
    name: str
    measure: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Arc:
    """One event that answers another: a curve from the one's window to the other's."""

    path: str
    cause: str
    answer: str
    """Ids of the events."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A number of events, and where it stands."""

    n: int
    y: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that the chart draws."""

    columns: tuple[Column, ...]
    marks: tuple[Mark, ...]
    arcs: tuple[Arc, ...]
    ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = 2 * HALF
    middle: int = HALF
    left: int = LEFT


def timeline(
    way: Way,
    kind: WindowKind,
    changes: Iterable[ChangePoint] = (),
    answers: Iterable[tuple[str, str, str, str]] = (),
    *,
    highest: int | None = None,
    half: int = HALF,
) -> Timeline:
    """The chart of one way of a series. `answers` are the dates (EDTF) and ids of cause and answer, by turns; `highest` is
    what `tallest` says of the series with which it shares its scale."""
    if not way.points:
        return Timeline((), (), (), ())
    step = (WIDTH - LEFT) / len(way.points)
    most = tallest(way) if highest is None else highest
    scale = (half - 8) / max(most, 1)
    every = max(1, -(-len(way.points) // LABELS))
    columns = tuple(
        Column(
            window=point.window,
            x=round(LEFT + number * step, 2),
            width=round(max(step * 0.82, 0.6), 2),
            read=point.figures is not None,
            documents=point.documents,
            n=point.figures.n if point.figures else 0,
            blocks=blocks(point.figures.quads, scale, half) if point.figures else (),
            label=point.window.name if number % every == 0 and LEFT + number * step <= WIDTH - LABEL else None,
        )
        for number, point in enumerate(way.points)
    )
    at = {column.window.name: column for column in columns}
    marks = tuple(
        Mark(at[one.window.name].x, one.window.name, one.measure, one.before, one.after)
        for one in changes
        if one.window.name in at
    )
    arcs = tuple(_arcs(answers, at, kind, half))
    return Timeline(columns, marks, arcs, ticks(most, scale, half), height=2 * half, middle=half)


def tallest(way: Way) -> int:
    """Events of the highest column of a series, above its line or below it."""
    return highest_of(point.figures.quads for point in way.points if point.figures)


def highest_of(counts: Iterable[Mapping[int, int]]) -> int:
    """The most events above the line or below it in one window, of the events of each quad."""
    return max((sum(one.get(quad, 0) for quad in order) for one in counts for order in _ORDER.values()), default=0)


def blocks(quads: Mapping[int, int], scale: float, half: int) -> tuple[Block, ...]:
    """The events of each quad of one window, outward from the line."""
    found = []
    for way, order in _ORDER.items():
        reached = 0.0
        for quad in order:
            n = quads.get(quad, 0)
            if n:
                height = n * scale
                top = half - reached - height if way > 0 else half + reached
                found.append(Block(quad, n, round(top, 2), round(height, 2)))
                reached += height
    return tuple(found)


def ticks(most: int, scale: float, half: int) -> tuple[Tick, ...]:
    """Round numbers of events up to `most`, above the line and below it."""
    if not most:
        return ()
    step = next(
        (step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if most / step <= half / 27), most
    )
    counts = range(step, most + 1, step)
    return tuple(Tick(n, round(half - way * n * scale, 2)) for n in counts for way in (1, -1))


def _arcs(
    answers: Iterable[tuple[str, str, str, str]], at: Mapping[str, Column], kind: WindowKind, half: int
) -> Iterable[Arc]:
    for cause_date, cause, answer_date, answer in answers:
        windows = window_holding(cause_date, kind), window_holding(answer_date, kind)
        ends: Sequence[Column] = [at[window.name] for window in windows if window and window.name in at]
        if len(ends) == 2:
            one, other = (column.x + column.width / 2 for column in ends)
            if one == other:
                one, other = one - 3, other + 3
            rise = min(half - 6, 14 + abs(other - one) / 3)
            yield Arc(f"M{one:.1f},{half} Q{(one + other) / 2:.1f},{half - rise:.1f} {other:.1f},{half}", cause, answer)
