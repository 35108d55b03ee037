"""Reads rows back as the nouns of the model, with what people corrected. Nothing here writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from dragoman.model import Actor, Document, Event, Mention, Reading, Statement
from dragoman.ontology.fold import fold
from dragoman.record import rows
from dragoman.record.filter import Condition
from dragoman.record.meant import Meant
from dragoman.record.naming import SAME, WHO
from dragoman.resolve.sources import Origin

if TYPE_CHECKING:
    from dragoman.record.corrections import Applied


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read in a run: the name of the problem, and what it says."""

    run: str
    source: str
    problem: str
    message: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a reader. `finished` is None for one that is under way or was killed; times are ISO 8601 in UTC."""

    id: str
    reader: str
    options: dict[str, Any]
    started: str
    finished: str | None


@dataclass(frozen=True, slots=True)
class Kinship:
    """The story of a document, and the document it is a copy of. Both are None before `resolve`."""

    story: str | None
    copy_of: str | None


def documents(
    connection: sqlite3.Connection, condition: Condition, reviewed: Applied, newest: bool = False
) -> Iterator[Document]:
    """Documents by date and id, those without a date last; with `newest` the latest first."""
    order = "d.earliest DESC, d.id" if newest else "d.earliest IS NULL, d.earliest, d.id"
    query = f"{reviewed.sql}SELECT d.* FROM documents d WHERE {condition.sql} ORDER BY {order} LIMIT :limit"
    yield from map(rows.document, connection.execute(query, {**condition.values, **reviewed.values}))


def statements(
    connection: sqlite3.Connection, condition: Condition, meant: Meant, reviewed: Applied
) -> Iterator[Statement]:
    """Statements in the order of their documents and of the text."""
    query = f"""{reviewed.sql}SELECT o.* FROM statements s JOIN documents d ON d.id = s.document
        JOIN main.statements o ON o.document = s.document AND o.position = s.position WHERE {condition.sql}
        ORDER BY d.earliest IS NULL, d.earliest, d.id, s.start, s.end, s.id LIMIT :limit"""
    for row in connection.execute(query, {**condition.values, **reviewed.values}):
        yield reviewed.statement(meant.statement(rows.statement(connection, row)))


_EVENT = "coalesce(r.same, r.event)"
"""The event that a report tells of: as resolve found it, else as the reading of its document has it."""


def event_ids(connection: sqlite3.Connection, condition: Condition, reviewed: Applied) -> list[str]:
    """Events by the first date that a report gives them, those without one last, then by id."""
    query = f"""{reviewed.sql}SELECT {_EVENT} FROM event_reports r JOIN documents d ON d.id = r.document
        WHERE {_EVENT} IN (
            SELECT {_EVENT} FROM event_reports r JOIN documents d ON d.id = r.document WHERE {condition.sql}
        )
        GROUP BY {_EVENT} ORDER BY min(r.earliest) IS NULL, min(r.earliest), {_EVENT} LIMIT :limit"""
    return [id for (id,) in connection.execute(query, {**condition.values, **reviewed.values})]


def event_reports(
    connection: sqlite3.Connection, ids: Iterable[str], meant: Meant, reviewed: Applied
) -> Iterator[list[Event]]:
    """For each of `ids`, in their order, the event as each of its reports tells it."""
    waiting = iter(ids)
    while chunk := list(islice(waiting, 500)):
        query = f"""{reviewed.sql}SELECT o.*, i.value AS meant FROM event_reports r
            JOIN json_each(:ids) i ON i.value = {_EVENT}
            JOIN main.event_reports o ON o.document = r.document AND o.position = r.position
            ORDER BY i.key, r.document, r.position"""
        found = connection.execute(query, {"ids": json.dumps(chunk), **reviewed.values})
        for id, group in groupby(found, key=lambda row: row["meant"]):
            yield [reviewed.event(replace(meant.event(rows.event(connection, row)), id=id)) for row in group]


def doubtful(
    connection: sqlite3.Connection, limit: int, offset: int, meant: Meant, reviewed: Applied
) -> Iterator[Statement | list[Event]]:
    """Statements, and events as each of their reports tells them, that nobody has looked at: those first of which most
    rows can be expected to be wrong, as their confidence has it. At most `limit`, after the first `offset`."""
    query = f"""{reviewed.sql}SELECT s.document, s.id, round(1e6 * (1 - s.confidence)) AS doubt, 1 AS told, 0 AS event,
            s.document AS place, s.position AS number
        FROM statements s
        WHERE s.id NOT IN (SELECT value FROM json_each(:seen))
        UNION ALL SELECT '', {_EVENT}, round(1e6 * sum(1 - r.confidence)), count(*), 1, {_EVENT}, 0
        FROM event_reports r
        WHERE {_EVENT} NOT IN (SELECT value FROM json_each(:seen)) GROUP BY {_EVENT}
        ORDER BY doubt DESC, told DESC, place, number LIMIT :limit OFFSET :offset"""
    values = {**reviewed.values, "seen": json.dumps(sorted(reviewed.seen)), "limit": limit, "offset": offset}
    for document, id, _, _, event, *_ in connection.execute(query, values).fetchall():
        if event:
            yield next(event_reports(connection, [id], meant, reviewed))
        else:
            one = Condition("s.document = :document AND s.id = :id", {"document": document, "id": id, "limit": 1})
            yield next(statements(connection, one, meant, reviewed))


def actors(
    connection: sqlite3.Connection, condition: Condition, ids: set[str] | None, meant: Meant, reviewed: Applied
) -> Iterator[Mapping[Actor, int]]:
    """By id, the actors that a row of the documents has: how documents of the project describe it, and how many do so.

    `condition` is one for documents; `ids`, if given, are the only actors wanted.
    """
    some = f"""{WHO} IN (SELECT DISTINCT {WHO} FROM actors a {SAME} JOIN documents d ON d.id = a.document
        WHERE a.used AND (:ids IS NULL OR {WHO} IN (SELECT value FROM json_each(:ids))) AND {condition.sql}
        ORDER BY 1 LIMIT :limit)"""
    values = {**condition.values, "ids": None if ids is None else json.dumps(sorted(ids)), **reviewed.values}
    everybody = condition.sql == "1" and ids is None and condition.values["limit"] == -1
    yield from _actors(connection, "1" if everybody else some, values, meant, reviewed.sql)


def named_actors(connection: sqlite3.Connection, ids: Iterable[str], meant: Meant) -> Iterator[Mapping[Actor, int]]:
    """The actors with these ids, described as `actors` has them."""
    # Whoever is found to be one of them stands in `same_actors`, by one step or by two: nobody else needs to be looked at.
    among = """WITH named (id) AS (SELECT value FROM json_each(:ids)),
        once (id) AS (SELECT id FROM named UNION SELECT s.actor FROM same_actors s JOIN named n ON n.id = s.meant),
        among (id) AS (SELECT id FROM once UNION SELECT s.actor FROM same_actors s JOIN once o ON o.id = s.meant)
        """
    wanted = f"{WHO} IN (SELECT id FROM named) AND a.id IN (SELECT id FROM among)"
    yield from _actors(connection, wanted, {"ids": json.dumps(sorted(ids))}, meant, among)


def _actors(
    connection: sqlite3.Connection, wanted: str, values: Mapping[str, str | int | None], meant: Meant, first: str = ""
) -> Iterator[Mapping[Actor, int]]:
    """All aliases stand with the first description. A state is described in most documents and mostly alike: they are counted
    by SQLite, so that no more than the different ones come here."""
    of = f"WHERE a.used AND {wanted}"
    described = connection.execute(
        f"""{first}SELECT {WHO} AS who, min(a.document) AS document, count(*) AS times,
            a.id, a.name, a.type, a.country, a.sector, a.qid FROM actors a {SAME} {of}
            GROUP BY who, a.id, a.name, a.type, a.country, a.sector, a.qid ORDER BY who, document, a.id, a.name""",
        values,
    )
    aliases = connection.execute(
        f"""{first}SELECT DISTINCT {WHO} AS who, w.name FROM actors a {SAME}
            JOIN actor_names w ON w.document = a.document AND w.actor = a.id AND w.position > 0 {of} ORDER BY who""",
        values,
    )
    named = groupby(aliases, key=lambda row: row["who"])
    next_id, names = next(named, (None, iter(())))
    for id, group in groupby(described, key=lambda row: row["who"]):
        found: dict[Actor, int] = {}
        if next_id == id:
            known = tuple(sorted(row["name"] for row in names))
            next_id, names = next(named, (None, iter(())))
        else:
            known = ()
        for row in group:
            actor = meant.actor(row["document"], rows.described(row, known))
            found[actor] = found.get(actor, 0) + row["times"]
            known = ()
        yield found


def reading(connection: sqlite3.Connection, document: str) -> Reading | None:
    """All that was read from the document, as it was added."""
    row = connection.execute("SELECT * FROM documents WHERE id = ?", (document,)).fetchone()
    if row is None:
        return None

    def children(table: str) -> Iterable[sqlite3.Row]:
        return connection.execute(f"SELECT * FROM {table} WHERE document = ? ORDER BY position", (document,))

    return Reading(
        document=rows.document(row),
        reader=row["reader"],
        actors=tuple(rows.actor(connection, row) for row in children("actors")),
        mentions=tuple(Mention(row["start"], row["end"], row["actor"], row["kind"]) for row in children("mentions")),
        statements=tuple(rows.statement(connection, row) for row in children("statements")),
        events=tuple(rows.event(connection, row) for row in children("event_reports")),
        notes=tuple(json.loads(row["notes"])),
    )


def document(connection: sqlite3.Connection, id: str) -> Document | None:
    """The document with this id."""
    row = connection.execute("SELECT * FROM documents WHERE id = ?", (id,)).fetchone()
    return None if row is None else rows.document(row)


def months(connection: sqlite3.Connection) -> dict[str | None, int]:
    """Documents by month of publication, "2031-05"; None stands for those that no month holds."""
    query = """SELECT CASE WHEN substr(earliest, 1, 7) = substr(latest, 1, 7) THEN substr(earliest, 1, 7) END, count(*)
        FROM documents GROUP BY 1"""
    return dict(connection.execute(query))


def origins(connection: sqlite3.Connection, event: Event) -> list[Origin]:
    """Where the reports of an event come from."""
    query = (
        "SELECT id, outlet, coalesce(copy_of, id) AS text FROM documents WHERE id IN (SELECT value FROM json_each(?))"
    )
    of = json.dumps(sorted({report.document for report in event.reports}))
    known = {row["id"]: row for row in connection.execute(query, (of,))}
    return [
        Origin(
            document=report.document,
            outlet=fold(known[report.document]["outlet"]) if known[report.document]["outlet"] else None,
            text=known[report.document]["text"],
            through=tuple(link.actor for link in report.chain if link.actor),
        )
        for report in event.reports
    ]


def failures(connection: sqlite3.Connection, run: str | None) -> list[Failure]:
    """Failures of one run or of all, by run and source."""
    query = """SELECT f.* FROM failures f JOIN runs u ON u.id = f.run WHERE :run IS NULL OR f.run = :run
        ORDER BY u.rowid, f.source, f.problem, f.message"""
    return [Failure(*row) for row in connection.execute(query, {"run": run})]


def runs(connection: sqlite3.Connection) -> list[Run]:
    """All runs in the order in which they began."""
    return [
        Run(row["id"], row["reader"], json.loads(row["options"]), row["started"], row["finished"])
        for row in connection.execute("SELECT * FROM runs ORDER BY rowid")
    ]


_COUNTS = {
    "documents": "SELECT count(*) FROM documents",
    "copies": "SELECT count(copy_of) FROM documents",
    "stories": "SELECT count(DISTINCT story) FROM documents",
    "actors": f"SELECT count(DISTINCT {WHO}) FROM actors a {SAME} WHERE a.used",
    "mentions": "SELECT count(*) FROM mentions",
    "statements": "SELECT count(*) FROM statements",
    "events": f"SELECT count(DISTINCT {_EVENT}) FROM event_reports r",
    "reports": "SELECT count(*) FROM event_reports",
    "runs": "SELECT count(*) FROM runs",
    "failures": "SELECT count(*) FROM failures",
}


def counts(connection: sqlite3.Connection, reviewed: Applied) -> dict[str, int]:
    """How many there are of each kind."""
    return {
        kind: connection.execute(reviewed.sql + query, reviewed.values).fetchone()[0] for kind, query in _COUNTS.items()
    }
