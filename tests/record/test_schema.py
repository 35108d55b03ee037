"""A project is opened only when it is one, and brought to the newest schema without ever standing between two."""

import sqlite3

import pytest
import samples

from dragoman.errors import ProjectError
from dragoman.record import Project
from dragoman.record.schema import migrate, steps


def test_a_new_project_has_the_newest_schema_and_all_of_its_files(tmp_path):
    Project(tmp_path / "deep" / "new").close()
    with sqlite3.connect(tmp_path / "deep" / "new" / "project.db") as database:
        assert database.execute("PRAGMA user_version").fetchone() == (len(steps()),)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_folder_without_a_project_is_told(tmp_path):
    with pytest.raises(ProjectError, match="there is no project in"):
        Project(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_file_is_no_project(tmp_path):
    (tmp_path / "file").write_text("text")
    with pytest.raises(ProjectError, match="is a file"):
        Project(tmp_path / "file")


def test_what_is_not_sqlite_is_told(tmp_path):
    (tmp_path / "project.db").write_bytes(b"not a database, only some bytes" * 100)
    with pytest.raises(ProjectError, match="is not the database of a Dragoman project"):
        Project(tmp_path)


def test_the_database_of_another_program_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "project.db") as database:
        database.execute("CREATE TABLE precious (row)")
    with pytest.raises(ProjectError, match="another program"):
        Project(tmp_path)
    with sqlite3.connect(tmp_path / "project.db") as database:
        assert database.execute("SELECT name FROM sqlite_schema").fetchall() == [("precious",)]


def test_a_project_of_a_newer_version_is_left_alone(tmp_path):
    Project(tmp_path).close()
    with sqlite3.connect(tmp_path / "project.db") as database:
        database.execute("PRAGMA user_version = 999")
    with pytest.raises(ProjectError, match="newer Dragoman"):
        Project(tmp_path)


def test_a_step_brings_an_older_project_forward_with_all_its_rows(project):
    project.add(samples.reading(), project.start_run("reader 1", {}))
    database = sqlite3.connect(project.path / "project.db", isolation_level=None)
    later = "CREATE TABLE later (row);\nCREATE TRIGGER kept AFTER INSERT ON later BEGIN\n  DELETE FROM later;\nEND;\n"
    migrate(database, (*steps(), later))
    assert database.execute("PRAGMA user_version").fetchone() == (len(steps()) + 1,)
    assert database.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    database.close()


def test_a_step_that_fails_changes_nothing(project):
    database = sqlite3.connect(project.path / "project.db", isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(database, (*steps(), "CREATE TABLE later (row);\nINSERT INTO nowhere VALUES (1);\n"))
    assert database.execute("PRAGMA user_version").fetchone() == (len(steps()),)
    assert database.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").fetchone() == (0,)
    database.close()
