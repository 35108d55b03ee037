"""What is kept of one document beside its rows: how it was read, whom it names, and the others of its story."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from dragoman.model import Mention, Span
from dragoman.record.filter import Condition
from dragoman.record.meant import Meant
from dragoman.record.naming import IMPRINTS, Imprint

EVERYWHERE: Span = (-1, 2**62)


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a document came into the project."""

    reader: str
    """Name and version of the reader and its weights."""
    run: str
    read: str
    """When the run began (UTC)."""
    notes: tuple[str, ...]
    """What was not read and why."""
    original: bool
    """Whether the source was kept as it was fetched."""


def provenance(connection: sqlite3.Connection, document: str) -> Provenance | None:
    """How the document with this id was read."""
    query = """SELECT d.reader, d.run, u.started, d.notes, d.original IS NOT NULL FROM documents d
        JOIN runs u ON u.id = d.run WHERE d.id = ?"""
    row = connection.execute(query, (document,)).fetchone()
    return Provenance(row[0], row[1], row[2], tuple(json.loads(row[3])), bool(row[4])) if row else None


def kin(connection: sqlite3.Connection, document: str, limit: int) -> tuple[int, list[Imprint]]:
    """How many other documents the story has, and the first of them by date."""
    others = "d.story = (SELECT story FROM documents WHERE id = :document) AND d.id <> :document"
    values = {"document": document, "limit": limit}
    (many,) = connection.execute(f"SELECT count(*) FROM documents d WHERE {others}", values).fetchone()
    query = f"{IMPRINTS} d WHERE {others} ORDER BY d.earliest IS NULL, d.earliest, d.id LIMIT :limit"
    return many, [Imprint(*row) for row in connection.execute(query, values)]


def mentions(connection: sqlite3.Connection, document: str, within: Span, meant: Meant) -> list[Mention]:
    """The mentions that stand in a part of the text, each with the actor that it means."""
    query = """SELECT start, end, actor, kind FROM mentions WHERE document = ? AND start < ? AND end > ?
        ORDER BY start, end, position"""
    found = connection.execute(query, (document, within[1], within[0]))
    return [Mention(row["start"], row["end"], meant.id(document, row["actor"]), row["kind"]) for row in found]


def place(connection: sqlite3.Connection, document: str, row: str) -> Span | None:
    """Where the words of a statement, or of an event's first report, stand in a document as it was read."""
    query = """SELECT start, end FROM statements WHERE document = :document AND id = :row
        UNION ALL SELECT start, end FROM event_reports
        WHERE document = :document AND :row IN (event, coalesce(same, event)) ORDER BY start, end LIMIT 1"""
    found = connection.execute(query, {"document": document, "row": row}).fetchone()
    return (found["start"], found["end"]) if found else None


def statements_of(document: str, within: Span | None) -> Condition:
    """For a query over `statements s`: those of a document, or of a part of its text."""
    start, end = within or EVERYWHERE
    part = "s.document = :document AND s.start < :end AND s.end > :start"
    return Condition(part, {"document": document, "start": start, "end": end, "limit": -1})


def event_ids(connection: sqlite3.Connection, document: str, within: Span | None) -> list[str]:
    """The events that a document, or a part of its text, reports, rejected ones too, by the first date that it gives them."""
    start, end = within or EVERYWHERE
    # Not over the corrected tables: SQLite would look through the whole record for those that are named twice.
    query = """SELECT coalesce(same, event) AS id FROM event_reports WHERE document = ? AND start < ? AND end > ?
        GROUP BY id ORDER BY min(earliest) IS NULL, min(earliest), id"""
    return [id for (id,) in connection.execute(query, (document, end, start))]
