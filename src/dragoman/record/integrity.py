"""Whether a project is whole: its database, its texts and what points into them, its originals, its full-text index."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from dragoman.errors import ProjectError
from dragoman.record.blobs import SUFFIX
from dragoman.record.database import PATIENCE, connect, give_functions, plain_errors
from dragoman.record.findings import MOST, RESTORE, Finding, Found
from dragoman.record.lock import holder
from dragoman.record.originals import originals, whole
from dragoman.record.row_checks import check_documents, check_references
from dragoman.record.schema import APPLICATION, migrate, steps

_BLOB = re.compile(rf"[0-9a-f]{{64}}{re.escape(SUFFIX)}")


def check_project(path: str | Path, *, missing: Collection[str] = ()) -> list[Finding]:
    """All that is wrong with the project in the folder `path`, then notes; empty where all is well.

    Sees one state of the record while others write; they wait only while the full-text index is compared. Changes nothing.
    `missing`: SHA-256 of originals that are known to be gone, which are told as notes. Raises ProjectError where there is
    no project, for another program's database, and for one of a newer version.
    """
    folder = Path(path)
    file = folder / "project.db"
    found = Found()
    with plain_errors(file):
        if not file.is_file():
            raise ProjectError(f"there is no project in {folder}: name the folder of one")
        with closing(open_unchanged(file)) as connection:
            if found.damage(_begin, connection, found):
                _check(folder, connection, found, frozenset(missing))
    return found.listed()


def open_unchanged(file: Path) -> sqlite3.Connection:
    """A connection to `project.db` that can write nothing, also where the folder is read-only."""
    uri = file.resolve().as_uri()
    modes = ["mode=rw", "mode=ro"]
    if not file.with_name("project.db-wal").exists():
        modes.append("immutable=1")
    for mode in modes:
        connection = sqlite3.connect(f"{uri}?{mode}", uri=True, timeout=PATIENCE, isolation_level=None)
        # Text that is no UTF-8 shall be a finding, and a schema that a stranger made shall run nothing.
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        try:
            for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "cache_size = -65536", "query_only = ON"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError:
            connection.close()
            if mode == modes[-1]:
                raise
        except sqlite3.DatabaseError:
            return connection
        else:
            return connection
    raise AssertionError("the last mode returns or raises")


def _begin(connection: sqlite3.Connection, found: Found) -> bool:
    """Whether there is a record that can be checked."""
    connection.execute("BEGIN")
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if not tables and not version:
        again = "nothing: any command that opens the project makes them"
        found.add("the database has no tables yet: what made it was stopped", "project.db", again, wrong=False)
        return False
    if application != APPLICATION:
        raise ProjectError("project.db is the database of another program: name another folder")
    if version > len(steps()):
        raise ProjectError(
            f"the project was written by a newer Dragoman (its schema is {version}, this one knows {len(steps())}):"
            " install that version"
        )
    if version < len(steps()):
        forward = "nothing: any command that opens the project brings it forward"
        found.add(f"the database is of version {version}", "project.db", forward, wrong=False)
    return True


def _check(folder: Path, connection: sqlite3.Connection, found: Found, missing: frozenset[str]) -> None:
    if not (found.damage(_schema, connection, found) and found.damage(_pages, connection, found)):
        return
    for step in (_foreign_keys, check_documents, check_references):
        found.damage(step, connection, found)
    found.damage(_full_text, folder / "project.db", connection, found)
    found.damage(_blobs, folder / "blobs", connection, found, missing)
    found.damage(_runs, folder, connection, found)
    for file in sorted(folder.glob("*.part")):
        _left(file.name, found)


def _pages(connection: sqlite3.Connection, found: Found) -> bool:
    lines = [str(line) for (line,) in connection.execute(f"PRAGMA integrity_check({MOST})")]
    for line in lines:
        if line != "ok":
            found.add("the database is damaged", "project.db", RESTORE, f": {line}")
    return lines == ["ok"]


def _foreign_keys(connection: sqlite3.Connection, found: Found) -> None:
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        found.add(f"a row of {table} belongs to one of {parent} that is not there", table, RESTORE)


def _schema(connection: sqlite3.Connection, found: Found) -> bool:
    """Whether the tables are those that its version makes."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    # The tables in which SQLite keeps the full text differ between its versions.
    query = """SELECT type || ' ' || name, sql FROM sqlite_schema s WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND NOT EXISTS (SELECT 1 FROM sqlite_schema f WHERE f.sql LIKE 'CREATE VIRTUAL TABLE%' AND s.type = 'table'
            AND s.name <> f.name AND substr(s.name, 1, length(f.name) + 1) = f.name || '_')"""
    with closing(_new(version)) as new:
        expected = {tuple(row) for row in new.execute(query)}
    differing = {tuple(row) for row in connection.execute(query)} ^ expected
    for name in sorted({str(name) for name, _ in differing}):
        found.add("the database has other tables than its version makes", name, RESTORE)
    return not differing


def _new(version: int) -> sqlite3.Connection:
    """An empty database of this version."""
    if version == len(steps()):
        return connect(Path(":memory:"))
    connection = sqlite3.connect(":memory:", isolation_level=None)
    give_functions(connection)
    migrate(connection, steps()[:version])
    return connection


def _full_text(file: Path, reading: sqlite3.Connection, found: Found) -> None:
    """SQLite compares the index with the documents; that takes a moment in which nobody else may write."""
    query = "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
    tables = [name for (name,) in reading.execute(query)]
    (version,) = reading.execute("PRAGMA user_version").fetchone()
    reading.rollback()
    if not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
        found.add("the full-text index was not compared: the folder is read-only", "project.db", "nothing", wrong=False)
        return
    # Opening in the usual way brings an older version forward.
    current = version == len(steps())
    with closing(connect(file) if current else sqlite3.connect(file, PATIENCE, isolation_level=None)) as connection:
        give_functions(connection)
        for table in tables:
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError as error:
                if "malformed" not in str(error):
                    raise
                found.add("the full-text index is not that of the documents", table, RESTORE)
            finally:
                connection.rollback()


def _blobs(folder: Path, connection: sqlite3.Connection, found: Found, missing: frozenset[str]) -> None:
    """Files first: an original is kept before its row, so none of the rows seen after lacks its own."""
    files = {str(file.relative_to(folder)): file for file in sorted(folder.glob("*/*")) if not file.is_dir()}
    named = set(originals(connection))
    for digest in sorted(named):
        name = f"{digest[:2]}/{digest}{SUFFIX}"
        file = files.pop(name, folder / name)
        if not _BLOB.fullmatch(f"{digest}{SUFFIX}") or not file.is_file() or file.is_symlink():
            todo = "restore that file from a backup; the text is there without it"
            found.add("an original is missing", f"blobs/{name}", todo, wrong=digest not in missing)
        elif not whole(file, digest):
            todo = "restore that file from a backup; the text is there without it"
            found.add("an original is damaged", f"blobs/{name}", todo, wrong=digest not in missing)
    for name in files:
        if name.endswith(".part"):
            _left(f"blobs/{name}", found)
        else:
            todo = "nothing while a process writes; else it may be deleted"
            found.add("a file among the originals belongs to no document", f"blobs/{name}", todo, wrong=False)


def _left(name: str, found: Found) -> None:
    todo = "nothing while a process writes; else it may be deleted"
    found.add("a file was not written to its end", name, todo, wrong=False)


def _runs(folder: Path, connection: sqlite3.Connection, found: Found) -> None:
    who = holder(folder)
    if who:
        found.add("the project is being written", str(folder), f"nothing: {who} does", wrong=False)
    for id, reader, started in connection.execute("SELECT id, reader, started FROM runs WHERE finished IS NULL"):
        todo = "nothing while it is under way; else give its command again, which goes on where it stood"
        found.add("a run has not come to its end", id, todo, f" ({reader}, begun {started})", wrong=False)
