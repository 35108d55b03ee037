"""Documents as a list: what they are and where they come from, without their texts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.record.corrections import Applied
from dragoman.record.filter import Condition, Filter, for_documents
from dragoman.record.search import documents_that

EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in a line."""

    id: str
    source: str
    outlet: str | None
    title: str | None
    published: str | None
    """EDTF."""
    language: str | None
    copy_of: str | None
    notes: tuple[str, ...]
    """What of it was not read, and why."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents are listed; all conditions that are given must hold."""

    filter: Filter = EVERYTHING
    """Its `limit` does not count here."""
    query: str | None = None
    """In the query language of search."""
    language: str | None = None
    """ISO 639-1; "" for those of which it could not be told."""
    no_outlet: bool = False
    """Those alone that name no outlet."""


def documents(
    connection: sqlite3.Connection, wanted: Wanted, limit: int, offset: int, reviewed: Applied
) -> tuple[int, list[Listed]]:
    """How many there are, and those from `offset` on, the newest first, those without a date last."""
    conditions = list(_conditions(connection, wanted))
    where = " AND ".join(condition.sql for condition in conditions)
    values = {name: value for condition in conditions for name, value in condition.values.items()}
    values |= {**reviewed.values, "limit": limit, "offset": offset}
    (total,) = connection.execute(f"{reviewed.sql}SELECT count(*) FROM documents d WHERE {where}", values).fetchone()
    rows = connection.execute(
        f"""{reviewed.sql}SELECT d.id, d.source, d.outlet, d.title, d.published, d.language, d.copy_of, d.notes
        FROM documents d WHERE {where}
        ORDER BY d.earliest DESC, d.id DESC LIMIT :limit OFFSET :offset""",
        values,
    )
    return total, [_listed(row) for row in rows]


def by_run(connection: sqlite3.Connection) -> dict[str, int]:
    """How many of the documents each run read; one that was read again counts for the last that did."""
    return dict(connection.execute("SELECT run, count(*) FROM documents GROUP BY run"))


def _listed(row: sqlite3.Row) -> Listed:
    return Listed(
        row["id"],
        row["source"],
        row["outlet"],
        row["title"],
        row["published"],
        row["language"],
        row["copy_of"],
        tuple(json.loads(row["notes"])),
    )


def _conditions(connection: sqlite3.Connection, wanted: Wanted) -> Iterable[Condition]:
    yield for_documents(wanted.filter, connection)
    if wanted.query:
        yield documents_that(connection, wanted.query)
    if wanted.language is not None:
        yield Condition("coalesce(d.language, '') = :language", {"language": wanted.language})
    if wanted.no_outlet:
        yield Condition("d.outlet IS NULL", {})
