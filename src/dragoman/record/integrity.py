"""Whether a project is whole: its database, its texts and what points into them, its originals, its full-text index."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from dragoman.errors import ProjectError
from dragoman.model import content_id
from dragoman.record.blobs import SUFFIX
from dragoman.record.database import PATIENCE, connect, give_functions, plain_errors
from dragoman.record.lock import holder
from dragoman.record.schema import APPLICATION, migrate, steps

MOST = 20
"""Findings of one kind that are listed; the rest is counted."""
RESTORE = "restore a backup, or read the sources again into a new folder"
AGAIN = "read the document's source again into a new folder, or restore a backup"
RESOLVE = "give the last 'dragoman read' command again: it resolves the whole project anew"

_CHUNK = 1 << 20
_BLOB = re.compile(rf"[0-9a-f]{{64}}{re.escape(SUFFIX)}")
_SPANS = (
    ("mentions", "start", "end", "a mention"),
    ("statements", "cue_start", "cue_end", "the cue of a statement"),
    ("statements", "speaker_start", "speaker_end", "the speaker of a statement"),
    ("statement_chains", "start", "end", "a link of a statement's chain"),
    ("report_chains", "start", "end", "a link of an event's chain"),
)
_QUOTES = (("statements", "a statement"), ("event_reports", "a report of an event"))
_ACTORS = (
    ("mentions", "actor"),
    ("statements", "speaker"),
    ("statement_chains", "actor"),
    ("statement_about", "actor"),
    ("event_actors", "actor"),
    ("report_chains", "actor"),
)
_STATEMENTS = (("statements", "condition"), ("event_reports", "statement"))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a project that somebody should know."""

    what: str
    """What is so."""
    where: str
    """The file, document or row that it is about."""
    todo: str
    """What to do about it."""
    wrong: bool = True
    """False: a note, of what may well be so."""


def check_project(path: str | Path, *, missing: Collection[str] = ()) -> list[Finding]:
    """All that is wrong with the project in the folder `path`, then notes; empty where all is well.

    Sees one state of the record while others write; they wait only while the full-text index is compared. Changes nothing.
    `missing`: SHA-256 of originals that are known to be gone, which are told as notes. Raises ProjectError where there is
    no project, for another program's database, and for one of a newer version.
    """
    folder = Path(path)
    file = folder / "project.db"
    found = _Found()
    with plain_errors(file):
        if not file.is_file():
            raise ProjectError(f"there is no project in {folder}: name the folder of one")
        with closing(open_unchanged(file)) as connection:
            if found.damage(_begin, connection, found):
                _check(folder, connection, found, frozenset(missing))
    return found.listed()


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


def originals(connection: sqlite3.Connection) -> Iterator[str]:
    """SHA-256 of each original that a row of the database names, whichever table it stands in; some more than once."""
    for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        if "original" in _columns(connection, table):
            query = f'SELECT original FROM "{table}" WHERE original IS NOT NULL'
            yield from (str(digest) for (digest,) in connection.execute(query))


@dataclass(slots=True)
class _Found:
    findings: list[Finding] = field(default_factory=list)
    many: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """Findings by what they say, and whether that is wrong."""

    def add(self, kind: str, where: str, todo: str, more: str = "", *, wrong: bool = True) -> None:
        """`kind` says what is so, alike for all findings of a kind; `more` says what is so in this one."""
        self.many[kind, wrong] += 1
        if self.many[kind, wrong] <= MOST:
            self.findings.append(Finding(kind + more, where, todo, wrong))

    def damage(self, step: Callable[..., bool | None], *arguments: Any) -> bool | None:
        """What the step returns; a database that cannot be read is a finding."""
        try:
            return step(*arguments)
        except sqlite3.DatabaseError as error:
            # Locked, or a disk that fails: not the project's fault. A table that is not there is.
            if isinstance(error, sqlite3.OperationalError) and "no such" not in str(error):
                raise
            self.add("the database is damaged", "project.db", RESTORE, f": {error}")
        except (AttributeError, TypeError, ValueError) as error:
            self.add("the database holds what Dragoman never writes", "project.db", RESTORE, f": {error}")
        return False

    def listed(self) -> list[Finding]:
        rest = [
            Finding(f"{kind}: {many - MOST:,} more", "", "see the ones above", wrong)
            for (kind, wrong), many in self.many.items()
            if many > MOST
        ]
        return sorted([*self.findings, *rest], key=lambda finding: not finding.wrong)


def _begin(connection: sqlite3.Connection, found: _Found) -> bool:
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


def _check(folder: Path, connection: sqlite3.Connection, found: _Found, missing: frozenset[str]) -> None:
    if not (found.damage(_schema, connection, found) and found.damage(_pages, connection, found)):
        return
    for step in (_foreign_keys, _documents, _references):
        found.damage(step, connection, found)
    found.damage(_full_text, folder / "project.db", connection, found)
    found.damage(_blobs, folder / "blobs", connection, found, missing)
    found.damage(_runs, folder, connection, found)
    for file in sorted(folder.glob("*.part")):
        _left(file.name, found)


def _pages(connection: sqlite3.Connection, found: _Found) -> bool:
    lines = [str(line) for (line,) in connection.execute(f"PRAGMA integrity_check({MOST})")]
    for line in lines:
        if line != "ok":
            found.add("the database is damaged", "project.db", RESTORE, f": {line}")
    return lines == ["ok"]


def _foreign_keys(connection: sqlite3.Connection, found: _Found) -> None:
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        found.add(f"a row of {table} belongs to one of {parent} that is not there", table, RESTORE)


def _schema(connection: sqlite3.Connection, found: _Found) -> bool:
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


def _documents(connection: sqlite3.Connection, found: _Found) -> None:
    """Each text against its hash, and all that points into it against the text. Goes once through every table."""
    spans = [(_Beside(_span_rows(connection, *of[:3])), of[3]) for of in _SPANS if of[1] in _columns(connection, of[0])]
    quotes = [(_Beside(_quote_rows(connection, table)), what) for table, what in _QUOTES]
    query = """SELECT id, CAST(source AS BLOB), sha256, CAST(text AS BLOB), body, boilerplate, parts, story, copy_of
        FROM documents ORDER BY id"""
    kin: dict[str, tuple[str | None, str | None]] = {}
    stories = set()
    for id, source, sha256, raw, *marked, story, copy_of in connection.execute(query):
        kin[id] = (story, copy_of)
        stories.add(content_id("story", id))
        text = raw.decode("utf-8", "replace")
        digest = hashlib.sha256(raw).hexdigest()
        if digest != sha256 or content_id("doc", source.decode("utf-8", "replace"), digest) != id:
            found.add("the text of a document is not what was kept", id, AGAIN)
        if not all(_marks(spans_, len(text)) for spans_ in marked):
            found.add("body, boilerplate or parts of a document lie outside its text", id, AGAIN)
        for rows, what in spans:
            for _, first, last, least, halves in rows.of(id):
                if halves or (first is not None and not _inside(first, last, least, len(text))):
                    found.add(f"{what} lies outside its text", id, AGAIN, f" ({first}:{last} of {len(text)})")
        for rows, what in quotes:
            for _, position, start, end, words in rows.of(id):
                if not _inside(start, end, 1, len(text)) or start >= end or text[start:end] != words:
                    found.add(f"{what} does not say what its text has there", f"{id}, row {position}", AGAIN)
    _kinships(kin, stories, found)


def _span_rows(connection: sqlite3.Connection, table: str, start: str, end: str) -> Iterator[tuple[Any, ...]]:
    """For each document the first start, the last end, the shortest length, and how many have half a span or none."""
    odd = f"sum(({start} IS NULL) <> ({end} IS NULL) OR typeof({start}) NOT IN ('integer', 'null'))"
    yield from connection.execute(
        f"SELECT document, min({start}), max({end}), min({end} - {start}), {odd} FROM {table}"
        " GROUP BY document ORDER BY document"
    )


def _quote_rows(connection: sqlite3.Connection, table: str) -> Iterator[tuple[Any, ...]]:
    yield from connection.execute(
        f"SELECT document, position, start, end, text FROM {table} ORDER BY document, position"
    )


class _Beside:
    """Rows in the order of their documents, handed out document by document."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, key=lambda row: row[0])
        self._next = next(self._groups, None)

    def of(self, document: str) -> Iterable[tuple[Any, ...]]:
        while self._next and self._next[0] < document:
            self._next = next(self._groups, None)
        if not self._next or self._next[0] != document:
            return ()
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def _inside(start: Any, end: Any, least: Any, size: int) -> bool:
    return all(isinstance(one, int) for one in (start, end, least)) and start >= 0 and end <= size and least > 0


def _marks(spans: str, size: int) -> bool:
    try:
        return all(0 <= start <= end <= size for start, end, *_ in json.loads(spans))
    except (ValueError, TypeError, RecursionError):
        return False


def _kinships(kin: dict[str, tuple[str | None, str | None]], stories: set[str], found: _Found) -> None:
    pending = any(story is None for story, _ in kin.values())
    if pending:
        found.add("there are documents that were not compared with the others yet", "documents", RESOLVE, wrong=False)
    for id, (story, copy_of) in kin.items():
        if story is not None and story not in stories:
            found.add("a document is of a story that is not there", id, RESOLVE, wrong=not pending)
        if copy_of is not None and (copy_of not in kin or kin[copy_of][1] is not None or kin[copy_of][0] != story):
            found.add("a document is a copy of one that is no original of its story", id, RESOLVE, wrong=not pending)


def _references(connection: sqlite3.Connection, found: _Found) -> None:
    """What names another row by its id, which SQLite does not watch."""
    for table, column in _ACTORS:
        query = f"""SELECT t.document, t.{column}, a.id IS NOT NULL FROM {table} t
            LEFT JOIN actors a ON a.document = t.document AND a.id = t.{column}
            WHERE t.{column} IS NOT NULL AND (a.id IS NULL OR NOT a.used)"""
        for document, actor, listed in connection.execute(query):
            kind = "is listed as if no row named it" if listed else "is not listed"
            found.add(f"an actor that {table} name {kind}", f"{document}, {actor}", AGAIN)
    for table, column in _STATEMENTS:
        if column in _columns(connection, table):
            query = f"""SELECT t.document, t.{column} FROM {table} t
                LEFT JOIN statements s ON s.document = t.document AND s.id = t.{column}
                WHERE t.{column} IS NOT NULL AND s.id IS NULL"""
            for document, statement in connection.execute(query):
                found.add(f"{table} name a statement that is not there", f"{document}, {statement}", AGAIN)
    if "same" in _columns(connection, "event_reports"):
        _resolved(connection, found)


def _resolved(connection: sqlite3.Connection, found: _Found) -> None:
    """What resolve found: it may lag behind the documents until it has run again, and must agree with them then."""
    (pending,) = connection.execute("SELECT EXISTS (SELECT 1 FROM documents WHERE story IS NULL)").fetchone()
    query = "SELECT id FROM actors UNION SELECT actor FROM actor_decisions UNION SELECT other FROM actor_decisions"
    known = {id for (id,) in connection.execute(query)}
    same = connection.execute("SELECT actor, document, meant FROM same_actors").fetchall()
    known |= {content_id("person", actor, document) for actor, document, _ in same if document}
    for actor, document, meant in same:
        if actor not in known or meant not in known:
            where = f"{document or 'same_actors'}, {actor}"
            found.add("an actor was found to be one that is not there", where, RESOLVE, wrong=not pending)
    # An event whose id is taken by another group of reports gets a new one; else it has that of one of its reports.
    query = """SELECT DISTINCT r.same FROM event_reports r WHERE r.same IS NOT NULL
        AND r.same NOT IN (SELECT event FROM event_reports)
        AND NOT EXISTS (SELECT 1 FROM event_reports e WHERE coalesce(e.same, e.event) = r.event)"""
    for (event,) in connection.execute(query):
        found.add("reports were found to tell of an event that is not there", str(event), RESOLVE, wrong=not pending)


def _full_text(file: Path, reading: sqlite3.Connection, found: _Found) -> None:
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


def _blobs(folder: Path, connection: sqlite3.Connection, found: _Found, missing: frozenset[str]) -> None:
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


def _left(name: str, found: _Found) -> None:
    todo = "nothing while a process writes; else it may be deleted"
    found.add("a file was not written to its end", name, todo, wrong=False)


def _runs(folder: Path, connection: sqlite3.Connection, found: _Found) -> None:
    who = holder(folder)
    if who:
        found.add("the project is being written", str(folder), f"nothing: {who} does", wrong=False)
    for id, reader, started in connection.execute("SELECT id, reader, started FROM runs WHERE finished IS NULL"):
        todo = "nothing while it is under way; else give its command again, which goes on where it stood"
        found.add("a run has not come to its end", id, todo, f" ({reader}, begun {started})", wrong=False)


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {str(name) for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}
