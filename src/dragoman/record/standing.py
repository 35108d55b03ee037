"""Where the words of a row stand, by the row's id."""

from __future__ import annotations

import re
import sqlite3

from dragoman.record.reviewed import Words

_NUMBERED = re.compile(r"(.+)/([0-9]{1,6})")


def find(connection: sqlite3.Connection, id: str, document: str | None = None) -> list[Words]:
    """Where the words of the statement, of the event's reports, or of the one report that `id` names stand. A statement is
    looked for in `document` alone, if that is given."""
    id = storable(id)
    if found := _standing(connection, id, document):
        return found
    numbered = _NUMBERED.fullmatch(id)
    found = _standing(connection, numbered[1], document) if numbered else []
    return [words for words in found if words.id == id or (len(found) == 1 and numbered and numbered[2] == "1")]


def _standing(connection: sqlite3.Connection, id: str, document: str | None) -> list[Words]:
    statements = f"""SELECT 'statement', id, document, position, start, end, text FROM statements WHERE id = :id
        {"AND document = :document" if document else ""} ORDER BY document"""
    events = """SELECT 'event', event, document, position, start, end, text FROM event_reports WHERE {} = :id
        ORDER BY document, start, end, position"""
    values = {"id": id, "document": document and storable(document)}
    for query in (events.format("coalesce(same, event)"), statements, events.format("event")):
        if rows := connection.execute(query, values).fetchall():
            return [
                Words(row[0], f"{id}/{number}" if len(rows) > 1 else id, *row[1:]) for number, row in enumerate(rows, 1)
            ]
    return []


def storable(text: str) -> str:
    """The text without halves of surrogate pairs, which arguments of a command line may hold."""
    return text.encode("utf-8", "backslashreplace").decode()
