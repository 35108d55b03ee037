"""The state of a record in a few values, for what is derived from it."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class Stamp(NamedTuple):
    """Two stamps of one project are equal in a part if and only if the record is the same in it."""

    documents: str
    """What was read, and by which reader."""
    resolved: str
    """What resolve found."""
    decisions: str
    """What people decided about actors."""
    reviews: str
    """What people corrected."""


# Whatever is added gets a number above all others, so that the last document and their number tell them all.
_DOCUMENTS = """SELECT (SELECT count(*) FROM documents INDEXED BY documents_by_outlet) || ' ' ||
    coalesce((SELECT number || ' ' || id || ' ' || run || ' ' || reader FROM documents ORDER BY number DESC LIMIT 1), '')"""
_RESOLVED = "SELECT coalesce((SELECT value FROM state WHERE name = 'resolved'), '')"
_MADE = "SELECT count(*) || ' ' || coalesce(max(number), 0) || ' ' || count(undone) FROM {}"


def stamp_of(connection: sqlite3.Connection) -> Stamp:
    """The stamp of the record as the connection sees it."""
    queries = (_DOCUMENTS, _RESOLVED, _MADE.format("actor_decisions"), _MADE.format("reviews"))
    return Stamp(*(str(connection.execute(query).fetchone()[0]) for query in queries))
