"""The connection to `project.db`: opened in one way, failing in one way."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.errors import ProjectError
from dragoman.ontology.fold import fold
from dragoman.record.ngrams import indexed
from dragoman.record.schema import migrate, steps

PATIENCE = 60.0
"""Seconds that a writer waits for another one."""

_TOLD = (
    ("locked", "is being written by another process for too long: try again when it is done"),
    ("full", "cannot be written: the disk is full; free some space and give the same command again"),
    (
        "readonly",
        "cannot be written: it is read-only, or belongs to another user; copy the folder to where you may write",
    ),
    ("unable to open", "cannot be opened: its folder is missing, read-only, or belongs to another user"),
    ("disk i/o", "cannot be read or written: the disk is full, or reports an error"),
    ("not a database", "is not the database of a Dragoman project: name another folder"),
    ("malformed", "is damaged: restore a backup, or read the sources again into a new folder"),
)


def connect(file: Path) -> sqlite3.Connection:
    """A connection in autocommit mode to a database of the newest schema. Raises ProjectError."""
    with plain_errors(file):
        connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            give_functions(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA cache_size = -65536")
            _use_wal(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            # A document touches some eighty pages, mostly of indexes: the longer the log, the fewer are written twice.
            connection.execute("PRAGMA wal_autocheckpoint = 32000")
            migrate(connection, steps())
        except BaseException:
            connection.close()
            raise
        return connection


def give_functions(connection: sqlite3.Connection) -> None:
    """Gives SQLite the functions that the schema and our queries call."""
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.create_function("indexed", 1, indexed, deterministic=True)


def _use_wal(connection: sqlite3.Connection) -> None:
    # SQLite does not wait for its turn here when two processes open a new database at once.
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


@contextmanager
def plain_errors(file: Path) -> Iterator[None]:
    """Tells what SQLite or the file system refuse as a ProjectError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        found = next((told for sign, told in _TOLD if sign in str(error).lower()), f"cannot be used: {error}")
        raise ProjectError(f"{file} {found}") from error
    except OSError as error:
        raise ProjectError(f"{error.filename or file} cannot be used: {error.strerror}") from error


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One short transaction that waits for other writers; all of it is kept, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


@contextmanager
def viewing(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is asked within sees the same state, whatever is written meanwhile. May stand within another one."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()
