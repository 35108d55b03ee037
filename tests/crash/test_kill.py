"""A run that is killed with -9 in its middle, and run again, gives the same record as one that nobody disturbed."""

import hashlib
import io
import os
import signal
import subprocess
import sys
import time

import pytest

from dragoman.exchange import export
from dragoman.record import Project

ARTICLES = 40
RUN = """
import sys
from dragoman.gather import Source
from dragoman.record import Project
from dragoman.run import Limits, read_into
from tests.run.stub import Stub

if __name__ == "__main__":
    text = "Anna said: sentence {}. Boris said: another one."
    sources = [Source(f"{n}.txt", text.format(n)) for n in range(int(sys.argv[2]))]
    with Project(sys.argv[1]) as project:
        for outcome in read_into(project, sources, Stub, Limits(2, 60.0), {}):
            print(outcome.kind, flush=True)
"""


@pytest.fixture
def start(tmp_path, request):
    script = tmp_path / "run.py"
    script.write_text(RUN)
    root = request.config.rootpath
    path = [str(root), str(root / "src"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}

    def start(project):
        command = [sys.executable, str(script), str(project), str(ARTICLES)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    return start


def exported(path):
    with Project(path, create=False) as project:
        out = io.BytesIO()
        export(project, "jsonl", out)
        return out.getvalue()


def test_killed_and_run_again_is_the_same_as_undisturbed(start, tmp_path):
    start(tmp_path / "whole").communicate(timeout=240)
    for moment in (1, 7, 23):
        run = start(tmp_path / "killed")
        for _ in range(moment):
            run.stdout.readline()
        run.send_signal(signal.SIGKILL)
        run.communicate()
    with Project(tmp_path / "killed") as project:
        assert 0 < project.counts()["documents"] < ARTICLES
        assert not any(run.finished for run in project.runs())
    said, _ = start(tmp_path / "killed").communicate(timeout=240)
    assert "known" in said
    assert "read" in said
    assert (
        hashlib.sha256(exported(tmp_path / "killed")).digest() == hashlib.sha256(exported(tmp_path / "whole")).digest()
    )


def test_no_process_outlives_its_killed_parent(start, tmp_path):
    run = start(tmp_path / "killed")
    run.stdout.readline()
    children = subprocess.run(["pgrep", "-P", str(run.pid)], capture_output=True, text=True).stdout.split()
    assert children
    run.send_signal(signal.SIGKILL)
    run.communicate()
    deadline = time.monotonic() + 60
    while any(os.path.exists(f"/proc/{child}") for child in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [child for child in children if os.path.exists(f"/proc/{child}")]
