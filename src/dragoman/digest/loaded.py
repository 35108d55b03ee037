"""The columns of a digest in memory, once for all threads of a process, and what is worked out of them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

from dragoman.digest import columns
from dragoman.digest.state import version_of

Array = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]
T = TypeVar("T")
RECENT = 32
"""Large answers that are kept."""


class Moved(Exception):
    """The digest was written while it was being read: ask again."""


class Loaded:
    """One version of a digest. Its columns are read when they are first asked for, and are not to be written to."""

    def __init__(self, version: int) -> None:
        self.version = version
        self._lock = threading.RLock()
        self._columns: dict[tuple[str, str], Array] = {}
        self._worked_out: dict[object, Any] = {}
        self._lasting: dict[object, Any] = {}
        self._recent: dict[object, Any] = {}

    def later(self, connection: sqlite3.Connection, version: int) -> Loaded:
        """A later version; of the columns that are here only the chunks that changed are read."""
        found = Loaded(version)
        with self._lock:
            found._lasting = dict(self._lasting)
            for (table, name), known in self._columns.items():
                found._columns[table, name] = _read(connection, table, name, known, self.version)
        return found

    def column(self, connection: sqlite3.Connection, table: str, name: str) -> Array:
        """A column, with the rows too that were taken out."""
        with self._lock:
            if (table, name) not in self._columns:
                connection.execute("BEGIN")
                try:
                    if version_of(connection) != self.version:
                        raise Moved
                    self._columns[table, name] = _read(connection, table, name)
                finally:
                    connection.rollback()
            return self._columns[table, name]

    def once(self, what: object, work_out: Callable[[], T], *, lasting: bool) -> T:
        """What is worked out of this version, or of what no correction changes (`lasting`), kept for the next one who asks."""
        kept = self._lasting if lasting else self._worked_out
        with self._lock:
            if what not in kept:
                kept[what] = work_out()
            return cast(T, kept[what])

    def recently(self, what: object, work_out: Callable[[], T]) -> T:
        """The same, but only the latest answers are kept."""
        with self._lock:
            if what in self._recent:
                self._recent[what] = self._recent.pop(what)
                return cast(T, self._recent[what])
        found = work_out()
        with self._lock:
            self._recent[what] = found
            while len(self._recent) > RECENT:
                del self._recent[next(iter(self._recent))]
        return found


def _read(connection: sqlite3.Connection, table: str, name: str, known: Array | None = None, after: int = -1) -> Array:
    rows = columns.size(connection, table)
    changed = list(columns.chunks(connection, table, name, after))
    if known is not None and not changed:
        return known
    kind = columns.TABLES[table][name]
    types = [values.dtype for _, values in changed] + ([known.dtype] if known is not None else [])
    found: Array = np.empty(rows, dtype=np.result_type(*types) if types else "S1" if kind == "text" else kind)
    if known is not None:
        found[: len(known)] = known
    for start, values in changed:
        found[start : start + len(values)] = values
    return found


_known: dict[str, Loaded] = {}
_lock = threading.Lock()


def loaded(connection: sqlite3.Connection, identity: str) -> Loaded:
    """The columns of the digest of this identity as it is now. Those of an earlier version are let go."""
    with _lock:
        connection.execute("BEGIN")
        try:
            version = version_of(connection)
            now = _known.get(identity)
            if now is None or now.version > version:
                now = Loaded(version)
            elif now.version < version:
                now = now.later(connection, version)
        finally:
            connection.rollback()
        _known[identity] = now
        return now


def forget(identity: str) -> None:
    """Lets go of the columns of a digest that is no more."""
    with _lock:
        _known.pop(identity, None)
