"""The schema of `project.db`: `NNN.sql` brings a database from version NNN - 1 to version NNN."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from dragoman.errors import ProjectError

APPLICATION = 0x44524147
"""Marks a SQLite file as the database of a Dragoman project."""


@lru_cache(maxsize=1)
def steps() -> tuple[str, ...]:
    """The SQL of each step; the first makes version 1 of an empty database."""
    found = sorted(
        (file for file in files(__name__).iterdir() if file.name.endswith(".sql")), key=lambda file: file.name
    )
    return tuple(file.read_text("utf-8") for file in found)


def migrate(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    """Brings the database to the newest version, one transaction a step. `connection` must be in autocommit mode.

    Raises ProjectError where the database is another program's, or of a newer version than the last of `steps`.
    """
    while (version := _version(connection)) < len(steps):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have taken the same step while this one waited.
            if _version(connection) == version:
                for statement in _statements(steps[version]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise
    if version > len(steps):
        raise ProjectError(
            f"the project was written by a newer Dragoman (its schema is {version}, this one knows {len(steps)}):"
            " install that version"
        )


def _version(connection: sqlite3.Connection) -> int:
    # One statement, so that all three are of one state while another process migrates.
    query = """SELECT a.application_id, u.user_version, (SELECT count(*) FROM sqlite_schema)
        FROM pragma_application_id a, pragma_user_version u"""
    application, version, tables = connection.execute(query).fetchone()
    if application != APPLICATION and (version or tables):
        raise ProjectError("project.db is the database of another program: name another folder")
    return int(version)


def _statements(script: str) -> Iterator[str]:
    """The statements of `script`, triggers with their inner semicolons whole."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
