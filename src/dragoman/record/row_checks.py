"""Checks of the rows of a record: each stands in its text and names what is there."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from dragoman.model import content_id
from dragoman.record.findings import AGAIN, RESOLVE, Found
from dragoman.record.originals import columns_of

_SPANS = (
    ("mentions", "start", "end", "a mention"),
    ("statements", "cue_start", "cue_end", "the cue of a statement"),
    ("statements", "speaker_start", "speaker_end", "the speaker of a statement"),
    ("statement_chains", "start", "end", "a link of a statement's chain"),
    ("report_chains", "start", "end", "a link of an event's chain"),
)
_QUOTES = (("statements", "a statement"), ("event_reports", "a report of an event"))
_ACTORS = (
    ("mentions", "actor"),
    ("statements", "speaker"),
    ("statement_chains", "actor"),
    ("statement_about", "actor"),
    ("event_actors", "actor"),
    ("report_chains", "actor"),
)
_STATEMENTS = (("statements", "condition"), ("event_reports", "statement"))


def check_documents(connection: sqlite3.Connection, found: Found) -> None:
    """Each text against its hash, and all that points into it against the text. Goes once through every table."""
    spans = [
        (_Beside(_span_rows(connection, *of[:3])), of[3]) for of in _SPANS if of[1] in columns_of(connection, of[0])
    ]
    quotes = [(_Beside(_quote_rows(connection, table)), what) for table, what in _QUOTES]
    query = """SELECT id, CAST(source AS BLOB), sha256, CAST(text AS BLOB), body, boilerplate, parts, story, copy_of
        FROM documents ORDER BY id"""
    kin: dict[str, tuple[str | None, str | None]] = {}
    stories = set()
    for id, source, sha256, raw, *marked, story, copy_of in connection.execute(query):
        kin[id] = (story, copy_of)
        stories.add(content_id("story", id))
        text = raw.decode("utf-8", "replace")
        digest = hashlib.sha256(raw).hexdigest()
        if digest != sha256 or content_id("doc", source.decode("utf-8", "replace"), digest) != id:
            found.add("the text of a document is not what was kept", id, AGAIN)
        if not all(_marks(spans_, len(text)) for spans_ in marked):
            found.add("body, boilerplate or parts of a document lie outside its text", id, AGAIN)
        for rows, what in spans:
            for _, first, last, least, halves in rows.of(id):
                if halves or (first is not None and not _inside(first, last, least, len(text))):
                    found.add(f"{what} lies outside its text", id, AGAIN, f" ({first}:{last} of {len(text)})")
        for rows, what in quotes:
            for _, position, start, end, words in rows.of(id):
                if not _inside(start, end, 1, len(text)) or start >= end or text[start:end] != words:
                    found.add(f"{what} does not say what its text has there", f"{id}, row {position}", AGAIN)
    _kinships(kin, stories, found)


def _span_rows(connection: sqlite3.Connection, table: str, start: str, end: str) -> Iterator[tuple[Any, ...]]:
    """For each document the first start, the last end, the shortest length, and how many have half a span or none."""
    odd = f"sum(({start} IS NULL) <> ({end} IS NULL) OR typeof({start}) NOT IN ('integer', 'null'))"
    yield from connection.execute(
        f"SELECT document, min({start}), max({end}), min({end} - {start}), {odd} FROM {table}"
        " GROUP BY document ORDER BY document"
    )


def _quote_rows(connection: sqlite3.Connection, table: str) -> Iterator[tuple[Any, ...]]:
    yield from connection.execute(
        f"SELECT document, position, start, end, text FROM {table} ORDER BY document, position"
    )


class _Beside:
    """Rows in the order of their documents, handed out document by document."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, key=lambda row: row[0])
        self._next = next(self._groups, None)

    def of(self, document: str) -> Iterable[tuple[Any, ...]]:
        while self._next and self._next[0] < document:
            self._next = next(self._groups, None)
        if not self._next or self._next[0] != document:
            return ()
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def _inside(start: Any, end: Any, least: Any, size: int) -> bool:
    return all(isinstance(one, int) for one in (start, end, least)) and start >= 0 and end <= size and least > 0


def _marks(spans: str, size: int) -> bool:
    try:
        return all(0 <= start <= end <= size for start, end, *_ in json.loads(spans))
    except (ValueError, TypeError, RecursionError):
        return False


def _kinships(kin: dict[str, tuple[str | None, str | None]], stories: set[str], found: Found) -> None:
    pending = any(story is None for story, _ in kin.values())
    if pending:
        found.add("there are documents that were not compared with the others yet", "documents", RESOLVE, wrong=False)
    for id, (story, copy_of) in kin.items():
        if story is not None and story not in stories:
            found.add("a document is of a story that is not there", id, RESOLVE, wrong=not pending)
        if copy_of is not None and (copy_of not in kin or kin[copy_of][1] is not None or kin[copy_of][0] != story):
            found.add("a document is a copy of one that is no original of its story", id, RESOLVE, wrong=not pending)


def check_references(connection: sqlite3.Connection, found: Found) -> None:
    """What names another row by its id, which SQLite does not watch."""
    for table, column in _ACTORS:
        query = f"""SELECT t.document, t.{column}, a.id IS NOT NULL FROM {table} t
            LEFT JOIN actors a ON a.document = t.document AND a.id = t.{column}
            WHERE t.{column} IS NOT NULL AND (a.id IS NULL OR NOT a.used)"""
        for document, actor, listed in connection.execute(query):
            kind = "is listed as if no row named it" if listed else "is not listed"
            found.add(f"an actor that {table} name {kind}", f"{document}, {actor}", AGAIN)
    for table, column in _STATEMENTS:
        if column in columns_of(connection, table):
            query = f"""SELECT t.document, t.{column} FROM {table} t
                LEFT JOIN statements s ON s.document = t.document AND s.id = t.{column}
                WHERE t.{column} IS NOT NULL AND s.id IS NULL"""
            for document, statement in connection.execute(query):
                found.add(f"{table} name a statement that is not there", f"{document}, {statement}", AGAIN)
    if "same" in columns_of(connection, "event_reports"):
        _resolved(connection, found)


def _resolved(connection: sqlite3.Connection, found: Found) -> None:
    """What resolve found: it may lag behind the documents until it has run again, and must agree with them then."""
    (pending,) = connection.execute("SELECT EXISTS (SELECT 1 FROM documents WHERE story IS NULL)").fetchone()
    query = "SELECT id FROM actors UNION SELECT actor FROM actor_decisions UNION SELECT other FROM actor_decisions"
    known = {id for (id,) in connection.execute(query)}
    same = connection.execute("SELECT actor, document, meant FROM same_actors").fetchall()
    known |= {content_id("person", actor, document) for actor, document, _ in same if document}
    for actor, document, meant in same:
        if actor not in known or meant not in known:
            where = f"{document or 'same_actors'}, {actor}"
            found.add("an actor was found to be one that is not there", where, RESOLVE, wrong=not pending)
    # An event whose id is taken by another group of reports gets a new one; else it has that of one of its reports.
    query = """SELECT DISTINCT r.same FROM event_reports r WHERE r.same IS NOT NULL
        AND r.same NOT IN (SELECT event FROM event_reports)
        AND NOT EXISTS (SELECT 1 FROM event_reports e WHERE coalesce(e.same, e.event) = r.event)"""
    for (event,) in connection.execute(query):
        found.add("reports were found to tell of an event that is not there", str(event), RESOLVE, wrong=not pending)
