"""Networks: who deals with whom, and who speaks of whom; with whose dealings an actor's are, and where each is drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt

from dragoman.analyze.coverage import Cell
from dragoman.digest import Digest
from dragoman.digest.tables import period
from dragoman.digest.utterances import utterances
from dragoman.model import Actor, Event, Statement, Status
from dragoman.ontology.actors import actors as listed
from dragoman.ontology.plover import plover
from dragoman.record import Filter, Project
from dragoman.record.relations import acting, party

MOST = 2000
"""Nodes that are kept, the busiest."""
SEED = 7
_ROWS = 256
"""Nodes whose distances to all others stand in memory at once."""
_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Parties:
    """Whose dealings those of each actor are: an official's are his state's, all others' their own."""

    actors: Mapping[str, Actor]

    def of(self, id: str) -> str:
        actor = self.actor(id)
        return party(actor) if actor else id

    def all(self, ids: Iterable[str]) -> frozenset[str]:
        return frozenset(self.of(id) for id in ids)

    def actor(self, id: str) -> Actor | None:
        return self.actors.get(id) or listed().get(id)

    def name(self, id: str) -> str:
        actor = self.actor(id)
        return actor.name if actor else id


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    name: str
    type: str | None
    """Type of actor, None where the record does not have the actor itself."""
    country: str | None
    events: int
    """Events that happened, or statements, in which it takes part with another, each counted once."""
    x: float
    """Where it is drawn, from -1 to 1."""
    y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """What goes from one node to another: of events, from who acts to whom it is done; of statements, from the speaker to
    whom they are about."""

    source: str
    target: str
    n: int
    """Events that happened, each counted once however many tell it; or statements, the same words of one speaker once."""
    quads: Mapping[int, int]
    """Of `n`, how many are of each quad; all 0 for statements."""
    mutual: int = 0
    """Events among `n` that both do together, which have no direction; they stand from the lesser id to the greater."""
    negative: int = 0
    """Statements whose polarity toward the target is -1, 0 and 1."""
    neutral: int = 0
    positive: int = 0
    polarity: int = 0
    """The sum of the polarities."""


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges by id."""

    kind: str
    by: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    n: int
    """Events or statements behind the edges that are kept, each counted once."""
    not_happened: int
    """Events between parties that are planned, hypothetical or denied; they are in no edge."""
    nodes_left_out: int
    """Nodes that were cut because there are more than `MOST`; the busiest are kept."""
    edges_left_out: int
    """Edges under the minimum, or at a node that was cut."""
    minimum: int
    """Events or statements that an edge has at least."""


@dataclass(slots=True)
class _Tie:
    things: set[str] = field(default_factory=set)
    mutual: set[str] = field(default_factory=set)
    quads: dict[int, int] = field(default_factory=lambda: dict.fromkeys(sorted(plover().quads), 0))
    polarities: list[int] = field(default_factory=list)


def network(
    project: Project,
    minimum: int = 1,
    by: Literal["party", "actor"] = "party",
    kind: Literal["events", "statements"] = "events",
    *,
    events: Iterable[Event] | None = None,
    statements: Iterable[Statement] | None = None,
    since: str | None = None,
    until: str | None = None,
    most: int | None = None,
) -> Network:
    """The network of the project, or of the `events` or `statements` given; edges with fewer than `minimum` are left out.

    `since` and `until` (EDTF) bound what of the project is counted, as `Filter` does. With `most` the minimum is raised as far
    as it must be for no more edges than that, if any have more than others.
    """
    time = Filter(since=since, until=until)
    if events is None and statements is None and (digest := Digest.open(project)) is not None:
        from dragoman.analyze.quick_network import quick_network

        days = period(since, until)
        return digest.ask(lambda tables: quick_network(tables, max(minimum, 1), by, kind, most, days))
    ties: dict[tuple[str, str], _Tie] = defaultdict(_Tie)
    not_happened = 0
    if kind == "events":
        told = list(project.events(time) if events is None else events)
        parties = parties_of(project, (id for event in told for id in acting(event)))
        not_happened = _tie_events(told, ties, _side(parties, by))
    else:
        said = utterances(project.statements(time) if statements is None else statements)
        parties = parties_of(project, (id for key, one in said for id in (one.speaker.actor, *_about(one)) if id))
        _tie_statements(said, ties, _side(parties, by))
    minimum = max(minimum, 1, readable((len(tie.things) for tie in ties.values()), most) if most else 1)
    kept = {pair: tie for pair, tie in ties.items() if len(tie.things) >= minimum}
    shares: dict[str, set[str]] = defaultdict(set)
    for pair, tie in kept.items():
        for id in pair:
            shares[id] |= tie.things
    busiest = sorted(shares, key=lambda id: (-len(shares[id]), id))
    nodes = sorted(busiest[:MOST])
    drawn = set(nodes)
    edges = {pair: kept[pair] for pair in sorted(kept) if drawn.issuperset(pair)}
    places = layout(nodes, {pair: len(tie.things) for pair, tie in edges.items()})
    return Network(
        kind=kind,
        by=by,
        nodes=tuple(_node(parties, id, len(shares[id]), place) for id, place in zip(nodes, places, strict=True)),
        edges=tuple(_edge(pair, tie) for pair, tie in edges.items()),
        n=len(set().union(*(tie.things for tie in edges.values()))),
        not_happened=not_happened,
        nodes_left_out=len(busiest) - len(nodes),
        edges_left_out=len(ties) - len(edges),
        minimum=minimum,
    )


def readable(counts: Iterable[int], most: int) -> int:
    """The least number of events or statements that at most so many of the edges have, if any has so many."""
    ordered = sorted(counts, reverse=True)
    return min(ordered[most] + 1, ordered[0]) if len(ordered) > most else 1


def rows(result: Network) -> Iterator[dict[str, Cell]]:
    """One row for each edge."""
    names = {node.id: node.name for node in result.nodes}
    for edge in result.edges:
        yield {
            "source": edge.source,
            "source_name": names[edge.source],
            "target": edge.target,
            "target_name": names[edge.target],
            "n": edge.n,
            **{plover().quads[quad].replace(" ", "_"): n for quad, n in edge.quads.items()},
            "mutual": edge.mutual,
            "negative": edge.negative,
            "neutral": edge.neutral,
            "positive": edge.positive,
            "polarity": edge.polarity,
        }


def node_rows(result: Network) -> Iterator[dict[str, Cell]]:
    """One row for each node."""
    for node in result.nodes:
        yield {
            "id": node.id,
            "name": node.name,
            "type": node.type,
            "country": node.country,
            "events": node.events,
            "x": node.x,
            "y": node.y,
        }


def parties_of(project: Project, ids: Iterable[str]) -> Parties:
    """The parties of the actors with these ids."""
    return Parties({actor.id: actor for actor in project.named(set(ids))})


def layout(nodes: Sequence[str], edges: Mapping[tuple[str, str], int]) -> list[tuple[float, float]]:
    """Where to draw the nodes, within -1 and 1: a force-directed placement (Fruchterman and Reingold 1991) with a pull to
    the middle, which keeps what is not tied in sight. The same nodes and edges are always placed alike."""
    many = len(nodes)
    if many < 2:
        return [(0.0, 0.0)] * many
    number = {id: at for at, id in enumerate(nodes)}
    ends = np.array([(number[a], number[b]) for a, b in sorted(edges)], dtype=np.int64).reshape(-1, 2)
    pull = np.array([1 + np.log(edges[pair]) for pair in sorted(edges)], dtype=np.float32)
    turn = np.arange(many) * np.pi * (3 - 5**0.5)
    far = np.sqrt((np.arange(many) + 0.5) / many)
    at = np.stack((far * np.cos(turn), far * np.sin(turn)), axis=1).astype(np.float32)
    at += np.random.default_rng(SEED).normal(0, 0.01, at.shape).astype(np.float32)
    ideal = np.float32(1 / many**0.5)
    rounds = 200 if many <= 300 else 60
    for turn_number in range(rounds):
        step = np.float32(0.1 * (1 - turn_number / rounds) + 0.001)
        force = _forces(at, ends, pull, ideal)
        length = np.maximum(np.hypot(force[:, 0], force[:, 1]), np.float32(1e-6))
        at = np.asarray(at + force * (np.minimum(length, step) / length)[:, None], dtype=np.float32)
    middle = (at.max(axis=0) + at.min(axis=0)) / 2
    wide = max(float(np.abs(at - middle).max()), 1e-6)
    return [(round(float(x) / wide, 4), round(float(y) / wide, 4)) for x, y in at - middle]


def _forces(at: _Floats, ends: npt.NDArray[np.int64], pull: _Floats, ideal: np.float32) -> _Floats:
    sides = []
    pushes = np.concatenate([_pushes(at[start : start + _ROWS], at) for start in range(0, len(at), _ROWS)])
    for axis in (0, 1):
        push = pushes[:, axis] * ideal**2
        along = at[ends[:, 1], axis] - at[ends[:, 0], axis]
        reach = np.hypot(*(at[ends[:, 1]] - at[ends[:, 0]]).T)
        drawn = along * reach / ideal * pull
        drawn_together = np.bincount(ends[:, 0], drawn, len(at)) - np.bincount(ends[:, 1], drawn, len(at))
        sides.append(push + drawn_together - at[:, axis] * ideal)
    return np.stack(sides, axis=1).astype(np.float32)


def _pushes(some: _Floats, at: _Floats) -> _Floats:
    """How all nodes push some of them away."""
    gaps = [np.subtract.outer(some[:, axis], at[:, axis]) for axis in (0, 1)]
    near = np.maximum(gaps[0] ** 2 + gaps[1] ** 2, np.float32(1e-4))
    return np.stack([(gap / near).sum(axis=1) for gap in gaps], axis=1)


def _tie_events(events: Iterable[Event], ties: dict[tuple[str, str], _Tie], side: Callable[[str], str]) -> int:
    """Adds the events that happened; returns how many others there are."""
    others = 0
    for event in events:
        directed, mutual = directions(event, side)
        if not directed | mutual:
            continue
        if event.status is not Status.HAPPENED:
            others += 1
            continue
        for pair in directed | mutual:
            tie = ties[pair]
            if event.id not in tie.things:
                tie.things.add(event.id)
                tie.quads[event.quad] = tie.quads.get(event.quad, 0) + 1
                if pair in mutual:
                    tie.mutual.add(event.id)
    return others


def directions(event: Event, side: Callable[[str], str]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The ordered pairs of sides from who acts to whom it is done; and the pairs, lesser id first, that act together where
    the type is symmetric and nobody is the recipient."""
    doers = {side(id) for id in event.actor}
    done_to = {side(id) for id in event.recipient}
    if done_to:
        return {(a, b) for a in doers for b in done_to if a != b}, set()
    known = plover().types.get(event.type)
    return set(), set(combinations(sorted(doers), 2)) if known and known.symmetric else set()


def _tie_statements(
    said: Iterable[tuple[str, Statement]], ties: dict[tuple[str, str], _Tie], side: Callable[[str], str]
) -> None:
    for key, one in said:
        if one.speaker.actor is None:
            continue
        toward: dict[str, int] = {}
        for about in one.about:
            target = side(about.actor)
            toward[target] = about.polarity or toward.get(target, 0)
        source = side(one.speaker.actor)
        for target, polarity in toward.items():
            if target != source:
                ties[source, target].things.add(key)
                ties[source, target].polarities.append(polarity)


def _side(parties: Parties, by: str) -> Callable[[str], str]:
    return parties.of if by == "party" else lambda id: id


def _about(statement: Statement) -> Iterator[str]:
    return (about.actor for about in statement.about)


def _node(parties: Parties, id: str, events: int, place: tuple[float, float]) -> Node:
    actor = parties.actor(id)
    type_, country = (actor.type.value, actor.country) if actor else (None, None)
    return Node(id, parties.name(id), type_, country, events, *place)


def _edge(pair: tuple[str, str], tie: _Tie) -> Edge:
    count = tie.polarities.count
    return Edge(
        *pair,
        n=len(tie.things),
        quads=tie.quads,
        mutual=len(tie.mutual),
        negative=count(-1),
        neutral=count(0),
        positive=count(1),
        polarity=sum(tie.polarities),
    )
