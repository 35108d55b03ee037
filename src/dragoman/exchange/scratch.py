"""Room on disk for what does not fit into memory: a temporary SQLite database that is gone when it is closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from types import TracebackType


class Scratch:
    """Keys that were seen, and lines under keys."""

    def __init__(self) -> None:
        # An empty name is a database of its own that SQLite keeps on disk where it grows.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE seen (key BLOB PRIMARY KEY) WITHOUT ROWID")
        self._database.execute("CREATE TABLE lines (key TEXT, place INTEGER PRIMARY KEY, line TEXT)")

    def is_new(self, key: bytes) -> bool:
        """Whether it is the first time that this is asked of the key."""
        return self._database.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,)).rowcount == 1

    def add(self, key: str, line: str) -> None:
        """Keeps a line under a key."""
        self._database.execute("INSERT INTO lines (key, line) VALUES (?, ?)", (key, line))

    def sort(self) -> None:
        """To be called after the last `add` and before the first `lines`."""
        self._database.execute("CREATE INDEX by_key ON lines (key, place)")

    def lines(self, key: str) -> Iterator[str]:
        """The lines of a key in the order in which they came."""
        for (line,) in self._database.execute("SELECT line FROM lines WHERE key = ? ORDER BY place", (key,)):
            yield line

    def __enter__(self) -> Scratch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
