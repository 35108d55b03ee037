"""`dragoman analyze` prints each analysis as a table for people, and whole as CSV and JSON."""

import csv
import io
import json

import pytest

from dragoman.cli import main
from dragoman.cli.analyze import ANALYSES

GIVEN = {
    "series": ["KAR", "VEL"],
    "changes": ["KAR", "VEL"],
    "balance": ["KAR", "VEL"],
    "mirror": ["KAR", "VEL"],
    "demands": ["VEL"],
}


def said(capsys, *arguments, status=0):
    assert main(["analyze", *map(str, arguments)]) == status
    printed = capsys.readouterr()
    return printed.err if status else printed.out


@pytest.mark.parametrize("analysis", [name for name in ANALYSES if name != "accounts"])
def test_each_analysis_prints_a_table_csv_and_json_of_the_same_rows(project, capsys, analysis):
    given = GIVEN.get(analysis, [])
    assert said(capsys, project, analysis, *given)
    rows = json.loads(said(capsys, project, analysis, *given, "--format", "json"))
    table = list(csv.reader(io.StringIO(said(capsys, project, analysis, *given, "--format", "csv"))))
    assert len(table) == 1 + len(rows)


def test_a_series_counts_an_event_once_however_many_report_it(project, capsys):
    rows = json.loads(said(capsys, project, "series", "KAR", "VEL", "--window", "year", "--format", "json"))
    (both,) = (row for row in rows if row["way"] == "both" and row["window"] == "2026")
    assert (both["n"], both["verbal_conflict"], both["reports"]) == (1, 1, 2)


def test_the_accounts_of_an_event_are_asked_by_its_id(project, capsys):
    from dragoman import Project

    with Project(project) as opened:
        (event,) = opened.events()
    assert "asserts" in said(capsys, project, "accounts", event.id)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["series", "KAR"], "takes 2 further words, not 1"),
        (["serie", "KAR", "VEL"], "did you mean 'series'?"),
        (["series", "KAR", "VEL", "--window", "day"], "choose from week, month, quarter, year"),
        (["series", "KAR", "QQQ"], "QQQ"),
    ],
)
def test_wrong_use_is_told(project, capsys, words, message):
    assert message in said(capsys, project, *words, status=2)
