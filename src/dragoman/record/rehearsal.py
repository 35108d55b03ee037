"""Trying a change before it is made, so that what follows from it can be sought while others may write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from dragoman.record.database import viewing


@contextmanager
def rehearsed(connection: sqlite3.Connection, *tables: str) -> Iterator[None]:
    """Within, these tables are copies that only this connection has: what is written to them is seen by all that is asked here,
    keeps no other writer waiting, and is gone at the end. `connection` must be in no transaction."""
    with viewing(connection):
        for table in tables:
            made = "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?"
            (sql,) = connection.execute(made, (table,)).fetchone()
            connection.execute(sql.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
            connection.execute(f"INSERT INTO temp.{table} SELECT * FROM main.{table}")
        yield
