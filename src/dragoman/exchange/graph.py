"""Networks of a record, counted as its events and statements go by; only the nodes and the edges are kept in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from itertools import combinations

from dragoman.analyze.network import Parties, directions
from dragoman.analyze.windows import Window, window_holding
from dragoman.digest.utterances import utterance
from dragoman.exchange.drawing import Drawing
from dragoman.exchange.dyads import days
from dragoman.exchange.scratch import Scratch
from dragoman.exchange.selection import Selection
from dragoman.model import Event, Statement, Status

Key = tuple[str, str, int | None, Window | None]
"""Source, target, the polarity where each has edges of its own, and the window where each has."""
SPOKEN_OF = "about:"
"""Before the ids of those who are spoken of, where they are nodes beside the speakers."""
TYPE = "type:"
"""Before the names of event types, where they are nodes."""


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    name: str
    kind: str
    """Type of actor, "spoken of", "event type", or "unknown"."""
    country: str | None


@dataclass(slots=True)
class Edge:
    """How often one node is tied to another. Of `quads` and the polarities only those of the drawing are counted."""

    source: str
    target: str
    polarity: int | None
    window: Window | None
    n: int = 0
    quads: dict[int, int] = field(default_factory=lambda: dict.fromkeys((1, 2, 3, 4), 0))
    mutual: int = 0
    """Events that both do together, which have no direction; they stand from the lesser id to the greater."""
    negative: int = 0
    neutral: int = 0
    positive: int = 0
    spells: set[tuple[str, str]] = field(default_factory=set)
    """The days, first and last, of events whose date says them."""
    undated: int = 0
    """Events or statements whose date is not of whole days."""

    def weight(self, drawing: Drawing) -> int:
        return self.positive - self.negative if drawing.stance == "subtract" else self.n


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and edges in the order of their ids, edges of one pair in that of their polarity and window."""

    drawing: Drawing
    nodes: list[Node]
    edges: list[Edge]


def draw(selection: Selection) -> Graph:
    """Counts the network that the selection's drawing asks for. Only events that are said to have happened count, each once
    however many tell it; the same words of one speaker count once, in however many documents they stand. Where there are
    windows, what no single window holds is in none, and is left out."""
    drawing = selection.drawing
    parties = Parties(selection.cast())
    count = _Count(drawing, parties)
    if drawing.of == "events":
        for event in selection.events():
            count.event(event)
    else:
        with Scratch() as scratch:
            for statement, page in selection.said():
                key = sha256(utterance(statement).encode("utf-8", "replace")).digest()[:12]
                if statement.speaker.actor and scratch.is_new(key):
                    count.statement(statement, page.published)
    edges = list(_agreeing(count.edges, drawing)) if not drawing.directed else list(count.edges.values())
    kept = sorted((edge for edge in edges if edge.n >= drawing.minimum), key=_order)
    ids = sorted({id for edge in kept for id in (edge.source, edge.target)})
    return Graph(drawing, [_node(id, parties) for id in ids], kept)


class _Count:
    def __init__(self, drawing: Drawing, parties: Parties) -> None:
        self._drawing, self._parties = drawing, parties
        self.edges: dict[Key, Edge] = {}

    def side(self, actor: str) -> str:
        return self._parties.of(actor) if self._drawing.by == "party" else actor

    def event(self, event: Event) -> None:
        if event.status is not Status.HAPPENED:
            return
        directed, mutual = directions(event, self.side)
        pairs = directed | mutual
        if self._drawing.mode == "two":
            pairs = {(self.side(id), f"{TYPE}{event.type}") for id in event.actor}
        for pair in pairs:
            if edge := self._edge(*pair, None, event.date):
                edge.n += 1
                edge.quads[event.quad] = edge.quads.get(event.quad, 0) + 1
                edge.mutual += pair in mutual
                _when(edge, event.date)

    def statement(self, statement: Statement, published: str | None) -> None:
        toward: dict[str, int] = {}
        speaker = self.side(statement.speaker.actor or "")
        for about in statement.about:
            other = self.side(about.actor)
            toward[other] = about.polarity or toward.get(other, 0)
        apart = self._drawing.stance in ("combine", "congruence", "conflict")
        for other, polarity in toward.items():
            target = f"{SPOKEN_OF}{other}" if self._drawing.mode == "two" else other
            if other == speaker or not (edge := self._edge(speaker, target, polarity if apart else None, published)):
                continue
            edge.n += 1
            edge.negative += polarity < 0
            edge.neutral += polarity == 0
            edge.positive += polarity > 0
            _when(edge, published)

    def _edge(self, source: str, target: str, polarity: int | None, date: str | None) -> Edge | None:
        window = None
        if self._drawing.window and (window := window_holding(date, self._drawing.window)) is None:
            return None
        key = (source, target, polarity, window)
        return self.edges.setdefault(key, Edge(source, target, polarity, window))


def _agreeing(said: Mapping[Key, Edge], drawing: Drawing) -> Iterator[Edge]:
    """Speakers tied by whom both speak for or both against (congruence), or one for and the other against (conflict)."""
    sides: dict[tuple[str, Window | None], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for speaker, target, polarity, window in said:
        if polarity:
            sides[target, window][polarity].add(speaker)
    ties: dict[Key, Edge] = {}
    for (_, window), speakers in sides.items():
        if drawing.stance == "congruence":
            pairs = {pair for side in speakers.values() for pair in combinations(sorted(side), 2)}
        else:
            pairs = {(min(a, b), max(a, b)) for a in speakers[-1] for b in speakers[1] if a != b}
        for a, b in pairs:
            ties.setdefault((a, b, None, window), Edge(a, b, None, window)).n += 1
    yield from ties.values()


def _when(edge: Edge, date: str | None) -> None:
    if spell := _spell(date):
        edge.spells.add(spell)
    else:
        edge.undated += 1


@lru_cache(maxsize=16_384)
def _spell(date: str | None) -> tuple[str, str] | None:
    """Kept, so that edges of one day share it."""
    first, last = days(date)
    return (first, last or first) if first else None


def _node(id: str, parties: Parties) -> Node:
    if id.startswith(TYPE):
        return Node(id, id.removeprefix(TYPE), "event type", None)
    bare = id.removeprefix(SPOKEN_OF)
    actor = parties.actor(bare)
    kind = "spoken of" if bare != id else actor.type.value if actor else "unknown"
    return Node(id, actor.name if actor else bare, kind, actor.country if actor else None)


def _order(edge: Edge) -> tuple[str, str, int, str]:
    return edge.source, edge.target, edge.polarity or 0, edge.window.first if edge.window else ""
