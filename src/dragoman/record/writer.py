"""Writes the rows of one reading, and of what resolve finds. Each call stands within one transaction of its caller."""

from __future__ import annotations

import hashlib
import json
import sqlite3

from dragoman.model import ChainLink, Document, Event, Reading, Span, Statement
from dragoman.ontology.fold import fold
from dragoman.record.check import used_actors
from dragoman.record.dates import bounds
from dragoman.record.resolving import Resolution

Row = tuple[object, ...]

_COLUMNS = {
    "documents": "id, source, outlet, title, author, published, published_basis, earliest, latest, language, sha256,"
    " text, body, boilerplate, parts, notes, original, reader, run",
    "actors": "document, position, id, name, type, country, sector, qid, used, reader, run",
    "actor_names": "document, actor, position, name, folded",
    "mentions": "document, position, start, end, actor, kind, reader, run",
    "statements": "document, position, id, start, end, text, form, act, cue_start, cue_end, speaker, speaker_name,"
    " speaker_role, speaker_start, speaker_end, confidence, condition, reader, run",
    "statement_chains": "document, statement, position, actor, name, start, end",
    "statement_about": "document, statement, position, actor, polarity",
    "event_reports": "document, position, event, type, mode, context, quad, status, date, date_basis, earliest, latest,"
    " place, start, end, text, statement, confidence, reader, run",
    "event_actors": "document, report, role, position, actor",
    "report_chains": "document, report, position, actor, name, start, end",
}
"""The columns that each function here gives, in its order; one that a later schema adds does not shift them."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def write_reading(connection: sqlite3.Connection, reading: Reading, run: str, original: str | None) -> None:
    """Puts the rows of the reading in place of those that another reader may have left of the same document."""
    by = (reading.reader, run)
    # Asked once, for it is a hash of the whole text.
    document = reading.document.id
    connection.execute("DELETE FROM documents WHERE id = ?", (document,))
    _insert(connection, "documents", [_document(reading, document, original, by)])
    _write_actors(connection, reading, document, by)
    _write_statements(connection, reading, document, by)
    _write_events(connection, reading, document, by)


def write_resolution(connection: sqlite3.Connection, found: Resolution) -> None:
    """Puts what resolve found in place of what it found before."""
    connection.executemany("UPDATE documents SET story = ?, copy_of = ? WHERE id = ?", found.kinships)
    connection.execute("DELETE FROM same_actors")
    connection.executemany("INSERT INTO same_actors (actor, document, meant, why) VALUES (?, ?, ?, ?)", found.actors)
    connection.executemany("UPDATE event_reports SET same = ? WHERE document = ? AND position = ?", found.events)
    connection.execute("INSERT OR REPLACE INTO state (name, value) VALUES ('resolved', ?)", (_hash(found),))


def _hash(found: Resolution) -> str:
    hash = hashlib.sha256()
    for rows in (found.kinships, found.actors, found.events):
        for row in sorted(rows, key=repr):
            hash.update(repr(row).encode())
    return hash.hexdigest()


def _document(reading: Reading, id: str, original: str | None, by: Row) -> Row:
    document: Document = reading.document
    published = document.published
    return (
        *(id, document.source, document.outlet, document.title, document.author),
        *(published.value, published.basis, *_days(published.value), document.language, document.sha256, document.text),
        _json(document.body),
        _json([(block.start, block.end, block.label) for block in document.boilerplate]),
        _json([(part.start, part.end, part.label) for part in document.parts]),
        _json(reading.notes),
        *(original, *by),
    )


def _write_actors(connection: sqlite3.Connection, reading: Reading, document: str, by: Row) -> None:
    used = used_actors(reading)
    actors: list[Row] = []
    names: list[Row] = []
    for position, actor in enumerate(reading.actors):
        kind = (actor.name, actor.type.value, actor.country, actor.sector, actor.qid)
        actors.append((document, position, actor.id, *kind, actor.id in used, *by))
        for place, name in enumerate((actor.name, *actor.aliases)):
            names.append((document, actor.id, place, name, fold(name)))
    mentions = [
        (document, position, mention.start, mention.end, mention.actor, mention.kind, *by)
        for position, mention in enumerate(reading.mentions)
    ]
    _insert(connection, "actors", actors)
    _insert(connection, "actor_names", names)
    _insert(connection, "mentions", mentions)


def _write_statements(connection: sqlite3.Connection, reading: Reading, document: str, by: Row) -> None:
    chains: list[Row] = []
    about: list[Row] = []
    for position, statement in enumerate(reading.statements):
        chains += _chain(document, position, statement.chain)
        for place, target in enumerate(statement.about):
            about.append((document, position, place, target.actor, target.polarity))
    rows = [_statement(position, statement, by) for position, statement in enumerate(reading.statements)]
    _insert(connection, "statements", rows)
    _insert(connection, "statement_chains", chains)
    _insert(connection, "statement_about", about)


def _statement(position: int, statement: Statement, by: Row) -> Row:
    speaker = statement.speaker
    return (
        *(statement.document, position, statement.id, statement.start, statement.end, statement.text),
        *(statement.form.value, statement.act.value, *_span(statement.cue)),
        *(speaker.actor, speaker.name, speaker.role, *_span(speaker.mention)),
        *(statement.confidence, statement.condition, *by),
    )


def _write_events(connection: sqlite3.Connection, reading: Reading, document: str, by: Row) -> None:
    actors: list[Row] = []
    chains: list[Row] = []
    for position, event in enumerate(reading.events):
        for role, ids in (("actor", event.actor), ("recipient", event.recipient)):
            actors += [(document, position, role, place, actor) for place, actor in enumerate(ids)]
        chains += _chain(document, position, event.reports[0].chain)
    _insert(
        connection, "event_reports", [_report(position, event, by) for position, event in enumerate(reading.events)]
    )
    _insert(connection, "event_actors", actors)
    _insert(connection, "report_chains", chains)


def _report(position: int, event: Event, by: Row) -> Row:
    report = event.reports[0]
    return (
        *(report.document, position, event.id, event.type, event.mode, _json(event.context), event.quad),
        *(event.status.value, event.date, event.date_basis, *_days(event.date), event.place),
        *(report.start, report.end, report.text, report.statement, report.confidence, *by),
    )


def _chain(document: str, position: int, chain: tuple[ChainLink, ...]) -> list[Row]:
    return [
        (document, position, place, link.actor, link.name, *_span(link.mention)) for place, link in enumerate(chain)
    ]


def _span(span: Span | None) -> tuple[int | None, int | None]:
    return span if span is not None else (None, None)


def _days(date: str | None) -> tuple[str | None, str | None]:
    return bounds(date) or (None, None)


def _json(value: object) -> str:
    return _ENCODER.encode(value)


def _insert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    """Inserts rows whose values stand in the order of the columns of `_COLUMNS`."""
    if rows:
        columns = _COLUMNS[table]
        marks = ",".join("?" * (columns.count(",") + 1))
        connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
