"""Brings a digest up to date with what people corrected since, at the cost of the rows that they corrected."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable

import numpy as np

from dragoman.digest import columns
from dragoman.digest.actors import Actors
from dragoman.digest.rows import Batch, Seen
from dragoman.digest.state import Applied, applied_now, made, put, state_of
from dragoman.digest.tying import sentences
from dragoman.record import Project

_OF_EVENTS = ("events", "reports", "through", "dyads", "parts")
_OF_STATEMENTS = ("statements", "about", "relayed", "denied")


def catch_up(connection: sqlite3.Connection, project: Project) -> bool:
    """Applies what people corrected, and the names that they gave, since the digest was written; False where more than that
    has changed, so that it must be made anew. To stand within one transaction of the digest."""
    with project.snapshot():
        before, now = made(connection), state_of(project)
        if any(before.get(name) != now[name] for name in ("form", "documents", "resolved")):
            return False
        if before["decisions"] == now["decisions"] and before["reviews"] == now["reviews"]:
            return True
        version = before["version"] + 1
        applied = applied_now(project)
        if before["decisions"] != now["decisions"]:
            _rename(connection, project)
        documents, events = _touched(before["applied"], applied)
        events |= set(project.events_of(documents))
        _write(connection, project, sorted(documents), sorted(events), version)
        counts = before["counts"]
        counts["reports"] += len(before["applied"]["reports"]) - len(applied["reports"])
        for name, value in {**now, "applied": applied, "version": version, "counts": counts}.items():
            put(connection, name, value)
        connection.execute("DELETE FROM kept")
    return True


def _rename(connection: sqlite3.Connection, project: Project) -> None:
    actors = Actors(connection)
    named = {id for one in project.decisions() if one.kind == "rename" for id in project.ids(one.actor)}
    for actor in project.named(named):
        actors.add(actor)


def _touched(before: Applied, now: Applied) -> tuple[set[str], set[str]]:
    """The documents and the events of which people said something else before."""

    def changed(what: str) -> Iterable[str]:
        old, new = before[what], now[what]
        return (key for key in {*old, *new} if old.get(key) != new.get(key))

    documents = {key.split("\t")[0] for what in ("statements", "reports") for key in changed(what)}
    return documents, {key.split("\t", 1)[1] for key in changed("events")}


def _write(
    connection: sqlite3.Connection, project: Project, documents: list[str], events: list[str], version: int
) -> None:
    """Takes the statements of these documents and these events out, and adds them as they are now."""
    numbers = {id: number for id in documents if (number := _document(connection, id)) is not None}
    _take_out(connection, _OF_STATEMENTS, _rows(connection, "statements", "document", list(numbers.values())), version)
    _take_out(connection, _OF_EVENTS, _events(connection, events), version)
    batch = Batch(connection, version, Actors(connection), lambda id: _seen(connection, project, id))
    for document in numbers:
        for position, statement in project.statements_of(document):
            batch.statement(position, statement)
    for event in project.events_with(events):
        batch.event(event)
    batch.flush()


def _take_out(connection: sqlite3.Connection, tables: tuple[str, ...], rows: columns.Array, version: int) -> None:
    """Takes rows of the first table out, and of the others the rows that name them."""
    if len(rows):
        head, *others = tables
        for table in others:
            own = _rows(connection, table, next(iter(columns.TABLES[table])), rows.tolist())
            columns.take_out(connection, table, own, version)
        columns.take_out(connection, head, rows, version)


def _rows(connection: sqlite3.Connection, table: str, column: str, values: list[int]) -> columns.Array:
    """The numbers of the rows in which a column has one of the values."""
    found = [
        start + np.flatnonzero(np.isin(chunk, values)) for start, chunk in columns.chunks(connection, table, column)
    ]
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _events(connection: sqlite3.Connection, ids: list[str]) -> columns.Array:
    wanted = np.array([id.encode() for id in ids], dtype=np.bytes_)
    found = []
    for (start, names), (_, status) in zip(
        columns.chunks(connection, "events", "id"), columns.chunks(connection, "events", "status"), strict=True
    ):
        found.append(start + np.flatnonzero(np.isin(names, wanted) & (status != columns.GONE)))
    return np.concatenate(found) if found and len(wanted) else np.empty(0, dtype=np.int64)


def _document(connection: sqlite3.Connection, id: str) -> int | None:
    row = connection.execute("SELECT number FROM documents WHERE id = ?", (id,)).fetchone()
    return int(row[0]) if row else None


def _seen(connection: sqlite3.Connection, project: Project, id: str) -> Seen:
    number = _document(connection, id)
    assert number is not None, "a digest has all documents that were read when it was made"
    values = []
    for column in ("first", "last"):
        chunk, offset = divmod(number, columns.CHUNK)
        query = "SELECT data FROM chunks WHERE tab = 'documents' AND name = ? AND chunk = ?"
        (data,) = connection.execute(query, (column, chunk)).fetchone()
        values.append(int(np.frombuffer(data, dtype="i4")[offset]))
    document = project.document(id)
    starts = array("i", (start for start, _ in sentences(document.text if document else "")))
    return Seen(number, values[0], values[1], starts)
