"""One writer at a time, known by name; a lock dies with its process."""

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

import dragoman
from dragoman.errors import ProjectError
from dragoman.record import Project, lock
from dragoman.record.integrity import check_project
from dragoman.record.lock import FILE, holder, writing_lock

HOLD = """
import os, sys, time
from dragoman.record.lock import writing_lock
with writing_lock(sys.argv[1]):
    if sys.argv[2] == "fork" and not os.fork():
        time.sleep(60)
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def hold(tmp_path):
    """Starts a process that holds the lock until a line comes in."""
    running = []

    def start(how="alone"):
        environment = {**os.environ, "PYTHONPATH": str(Path(dragoman.__file__).parents[1])}
        command = [sys.executable, "-c", HOLD, str(tmp_path), how]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True
        )
        running.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in running:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.communicate()


def test_who_holds_it_is_told_with_process_machine_command_and_time(tmp_path, hold):
    other = hold()
    who = rf"is being written by process {other.pid} on .+ \('-c .+', since \d{{4}}-"
    with pytest.raises(ProjectError, match=who), writing_lock(tmp_path, patience=0):
        pass
    assert holder(tmp_path).pid == other.pid


def test_it_is_had_when_the_one_before_lets_go(tmp_path, hold):
    other = hold()
    other.stdin.write("\n")
    other.stdin.flush()
    with writing_lock(tmp_path):
        assert holder(tmp_path).pid == os.getpid()
    assert holder(tmp_path) is None
    assert (tmp_path / FILE).read_bytes() == b""


@pytest.mark.parametrize("how", ["alone", "fork"])
def test_a_killed_process_holds_nothing_not_even_by_its_children(tmp_path, hold, how):
    other = hold(how)
    other.kill()
    other.wait()
    assert (tmp_path / FILE).read_bytes()
    assert holder(tmp_path) is None
    with writing_lock(tmp_path, patience=0):
        assert json.loads((tmp_path / FILE).read_bytes())["pid"] == os.getpid()


def test_it_waits_as_long_as_it_was_told(tmp_path, hold):
    hold()
    start = time.monotonic()
    with pytest.raises(ProjectError), writing_lock(tmp_path, patience=0.6):
        pass
    assert 0.5 < time.monotonic() - start < 60


def test_readers_need_none(tmp_path, hold):
    Project(tmp_path).close()
    hold()
    with Project(tmp_path) as project:
        assert project.counts()["documents"] == 0
    assert not any(finding.wrong for finding in check_project(tmp_path))


def test_it_is_let_go_where_the_work_fails(tmp_path):
    with pytest.raises(KeyError), writing_lock(tmp_path):
        raise KeyError
    with writing_lock(tmp_path, patience=0):
        pass


def test_a_second_one_of_the_same_process_waits_too(tmp_path):
    with writing_lock(tmp_path):
        with pytest.raises(ProjectError, match=f"process {os.getpid()}"), writing_lock(tmp_path, patience=0):
            pass
        assert holder(tmp_path).pid == os.getpid()


@pytest.mark.parametrize("content", [b"", b"rubbish", b"[1]", b'{"pid": "x"}', b"\xff" * 9000])
def test_a_lock_file_that_says_nothing_useful_holds_all_the_same(tmp_path, hold, content):
    hold()
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ProjectError, match="is being written by another process"), writing_lock(tmp_path, patience=0):
        pass


def test_a_link_or_a_pipe_in_its_place_is_refused(tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / FILE).symlink_to(precious)
    with pytest.raises(ProjectError, match="is a link"), writing_lock(tmp_path):
        pass
    assert precious.read_text() == "mine"
    (tmp_path / FILE).unlink()
    os.mkfifo(tmp_path / FILE)
    with pytest.raises(ProjectError, match="no ordinary file"), writing_lock(tmp_path):
        pass


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ProjectError, match="cannot be made: No such file"), writing_lock(tmp_path / "none"):
        pass


def test_where_there_are_no_locks_it_warns_and_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "fcntl", None)
    with pytest.warns(UserWarning, match="see that no other process writes"), writing_lock(tmp_path):
        assert holder(tmp_path) is None
