"""Events go out in the columns of older event data, with what is unknown left empty and nothing that did not happen."""

import csv
import io
import json

import pyarrow.csv as arrow_csv
import pytest
import samples
from hypothesis import HealthCheck, given, settings

from dragoman.exchange import export, gdelt, icews, polecat
from dragoman.exchange.dyads import day, days, dyads
from dragoman.model import Status
from dragoman.record import Project

from .filling import fill, hostile, state, told

PERU, CHILE, SPAIN = state("PER", "Peru"), state("CHL", "Chile"), state("ESP", "Spain")
DONE = Status.HAPPENED


def table(path, columns=None):
    """As Arrow reads it: tab-separated, without quoting."""
    read = arrow_csv.ReadOptions(column_names=columns) if columns else arrow_csv.ReadOptions()
    parse = arrow_csv.ParseOptions(delimiter="\t", quote_char=False)
    names = columns or path.read_text("utf-8").split("\n", 1)[0].split("\t")
    kept = arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, "string"), strings_can_be_null=False)
    return arrow_csv.read_csv(path, read, parse, kept).to_pylist()


def exported(project, tmp_path, format, *events):
    fill(project, told(*events))
    export(project, format, tmp_path / format)
    return tmp_path / format


def test_polecat_keeps_several_actors_in_one_row(project, tmp_path):
    event = ("CONSULT", "multilateral", (PERU, CHILE), (SPAIN,), "2031-05-03", DONE, "geonames:1 Lima")
    (row,) = table(exported(project, tmp_path, "polecat", event) / "events.txt")
    assert tuple(row) == polecat.COLUMNS
    assert len(row) == 40
    assert (row["Actor Name"], row["Actor Country"], row["Actor COW"]) == ("Peru; Chile", "Peru; Chile", "135; 155")
    assert (row["Recipient Name"], row["Recipient COW"], row["Primary Recipient Sector"]) == ("Spain", "230", "GOV")
    assert (row["Event Date"], row["Event Type"], row["Event Mode"]) == ("2031-05-03", "CONSULT", "multilateral")
    assert (row["Intensity"], row["Quad Code"]) == ("4", "VERBAL COOPERATION")
    assert (row["Placename"], row["GeoNames ID"]) == ("Lima", "1")
    assert (row["Latitude"], row["Longitude"]) == ("", "")
    assert (row["Source"], row["Publication Date"]) == ("The Tarn Herald", "2031-05-04")


def test_gdelt_has_its_columns_and_a_row_for_each_two(project, tmp_path):
    event = ("ACCUSE", "investigate", (PERU, CHILE), (SPAIN,), "2031-05-03", DONE, None)
    folder = exported(project, tmp_path, "gdelt", event)
    first, second = table(folder / "events.export.CSV", list(gdelt.EVENT_COLUMNS))
    assert len(gdelt.EVENT_COLUMNS) == 61
    assert (first["Actor1Code"], first["Actor1CountryCode"], first["Actor1Type1Code"]) == ("PERGOV", "PER", "GOV")
    assert (second["Actor1Name"], second["Actor2Name"]) == ("CHILE", "SPAIN")
    assert (first["EventCode"], first["EventBaseCode"], first["EventRootCode"], first["QuadClass"]) == (
        *("090", "090", "09"),
        "3",
    )
    assert (first["Day"], first["MonthYear"], first["Year"]) == ("20310503", "203105", "2031")
    assert (first["GoldsteinScale"], first["ActionGeo_Lat"], first["AvgTone"]) == ("", "", "")
    mentions = table(folder / "events.mentions.CSV", list(gdelt.MENTION_COLUMNS))
    assert [row["GlobalEventID"] for row in mentions] == [first["GlobalEventID"], second["GlobalEventID"]]
    assert (mentions[0]["MentionType"], mentions[0]["MentionIdentifier"]) == ("1", "https://herald.example/1")
    assert (mentions[0]["ActionCharOffset"], mentions[0]["Confidence"]) == ("0", "75")
    assert int(first["GlobalEventID"]) < 2**63


def test_icews_has_its_columns(project, tmp_path):
    event = ("RETREAT", "ceasefire", (PERU,), (SPAIN,), "2031-05-03", DONE, None)
    (row,) = table(exported(project, tmp_path, "icews", event) / "events.tab")
    assert tuple(row) == icews.COLUMNS
    assert (row["Source Name"], row["Target Country"], row["CAMEO Code"]) == ("Peru", "Spain", "0871")
    assert (row["Event Date"], row["Event Text"]) == ("2031-05-03", "Retreat (ceasefire)")
    assert (row["Intensity"], row["Latitude"]) == ("", "")


@pytest.mark.parametrize(("format", "file"), [("polecat", "events.txt"), ("icews", "events.tab")])
@pytest.mark.parametrize("date", [None, "2031", "2031-05", "XXXX-05-03", "2031-05-03~", "2031-05-01/2031-05-09"])
def test_a_date_that_is_no_day_leaves_the_day_empty_and_stands_in_the_trace(project, tmp_path, format, file, date):
    folder = exported(project, tmp_path, format, ("AID", None, (PERU,), (SPAIN,), date, DONE, None))
    (row,) = table(folder / file)
    assert row["Event Date"] == ""
    (trace,) = table(folder / "trace.tsv")
    assert trace["date_edtf"] == (date or "")
    assert trace["row"] == row["Event ID"]


def test_gdelt_keeps_the_month_and_the_year_that_are_known(project, tmp_path):
    dates = ("2031-05", "2031", "XXXX-05-03", "2031-12-30/2032-01-02")
    folder = exported(
        project, tmp_path, "gdelt", *(("AID", None, (PERU,), (SPAIN,), date, DONE, None) for date in dates)
    )
    rows = table(folder / "events.export.CSV", list(gdelt.EVENT_COLUMNS))
    found = {(row["Day"], row["MonthYear"], row["Year"], row["FractionDate"]) for row in rows}
    assert found == {("", "203105", "2031", ""), ("", "", "2031", ""), ("", "", "", "")}


@pytest.mark.parametrize("status", [Status.PLANNED, Status.HYPOTHETICAL, Status.DENIED])
@pytest.mark.parametrize("format", ["polecat", "gdelt", "icews"])
def test_what_did_not_happen_has_no_row_and_is_in_the_trace(project, tmp_path, format, status):
    folder = exported(project, tmp_path, format, ("AID", None, (PERU,), (SPAIN,), "2031-05-03", status, None))
    name = {"polecat": "events.txt", "gdelt": "events.export.CSV", "icews": "events.tab"}[format]
    assert len((folder / name).read_text("utf-8").splitlines()) == (0 if format == "gdelt" else 1)
    (trace,) = table(folder / "trace.tsv")
    assert (trace["row"], trace["status"]) == ("", status.value)
    assert "format version 3" in (folder / "README.txt").read_text("utf-8")


def test_plover_records_hold_what_the_manual_requires(project):
    events = (
        ("CONSULT", "visit", (PERU, CHILE), (SPAIN,), "2031-05-01/2031-05-03", DONE, "geonames:1 Lima"),
        ("AID", None, (PERU,), (SPAIN,), "2031-05", Status.PLANNED, None),
    )
    fill(project, told(*events))
    out = io.BytesIO()
    export(project, "plover", out)
    records = {record["event"][0]: record for record in map(json.loads, out.getvalue().splitlines())}
    visit, aid = records["CONSULT"], records["AID"]
    assert [one["code"] for one in visit["actor"]] == ["PER", "CHL"]
    assert (visit["date"], visit["enddate"], visit["mode"]) == ("2031-05-01", "2031-05-03", ["visit"])
    assert visit["event_loc"] == {"extracted_place": "Lima", "geonameid": "1"}
    assert visit["cite_info"][0]["url"] == "https://herald.example/1"
    assert (aid["date"], aid["comment"], aid["mode"]) == (None, "date in EDTF: 2031-05", ["future"])
    assert all({"id", "date", "actor", "event"} <= set(record) for record in records.values())


def test_those_who_meet_have_one_row_for_each_two():
    of = samples.document()
    meeting = samples.event(of, type="CONSULT", actor=(PERU, CHILE, SPAIN), recipient=())
    assert dyads(meeting) == [("state:PER", "state:CHL"), ("state:PER", "state:ESP"), ("state:CHL", "state:ESP")]
    assert dyads(samples.event(of, type="PROTEST", actor=(PERU,), recipient=())) == [("state:PER", None)]


def test_days_are_whole_and_certain():
    assert (day("2031-05-03"), day("2031-05-03?"), day("2031-05"), day(None)) == ("2031-05-03", None, None, None)
    assert days("2031-05-01/..") == (None, None)
    assert days("2031-05-01/2031-05-03") == ("2031-05-01", "2031-05-03")


def test_no_cell_breaks_a_row_or_runs(project, tmp_path):
    hostile(project, ("=1+1\t\n", 'a"b', "\r\nx\ty", "+1", "a\x00b", "a\u2028b\x85c"))
    for format, name in (("polecat", "events.txt"), ("gdelt", "events.export.CSV"), ("icews", "events.tab")):
        export(project, format, tmp_path / format)
        lines = (tmp_path / format / name).read_text("utf-8").split("\n")[:-1]
        width = {"polecat": 40, "gdelt": 61, "icews": 20}[format]
        for row in csv.reader(lines, delimiter="\t"):
            assert len(row) == width
            assert not any(cell.startswith(("=", "+", "@")) for cell in row)


@given(reading=samples.strange_readings())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_strange_texts_keep_their_rows_apart(tmp_path_factory, reading):
    folder = tmp_path_factory.mktemp("strange")
    with Project(folder / "project") as project:
        fill(project, reading)
        happened = sum(event.status is DONE for event in project.events())
        for format in ("polecat", "gdelt", "icews", "plover"):
            export(project, format, folder / format)
    assert len(table(folder / "polecat" / "events.txt") if happened else []) == happened
    for row in csv.reader((folder / "gdelt" / "events.export.CSV").read_text("utf-8").split("\n"), delimiter="\t"):
        assert len(row) in (0, 61)
