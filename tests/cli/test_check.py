"""`dragoman check` and `dragoman backup` say what is wrong, and bring back what was kept."""

import json
import sqlite3
from contextlib import closing

import pytest

from dragoman.cli import backup, check
from dragoman.errors import SettingsError


def damage(project):
    with closing(sqlite3.connect(f"{project}/project.db", isolation_level=None)) as database:
        database.execute("UPDATE statements SET text = 'They \x1b[31m never said it'")


def test_a_whole_project_is_well(project, capsys):
    assert check.run([project]) == 0
    assert capsys.readouterr().out == "All is well.\n"


def test_what_is_wrong_is_told_with_where_and_what_to_do(project, capsys):
    damage(project)
    assert check.run([project]) == 1
    out = capsys.readouterr().out
    assert "wrong: doc-" in out
    assert "row 0: a statement does not say what its text has there\n  to do: read the document's source again" in out
    assert out.endswith("2 things wrong.\n")


def test_notes_are_nothing_wrong(project, capsys):
    from dragoman.record import Project

    with Project(project) as opened:
        opened.start_run("reader 2", {})
    assert check.run([project]) == 0
    out = capsys.readouterr().out
    assert "note: run-" in out
    assert out.endswith("All is well.\n")


def test_json_has_every_finding(project, capsys):
    damage(project)
    assert check.run([project, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["project"], said["wrong"]) == (project, 2)
    assert set(said["findings"][0]) == {"what", "where", "todo", "wrong"}


@pytest.mark.parametrize("name", ["copy", "copy.tar.zst", "copy.zip"])
def test_a_backup_comes_back(project, tmp_path, capsys, name):
    assert backup.run([project, str(tmp_path / name)]) == 0
    assert "2 documents, 0 originals." in capsys.readouterr().out
    assert backup.run(["--restore", str(tmp_path / name), str(tmp_path / "again")]) == 0
    assert "Restored" in capsys.readouterr().out
    assert check.run([str(tmp_path / "again")]) == 0


def test_a_backup_without_some_originals_is_told(project, tmp_path, capsys):
    with closing(sqlite3.connect(f"{project}/project.db", isolation_level=None)) as database:
        database.execute(f"UPDATE documents SET original = '{'a' * 64}'")
    assert backup.run([project, str(tmp_path / "copy")]) == 1
    assert "1 original missing or damaged" in capsys.readouterr().out


def test_wrong_use_is_told(project):
    with pytest.raises(SettingsError, match="there is no option '--restor'"):
        backup.run(["--restor", project, "x"])
    with pytest.raises(SettingsError, match="unknown kind"):
        backup.run([project, "copy.rar"])
