"""A few rows of a large record, corrected as all views have them, at the cost of these few."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from dragoman.model import Event, Statement
from dragoman.record import applying, view
from dragoman.record.corrections import Applied
from dragoman.record.filter import Condition
from dragoman.record.meant import meant_by
from dragoman.resolve.events import merge_events

_EVENT = "coalesce(same, event)"
_REVIEWED = "SELECT DISTINCT document FROM reviews WHERE undone IS NULL"


def events_with(connection: sqlite3.Connection, ids: Sequence[str], reviewed: Applied) -> Iterator[Event]:
    """The events with these ids that the record has, in the order of the ids."""
    told = f"SELECT DISTINCT document FROM event_reports WHERE {_EVENT} IN (SELECT value FROM json_each(?))"
    meant = meant_by(connection, [document for (document,) in connection.execute(told, (json.dumps(list(ids)),))])
    yield from map(merge_events, view.event_reports(connection, ids, meant, reviewed))


def statements_at(
    connection: sqlite3.Connection, places: Sequence[tuple[str, int]], reviewed: Applied
) -> Iterator[Statement]:
    """The statements at these positions of documents, in the order of the places; those rejected are left out."""
    meant = meant_by(connection, sorted({document for document, _ in places}))
    condition = Condition("s.document = :document AND s.position = :position", {"limit": 1})
    for document, position in places:
        one = Condition(condition.sql, {**condition.values, "document": document, "position": position})
        yield from view.statements(connection, one, meant, reviewed)


def statements_of(connection: sqlite3.Connection, document: str, reviewed: Applied) -> Iterator[tuple[int, Statement]]:
    """The statements of a document, in the order of the text, each with its position in the reading."""
    positions = dict(connection.execute("SELECT id, position FROM statements WHERE document = ?", (document,)))
    condition = Condition("s.document = :document", {"document": document, "limit": -1})
    for one in view.statements(connection, condition, meant_by(connection, [document]), reviewed):
        yield positions[one.id], one


def events_of(connection: sqlite3.Connection, documents: Iterable[str]) -> list[str]:
    """The ids of the events that these documents report, those too of which a person rejected the report."""
    query = f"SELECT DISTINCT {_EVENT} FROM event_reports WHERE document IN (SELECT value FROM json_each(?)) ORDER BY 1"
    return [id for (id,) in connection.execute(query, (json.dumps(sorted(documents)),))]


def applied(connection: sqlite3.Connection) -> Applied:
    """What the reviews that hold change."""
    return applying.applied(
        connection, meant_by(connection, [document for (document,) in connection.execute(_REVIEWED)])
    )
