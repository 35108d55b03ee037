"""`dragoman read` and its report, with the real reader."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from dragoman.cli import main

ARTICLE = """Karsovia recalls ambassador

Karsovia recalled its ambassador from Veldonia on Monday. "We demand an apology," Foreign Minister Orlan Tessik said.
"""


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "post.txt").write_text(ARTICLE)
    (folder / "wire.txt").write_text(ARTICLE.replace("Monday", "Tuesday"))
    (folder / "empty.txt").write_text("")
    (folder / "menu.pdf").write_bytes(b"%PDF-1.4")
    return folder


def test_a_folder_is_read_and_what_was_not_is_told(pages, tmp_path, capsys):
    project = str(tmp_path / "project")
    assert main(["read", str(pages), "--project", project, "--jobs", "1"]) == 0
    printed = capsys.readouterr().out
    assert "Read 2 documents in " in printed
    assert "2 inputs could not be read:" in printed
    assert "empty.txt" in printed
    assert "menu.pdf" in printed
    assert f"{project} holds 2 documents" in printed

    assert main(["read", str(pages), "--project", project, "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["read"], again["known"], len(again["failed"])) == (0, 2, 2)
    assert again["counts"]["documents"] == 2


def test_nothing_readable_is_exit_status_1(tmp_path, capsys):
    (tmp_path / "empty.txt").write_text("")
    assert main(["read", str(tmp_path / "empty.txt"), "none.txt", "--project", str(tmp_path / "project")]) == 1
    printed = capsys.readouterr().out
    assert "Read 0 documents" in printed
    assert "does not exist" in printed


def test_json_lines_are_read_from_standard_input(tmp_path):
    lines = json.dumps({"text": ARTICLE, "source": "wire-1", "published": "2026-06-23"}) + "\nnot json\n"
    command = [sys.executable, "-m", "dragoman", "read", "-", "--project", str(tmp_path / "project"), "--json"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["read"] == 1
    assert report["failed"][0]["problem"] == "json"


def test_a_language_base_that_is_not_installed_is_told(pages, tmp_path, capsys):
    base = ["--language-base", "spacy:no_such_pipeline"]
    assert main(["read", str(pages), "--project", str(tmp_path / "project"), *base]) == 2
    assert "no_such_pipeline" in capsys.readouterr().err


def heeding_ctrl_c():
    """A shell starts what it puts into the background with Ctrl-C ignored, and its children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_cleanly_and_the_same_command_goes_on(tmp_path):
    (tmp_path / "pages").mkdir()
    for number in range(30):
        text = f"{ARTICLE}{'The weather was fine in the town. ' * 40}\n{number}\n"
        (tmp_path / "pages" / f"{number}.txt").write_text(text)
    command = [sys.executable, "-m", "dragoman", "read", "pages", "--project", "project", "--jobs", "2"]
    run = subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=heeding_ctrl_c
    )
    deadline = time.monotonic() + 120
    # An original is kept just before its reading is committed, so that the second tells of the first.
    while len(list((tmp_path / "project" / "blobs").glob("*/*.zz"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)
    _, complaints = run.communicate(timeout=120)
    assert run.returncode == 130
    assert "goes on from there" in complaints
    assert "Traceback" not in complaints
    done = subprocess.run([*command, "--json"], cwd=tmp_path, capture_output=True, text=True, check=True)
    report = json.loads(done.stdout)
    assert report["known"] > 0
    assert report["read"] + report["known"] == 30


def test_the_folder_of_other_files_is_no_place_for_a_project(pages, capsys):
    assert main(["read", str(pages / "post.txt"), "--project", str(pages)]) == 2
    assert "is no project and not empty" in capsys.readouterr().err
    assert not (pages / "project.db").exists()


def test_a_project_below_the_folder_that_is_read_is_not_read(pages, capsys, monkeypatch):
    monkeypatch.chdir(pages)
    for _ in range(2):
        assert main(["read", ".", "--project", "project", "--json"]) == 0
        report = json.loads(capsys.readouterr().out)
        assert [failed["source"] for failed in report["failed"]] == ["empty.txt", "menu.pdf"]


def test_an_ascii_terminal_gets_escapes_and_no_traceback(pages, tmp_path):
    (pages / "post.txt").write_text(ARTICLE.replace("Orlan", "Özgül"), "utf-8")
    main(["read", str(pages), "--project", str(tmp_path / "project")])
    command = [sys.executable, "-m", "dragoman", "show", str(tmp_path / "project"), "actors"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
