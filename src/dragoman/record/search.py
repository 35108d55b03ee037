"""Search over the documents of a project: the hits in order, and the words that they are shown for."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from dragoman.errors import SettingsError
from dragoman.model import Span
from dragoman.record.corrections import NOTHING, Applied
from dragoman.record.database import viewing
from dragoman.record.filter import Condition
from dragoman.record.passages import Passage, passage, places
from dragoman.record.query import Words, parse, positive
from dragoman.record.search_sql import Compiled

MOST = 1000
"""Hits that can be asked for at once."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found. All spans are half-open, in code points of the original text."""

    document: str
    source: str
    outlet: str | None
    title: str | None
    title_spans: tuple[Span, ...]
    published: str | None
    """EDTF."""
    passage: Passage
    """Where most of what was looked for stands together; the beginning of the article where none does."""


def search(
    connection: sqlite3.Connection, query: str, limit: int = 20, offset: int = 0, reviewed: Applied = NOTHING
) -> list[Hit]:
    """Documents that the query finds, by relevance (BM25, a word of the title counting more) and then the newest first;
    by date alone where the query has no word that all of them must have. Of more than `RANKED` that hold its words the newest
    are ordered so, and the others come after them by date.

    Raises SettingsError for a query that cannot be understood, and for a limit or offset out of range.
    """
    if not 1 <= limit <= MOST or not 0 <= offset <= 1_000_000:
        raise SettingsError(f"the limit must be from 1 to {MOST:,} and the offset from 0 to 1,000,000")
    node = parse(query)
    words = list(positive(node))
    with viewing(connection):
        compiled = Compiled(connection, limit, offset)
        found = reviewed.sql + compiled.select(node)
        rows = connection.execute(found, {**compiled.values, **reviewed.values})
        return [_hit(row, words) for row in rows.fetchall()]


def documents_that(connection: sqlite3.Connection, query: str) -> Condition:
    """A query as a condition of a query over `documents d`. Raises SettingsError where it cannot be understood."""
    compiled = Compiled(connection, 0, 0)
    return Condition(compiled.condition(parse(query)), dict(compiled.values))


def _hit(row: sqlite3.Row, words: list[Words]) -> Hit:
    title = row["title"]
    in_title = [word.phrase.pattern for word in words]
    in_text = [word.phrase.pattern for word in words if not word.title]
    body = json.loads(row["body"])
    return Hit(
        document=row["id"],
        source=row["source"],
        outlet=row["outlet"],
        title=title,
        title_spans=places(title, in_title) if title else (),
        published=row["published"],
        passage=passage(row["text"], body[0][0] if body else 0, in_text),
    )
