"""Networks from a digest: the same as from all events or statements, without going through them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.analyze.network import MOST, Edge, Network, Node, layout, readable
from dragoman.digest.arrays import different
from dragoman.digest.events import Wanted
from dragoman.digest.events import find as find_events
from dragoman.digest.rows import STATUSES
from dragoman.digest.statements import Said
from dragoman.digest.statements import find as find_statements
from dragoman.digest.tables import Days, Tables
from dragoman.model import Status
from dragoman.ontology.plover import plover

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Ties:
    """What goes from one node to another, a row for each event or statement and each two nodes; nodes are numbers of actors."""

    source: Array
    target: Array
    thing: Array
    """Number of the event, or of the statement."""
    kind: Array
    """Quad of the event; polarity of the statement plus 1."""
    mutual: Array
    not_happened: int


def quick_network(
    tables: Tables, minimum: int, by: str, kind: str, most: int | None = None, time: Days | None = None
) -> Network:
    """The network of the whole record, worked out once for a minimum and a greatest number of edges; or of a time."""
    tied = _events if kind == "events" else _statements

    if time:
        return _drawn(tables, tied(tables, by, time), minimum, by, kind, most)

    def draw() -> str:
        ties = tables.recently(("ties", by, kind), lambda: tied(tables, by, None))
        return _written(_drawn(tables, ties, minimum, by, kind, most))

    question = f"network {minimum} {by} {kind} {most or ''}".rstrip()
    return tables.recently(question, lambda: _read(tables.kept(question, draw)))


def _written(network: Network) -> str:
    """A network as JSON; its nodes and edges as rows."""
    fields = {one.name: getattr(network, one.name) for one in dataclass_fields(network)}
    rows = {
        part: [[getattr(one, name) for name in of.__slots__] for one in fields[part]] for part, of in _PARTS.items()
    }
    return json.dumps({**fields, **rows}, ensure_ascii=False)


def _read(text: str) -> Network:
    fields = json.loads(text)
    nodes = tuple(Node(*row) for row in fields.pop("nodes"))
    quads = sorted(plover().quads)
    edges = tuple(
        Edge(source, target, n, {quad: counts[str(quad)] for quad in quads}, *more)
        for source, target, n, counts, *more in fields.pop("edges")
    )
    return Network(nodes=nodes, edges=edges, **fields)


_PARTS: dict[str, type[Node] | type[Edge]] = {"nodes": Node, "edges": Edge}


def _events(tables: Tables, by: str, time: Days | None) -> Ties:
    side = _sides(tables, by)
    event, mutual = tables("dyads", "event"), tables("dyads", "mutual") == 1
    source, target = (side[tables("dyads", end)] for end in ("source", "target"))
    ranks = tables.actor_ranks()
    rows = (event >= 0) & (source != target) & ~(mutual & (ranks[source] > ranks[target]))
    if time:
        timely = np.zeros(len(tables("events", "status")), dtype=np.bool_)
        timely[find_events(tables, Wanted(time=time))] = True
        rows &= timely[event]
    happened = tables("events", "status")[event] == STATUSES.index(Status.HAPPENED)
    others = len(different(event[rows & ~happened]))
    rows &= happened
    _, chosen = np.unique(_key(source[rows], target[rows], event[rows]), return_index=True)
    rows = np.flatnonzero(rows)[chosen]
    quad = tables("events", "quad")[event[rows]]
    return Ties(source[rows], target[rows], event[rows], quad, mutual[rows], others)


def _statements(tables: Tables, by: str, time: Days | None) -> Ties:
    side = _sides(tables, by)
    told = first_told(tables, find_statements(tables, Said(time=time)))
    is_first = np.zeros(len(tables("statements", "document")), dtype=np.bool_)
    is_first[told] = True
    of, speaker = tables("about", "statement"), tables("statements", "speaker")
    rows = np.flatnonzero((of >= 0) & is_first[of] & (speaker[of] >= 0))
    source, target = side[speaker[of[rows]]], side[tables("about", "actor")[rows]]
    apart = source != target
    rows, source, target = rows[apart], source[apart], target[apart]
    # Of several polarities toward one side the last that is not 0 counts, else 0.
    polarity = tables("about", "polarity")[rows]
    order = np.lexsort((rows, polarity != 0))
    last = order[::-1]
    _, chosen = np.unique(_key(source[last], target[last], of[rows[last]]), return_index=True)
    chosen = last[chosen]
    kind = polarity[chosen].astype(np.int64) + 1
    none = np.zeros(len(chosen), dtype=np.bool_)
    return Ties(source[chosen], target[chosen], of[rows[chosen]], kind, none, 0)


def first_told(tables: Tables, statements: Array) -> Array:
    """Of statements that share words, speaker and act the first, by document and place."""
    documents = tables.document_ranks()[tables("statements", "document")[statements]]
    ordered = statements[np.lexsort((statements, documents))]
    _, first = np.unique(tables("statements", "utterance")[ordered], return_index=True)
    found: Array = ordered[first]
    return found


def _drawn(tables: Tables, ties: Ties, minimum: int, by: str, kind: str, most: int | None) -> Network:
    ranks = tables.actor_ranks()
    pair = ranks[ties.source] * len(ranks) + ranks[ties.target]
    keys, edge, n = np.unique(pair, return_inverse=True, return_counts=True)
    minimum = max(minimum, readable(n.tolist(), most) if most else 1)
    kept = n[edge] >= minimum
    by_rank = np.argsort(ranks)
    ends = np.stack(np.divmod(keys, len(ranks) or 1))
    things = np.concatenate((ties.thing[kept], ties.thing[kept]))
    at = np.concatenate((ends[0][edge[kept]], ends[1][edge[kept]]))
    shares = np.bincount(different(_key(at, things)) // (int(things.max(initial=0)) + 1), minlength=len(ranks))
    busiest = np.flatnonzero(shares)
    busiest = busiest[np.argsort(-shares[busiest], kind="stable")]
    nodes = np.sort(busiest[:MOST])
    drawn = np.zeros(len(ranks), dtype=np.bool_)
    drawn[nodes] = True
    edges = np.flatnonzero((n >= minimum) & drawn[ends[0]] & drawn[ends[1]])
    actors = tables.actors(by_rank[nodes])
    ids = {int(rank): actors[int(by_rank[rank])].id for rank in nodes}
    pairs = [(ids[a], ids[b]) for a, b in ends[:, edges].T.tolist()]
    places = layout(list(ids.values()), dict(zip(pairs, n[edges].tolist(), strict=True)))
    shown = np.zeros(len(keys), dtype=np.bool_)
    shown[edges] = True
    return Network(
        kind=kind,
        by=by,
        nodes=tuple(
            Node(actor.id, actor.name, actor.type.value, actor.country, int(shares[rank]), *place)
            for rank, place in zip(nodes.tolist(), places, strict=True)
            for actor in (actors[int(by_rank[rank])],)
        ),
        edges=tuple(_edges(ties, edge, edges, pairs, len(keys), kind)),
        n=len(different(ties.thing[shown[edge]])),
        not_happened=ties.not_happened,
        nodes_left_out=len(busiest) - len(nodes),
        edges_left_out=len(keys) - len(edges),
        minimum=minimum,
    )


def _edges(ties: Ties, edge: Array, edges: Array, pairs: Sequence[tuple[str, str]], many: int, kind: str) -> list[Edge]:
    sorts = max(plover().quads) + 1
    counts = np.bincount(edge * sorts + ties.kind, minlength=many * sorts).reshape(many, sorts)[edges].tolist()
    mutual = np.bincount(edge[ties.mutual], minlength=many)[edges].tolist()
    none = dict.fromkeys(sorted(plover().quads), 0)
    found = []
    for pair, count, both in zip(pairs, counts, mutual, strict=True):
        if kind == "events":
            quads = {quad: count[quad] for quad in sorted(plover().quads)}
            found.append(Edge(*pair, n=sum(count), quads=quads, mutual=both))
        else:
            negative, neutral, positive = count[:3]
            more = {"negative": negative, "neutral": neutral, "positive": positive, "polarity": positive - negative}
            found.append(Edge(*pair, n=sum(count), quads=dict(none), **more))
    return found


def _sides(tables: Tables, by: str) -> Array:
    party = tables.party()
    return party if by == "party" else np.arange(len(party), dtype=party.dtype)


def _key(*columns: Array) -> Array:
    """One whole number for each row of these columns, which sorts as the rows do."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        key = key * (int(column.max(initial=0)) + 1) + column
    return key
