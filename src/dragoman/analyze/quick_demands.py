"""What demands look at, picked out by a digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.analyze.demands import BARGAINS
from dragoman.analyze.met import Deeds
from dragoman.analyze.network import Parties
from dragoman.digest.arrays import different
from dragoman.digest.documents import ReadDocument
from dragoman.digest.events import ids_of
from dragoman.digest.lookups import ActorsById, DocumentsById
from dragoman.digest.rows import ACTS, STATUSES, days, types
from dragoman.digest.sides import Sides, sides_of
from dragoman.digest.tables import Tables
from dragoman.model import Act, Event, Statement, Status
from dragoman.record import Project

Array = npt.NDArray[Any]
Ids = frozenset[str] | None
Bargains = tuple[list[Statement], list[Event], Mapping[str, ReadDocument], Parties, Deeds, Ids, Ids]


def bargains(tables: Tables, project: Project, of: str | None, by: str | None) -> Bargains:
    """The demands that may be of and by these, and what they are tied with; the requests in their documents; all documents;
    whose dealings those of an actor are; the events that may meet a demand; and the ids of those asked for."""
    wanted = [sides_of(tables, project, [one]) if one is not None else None for one in (of, by)]
    rows = _rows(tables, *wanted)
    document = tables("statements", "document")[rows]
    ids = tables.documents(different(document).tolist())
    positions = tables("statements", "position")[rows].tolist()
    places = [(ids[number], at) for number, at in zip(document.tolist(), positions, strict=True)]
    said = {(one.document, one.id): one for one in project.statements_at(places)}
    for tied in sorted({document for (document, _), one in said.items() if one.condition}):
        for _, one in project.statements_of(tied):
            if (one.act in BARGAINS and one.act is not Act.DEMAND) or (
                one.act is Act.DEMAND and (one.document, one.id) not in said
            ):
                said[one.document, one.id] = one
    requests = list(project.events_with(ids_of(tables, _requests(tables, different(document)))))
    parties = Parties(ActorsById(tables))
    of_ids, by_ids = (_ids(tables, sides) for sides in wanted)
    return list(said.values()), requests, DocumentsById(tables), parties, _deeds(tables, project), of_ids, by_ids


def _rows(tables: Tables, of: Sides | None, by: Sides | None) -> Array:
    """The demands that may be of and by these."""
    document = tables("statements", "document")
    chosen = (tables("statements", "act") == ACTS.index(Act.DEMAND)) & (document >= 0)
    if by is not None:
        chosen &= by.has(tables("statements", "speaker"))
    if of is not None:
        about = np.zeros(len(document), dtype=np.bool_)
        statement = tables("about", "statement")
        about[statement[of.has(tables("about", "actor")) & (statement >= 0)]] = True
        # Of whom it is demanded may also be read from a request that the same document reports.
        asked = np.zeros(len(tables("documents", "first")) + 1, dtype=np.bool_)
        asked[_documents(tables, _requested(tables, of))] = True
        asked[-1] = False
        chosen &= about | asked[document]
    return np.flatnonzero(chosen)


def _requested(tables: Tables, of: Sides) -> Array:
    """The requests in which one of these takes part."""
    event = tables("parts", "event")
    found = different(event[of.has(tables("parts", "actor")) & (event >= 0)])
    chosen: Array = found[tables("events", "type")[found] == types()["REQUEST"]]
    return chosen


def _requests(tables: Tables, documents: Array) -> Array:
    """The requests that these documents report."""
    event = tables("reports", "event")
    chosen = np.zeros(len(tables("documents", "first")), dtype=np.bool_)
    chosen[documents] = True
    request = tables("events", "type") == types()["REQUEST"]
    return different(event[(event >= 0) & request[event] & chosen[tables("reports", "document")]])


def _documents(tables: Tables, events: Array) -> Array:
    event = tables("reports", "event")
    chosen = np.zeros(len(tables("events", "status")), dtype=np.bool_)
    chosen[events] = True
    return different(tables("reports", "document")[(event >= 0) & chosen[event]])


def _deeds(tables: Tables, project: Project) -> Deeds:
    known: dict[str, Event] = {}

    def toward(doer: str, other: str, wanted: frozenset[str], after: str) -> Iterable[Event]:
        numbers = tables.numbers((doer, other))
        if len(numbers) < 2:
            return ()
        event, party = tables("dyads", "event"), tables.party()
        ends = (("source", doer), ("target", other))
        rows = event >= 0
        for name, id in ends:
            rows = rows & (party[tables("dyads", name)] == numbers[id])
        found = different(event[rows])
        kinds = [types()[name] for name in wanted if name in types()]
        found = found[
            np.isin(tables("events", "type")[found], kinds)
            & (tables("events", "status")[found] == STATUSES.index(Status.HAPPENED))
            & (tables("events", "first")[found] > days(after)[1])
        ]
        ids = ids_of(tables, found)
        for one in project.events_with([id for id in ids if id not in known]):
            known[one.id] = one
        return [known[id] for id in ids]

    return toward


def _ids(tables: Tables, sides: Sides | None) -> Ids:
    if sides is None:
        return None
    actors = tables.actors(np.flatnonzero(sides.of >= 0).tolist())
    return frozenset(actor.id for actor in actors.values()) | {sides.actors[0].id}
