"""Relations: the pairs of parties by how many events are between them."""

from __future__ import annotations

import numpy as np

from dragoman.digest.answers import Page, RelationRow
from dragoman.digest.loaded import Array
from dragoman.digest.rows import STATUSES
from dragoman.digest.tables import Days, Tables, page, within
from dragoman.model import Status
from dragoman.ontology.plover import plover

HAPPENED = STATUSES.index(Status.HAPPENED)


def relations(
    tables: Tables, time: Days | None, only: frozenset[int] | None, limit: int, offset: int
) -> Page[RelationRow]:
    """The busiest first; with `only`, those of events in which one of these actors takes part, itself or through those who
    act for it."""
    rows = _rows(tables, time, only)
    pairs, events = tables("dyads", "pair")[rows], tables("dyads", "event")[rows]
    rank, ends = _pairs(tables)
    n = np.bincount(pairs, minlength=len(rank))
    found = page(np.flatnonzero(n), -n[n > 0], offset, limit, rank)
    place = np.full(len(rank), -1, dtype=np.int64)
    place[found] = np.arange(len(found))
    shown = place[pairs]
    events, shown = events[shown >= 0], shown[shown >= 0]
    actors = tables.actors(ends[found].ravel())
    rows_ = [
        RelationRow(actors[a], actors[b], int(n[pair]), *_figures(tables, events[shown == number]))
        for number, (pair, (a, b)) in enumerate(zip(found, ends[found].tolist(), strict=True))
    ]
    return Page(int(np.count_nonzero(n)), tuple(rows_))


def _rows(tables: Tables, time: Days | None, only: frozenset[int] | None) -> Array:
    """The dyads that are counted, one for each event and pair."""
    pairs, events = tables("dyads", "pair"), tables("dyads", "event")
    alive = (events >= 0) & (pairs >= 0)
    if only is None:
        alive &= tables("dyads", "once") == 1
    else:
        mask = np.zeros(len(tables.party()), dtype=np.bool_)
        mask[list(only)] = True
        mask |= mask[tables.party()]
        alive &= mask[tables("dyads", "source")] | mask[tables("dyads", "target")]
    rows = np.flatnonzero(alive)
    if time is not None:
        first, last = tables.event_days()
        rows = rows[within(first[events[rows]], last[events[rows]], time)]
    if only is not None:
        _, unique = np.unique(np.stack((events[rows], pairs[rows])), axis=1, return_index=True)
        rows = rows[unique]
    return rows


def _pairs(tables: Tables) -> tuple[Array, Array]:
    """The rank of each pair by the ids of its parties, and the numbers of the two."""

    def read() -> tuple[Array, Array]:
        query = """SELECT p.number, p.a, p.b FROM pairs p JOIN actors a ON a.number = p.a JOIN actors b ON b.number = p.b
            ORDER BY a.id, b.id"""
        found = np.array(tables.connection.execute(query).fetchall(), dtype=np.int64).reshape(-1, 3)
        rank, ends = np.empty(len(found), dtype=np.int64), np.empty((len(found), 2), dtype=np.int64)
        rank[found[:, 0]] = np.arange(len(found))
        ends[found[:, 0]] = found[:, 1:]
        return rank, ends

    return tables.once("pairs", read)


def _figures(tables: Tables, events: Array) -> tuple[dict[int, int], str | None, str | None]:
    """Events by quad that happened, and the dates of the first and of the one that ends last."""
    happened = events[tables("events", "status")[events] == HAPPENED]
    counts = np.bincount(tables("events", "quad")[happened], minlength=max(plover().quads) + 1)
    quads = {quad: int(counts[quad]) for quad in sorted(plover().quads)}
    first, last = tables("events", "first")[events], tables("events", "last")[events]
    dated = events[first > 0]
    if not len(dated):
        return quads, None, None
    ids = tables("events", "id")[dated]
    last, first = last[first > 0], first[first > 0]
    order = np.lexsort((ids, last, first))
    ended = order[np.argmax(last[order])]
    dates = tables("events", "date")
    return quads, dates[dated[order[0]]].decode(), dates[dated[ended]].decode()
