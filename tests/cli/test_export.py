"""`dragoman export` writes what other tools read."""

import json

from dragoman.cli import main


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
