"""A check finds what is damaged, says where and what to do, and takes nothing for damage that is none."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import samples

import dragoman
from dragoman.errors import ProjectError
from dragoman.record import Project
from dragoman.record.database import give_functions
from dragoman.record.findings import MOST
from dragoman.record.integrity import check_project
from dragoman.record.lock import writing_lock
from dragoman.record.ngrams import indexed
from dragoman.record.schema import APPLICATION, steps

OLD = Path(__file__).with_name("old")
PATHS = os.pathsep.join([str(Path(dragoman.__file__).parents[1]), str(Path(__file__).parent)])


@pytest.fixture
def folder(tmp_path):
    """A project with two whole readings, an original each, resolved."""
    with Project(tmp_path / "project") as project:
        run = project.start_run("reader 1", {})
        for source in ("a.txt", "b.txt"):
            project.add(samples.reading(source=source), run, original=f"<p>{source}</p>".encode())
        project.add(samples.reading(samples.unrelated(1), "c.txt", title="Örlén"), run)
        project.resolve()
        project.finish_run(run)
    return tmp_path / "project"


def change(folder, *statements):
    with closing(sqlite3.connect(folder / "project.db", isolation_level=None)) as database:
        database.create_function("indexed", 1, indexed)
        for statement in statements:
            database.execute(statement)


def told(folder, *, wrong=True):
    return [finding.what for finding in check_project(folder) if finding.wrong is wrong]


def blob(folder):
    return sorted((folder / "blobs").rglob("*.zz"))[0]


def test_a_whole_project_has_nothing_wrong_and_stays_as_it_is(folder):
    before = (folder / "project.db").read_bytes()
    assert check_project(folder) == []
    assert (folder / "project.db").read_bytes() == before
    assert sorted(file.name for file in folder.iterdir()) == ["blobs", "project.db"]


def test_an_empty_project_has_nothing_wrong(project):
    assert check_project(project.path) == []


DAMAGE = {
    "UPDATE documents SET text = text || ' more' WHERE source = 'c.txt'": "the text of a document is not what was kept",
    "UPDATE documents SET source = 'other'": "the text of a document is not what was kept",
    "UPDATE documents SET text = CAST(x'ff' || text AS TEXT)": "the text of a document is not what was kept",
    "UPDATE documents SET body = '[[0,99999]]'": "body, boilerplate or parts of a document lie outside its text",
    "UPDATE documents SET parts = 'no json'": "body, boilerplate or parts of a document lie outside its text",
    "UPDATE statements SET text = 'They never said it'": "a statement does not say what its text has there",
    "UPDATE statements SET start = start - 1": "a statement does not say what its text has there",
    "UPDATE event_reports SET end = 99999": "a report of an event does not say what its text has there",
    "UPDATE mentions SET end = 99999": "a mention lies outside its text",
    "UPDATE mentions SET end = start": "a mention lies outside its text",
    "UPDATE mentions SET start = 'first'": "a mention lies outside its text",
    "UPDATE statements SET cue_start = -1": "the cue of a statement lies outside its text",
    "UPDATE statements SET speaker_end = NULL": "the speaker of a statement lies outside its text",
    "UPDATE statement_chains SET end = 99999 WHERE position = 0": "a link of a statement's chain lies outside its text",
    "UPDATE report_chains SET start = 5": "a link of an event's chain lies outside its text",
    "UPDATE mentions SET actor = 'state:none'": "an actor that mentions name is not listed",
    "UPDATE statements SET speaker = 'person:none'": "an actor that statements name is not listed",
    "UPDATE event_actors SET actor = 'state:none'": "an actor that event_actors name is not listed",
    "UPDATE actors SET used = 0": "an actor that mentions name is listed as if no row named it",
    "UPDATE statements SET condition = 'statement-none'": "statements name a statement that is not there",
    "UPDATE event_reports SET statement = 'statement-none'": "event_reports name a statement that is not there",
    "DELETE FROM documents WHERE source = 'a.txt'": "a row of actors belongs to one of documents that is not there",
    "UPDATE documents SET run = 'run-none'": "a row of documents belongs to one of runs that is not there",
    "UPDATE documents SET copy_of = 'doc-none'": "a document is a copy of one that is no original of its story",
    "UPDATE documents SET copy_of = id": "a document is a copy of one that is no original of its story",
    "UPDATE documents SET story = 'story-none'": "a document is of a story that is not there",
    "UPDATE event_reports SET same = 'event-none'": "reports were found to tell of an event that is not there",
    "INSERT INTO same_actors VALUES ('a:1', '', 'a:2', 'why')": "an actor was found to be one that is not there",
    "UPDATE documents SET title = 'another'": "the full-text index is not that of the documents",
    "INSERT INTO documents_text (documents_text) VALUES ('delete-all')": "the full-text index is not that of the documents",
    "DROP TABLE statement_about": "the database has other tables than its version makes",
    "CREATE TRIGGER evil AFTER INSERT ON runs BEGIN DELETE FROM documents; END": (
        "the database has other tables than its version makes"
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_each_damage_is_told(folder, damage):
    change(folder, damage)
    assert DAMAGE[damage] in told(folder) or any(what.startswith(DAMAGE[damage]) for what in told(folder))


def test_what_is_told_says_where_and_what_to_do(folder):
    change(folder, "UPDATE mentions SET end = 99999 WHERE document = (SELECT id FROM documents WHERE source = 'a.txt')")
    (finding,) = check_project(folder)
    assert finding.what == f"a mention lies outside its text (0:99999 of {len(samples.ARTICLE)})"
    assert finding.where == samples.document().id
    assert "restore a backup" in finding.todo


def test_many_findings_of_a_kind_are_counted(project):
    run = project.start_run("reader 1", {})
    for number in range(MOST + 5):
        project.add(samples.reading(samples.unrelated(number, 3), f"{number}.txt"), run)
    project.resolve()
    project.finish_run(run)
    change(project.path, "UPDATE documents SET body = '[[0,99999]]'")
    findings = check_project(project.path)
    assert len(findings) == MOST + 1
    assert findings[-1].what.endswith(": 5 more")


def test_pages_that_hold_rubbish_are_told(folder):
    file = folder / "project.db"
    pages = bytearray(file.read_bytes())
    for page in range(4096 * 8, len(pages) - 4096, 4096 * 5):
        pages[page : page + 2000] = b"\xa5" * 2000
    file.write_bytes(pages)
    assert any(what.startswith("the database is damaged") for what in told(folder))


@pytest.mark.parametrize("content", [b"not a database, only some bytes" * 300, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_database_that_is_none_is_told(folder, content):
    (folder / "project.db").write_bytes(content)
    assert any(what.startswith("the database is damaged") for what in told(folder))


def test_originals_that_are_missing_damaged_or_more_than_they_were_are_told(folder):
    first, second = sorted((folder / "blobs").rglob("*.zz"))
    first.unlink()
    second.write_bytes(second.read_bytes() + b"more")
    missing, damaged = check_project(folder)
    assert (missing.what, missing.where) == ("an original is missing", f"blobs/{first.relative_to(folder / 'blobs')}")
    assert damaged.what == "an original is damaged"
    assert not any(finding.wrong for finding in check_project(folder, missing=[first.stem, second.stem]))


@pytest.mark.parametrize("content", [b"", b"rubbish", b"x\x9c"])
def test_an_original_that_does_not_unpack_is_damaged(folder, content):
    blob(folder).write_bytes(content)
    assert told(folder) == ["an original is damaged"]


def test_what_killed_writers_leave_is_a_note_and_nothing_wrong(folder):
    with Project(folder) as project:
        run = project.start_run("reader 2", {})
        project.add(replace(samples.reading(), reader="reader 2"), run)
        Project.add(project, samples.reading(samples.unrelated(2), "new.txt"), run)
    blob(folder).with_name("cd.123.part").write_bytes(b"pa")
    (folder / "blobs" / "ff").mkdir(exist_ok=True)
    (folder / "blobs" / "ff" / ("f" * 64 + ".zz")).write_bytes(b"no row names it")
    (folder / "offices.csv.7.part").write_text("half")
    assert told(folder) == []
    notes = told(folder, wrong=False)
    assert any(what.startswith("a run has not come to its end (reader 2, begun") for what in notes)
    assert "there are documents that were not compared with the others yet" in notes
    assert notes.count("a file was not written to its end") == 2
    assert "a file among the originals belongs to no document" in notes


def test_a_database_whose_maker_was_killed_before_it_had_tables_is_nothing_wrong(tmp_path):
    sqlite3.connect(tmp_path / "project.db").close()
    (tmp_path / "project.db").touch()
    assert told(tmp_path) == []


def test_who_writes_now_is_noted(folder):
    with writing_lock(folder):
        (note,) = check_project(folder)
    assert f"process {os.getpid()} on" in note.todo


def test_a_check_takes_nothing_for_damage_while_another_process_writes(tmp_path):
    command = [sys.executable, str(Path(__file__).with_name("writer_process.py")), str(tmp_path / "project"), "0", "80"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": PATHS}) as writer:
        writer.stdout.readline()
        checks = 0
        while writer.poll() is None:
            assert told(tmp_path / "project") == []
            checks += 1
    assert writer.returncode == 0
    assert checks
    assert check_project(tmp_path / "project") == []


@pytest.mark.parametrize("moment", [0, 1, 7, 30])
def test_a_writer_that_is_killed_leaves_a_whole_project(tmp_path, moment):
    command = [sys.executable, str(Path(__file__).with_name("writer_process.py")), str(tmp_path), "0", "80"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": PATHS}) as writer:
        for _ in range(moment):
            writer.stdout.readline()
        while not moment and not (tmp_path / "project.db").exists():
            pass
        writer.kill()
    assert told(tmp_path) == []


def test_a_folder_without_a_project_and_other_databases_are_told(tmp_path):
    with pytest.raises(ProjectError, match="there is no project in"):
        check_project(tmp_path)
    change(tmp_path, "CREATE TABLE precious (row)")
    with pytest.raises(ProjectError, match="another program"):
        check_project(tmp_path)
    change(tmp_path, f"PRAGMA application_id = {APPLICATION}", "PRAGMA user_version = 999")
    with pytest.raises(ProjectError, match="newer Dragoman"):
        check_project(tmp_path)


@pytest.fixture(params=[1, 2, 3, 4, 5])
def old(tmp_path, request):
    """A project as Dragoman made it when the schema had this version."""
    with closing(sqlite3.connect(tmp_path / "project.db")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        give_functions(database)
        database.executescript((OLD / f"{request.param:03}.sql").read_text("utf-8"))
        assert database.execute("PRAGMA user_version").fetchone() == (request.param,)
    return tmp_path


def test_a_project_of_an_earlier_version_is_opened_with_all_of_its_rows(old):
    with closing(sqlite3.connect(old / "project.db")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'")]
        tables = [table for table in tables if not table.startswith(("documents_text", "sqlite_"))]
        before = {table: set(database.execute(f"SELECT * FROM {table}")) for table in tables}
    with Project(old, create=False) as project:
        counts = project.counts()
        assert (counts["documents"], counts["statements"], counts["reports"], counts["events"]) == (3, 2, 2, 1)
        assert (counts["mentions"], counts["runs"], counts["failures"], counts["copies"]) == (2, 2, 1, 1)
        assert project.reading(samples.document().id) == samples.reading()
        assert (
            project.document(samples.reading(samples.unrelated(1, 20), "c.txt").document.id).title == "Örlén's garden"
        )
        project.resolve()
        assert project.counts() == counts
    with closing(sqlite3.connect(old / "project.db")) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (len(steps()),)
        for table, rows in before.items():
            width = len(next(iter(rows))) if rows else 0
            assert {row[:width] for row in database.execute(f"SELECT * FROM {table}")} == rows, table
        found = database.execute(
            "SELECT count(*) FROM documents_text WHERE documents_text MATCH 'ambassador'"
        ).fetchone()
        assert found == (2,)
    assert told(old) == []


def test_a_project_of_an_earlier_version_is_checked_as_it_is(old):
    before = (old / "project.db").read_bytes()
    assert told(old) == []
    assert (old / "project.db").read_bytes() == before
    change(old, "UPDATE statements SET text = 'They never said it'")
    assert "a statement does not say what its text has there" in told(old)


FULL = """
import resource, signal, sys
import samples
from dragoman.errors import ProjectError
from dragoman.record import Project
with Project(sys.argv[1]) as project:
    run = project.start_run("reader 1", {})
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    try:
        for number in range(10_000):
            text = samples.ARTICLE + samples.unrelated(number, 2000)
            project.add(samples.reading(text, "a.txt"), run, original=text.encode())
    except ProjectError as error:
        print(error)
"""
LARGE = """
import random, resource, signal, sys
import samples
from dragoman.errors import ProjectError
from dragoman.record import Project
with Project(sys.argv[1]) as project:
    run = project.start_run("reader 1", {})
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    try:
        project.add(samples.reading(), run, original=random.Random(1).randbytes(1_000_000))
    except ProjectError as error:
        print(error)
"""


@pytest.mark.parametrize("writer", [FULL, LARGE], ids=["the database", "an original"])
def test_files_that_may_not_grow_are_told_and_leave_the_project_whole(tmp_path, writer):
    command = [sys.executable, "-c", writer, str(tmp_path / "project")]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": PATHS}, check=True)
    assert "cannot be" in done.stdout, done.stdout + done.stderr
    assert told(tmp_path / "project") == []


def test_a_full_disk_is_told_and_leaves_the_project_whole(folder):
    with Project(folder) as project:
        (pages,) = project._connection.execute("PRAGMA page_count").fetchone()
        project._connection.execute(f"PRAGMA max_page_count = {pages}")
        run = next(iter(project.runs())).id
        long = (samples.reading(samples.unrelated(number, 2000), "long.txt") for number in range(5, 100))
        with pytest.raises(ProjectError, match="the disk is full"):
            all(project.add(reading, run) for reading in long)
    assert told(folder) == []


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs a user that may mount")
def test_a_small_disk_that_fills_is_told_and_leaves_the_project_whole(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)], capture_output=True).returncode:
        pytest.skip("nothing may be mounted here")
    try:
        with Project(disk / "project") as project:
            run = project.start_run("reader 1", {})
            texts = [samples.ARTICLE + samples.unrelated(number, 2000) for number in range(200)]
            with pytest.raises(ProjectError, match=r"full|No space left"):
                all(project.add(samples.reading(text, "a.txt"), run, original=text.encode()) for text in texts)
            assert project.counts()["documents"] > 0
        shutil.copytree(disk / "project", tmp_path / "copy")
        assert told(tmp_path / "copy") == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


READ_ONLY = """
import os, sys
import samples
from dragoman.errors import ProjectError
from dragoman.record import Project
from dragoman.record.backup import backup, restore
from dragoman.record.integrity import check_project
from dragoman.record.lock import writing_lock
from dragoman.record.ngrams import indexed
from dragoman.record.schema import steps
folder, away = sys.argv[1:]
steps()  # the one thing that is read later from where another user may not look
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
def write():
    with Project(folder) as project:
        project.add(samples.reading(samples.unrelated(9), "z.txt"), project.start_run("reader 1", {}))
def lock():
    with writing_lock(folder):
        pass
for attempt in (write, lock, lambda: backup(folder, folder + "-copy"), lambda: Project(folder + "-new")):
    try:
        attempt()
        print("DONE")
    except ProjectError as error:
        print("told:", error)
print(*[finding.what for finding in check_project(folder)], sep="; ")
print(backup(folder, away).documents)
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs users")
def test_a_read_only_folder_is_told_can_be_checked_and_copied_elsewhere(folder):
    with tempfile.TemporaryDirectory() as outside:
        top = Path(outside)
        top.chmod(0o755)
        (top / "away").mkdir()
        (top / "away").chmod(0o777)
        shutil.copytree(folder, top / "project")
        for path in (top / "project").rglob("*"):
            path.chmod(0o555 if path.is_dir() else 0o444)
        for path in (top / "project", top):
            path.chmod(0o555)
        command = [sys.executable, "-B", "-c", READ_ONLY, str(top / "project"), str(top / "away" / "copy")]
        environment = {**os.environ, "PYTHONPATH": PATHS}
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", env=environment)
        top.chmod(0o755)
        assert done.stdout.count("told:") == 4, done.stdout + done.stderr
        assert "the full-text index was not compared: the folder is read-only" in done.stdout
        assert done.stdout.splitlines()[-1] == "3"
        assert told(top / "project") == []
        (top / "project").chmod(0o755)
