"""The columns of a digest as questions see them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

import numpy as np

from dragoman.digest.loaded import Array, Bools, Loaded
from dragoman.digest.rows import days
from dragoman.digest.state import version_of
from dragoman.errors import SettingsError
from dragoman.model import Actor, ActorType
from dragoman.record.database import writing
from dragoman.record.dates import bounds

T = TypeVar("T")


class Days(NamedTuple):
    """A period as ordinals, both ends included."""

    since: int
    until: int


class Tables:
    """One version of a digest, for one thread."""

    def __init__(self, connection: sqlite3.Connection, loaded: Loaded) -> None:
        self.connection = connection
        self._loaded = loaded

    def __call__(self, table: str, name: str) -> Array:
        """A column of `columns.TABLES`."""
        return self._loaded.column(self.connection, table, name)

    def once(self, what: object, work_out: Callable[[], T], *, lasting: bool = False) -> T:
        """What is worked out of this version once; of the documents and parties alone, which no correction changes, if it is
        `lasting`."""
        return self._loaded.once(what, work_out, lasting=lasting)

    def recently(self, what: object, work_out: Callable[[], T]) -> T:
        """A large answer worked out of this version, kept for a while."""
        return self._loaded.recently(what, work_out)

    def kept(self, question: str, work_out: Callable[[], str]) -> str:
        """A text worked out of this version, kept in the file as long as nothing is corrected, where it can be written."""
        row = self.connection.execute("SELECT answer FROM kept WHERE question = ?", (question,)).fetchone()
        if row:
            return str(row[0])
        answer = work_out()
        with suppress(sqlite3.OperationalError), writing(self.connection):
            if version_of(self.connection) == self._loaded.version:
                self.connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (question, answer))
        return answer

    def party(self) -> Array:
        """The number of each actor's party, by the actor's number."""

        def read() -> Array:
            found = self.connection.execute("SELECT party FROM actors ORDER BY number")
            return np.array([party for (party,) in found], dtype=np.int32)

        return self.once("party", read)

    def actor_ranks(self) -> Array:
        """The rank of each actor by its id, by the actor's number."""

        def read() -> Array:
            found = self.connection.execute("SELECT number FROM actors ORDER BY id")
            order = np.array([number for (number,) in found], dtype=np.int64)
            ranks = np.empty_like(order)
            ranks[order] = np.arange(len(order))
            return ranks

        return self.once("actor ranks", read)

    def document_ranks(self) -> Array:
        """The rank of each document by its id, by the document's number."""

        def work_out() -> Array:
            ids = self("documents", "id")
            ranks = np.empty(len(ids), dtype=np.int64)
            ranks[np.argsort(ids)] = np.arange(len(ids))
            return ranks

        return self.once("document ranks", work_out, lasting=True)

    def event_days(self) -> tuple[Array, Array]:
        """The first and last day of each event: of its date, else of the documents that tell it; 0 where neither is known."""

        def work_out() -> tuple[Array, Array]:
            first, last = self("events", "first"), self("events", "last")
            known = first > 0
            return (
                np.where(known, first, self("events", "seen_first")),
                np.where(known, last, self("events", "seen_last")),
            )

        return self.once("event days", work_out)

    def actors(self, numbers: Iterable[int]) -> dict[int, Actor]:
        """Actors by their numbers."""
        query = "SELECT * FROM actors WHERE number IN (SELECT value FROM json_each(?))"
        wanted = json.dumps(sorted({int(number) for number in numbers}))
        return {row[0]: actor_of(row) for row in self.connection.execute(query, (wanted,))}

    def numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """The numbers of the actors with these ids, as far as the digest has them."""
        query = "SELECT id, number FROM actors WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self.connection.execute(query, (json.dumps(sorted(ids)),)))

    def document_numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """The numbers of the documents with these ids."""
        query = "SELECT id, number FROM documents WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self.connection.execute(query, (json.dumps(sorted(ids)),)))

    def documents(self, numbers: Iterable[int]) -> dict[int, str]:
        """The ids of documents by their numbers."""
        ids = self("documents", "id")
        return {number: ids[number].decode() for number in numbers}


def actor_of(row: Sequence[Any]) -> Actor:
    """An actor from a row of the table of actors."""
    _, id, name, kind, country, sector, qid, aliases = row[:8]
    return Actor(id, name, ActorType(kind), country, sector, qid, tuple(json.loads(aliases)))


def period(since: str | None, until: str | None) -> Days | None:
    """The days from the first that `since` may mean to the last that `until` may; None where neither is given. Raises
    SettingsError where one is no date."""
    for name, value in (("since", since), ("until", until)):
        if value is not None and bounds(value) is None:
            raise SettingsError(f"'{value}' is not a date ({name}): write it as 2024, 2024-06 or 2024-06-23")
    if since is None and until is None:
        return None
    return Days(days(since)[0] if since else 1, days(until)[1] if until else np.iinfo(np.int32).max)


def within(first: Array, last: Array, time: Days) -> Bools:
    """Which of these may lie in a period; what has no day does not."""
    found: Bools = (first > 0) & (first <= time.until) & (last >= time.since)
    return found


def page(rows: Array, keys: Array, offset: int, limit: int, ties: Array | None = None) -> Array:
    """The rows from `offset` on, at most `limit`, by their keys (whole numbers); where keys are equal by `ties`, a column of the
    rows' table, then by number."""
    if not len(rows) or not limit:
        return rows[:0]
    end = min(offset + limit, len(rows)) - 1
    if len(rows) > 2 * end + 100:
        # Only what comes no later than the last key of the page is sorted.
        small = keys <= np.partition(keys, end)[end]
        rows, keys = rows[small], keys[small]
    order = (rows, keys) if ties is None else (rows, ties[rows], keys)
    return rows[np.lexsort(order)][offset : offset + limit]
