"""`dragoman compare` prints a relation beside event data of others, draws both, and says what could not be read."""

import csv
import io
import json
import xml.etree.ElementTree as tree

import pytest
from tests.exchange.others import acled, clash, did, gdelt, packed
from tests.web.telling import told_by_both_sides

from dragoman.cli import main

EVENTS = (
    did(1, "20310503", "NOR", "ISL", "112"),
    did(2, "20310508", "NOR", "ISL", "010"),
    did(3, "20310611", "ISL", "NOR", "042"),
    "1\t2\t3",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return told_by_both_sides(tmp_path_factory.mktemp("compare"))


@pytest.fixture
def theirs(tmp_path):
    path = tmp_path / "theirs.zip"
    path.write_bytes(packed(gdelt(*EVENTS)))
    return path


def said(capsys, project, *arguments, status=0, pair=("NOR", "ISL")):
    assert main(["compare", str(project), *map(str, arguments), "--pair", *pair]) == status
    printed = capsys.readouterr()
    return printed.err if status else printed.out


def test_a_table_tells_the_windows_where_they_part_and_what_was_malformed(project, theirs, capsys):
    printed = said(capsys, project, theirs, "--since", "2031-05", "--until", "2031-06")
    assert "Norway and Iceland, whoever acts: this record, and GDELT events" in printed
    assert "2031-06: only theirs\n  we read nothing of these days" in printed
    assert (
        "theirs.zip: GDELT events, 4 rows; could not be read: 1 with another number of columns, first in line 4"
        in printed
    )
    assert "none of the two is the measure of the other" in printed


def test_json_has_everything_and_csv_the_windows(project, theirs, capsys):
    times = ("--since", "2031-05", "--until", "2031-06")
    whole = json.loads(said(capsys, project, theirs, *times, "--format", "json"))
    may, june = whole["windows"]
    assert (may["their_n"], may["their_left_out"], june["part"]) == (1, "010 1", "only theirs")
    assert whole["files"][0]["malformed"] == {"another number of columns": 1}
    assert [one["of"] for one in whole["correlations"]] == ["events", "share of conflict"]
    table = list(csv.DictReader(io.StringIO(said(capsys, project, theirs, *times, "--format", "csv"))))
    assert [row["window"] for row in table] == ["2031-05", "2031-06"]
    assert list(table[0]) == list(may)


def test_both_are_drawn_one_under_the_other(project, theirs, capsys, tmp_path):
    out = tmp_path / "both.svg"
    said(capsys, project, theirs, "--since", "2031-04", "--until", "2031-07", "--out", out)
    drawing = tree.parse(out).getroot()
    texts = ["".join(one.itertext()) for one in drawing.iter() if one.tag.endswith(("}text", "}title"))]
    assert {"Norway and Iceland", "This record", "GDELT events"} <= set(texts)
    assert "2031-05: 1 event, 1 verbal conflict" in texts
    assert "2031-06: only theirs" in texts
    assert texts.count("2031-07: nothing of these days") == 2
    assert "http" not in out.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    ("format", "file"), [("gdelt", "events.export.CSV"), ("icews", "events.tab"), ("polecat", "events.txt")]
)
def test_a_record_and_its_own_export_do_not_part(project, capsys, tmp_path, format, file):
    assert main(["export", str(project), "--format", format, "--out", str(tmp_path / "out")]) == 0
    whole = json.loads(said(capsys, project, tmp_path / "out" / file, "--window", "week", "--format", "json"))
    assert sum(row["n"] or 0 for row in whole["windows"]) > 2
    assert [(row["n"] or 0, row["part"]) for row in whole["windows"]] == [
        (row["their_n"] or 0, None) for row in whole["windows"]
    ]


def test_states_are_asked_for_by_name_too(project, capsys, tmp_path):
    (tmp_path / "raids.csv").write_bytes(
        acled(clash("ISL1", "2031-05-03", "Military Forces of Iceland (2030-)", "Police Forces of Norway (2021-)"))
    )
    whole = json.loads(said(capsys, project, tmp_path / "raids.csv", "--format", "json", pair=("Iceland", "Norway")))
    assert [row["their_material_conflict"] for row in whole["windows"] if row["their_n"]] == [1]


def test_wrong_use_is_told(project, theirs, capsys, tmp_path):
    assert "name a file that ends in .svg" in said(capsys, project, theirs, "--out", tmp_path / "a.png", status=2)
    assert not (tmp_path / "a.png").exists()
    assert "is no state" in said(capsys, project, theirs, status=2, pair=("NOR", "NRK"))
    (tmp_path / "notes.txt").write_text("Nothing of this kind.\n")
    assert "known are GDELT events" in said(capsys, project, tmp_path / "notes.txt", status=2)
