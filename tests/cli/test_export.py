"""`dragoman export` writes what other tools read."""

import json

import pytest

from dragoman.cli import main
from dragoman.exchange import FORMATS


def test_json_lines_go_to_standard_output(project, capfdbinary):
    assert main(["export", project]) == 0
    rows = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert {row["kind"] for row in rows} == {"document", "actor", "statement", "event"}


def test_json_lines_go_to_a_file(project, tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    assert main(["export", project, "--format", "jsonl", "--out", str(out)]) == 0
    assert out.read_bytes().count(b"\n") == 9
    assert str(out) in capsys.readouterr().err


def test_csv_and_text_go_to_folders(project, tmp_path):
    assert main(["export", project, "--format", "csv", "--out", str(tmp_path / "tables")]) == 0
    assert main(["export", project, "--text", "--out", str(tmp_path / "texts")]) == 0
    assert list((tmp_path / "tables").glob("*.csv"))
    assert len(list((tmp_path / "texts").glob("doc-*.txt"))) == 2


def test_a_folder_format_without_a_folder_is_told(project, capsys):
    assert main(["export", project, "--format", "csv"]) == 2
    assert "say which folder with --out" in capsys.readouterr().err


def test_a_part_of_the_record_can_be_asked_for(project, capfdbinary):
    assert main(["export", project, "--actor", "KAR", "--type", "accuse", "--since", "2000"]) == 0
    rows = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert {row["type"] for row in rows if row["kind"] == "event"} == {"ACCUSE"}
    assert main(["export", project, "--actor", "Karsvia"]) == 2
    assert "did you mean 'Karsovia'" in capfdbinary.readouterr().err.decode()


def test_what_is_one_file_can_be_piped(project, capfdbinary):
    assert main(["export", project, "--format", "bibtex"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"@comment{Dragoman")


def test_a_network_is_drawn_as_asked(project, tmp_path, capsys):
    out = tmp_path / "views.gexf"
    words = "--of statements --mode two --by actor --window year --stance combine --minimum 1".split()
    assert main(["export", project, "--format", "gexf", *words, "--out", str(out)]) == 0
    assert "statements, two mode, by actor, minimum 1, stance combine, window year" in out.read_text("utf-8")
    assert main(["export", project, "--format", "csv", "--stance", "combine", "--out", str(out)]) == 2
    assert "--stance is for networks: give --format graphml or gexf" in capsys.readouterr().err
    assert main(["export", project, "--format", "gexf", "--stance", "combine"]) == 2
    assert "events have no stance" in capsys.readouterr().err


def test_the_help_lists_every_format(capsys):
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    printed = capsys.readouterr().out
    assert all(one.what in printed for one in FORMATS.values())
