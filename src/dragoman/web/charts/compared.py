"""Two series of one relation, one under the other on the same windows, each on a scale of its own, as an SVG file.

Their levels say nothing of each other, so that each is as high as the other whatever it counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.analyze.compare import Comparison
from dragoman.exchange.markup import legal
from dragoman.web.charts.timeline import LABEL, LABELS, LEFT, WIDTH, Block, Tick, blocks, highest_of, ticks
from dragoman.web.templates import page

HALF = 80
"""The height above or below the line of each series."""
HEAD, BETWEEN, FOOT = 74, 50, 40
"""Room for the title, for the second name, and for the windows' names."""
_EDGE = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """One window of one series."""

    read: bool
    """Whether it has anything of these days; where it has not, the ground is grey."""
    n: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One series."""

    name: str
    top: int
    cells: tuple[Cell, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One window of both."""

    name: str
    x: float
    width: float
    part: str | None
    """How the two part there."""
    label: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn."""

    title: str
    places: tuple[Place, ...]
    rows: tuple[Row, Row]
    width: int = WIDTH
    height: int = HEAD + 4 * HALF + BETWEEN + FOOT
    half: int = HALF
    left: int = LEFT


def drawn(found: Comparison, their_name: str) -> str:
    """The SVG of a comparison, whole in itself: its own colours, no script, nothing from elsewhere."""
    return legal(page("compare.svg", {"chart": chart(found, their_name)}))


def chart(found: Comparison, their_name: str) -> Chart:
    """Where everything stands."""
    step = (WIDTH - LEFT) / max(len(found.windows), 1)
    every = max(1, -(-len(found.windows) // LABELS))
    places = tuple(
        Place(
            name=one.ours.window.name,
            x=round(LEFT + at * step, 2),
            width=round(max(step * 0.82, 0.6), 2),
            part=one.parting.how if one.parting else None,
            label=at % every == 0 and LEFT + at * step <= WIDTH - LABEL,
        )
        for at, one in enumerate(found.windows)
    )
    ours = [one.ours.figures.quads if one.ours.figures else None for one in found.windows]
    theirs = [one.theirs.quads if one.theirs.rows_of_all else None for one in found.windows]
    rows = _row("This record", HEAD, ours), _row(their_name, HEAD + 2 * HALF + BETWEEN, theirs)
    return Chart(f"{found.a.name} and {found.b.name}", places, rows)


def _row(name: str, top: int, counts: Sequence[Mapping[int, int] | None]) -> Row:
    most = highest_of(one for one in counts if one)
    scale = (HALF - _EDGE) / max(most, 1)
    cells = tuple(
        Cell(one is not None, sum(one.values()) if one else 0, blocks(one, scale, HALF) if one else ())
        for one in counts
    )
    return Row(name, top, cells, ticks(most, scale, HALF))
