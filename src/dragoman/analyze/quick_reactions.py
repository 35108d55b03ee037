"""What reactions look at, picked out by a digest: documents in which words that tie events stand near two that may be tied."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.analyze.lift import Dated, Order, Pair
from dragoman.analyze.network import Parties
from dragoman.digest.arrays import different
from dragoman.digest.events import ids_of
from dragoman.digest.lookups import ActorsById
from dragoman.digest.rows import NO_TYPE, STATUSES, types
from dragoman.digest.sides import Sides
from dragoman.digest.tables import Tables
from dragoman.model import Event, Status
from dragoman.record import Project

Array = npt.NDArray[Any]
BEFORE, BEHIND = 2, 1
"""Sentences before and behind the words in which the events stand that they may tie."""


def near_together(
    tables: Tables, project: Project, sides: Sides, within: int
) -> tuple[list[Event], set[str], list[frozenset[str]], Parties, Order]:
    """The events in which a wanted party takes part, of the documents that may tie two of them; these documents; the wanted
    parties by the ids of their actors; whose dealings those of an actor are; and the order of the events asked for."""
    taking = _taking_part(tables, sides)
    near: Array = tables("events", "status") >= 0
    if sides.actors:
        near = np.asarray(taking.any(axis=0))
    documents = _documents(tables, near, taking)
    event, of = tables("reports", "event"), tables("reports", "document")
    chosen = np.zeros(len(tables("documents", "first")), dtype=np.bool_)
    chosen[documents] = True
    told = different(event[(event >= 0) & near[event] & chosen[of]])
    asked = np.flatnonzero(taking.all(axis=0)) if len(sides.actors) else np.flatnonzero(near)
    order = Order(_all_days(tables), partial(_of_type, tables, asked), within)
    return (
        list(project.events_with(ids_of(tables, told))),
        set(tables.documents(documents.tolist()).values()),
        [_ids(tables, np.flatnonzero(sides.of == at)) or frozenset([one.id]) for at, one in enumerate(sides.actors)],
        Parties(ActorsById(tables)),
        order,
    )


def _taking_part(tables: Tables, sides: Sides) -> Array:
    """For each party, in which events it takes part."""
    event = tables("parts", "event")
    side = np.where(event >= 0, sides.side(tables("parts", "actor")), -1)
    found = np.zeros((len(sides.actors), len(tables("events", "status"))), dtype=np.bool_)
    for at in range(len(sides.actors)):
        found[at, event[side == at]] = True
    return found


def _documents(tables: Tables, near: Array, taking: Array) -> Array:
    """The documents in which words may tie two of the events, in one of which each party takes part."""
    document, one, other = tables.once("may be tied", lambda: _may_be_tied(tables))
    kept = near[one] & near[other]
    for of in taking:
        kept &= of[one] | of[other]
    return different(document[kept])


def _may_be_tied(tables: Tables) -> tuple[Array, Array, Array]:
    """Two events that words near them may tie, and the document, whoever is asked for. They have a pair of parties in common, or
    the one is by somebody to whom the other is done and toward no state."""
    event = tables("reports", "event")
    rows = np.flatnonzero(event >= 0)
    document, sentence = tables("reports", "document")[rows], tables("reports", "sentence")[rows]
    marks, at = tables("marks", "document"), tables("marks", "sentence")
    longest = int(max(sentence.max(initial=0), at.max(initial=0))) + BEFORE + BEHIND + 1
    key = document.astype(np.int64) * longest + sentence
    order = np.argsort(key, kind="stable")
    key, told = key[order], event[rows[order]]
    begins = marks.astype(np.int64) * longest
    start = np.searchsorted(key, np.maximum(begins + at - BEFORE, begins), side="left")
    many = np.searchsorted(key, begins + at + BEHIND, side="right") - start
    between, doing, done_to, to_no_state = _parties(tables)
    found: list[tuple[Array, Array, Array]] = []
    for second in range(1, int(many.max(initial=0))):
        enough = np.flatnonzero(many > second)
        other = told[start[enough] + second]
        for first in range(second):
            one = told[start[enough] + first]
            fit = (between[one] & between[other]) != 0
            fit |= to_no_state[other] & ((doing[other] & done_to[one]) != 0)
            fit |= to_no_state[one] & ((doing[one] & done_to[other]) != 0)
            fit &= one != other
            found.append((marks[enough[fit]], one[fit], other[fit]))
    if not found:
        none = np.empty(0, dtype=np.int64)
        return none, none, none
    return tuple(np.concatenate(column) for column in zip(*found, strict=True))  # type: ignore[return-value]


def _parties(tables: Tables) -> tuple[Array, Array, Array, Array]:
    """Of each event its pairs of parties, those who act and those to whom it is done, each as bits of a number by which two sets
    that have something in common are known, and perhaps others; and whether it is done to no state."""
    many, party = len(tables("events", "status")), tables.party()
    between, doing, done_to = (np.zeros(many, dtype=np.uint64) for _ in range(3))
    state = np.zeros(many, dtype=np.bool_)
    is_state = np.isin(np.arange(len(party)), _states(tables))

    def add(bits: Array, events: Array, numbers: Array) -> None:
        np.bitwise_or.at(bits, events, np.left_shift(np.uint64(1), (numbers % 64).astype(np.uint64)))

    event, pair = tables("dyads", "event"), tables("dyads", "pair")
    rows = (event >= 0) & (pair >= 0)
    add(between, event[rows], pair[rows])
    event, roles = tables("parts", "event"), tables("parts", "roles")
    whose = party[tables("parts", "actor")]
    for bits, role in ((doing, 1), (done_to, 2)):
        rows = (event >= 0) & (roles & role > 0)
        add(bits, event[rows], whose[rows])
    rows = (event >= 0) & (roles & 2 > 0) & is_state[whose]
    state[event[rows]] = True
    return between, doing, done_to, ~state


def _states(tables: Tables) -> list[int]:
    query = "SELECT number FROM actors WHERE id >= 'state:' AND id < 'state;'"
    return [number for (number,) in tables.connection.execute(query)]


def _all_days(tables: Tables) -> Array:
    """The days of all events that happened on a known one, sorted."""

    def sort() -> Array:
        happened = tables("events", "status") == STATUSES.index(Status.HAPPENED)
        return np.sort(tables("events", "first")[happened & (tables("events", "exact") == 1)].astype(np.int64))

    return tables.once("days of events", sort)


def _of_type(tables: Tables, asked: Array, type: str) -> Mapping[Pair, Dated]:
    """Of the events asked for those that happened and are of a type, by who acts toward whom."""
    wanted = np.zeros(len(tables("events", "status")), dtype=np.bool_)
    wanted[asked] = True
    wanted &= tables("events", "type") == types().get(type, NO_TYPE)
    wanted &= tables("events", "status") == STATUSES.index(Status.HAPPENED)
    event, party = tables("dyads", "event"), tables.party()
    rows = np.flatnonzero((event >= 0) & wanted[event] & (tables("dyads", "mutual") == 0))
    source, target = party[tables("dyads", "source")[rows]], party[tables("dyads", "target")[rows]]
    rows, source, target = rows[source != target], source[source != target], target[source != target]
    pair = source.astype(np.int64) * len(party) + target
    _, once = np.unique(np.stack((pair, event[rows].astype(np.int64))), axis=1, return_index=True)
    pair, events = pair[once], event[rows[once]]
    exact = tables("events", "exact")[events] == 1
    days = tables("events", "first")[events].astype(np.int64)
    actors = tables.actors(different(np.concatenate((source, target))).tolist())
    found: dict[Pair, Dated] = {}
    for start, end in _runs(pair):
        one, other = divmod(int(pair[start]), len(party))
        dated = exact[start:end]
        undated = frozenset(events[start:end][~dated].tolist())
        found[actors[one].id, actors[other].id] = Dated(np.sort(days[start:end][dated]), undated)
    return found


def _runs(values: Array) -> list[tuple[int, int]]:
    """Where runs of equal values start and end."""
    if not len(values):
        return []
    starts = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist()]
    return list(zip(starts, [*starts[1:], len(values)], strict=True))


def _ids(tables: Tables, numbers: Array) -> frozenset[str]:
    return frozenset(actor.id for actor in tables.actors(numbers.tolist()).values())
