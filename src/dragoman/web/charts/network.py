"""A network as a drawing: the places come from `analyze.network`; here are sizes, lines and which names have room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, log, sqrt
from typing import Literal

import numpy as np

from dragoman.analyze.figures import CONFLICT, wilson
from dragoman.analyze.network import Edge, Node

WIDTH, HEIGHT = 960, 620
MARGIN = 60
"""Room around the outermost nodes, for their names."""
LETTER, LINE = 6.4, 13
"""Width and height of a letter of a name."""
NEAREST = 95
"""How far apart nodes stand where there is room for it."""
PAIRS = 8_000_000
"""Pairs of nodes that are looked at, at most, to move them apart."""
NAMES = 80
"""Names that are drawn at most; the others are told when a node is pointed at."""
FIRST = 12
"""Of so many of the busiest nodes the name may lie over other nodes."""
Tone = Literal["cooperation", "mixed", "conflict"]
Shape = Literal["circle", "square", "diamond"]
_SHAPES: Mapping[str | None, Shape] = {"state": "circle", "person": "diamond"}


@dataclass(frozen=True, slots=True)
class Dot:
    """A node."""

    id: str
    name: str
    type: str | None
    events: int
    x: float
    y: float
    radius: float
    shape: Shape
    """Of states circles, of persons diamonds, of all others squares."""
    named: bool
    """Whether its name has room beside it."""
    left: bool
    """Whether the name stands to the left of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """An edge, from who acts or speaks to whom it is done or said of."""

    source: str
    target: str
    n: int
    conflict: int
    """Of `n`, events of conflict, or statements against the target."""
    share: float
    interval: tuple[float, float]
    """Wilson's of that share, 95%."""
    tone: Tone
    width: float
    path: str
    curved: bool
    """Whether there is one the other way, too."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn, in a box of WIDTH and HEIGHT."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]


def drawing(nodes: Sequence[Node], edges: Sequence[Edge]) -> Drawing:
    """The drawing of a network's nodes and edges."""
    most = max((node.events for node in nodes), default=1)
    radius = {node.id: round(4 + 12 * sqrt(node.events / most), 1) for node in nodes}
    at = dict(zip((node.id for node in nodes), spread([_place(node) for node in nodes]), strict=True))
    pairs = {(edge.source, edge.target) for edge in edges}
    heaviest = max((edge.n for edge in edges), default=1)
    lines = tuple(_line(edge, at, radius[edge.target], heaviest, (edge.target, edge.source) in pairs) for edge in edges)
    sides = dict(_named(sorted(nodes, key=lambda node: (-node.events, node.id)), at, radius))
    dots = tuple(
        Dot(
            id=node.id,
            name=node.name,
            type=node.type,
            events=node.events,
            x=at[node.id][0],
            y=at[node.id][1],
            radius=radius[node.id],
            shape=_SHAPES.get(node.type, "square"),
            named=node.id in sides,
            left=sides.get(node.id, False),
        )
        for node in nodes
    )
    return Drawing(dots, lines)


def _conflict(edge: Edge) -> int:
    """Events of conflict, or statements against the target, in an edge; it has one or the other."""
    return sum(edge.quads.get(quad, 0) for quad in CONFLICT) + edge.negative


def _tone(share: float) -> Tone:
    """Up to a third of conflict, up to two thirds, and more."""
    return "cooperation" if share < 1 / 3 else "mixed" if share <= 2 / 3 else "conflict"


def _place(node: Node) -> tuple[float, float]:
    x = MARGIN + (node.x + 1) / 2 * (WIDTH - 2 * MARGIN)
    y = MARGIN / 2 + (node.y + 1) / 2 * (HEIGHT - MARGIN)
    return round(x, 1), round(y, 1)


def spread(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The places, moved apart where they are so close that neither an edge nor a name between them could be seen."""
    many = len(places)
    if many < 2:
        return list(places)
    apart = min(NEAREST, 0.7 * sqrt(WIDTH * HEIGHT / many))
    turn = np.arange(many) * np.pi * (3 - 5**0.5)
    at = (np.array(places) + np.stack((np.cos(turn), np.sin(turn)), axis=1)).astype(np.float32)
    low, high = np.array((MARGIN, MARGIN / 2)), np.array((WIDTH - MARGIN, HEIGHT - MARGIN / 2))
    for _ in range(min(60, 1 + PAIRS // many**2)):
        across, down = (np.subtract.outer(at[:, axis], at[:, axis]) for axis in (0, 1))
        far = np.maximum(np.hypot(across, down), np.float32(0.01))
        push = np.maximum(apart - far, 0) / far * np.float32(0.4)
        np.fill_diagonal(push, 0)
        if not push.any():
            break
        move = np.stack(((push * across).sum(axis=1), (push * down).sum(axis=1)), axis=1)
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), np.float32(0.01))
        at += move * (np.minimum(length, apart / 2) / length)[:, None]
        at = np.clip(at, low, high).astype(np.float32)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in at]


def _line(edge: Edge, at: Mapping[str, tuple[float, float]], radius: float, heaviest: int, curved: bool) -> Line:
    conflict = _conflict(edge)
    share = conflict / edge.n
    width = round(1 + 5 * log(edge.n + 1) / log(heaviest + 1), 2)
    return Line(
        source=edge.source,
        target=edge.target,
        n=edge.n,
        conflict=conflict,
        share=share,
        interval=wilson(conflict, edge.n),
        tone=_tone(share),
        width=width,
        path=_path(at[edge.source], at[edge.target], radius + 2 + width, curved),
        curved=curved,
    )


def _path(one: tuple[float, float], other: tuple[float, float], short: float, curved: bool) -> str:
    """From one place to another, ending so much before it; to the side where one goes back, too."""
    across, down = other[0] - one[0], other[1] - one[1]
    far = max(hypot(across, down), 1e-6)
    bend = 0.12 * far if curved else 0.0
    middle = ((one[0] + other[0]) / 2 - down / far * bend, (one[1] + other[1]) / 2 + across / far * bend)
    last = max(hypot(other[0] - middle[0], other[1] - middle[1]), 1e-6)
    keep = max(last - short, last / 4) / last
    end = (middle[0] + (other[0] - middle[0]) * keep, middle[1] + (other[1] - middle[1]) * keep)
    return f"M{one[0]},{one[1]} Q{middle[0]:.1f},{middle[1]:.1f} {end[0]:.1f},{end[1]:.1f}"


def _named(
    busiest: Iterable[Node], at: Mapping[str, tuple[float, float]], radius: Mapping[str, float]
) -> Iterator[tuple[str, bool]]:
    """Which nodes' names find a place that is free, the busiest asked first; True for one to the left of its node."""
    dots = [(x - radius[id], y - radius[id], x + radius[id], y + radius[id]) for id, (x, y) in at.items()]
    names: list[tuple[float, float, float, float]] = []
    for number, node in enumerate(busiest):
        x, y = at[node.id]
        long = len(node.name) * LETTER
        right = x + radius[node.id] + 3
        for left, start in ((False, right), (True, x - radius[node.id] - 3 - long)):
            box = (start, y - LINE / 2, start + long, y + LINE / 2)
            others = names if number < FIRST else [*names, *dots]
            if len(names) < NAMES and box[0] >= 0 and box[2] <= WIDTH and not any(_meet(box, one) for one in others):
                names.append(box)
                yield node.id, left
                break


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
