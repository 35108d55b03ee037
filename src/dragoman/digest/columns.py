"""Tables of numbers kept in SQLite column by column, in chunks, and read into numpy arrays.

A view goes through whole columns: five million bytes are compared in a millisecond, so that no question needs an index of its
own, and any of them can be asked together. A chunk that changes is written anew, alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.generic]
Values = Array | Sequence[int] | Sequence[float] | Sequence[str]
CHUNK = 65_536
"""Rows of a chunk."""
GONE = -1
"""What the first column of a table holds in rows that were taken out. Rows keep their numbers."""

TABLES: Mapping[str, Mapping[str, str]] = {
    "documents": {"first": "i4", "last": "i4", "exact": "i1", "outlet": "i4", "name": "i4", "text": "i4", "id": "text"},
    "events": {
        "status": "i1",
        "quad": "i1",
        "type": "i1",
        "exact": "i1",
        "first": "i4",
        "last": "i4",
        "seen_first": "i4",
        "seen_last": "i4",
        "score": "f8",
        "doubt": "i4",
        "told": "i4",
        "id": "text",
        "date": "text",
    },
    "reports": {"event": "i4", "document": "i4", "sentence": "i4"},
    "marks": {"document": "i4", "sentence": "i4"},
    "through": {"event": "i4", "document": "i4", "agency": "i4"},
    "dyads": {"event": "i4", "source": "i4", "target": "i4", "pair": "i4", "once": "i1", "mutual": "i1"},
    "parts": {"event": "i4", "actor": "i4", "roles": "i1"},
    "statements": {
        "document": "i4",
        "position": "i4",
        "speaker": "i4",
        "publisher": "i4",
        "act": "i1",
        "form": "i1",
        "utterance": "u8",
        "doubt": "i4",
    },
    "about": {"statement": "i4", "actor": "i4", "polarity": "i1"},
    "relayed": {"statement": "i4", "actor": "i4"},
    "denied": {"statement": "i4", "word": "u4"},
}
"""The columns of each table with their types; days are ordinals of the Gregorian calendar, 0 where unknown. What names a row of
another table, an actor or an outlet is its number, -1 where there is none.

documents: the days of publication, whether they are one known day, the outlet and the number of the name that the document gives
it, and the document whose text it repeats.
events: days that the date may mean, days on which its documents were published, PLOVER's score (NaN: none).
reports, through: each report's document and the number of its sentence, and each agency of its chain. marks: the sentences with
words that tie events. parts: who takes part: 1 by acting, 2 as one to whom it is done, 3 as both. dyads: who acts toward whom,
the two parties between which that is, whether it is the first of its event between them, and whether both act together.
events, statements: `doubt` is how many reports of an event are expected to be wrong, or of a statement, in millionths; `told` is
how many reports there are.
statements: `publisher` is the last link of the chain; `utterance` the same for the same words, act and speaker.
relayed: the other links that are neither the speaker nor one whom it is about. denied: hashes of the words of denials.
"""


def append(connection: sqlite3.Connection, table: str, columns: Mapping[str, Values], version: int) -> int:
    """Adds rows, given as columns of one length; returns the number of the first."""
    at = size(connection, table)
    many = len(next(iter(columns.values())))
    for name, kind in TABLES[table].items():
        values = columns[name]
        start = 0
        while start < many:
            chunk, offset = divmod(at + start, CHUNK)
            some = values[start : start + CHUNK - offset]
            before = _blob(connection, table, name, chunk) if offset else b""
            joined = before + (b"\0" if offset and kind == "text" else b"") + _packed(some, kind)
            _write(connection, table, name, chunk, joined, version)
            start += len(some)
    connection.execute("INSERT OR REPLACE INTO sizes VALUES (?, ?)", (table, at + many))
    return at


def take_out(connection: sqlite3.Connection, table: str, rows: Array, version: int) -> None:
    """Takes the rows of these numbers out."""
    name, kind = next(iter(TABLES[table].items()))
    for chunk in np.unique(rows // CHUNK):
        values = np.frombuffer(_blob(connection, table, name, int(chunk)), dtype=kind).copy()
        values[rows[rows // CHUNK == chunk] % CHUNK] = GONE
        _write(connection, table, name, int(chunk), values.tobytes(), version)


def size(connection: sqlite3.Connection, table: str) -> int:
    """How many rows a table has, those too that were taken out."""
    row = connection.execute("SELECT rows FROM sizes WHERE tab = ?", (table,)).fetchone()
    return int(row[0]) if row else 0


def chunks(connection: sqlite3.Connection, table: str, column: str, after: int = -1) -> Iterator[tuple[int, Array]]:
    """The first row and the values of each chunk that was written after a version. Texts are bytes of UTF-8."""
    kind = TABLES[table][column]
    query = "SELECT chunk, data FROM chunks WHERE tab = ? AND name = ? AND version > ? ORDER BY chunk"
    for chunk, data in connection.execute(query, (table, column, after)):
        found = np.array(data.split(b"\0")) if kind == "text" else np.frombuffer(data, dtype=kind)
        yield chunk * CHUNK, found


def _blob(connection: sqlite3.Connection, table: str, name: str, chunk: int) -> bytes:
    query = "SELECT data FROM chunks WHERE tab = ? AND name = ? AND chunk = ?"
    return bytes(connection.execute(query, (table, name, chunk)).fetchone()[0])


def _write(connection: sqlite3.Connection, table: str, name: str, chunk: int, data: bytes, version: int) -> None:
    values = (table, name, chunk, version, data)
    connection.execute("INSERT OR REPLACE INTO chunks (tab, name, chunk, version, data) VALUES (?, ?, ?, ?, ?)", values)


def _packed(values: Values, kind: str) -> bytes:
    if kind == "text":
        return b"\0".join(str(value).replace("\0", " ").encode() for value in values)
    return np.asarray(values, dtype=kind).tobytes()
