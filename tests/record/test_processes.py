"""Several processes on one project, processes that are killed, and disks that refuse."""

import io
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import samples

import dragoman
from dragoman.errors import ProjectError
from dragoman.exchange import export
from dragoman.record import Project

WRITER = Path(__file__).with_name("writer_process.py")
PATHS = os.pathsep.join([str(Path(dragoman.__file__).parents[1]), str(WRITER.parent)])
MANY = 60


def start(*arguments, **options):
    environment = {**os.environ, "PYTHONPATH": PATHS, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, str(WRITER), *map(str, arguments)]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def exported(folder):
    out = io.BytesIO()
    with Project(folder, create=False) as project:
        export(project, "jsonl", out)
    return out.getvalue()


def assert_clean(folder):
    with sqlite3.connect(folder / "project.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    # A writer killed as it starts leaves a database without tables; opening it makes them.
    with Project(folder) as project:
        for document in project.documents():
            project.reading(document.id)
            assert project.original(document.id) == document.text.encode()
    with sqlite3.connect(folder / "project.db") as database:
        database.execute("INSERT INTO documents_text (documents_text) VALUES ('integrity-check')")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed")
    done = start(folder, 0, MANY)
    assert done.wait() == 0, done.stderr.read()
    return exported(folder)


def test_two_writers_at_once_lose_nothing(tmp_path, undisturbed):
    writers = [start(tmp_path, 0, 40), start(tmp_path, 20, MANY)]
    seen = []
    while any(writer.poll() is None for writer in writers):
        if (tmp_path / "project.db").exists():
            with Project(tmp_path) as project:
                seen.append(project.counts())
        time.sleep(0.02)
    assert [writer.returncode for writer in writers] == [0, 0], [writer.stderr.read() for writer in writers]
    assert all(counts["statements"] == counts["documents"] == counts["reports"] for counts in seen)
    assert exported(tmp_path) == undisturbed
    assert_clean(tmp_path)


def test_a_writer_killed_before_there_are_tables_leaves_a_project(tmp_path):
    sqlite3.connect(tmp_path / "project.db").close()
    assert_clean(tmp_path)


def test_a_killed_writer_leaves_whole_documents_and_finishing_gives_the_same_record(tmp_path, undisturbed):
    chance = random.Random(7)
    for kill in range(6):
        writer = start(tmp_path, 0, MANY)
        # The first is killed as it starts, the others somewhere in their writing.
        for _ in range(kill * 9):
            writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.03) if kill else 0.12)
        writer.kill()
        writer.wait()
        if (tmp_path / "project.db").exists():
            assert_clean(tmp_path)
    last = start(tmp_path, 0, MANY)
    assert last.wait() == 0, last.stderr.read()
    assert exported(tmp_path) == undisturbed
    with Project(tmp_path) as project:
        assert project.runs()[-1].finished is not None


def test_readings_that_come_in_another_order_give_the_same_record(tmp_path):
    readings = [
        samples.reading(
            f"{samples.ARTICLE}{samples.unrelated(number // 2)}", f"{number}.txt", published=f"2031-05-{number + 1:02}"
        )
        for number in range(8)
    ]
    for name, order in (("one", readings), ("other", readings[::-1])):
        with Project(tmp_path / name) as project:
            run = project.start_run("reader 1", {})
            for reading in order:
                project.add(reading, run)
                project.resolve()
            project.resolve()
    assert exported(tmp_path / "one") == exported(tmp_path / "other")


def test_a_view_sees_one_state_while_another_process_writes(project):
    project.add(samples.reading(), project.start_run("reader 1", {}))
    with project.snapshot():
        assert project.counts()["documents"] == 1
        with Project(project.path) as other:
            other.add(samples.reading(source="b.txt"), other.start_run("reader 1", {}))
        assert project.counts()["documents"] == 1
    assert project.counts()["documents"] == 2


def test_a_full_disk_is_told_and_what_was_kept_stays(project):
    run = project.start_run("reader 1", {})
    project.add(samples.reading(), run)
    # SQLite says the same of a database that may not grow as of a disk that is full.
    (pages,) = project._connection.execute("PRAGMA page_count").fetchone()
    project._connection.execute(f"PRAGMA max_page_count = {pages}")
    long = [samples.reading(samples.unrelated(number, 2000), "long.txt") for number in range(100)]
    with pytest.raises(ProjectError, match="the disk is full"):
        all(project.add(reading, run) for reading in long)
    kept = [project.reading(document.id) for document in project.documents()]
    assert kept[0] == samples.reading()
    project._connection.execute("PRAGMA max_page_count = 1000000")
    assert project.add(samples.reading(samples.unrelated(101, 2000), "long.txt"), run)
    assert project.counts()["documents"] == len(kept) + 1


LIMITED = """
import resource, signal, sys
import samples
from dragoman.errors import ProjectError
from dragoman.record import Project
project = Project(sys.argv[1])
run = project.start_run("reader 1", {})
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    for number in range(10_000):
        project.add(samples.reading(samples.unrelated(number, 3000), "a.txt"), run)
except ProjectError as error:
    print(error)
"""


def test_files_that_may_not_grow_are_told_in_plain_words(tmp_path):
    environment = {**os.environ, "PYTHONPATH": PATHS}
    command = [sys.executable, "-c", LIMITED, str(tmp_path / "project")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert "cannot be written" in done.stdout or "cannot be read or written" in done.stdout, done.stdout + done.stderr
    with Project(tmp_path / "project") as project:
        for document in project.documents():
            project.reading(document.id)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_told(tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(ProjectError, match=r"cannot be (opened|used|written)"):
        Project(tmp_path / "locked" / "project")


def test_a_place_where_no_folder_can_be_is_told():
    with pytest.raises(ProjectError, match="cannot be used"):
        Project("/proc/dragoman")


def test_the_blobs_of_killed_writers_are_never_taken_for_originals(project):
    run = project.start_run("reader 1", {})
    reading = samples.reading()
    project.add(reading, run, original=b"page")
    (blob,) = (project.path / "blobs").rglob("*.zz")
    blob.with_name(f"{blob.stem}.123.part").write_bytes(b"pa")
    assert project.original(reading.document.id) == b"page"
