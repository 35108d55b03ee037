"""Makes a digest of a whole project, beside the old one, and puts it in its place when it is whole."""

from __future__ import annotations

import os
import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from dragoman.digest import columns
from dragoman.digest.actors import Actors
from dragoman.digest.documents import read_document
from dragoman.digest.rows import Batch, Seen, days
from dragoman.digest.state import applied_now, put, state_of
from dragoman.digest.tying import marked, sentences
from dragoman.model.edtf import has_day
from dragoman.record import Project

Progress = Callable[[str, int], None]
"""Is told what is being written and how many there are so far."""
AT_ONCE = 20_000
"""Events and statements that wait in memory."""
NAME = "digest.db"
APPLICATION = 0x44524744
"""Marks a SQLite file as a digest."""


def build(project: Project, progress: Progress = lambda what, done: None) -> Path:
    """Makes the digest of a project anew, from what its views give; returns its file. Raises OSError and sqlite3.Error where
    the folder cannot be written.

    What was killed half-way leaves a file that the next one throws away.
    """
    file = project.path / NAME
    half = project.path / f"{NAME}.{os.getpid()}.part"
    for old in project.path.glob(f"{NAME}.*.part"):
        if not _at_work(old):
            old.unlink(missing_ok=True)
    connection = sqlite3.connect(half, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(files(__package__).joinpath("tables.sql").read_text("utf-8"))
        connection.execute("BEGIN")
        with project.snapshot():
            _fill(connection, project, progress)
        connection.execute("COMMIT")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
    except BaseException:
        connection.close()
        half.unlink(missing_ok=True)
        raise
    connection.close()
    with half.open("rb") as written:
        os.fsync(written.fileno())
    half.replace(file)
    return file


def _at_work(half: Path) -> bool:
    """Whether another process still writes this file."""
    number = half.suffixes[-2][1:]
    if not number.isdigit() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _fill(connection: sqlite3.Connection, project: Project, progress: Progress) -> None:
    documents = _documents(connection, project, progress)
    actors = Actors(connection)
    for number, actor in enumerate(project.actors()):
        actors.add(actor)
        if number % 1000 == 0:
            progress("actors", number)
    batch = Batch(connection, 0, actors, documents.__getitem__)
    for number, event in enumerate(project.events()):
        batch.event(event)
        _flush(batch, progress, "events", number)
    batch.flush()
    done = 0
    for document in documents:
        for position, statement in project.statements_of(document):
            batch.statement(position, statement)
            done += 1
        _flush(batch, progress, "statements", done)
    batch.flush()
    for name, value in state_of(project).items():
        put(connection, name, value)
    put(connection, "applied", applied_now(project))
    put(connection, "counts", project.counts())
    put(connection, "version", 0)


def _flush(batch: Batch, progress: Progress, what: str, done: int) -> None:
    if batch.waiting >= AT_ONCE:
        batch.flush()
        progress(what, done)


def _documents(connection: sqlite3.Connection, project: Project, progress: Progress) -> dict[str, Seen]:
    """Writes the documents and their outlets; returns what events need of them, by id, in the order of the views."""
    found: dict[str, Seen] = {}
    texts: list[str] = []
    outlets: dict[str, int] = {}
    outlet_of: list[int] = []
    names: dict[str, int] = {}
    name_of: list[int] = []
    marks: dict[str, list[int]] = {"document": [], "sentence": []}
    exact: list[int] = []
    for number, document in enumerate(project.documents()):
        one = read_document(document, project.kinship(document.id).copy_of)
        starts = array("i", (start for start, _ in sentences(document.text)))
        found[one.id] = Seen(number, *days(one.published), starts)
        for _, (at, _) in marked(document.text):
            marks["document"].append(number)
            marks["sentence"].append(bisect_right(starts, at) - 1)
        texts.append(one.text)
        exact.append(one.published is not None and has_day(one.published))
        name_of.append(names.setdefault(one.name, len(names)) if one.name else -1)
        if one.outlet is None:
            outlet_of.append(-1)
        else:
            if one.outlet not in outlets:
                outlets[one.outlet] = len(outlets)
                values = (outlets[one.outlet], one.outlet, one.name, one.state)
                connection.execute("INSERT INTO outlets VALUES (?, ?, ?, ?)", values)
            connection.execute("UPDATE outlets SET name = min(name, ?) WHERE id = ?", (one.name, one.outlet))
            outlet_of.append(outlets[one.outlet])
        row = (number, one.id, document.source, document.title, one.name, one.published, one.language)
        connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        if number % 1000 == 0:
            progress("documents", number)
    columns.append(connection, "marks", marks, 0)
    connection.executemany("INSERT INTO outlet_names (name, number) VALUES (?, ?)", names.items())
    columns.append(
        connection,
        "documents",
        {
            "id": list(found),
            "first": [one.first for one in found.values()],
            "last": [one.last for one in found.values()],
            "exact": exact,
            "outlet": outlet_of,
            "name": name_of,
            "text": [found[text].number for text in texts],
        },
        0,
    )
    return found
