"""The tables hold the same in a workbook and in Parquet, and nothing in a workbook runs."""

import io
from dataclasses import replace

import openpyxl
import pyarrow.parquet as parquet
import pytest
import samples

from dragoman.errors import SettingsError
from dragoman.exchange import export, xlsx
from dragoman.exchange.tables import TABLES

from .filling import fill, hostile


@pytest.fixture
def workbook(tmp_path):
    def written(project):
        export(project, "xlsx", tmp_path / "out.xlsx")
        return openpyxl.load_workbook(tmp_path / "out.xlsx")

    return written


def rows(sheet):
    head, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found]


def test_a_workbook_has_a_sheet_for_each_table_and_one_that_explains_them(project, workbook):
    fill(project, samples.reading(title="A title"))
    book = workbook(project)
    assert book.sheetnames == ["README", *(table.name for table in TABLES)]
    assert "format version 3" in book["README"]["A1"].value
    (document,), (event,) = rows(book["documents"]), rows(book["events"])
    assert (document["title"], document["published"], document["author"]) == ("A title", "2031-05-04", None)
    assert (event["quad"], event["actor"], event["date"]) == (4, "state:XKA", "2031-05-03")
    (statement,) = rows(book["statements"])
    assert (statement["confidence"], statement["chain"]) == (0.5, "Dana Örlén > The Tarn Herald")


def test_no_cell_of_a_workbook_is_a_formula_or_an_error(project, workbook):
    hostile(project, ("=1+1", "#REF!", "+1", "@x", "\t=1", "_x0041_", "a\x07b", "＝1"))
    for sheet in workbook(project):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n", "inlineStr")
            assert not str(cell.value).startswith(("=", "+", "@", "＝"))


def test_controls_and_look_alikes_of_their_escapes_come_back_as_they_were(project, workbook):
    hostile(project, ("_x0041_", "a\x07b"))
    titles = [openpyxl.utils.escape.unescape(row["title"]) for row in rows(workbook(project)["documents"])]
    assert sorted(titles) == ["_x0041_", "a\x07b"]


def test_what_a_cell_cannot_hold_is_cut_and_says_so(project, workbook):
    fill(project, samples.reading(title="🦊" * 20_000))
    (document,) = rows(workbook(project)["documents"])
    assert document["title"].endswith("🦊 [cut]")
    assert len(document["title"].encode("utf-16-le")) <= 2 * xlsx.LONGEST


def test_a_table_that_is_full_goes_on_in_another_sheet(project, workbook, monkeypatch):
    monkeypatch.setattr(xlsx, "ROWS", 3)
    fill(project, *(samples.reading(source=f"{number}.txt") for number in range(4)))
    book = workbook(project)
    assert [name for name in book.sheetnames if name.startswith("doc")] == ["documents", "documents 2"]
    found = [row["source"] for name in ("documents", "documents 2") for row in rows(book[name])]
    assert sorted(found) == ["0.txt", "1.txt", "2.txt", "3.txt"]


def test_parquet_keeps_lists_and_numbers(project, tmp_path):
    fill(project, samples.reading(title="=1+1"))
    export(project, "parquet", tmp_path / "out")
    (event,) = parquet.read_table(tmp_path / "out" / "events.parquet").to_pylist()
    assert (event["actor"], event["context"], event["quad"]) == (["state:XKA"], ["diplomatic"], 4)
    assert event["mode"] is None
    table = parquet.read_table(tmp_path / "out" / "documents.parquet")
    assert table.to_pylist()[0]["title"] == "=1+1"
    assert table.schema.metadata[b"format_version"] == b"3"
    assert "format version 3" in (tmp_path / "out" / "README.txt").read_text("utf-8")


def test_parquet_without_pyarrow_says_what_to_install(project, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(SettingsError, match=r"pip install 'dragoman\[parquet\]'"):
        export(project, "parquet", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_workbook_can_be_piped(project):
    fill(project, samples.reading())
    out = io.BytesIO()
    export(project, "xlsx", out)
    assert openpyxl.load_workbook(out)["events"].max_row == 2


def test_an_empty_project_makes_empty_tables(project, workbook, tmp_path):
    assert rows(workbook(project)["events"]) == []
    export(project, "parquet", tmp_path / "out")
    assert parquet.read_table(tmp_path / "out" / "events.parquet").num_rows == 0


def test_a_quotation_with_a_breaking_name_is_whole(project, workbook):
    reading = samples.reading()
    speaker = replace(reading.statements[0].speaker, name="</t></is></c><c><f>1+1</f></c>")
    fill(project, replace(reading, statements=(replace(reading.statements[0], speaker=speaker),)))
    (statement,) = rows(workbook(project)["statements"])
    assert statement["speaker_name"] == "</t></is></c><c><f>1+1</f></c>"
