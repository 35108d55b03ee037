"""The originals that a database names, and whether a file is whole."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

_CHUNK = 1 << 20


def whole(file: Path, digest: str) -> bool:
    """Whether the original in `file` unpacks to bytes with this SHA-256. Takes little memory whatever is in there."""
    sha256, unpack = hashlib.sha256(), zlib.decompressobj()
    try:
        with file.open("rb") as packed:
            while chunk := unpack.unconsumed_tail or packed.read(_CHUNK):
                if unpack.eof:
                    return False
                sha256.update(unpack.decompress(chunk, _CHUNK))
            sha256.update(unpack.flush())
    except zlib.error:
        return False
    return unpack.eof and not unpack.unused_data and sha256.hexdigest() == digest


def originals(connection: sqlite3.Connection) -> Iterator[str]:
    """SHA-256 of each original that a row of the database names, whichever table it stands in; some more than once."""
    for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        if "original" in columns_of(connection, table):
            query = f'SELECT original FROM "{table}" WHERE original IS NOT NULL'
            yield from (str(digest) for (digest,) in connection.execute(query))


def columns_of(connection: sqlite3.Connection, table: str) -> set[str]:
    """The names of the columns of a table."""
    return {str(name) for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}
