"""Activities on a project that are killed with -9 at moments of their course, and what must hold afterwards.

Whatever the moment: nothing is wrong with the project, what the activity makes beside it is as before or whole, and doing
the activity again gives the record, byte for byte, of a project that nobody disturbed.
"""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from tests.record import samples
from tests.run.stub import Stub

from dragoman.exchange import export
from dragoman.gather import Source
from dragoman.model import content_id
from dragoman.record import Decided, Project
from dragoman.record.backup import backup, restore
from dragoman.record.database import give_functions
from dragoman.record.integrity import check_project
from dragoman.run import Limits, read_into

OLD = Path(samples.__file__).with_name("old")
DOCUMENTS = 200
"""Of the projects that are migrated, exported and backed up: enough for some tenths of a second."""
ARTICLES = 24
"""That are read: the stub takes 0.02 seconds for each."""
PEOPLE = ("Anna", "Boris", "Clara", "Dora")
DECISIONS = (
    Decided("merge", "person:anna", "T. Ester", "person:boris"),
    Decided("merge", "person:clara", "T. Ester", "person:dora"),
    Decided("rename", "person:clara", "T. Ester", name="Clara of Karsovia"),
    Decided("split", "person:anna", "T. Ester", "person:dora"),
)

_PATIENCE = 120.0
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__, "dragoman.resolve.copies", "dragoman.resolve.same_events"])


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that is done to `place`, a folder with the folder `project` in it."""

    prepare: Callable[[Path], None]
    """Makes what is there before."""
    course: Callable[[Path], None]
    """What is killed; a second time it goes on where the first was stopped."""
    product: Callable[[Path], bytes] = lambda place: b""
    """What stands beside the project; empty where nothing does."""


@dataclass(slots=True)
class Survival:
    """How an activity came through its kills."""

    seconds: float
    """Of the undisturbed course."""
    moments: int
    struck: int = 0
    """Kills that found the activity still under way."""
    problems: list[str] = field(default_factory=list)


def survive(name: str, moments: int, scratch: Path, seed: int = 7) -> Survival:
    """Kills the activity of this name at `moments` moments, spread by chance over an undisturbed course of it."""
    activity, before, whole, first = ACTIVITIES[name], scratch / "before", scratch / "whole", scratch / "first"
    before.mkdir(parents=True)
    activity.prepare(before)
    for place in (first, whole):
        shutil.copytree(before, place)
    # The first time, much is still to be fetched from the disk.
    survival = Survival(min(_undisturbed(name, first), _undisturbed(name, whole)), moments)
    record, products = _record(whole), (activity.product(before), activity.product(whole))
    survival.problems += [f"undisturbed: {problem}" for problem in _wrong(whole)]
    for moment in chosen(moments, seed, name):
        place = scratch / f"at {moment:.4f}"
        shutil.copytree(before, place)
        survival.struck += _strike(name, place, moment * survival.seconds)
        problems = _wrong(place)
        if activity.product(place) not in products:
            problems.append("what it makes is there in part")
        _undisturbed(name, place)
        problems += [f"finished, {problem}" for problem in _wrong(place)]
        if _record(place) != record:
            problems.append("finished, it is another record")
        if activity.product(place) != products[1]:
            problems.append("finished, it has made something else")
        if left := _names(place) - _names(whole):
            problems.append(f"finished, it leaves {', '.join(left)}")
        survival.problems += [f"{name}, killed at {moment:.4f} of its course: {problem}" for problem in problems]
        shutil.rmtree(place)
    return survival


def chosen(moments: int, seed: int, name: str) -> list[float]:
    """Parts of a course, one by chance from each of as many equal stretches."""
    dice = random.Random(f"{seed} {name}")
    return [(stretch + dice.random()) / moments for stretch in range(moments)]


def _undisturbed(name: str, place: Path) -> float:
    """Seconds that the whole course takes, in a process of its own."""
    process, messages = _begin(name, place)
    began = time.perf_counter()
    if not _done(messages, _PATIENCE):
        process.kill()
        raise TimeoutError(f"{name} takes longer than {_PATIENCE:g} seconds")
    seconds = time.perf_counter() - began
    process.join()
    return seconds


def _strike(name: str, place: Path, after: float) -> bool:
    """Kills the activity so many seconds after it began; whether it was under way."""
    process, messages = _begin(name, place)
    struck = not _done(messages, after)
    process.kill()
    process.join()
    return struck


def _begin(name: str, place: Path) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    messages, other = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_act, args=(name, place, other))
    process.start()
    other.close()
    assert messages.recv() == "begins"
    return process, messages


def _done(messages: Connection, patience: float) -> bool:
    # A process that failed closes the pipe without a word: EOFError.
    return messages.poll(patience) and bool(messages.recv())


def _act(name: str, place: Path, messages: Connection) -> None:
    messages.send("begins")
    ACTIVITIES[name].course(place)
    messages.send("is done")


def _wrong(place: Path) -> list[str]:
    file = place / "project" / "project.db"
    # A process that was killed before it had made the database has left nothing that could be wrong.
    findings = check_project(file.parent) if file.exists() else []
    return [f"{finding.where}: {finding.what}" for finding in findings if finding.wrong]


def _record(place: Path) -> bytes:
    out = io.BytesIO()
    with Project(place / "project", create=False) as project:
        export(project, "jsonl", out)
    return out.getvalue()


def _names(place: Path) -> set[str]:
    return {item.name for folder in (place, place / "project") if folder.exists() for item in folder.iterdir()}


def _files(place: Path) -> bytes:
    """Name and content of all files in the folder `tables`."""
    files = sorted((place / "tables").rglob("*"))
    return b"".join(b"%s: %s\n" % (file.name.encode(), file.read_bytes()) for file in files)


def _file(place: Path) -> bytes:
    file = place / "record.jsonl"
    return file.read_bytes() if file.exists() else b""


def _restored(kept: str, place: Path) -> bytes:
    """The record of the backup, which is restored for it."""
    if not (place / kept).exists():
        return b""
    folder = place / "restored"
    restore(place / kept, folder / "project")
    try:
        return _record(folder)
    finally:
        shutil.rmtree(folder)


def _nothing(place: Path) -> None:
    pass


def _some(place: Path) -> None:
    """A project with originals, statements, events, copies and stories; an export of yesterday stands beside it."""
    with Project(place / "project") as project:
        run = project.start_run("reader 1", {})
        for number in range(DOCUMENTS):
            text = f"{samples.ARTICLE}{samples.unrelated(number - (number % 3 == 2))}"
            original = text.encode() if number < 20 else None
            project.add(samples.reading(text, f"page {number}.txt"), run, original)
        project.resolve()
        project.finish_run(run)
    (place / "record.jsonl").write_bytes(b"{}\n")


def _people(place: Path) -> None:
    """A project in which four persons speak."""
    with Project(place / "project") as project:
        run = project.start_run(Stub.name, {})
        for number in range(12):
            text = f"{PEOPLE[number % 4]} said: sentence {number}. {PEOPLE[(number + 1) % 4]} said: another one."
            project.add(Stub().read(Stub().document(Source(f"{number}.txt", text))), run)
        project.resolve()
        project.finish_run(run)


def _of_version(version: int, place: Path) -> None:
    """A project as an earlier version of Dragoman left it, with many more documents of the kind of one of its own."""
    (place / "project").mkdir()
    with closing(sqlite3.connect(place / "project" / "project.db")) as database:
        give_functions(database)
        database.executescript((OLD / f"{version:03}.sql").read_text("utf-8"))
        database.row_factory = sqlite3.Row
        row = dict(database.execute("SELECT * FROM documents WHERE source = 'c.txt'").fetchone())
        for number in range(DOCUMENTS):
            text, source = samples.unrelated(number, 300), f"page {number}.txt"
            digest = hashlib.sha256(text.encode()).hexdigest()
            row |= {"number": None, "id": content_id("doc", source, digest), "source": source, "sha256": digest}
            row |= {"text": text, "body": json.dumps([[0, len(text)]]), "boilerplate": "[]", "parts": "[]"}
            row |= {"story": None, "copy_of": None}
            marks = ", ".join(f":{column}" for column in row)
            database.execute(f"INSERT INTO documents ({', '.join(row)}) VALUES ({marks})", row)
        database.commit()


def _read(place: Path) -> None:
    text = "Anna said: sentence {}. Boris said: another one."
    sources = [Source(f"{number}.txt", text.format(number)) for number in range(ARTICLES)]
    with Project(place / "project") as project:
        for _ in read_into(project, sources, Stub, Limits(2, 60.0), {}):
            pass


def _open(place: Path) -> None:
    Project(place / "project", create=False).close()


def _export(format: str, out: str, place: Path) -> None:
    with Project(place / "project", create=False) as project:
        export(project, format, place / out)


def _decide(place: Path) -> None:
    with Project(place / "project", create=False) as project:
        for decided in DECISIONS:
            if not any((one.kind, one.actor, one.other) == _key(decided) for one in project.decisions()):
                project.decide(decided)
        first = project.decisions()[0]
        if first.undone is None:
            project.undo(first.number)
        # What was killed between a decision and its effect still lacks the effect.
        project.resolve()


def _key(decided: Decided) -> tuple[str, str, str | None]:
    return decided.kind, decided.actor, decided.other


def _back_up(kept: str, place: Path) -> None:
    # Killed after it was whole: made again, so that it clears away what the killed one left.
    if (place / kept).is_dir():
        shutil.rmtree(place / kept)
    (place / kept).unlink(missing_ok=True)
    backup(place / "project", place / kept)


ACTIVITIES = {
    "read": Activity(_nothing, _read),
    **{f"migrate from {version}": Activity(partial(_of_version, version), _open) for version in (1, 2, 3, 4, 5)},
    "export jsonl": Activity(_some, partial(_export, "jsonl", "record.jsonl"), _file),
    "export csv": Activity(_some, partial(_export, "csv", "tables"), _files),
    "decide": Activity(_people, _decide),
    **{
        f"backup to a {kind}": Activity(_some, partial(_back_up, kept), partial(_restored, kept))
        for kind, kept in (("file", "kept.tar.zst"), ("folder", "kept"))
    },
}
