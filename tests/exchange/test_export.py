"""An export is lossless, the same for the same record, and harmless in a spreadsheet."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import samples
from hypothesis import HealthCheck, given, settings
from samples import BELMARK, HERALD, KARSOVIA, ORLEN

from dragoman.errors import ProjectError, SettingsError
from dragoman.exchange import FORMATS, export
from dragoman.model import Block
from dragoman.record import Filter, Project

from .filling import fill

KEYS = {
    "document": "kind id source outlet title author published language body boilerplate story copy_of sha256",
    "actor": "kind id name type country sector qid aliases",
    "statement": "kind id document start end text form act cue speaker chain about confidence condition",
    "event": "kind id type mode context quad actor recipient status date date_basis place reports"
    " independent_sources sources differing",
}


def jsonl(project, filter=None):
    out = io.BytesIO()
    export(project, "jsonl", out, filter)
    return out.getvalue()


def objects(project, filter=None):
    return [json.loads(line) for line in jsonl(project, filter).decode().splitlines()]


def contents(path):
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    return [(str(file.relative_to(path)), file.read_bytes()) for file in files]


def of_kind(rows, kind):
    return [row for row in rows if row["kind"] == kind]


def test_objects_have_exactly_the_keys_of_the_contract_in_its_order(project):
    fill(project, samples.reading())
    rows = objects(project)
    assert [row["kind"] for row in rows] == ["document", "actor", "actor", "actor", "actor", "statement", "event"]
    assert all(" ".join(row) == KEYS[row["kind"]] for row in rows)


def test_each_object_tells_all_that_was_read(project):
    reading = samples.reading(title="A title", author="Örlén", language="en")
    fill(project, reading)
    document, *_, statement, event = objects(project)
    of, said, done = reading.document, reading.statements[0], reading.events[0]
    assert document == {
        "kind": "document",
        "id": of.id,
        "source": "a.txt",
        "outlet": "The Tarn Herald",
        "title": "A title",
        "author": "Örlén",
        "published": {"value": "2031-05-04", "basis": "header"},
        "language": "en",
        "body": [[0, len(of.text)]],
        "boilerplate": [],
        "story": document["story"],
        "copy_of": None,
        "sha256": of.sha256,
    }
    assert of.text[statement["start"] : statement["end"]] == statement["text"] == samples.QUOTE
    assert statement["speaker"] == {
        "actor": ORLEN.id,
        "name": ORLEN.name,
        "role": "minister",
        "mention": list(said.speaker.mention),
    }
    assert statement["chain"][1] == {"actor": HERALD.id, "name": HERALD.name, "mention": None}
    assert statement["about"] == [{"actor": BELMARK.id, "polarity": -1}]
    assert (statement["form"], statement["act"], statement["cue"]) == ("mixed", "demand", list(said.cue))
    assert (event["actor"], event["recipient"], event["status"]) == ([KARSOVIA.id], [BELMARK.id], "happened")
    assert event["reports"] == [
        {
            "document": of.id,
            "start": 0,
            "end": len(samples.CLAUSE),
            "text": samples.CLAUSE,
            "chain": [{"actor": HERALD.id, "name": HERALD.name, "mention": None}],
            "statement": None,
            "confidence": done.reports[0].confidence,
        }
    ]


def test_copies_name_their_original_and_share_their_story(project):
    article = f"{samples.ARTICLE}{samples.unrelated(1)}"
    fill(project, samples.reading(article), samples.reading(f"{article} Cut.", "b.txt", published="2031-05-09"))
    first, second = of_kind(objects(project), "document")
    assert (first["copy_of"], second["copy_of"]) == (None, first["id"])
    assert first["story"] == second["story"]
    assert len(of_kind(objects(project), "event")[0]["reports"]) == 2


def test_equal_records_give_equal_bytes_whatever_the_order(tmp_path):
    readings = [samples.reading(f"{samples.ARTICLE}{samples.unrelated(n % 3)}", f"{n}.txt") for n in range(6)]
    found = []
    for name, order in (("one", readings), ("other", readings[::-1])):
        with Project(tmp_path / name) as project:
            fill(project, *order)
            found.append(jsonl(project))
            for format in FORMATS:
                export(project, format, tmp_path / f"{name} {format}")
    assert found[0] == found[1]
    # Runs have ids and times of their own.
    for format in FORMATS.keys() - {"prov"}:
        one, other = tmp_path / f"one {format}", tmp_path / f"other {format}"
        assert contents(one) == contents(other)


@given(reading=samples.strange_readings())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_strange_texts_survive_every_format(tmp_path_factory, reading):
    folder = tmp_path_factory.mktemp("strange")
    with Project(folder / "project") as project:
        fill(project, reading)
        for format in FORMATS:
            export(project, format, folder / format)
    text = (folder / "text" / f"{reading.document.id}.txt").read_bytes()
    assert text == reading.document.text.encode()
    rows = [json.loads(line) for line in (folder / "jsonl").read_bytes().decode().splitlines()]
    for row in of_kind(rows, "statement"):
        assert text.decode()[row["start"] : row["end"]] == row["text"]
    for event in of_kind(rows, "event"):
        assert all(text.decode()[r["start"] : r["end"]] == r["text"] for r in event["reports"])
    assert sum(len(row["reports"]) for row in of_kind(rows, "event")) == len({e.reports[0] for e in reading.events})
    for name in ("documents", "actors", "statements", "events", "reports"):
        with (folder / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as table:
            for line in csv.reader(table):
                assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0")) for cell in line)


def test_formulas_are_made_inert_and_numbers_stay_numbers(project, tmp_path):
    reading = samples.reading(title='=HYPERLINK("http://x")', author="@author", outlet="＋1")
    actors = (replace(KARSOVIA, name="-1+1", aliases=("\tx", "+y")), *reading.actors[1:])
    fill(project, replace(reading, actors=actors))
    export(project, "csv", tmp_path / "out")

    def table(name):
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    (document,) = table("documents")
    assert (document["title"], document["author"], document["outlet"]) == (
        '\'=HYPERLINK("http://x")',
        "'@author",
        "'＋1",
    )
    assert {row["name"] for row in table("actors")} >= {"'-1+1", "Belmark"}
    (statement,) = table("statements")
    assert (statement["confidence"], statement["about"]) == ("0.5", "state:XBE -1")
    assert statement["chain"] == "Dana Örlén > The Tarn Herald"
    (report,) = table("reports")
    (event,) = table("events")
    assert (report["event"], report["text"]) == (event["id"], samples.CLAUSE)
    assert "format version 3" in (tmp_path / "out" / "README.txt").read_text("utf-8")


def test_the_index_of_texts_names_each_file(project, tmp_path):
    fill(project, samples.reading(), samples.reading(source="b.txt"))
    export(project, "text", tmp_path / "out")
    with (tmp_path / "out" / "index.csv").open(encoding="utf-8", newline="") as file:
        index = list(csv.DictReader(file))
    assert {row["source"] for row in index} == {"a.txt", "b.txt"}
    assert all((tmp_path / "out" / row["file"]).read_bytes() == samples.ARTICLE.encode() for row in index)


def test_a_filtered_export_holds_all_that_it_refers_to(project):
    other = samples.document("Karsovia thanked nobody.", "c.txt")
    plain = replace(samples.reading(other.text, "c.txt"), actors=())
    fill(project, samples.reading(), plain)
    rows = objects(project, Filter(actor="Örlén"))
    documents = {row["id"] for row in of_kind(rows, "document")}
    actors = {row["id"] for row in of_kind(rows, "actor")}
    assert len(documents) == 1
    assert of_kind(rows, "event") == []
    (statement,) = of_kind(rows, "statement")
    assert statement["document"] in documents
    assert {link["actor"] for link in statement["chain"]} | {about["actor"] for about in statement["about"]} <= actors
    assert {row["kind"] for row in objects(project, Filter(type="COERCE"))} == {"document", "actor", "event"}


def test_boilerplate_keeps_its_labels(project):
    document = replace(samples.document("News. Menu"), body=((0, 5),), boilerplate=(Block(6, 10, "menu"),))
    fill(project, replace(samples.reading("News. Menu"), document=document))
    assert objects(project)[0]["boilerplate"] == [[6, 10, "menu"]]


def test_an_unfinished_file_is_never_left(project, tmp_path):
    fill(project, samples.reading())
    export(project, "jsonl", tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == jsonl(project)
    assert {path.name for path in tmp_path.iterdir()} == {"project", "out.jsonl"}


def test_what_cannot_be_written_is_told(project, tmp_path):
    with pytest.raises(SettingsError, match="there is no format 'xml': known are jsonl, csv, xlsx, "):
        export(project, "xml", tmp_path / "out")
    with pytest.raises(SettingsError, match="makes a folder"):
        export(project, "csv", io.BytesIO())
    (tmp_path / "file").write_text("")
    for format in FORMATS:
        with pytest.raises(ProjectError, match="cannot be written"):
            export(project, format, tmp_path / "file" / "out")


def test_a_folder_that_is_there_keeps_what_else_it_holds(project, tmp_path):
    fill(project, samples.reading())
    (tmp_path / "vault" / "events").mkdir(parents=True)
    (tmp_path / "vault" / "events" / "mine.md").write_text("my own note")
    for _ in range(2):
        export(project, "vault", tmp_path / "vault")
    assert {path.name for path in (tmp_path / "vault").iterdir()} == {"actors", "documents", "events", "README.md"}
    assert (tmp_path / "vault" / "events" / "mine.md").read_text() == "my own note"
    assert len(list((tmp_path / "vault" / "events").iterdir())) == 2


def test_every_format_can_be_filtered(project, tmp_path):
    fill(project, samples.reading(), samples.reading(f"{samples.ARTICLE}{samples.unrelated(1)}", "b.txt"))
    for format in FORMATS:
        export(project, format, tmp_path / format, Filter(type="AID"))
    assert (tmp_path / "plover").read_bytes() == b""


def test_the_documentation_lists_each_format_as_the_registry_does():
    page = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")
    for one in FORMATS.values():
        assert f"| `{one.name}` | {one.kind} | {one.what} | {one.opened_by} |" in page
