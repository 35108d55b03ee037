"""Documents of a word processor, written here by hand: which of their text is read, in which order."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest

from dragoman.errors import InputError
from dragoman.gather import document
from dragoman.gather.docx import docx_source, docx_text
from dragoman.gather.isolated import Isolated

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LEDE = "Velmark has called its ambassador home from Tarsia after talks on the fishing grounds broke down on Monday."


@pytest.fixture(scope="module")
def isolated() -> Iterator[Isolated]:
    with Isolated() as process:
        yield process


def p(*texts: str) -> str:
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts) + "</w:p>"


def part(content: str, root: str = "document", before: str = "") -> str:
    body = f"<w:body>{content}</w:body>" if root == "document" else content
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:{root} xmlns:w="{W}">{body}</w:{root}>'


def docx(content: str, **others: str) -> bytes:
    """A document; `others` are further parts by their names, with _ for / and the suffix left out."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", part(content))
        for name, text in others.items():
            archive.writestr(f"{name.replace('_', '/')}.xml", text)
    return out.getvalue()


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>Velmark recalls\n its envoy</dc:title><dc:creator>Lina Orsk</dc:creator><dc:subject>x</dc:subject>"
    "<dcterms:created>2031-04-07T10:15:00Z</dcterms:created></cp:coreProperties>"
)


def test_paragraphs_are_lines_whose_runs_are_joined_and_whose_properties_are_no_text(isolated: Isolated) -> None:
    tabs = '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>By</w:t><w:tab/><w:t>Lina</w:t></w:r></w:p>'
    found = docx_text(docx(p("Velmark re", "calls ", "its envoy") + tabs + p() + p(LEDE)), "a.docx", isolated)
    assert found.text == f"Velmark recalls its envoy\nBy\tLina\n\n{LEDE}"


def test_a_row_of_a_table_is_a_line_with_tabs_also_where_a_table_stands_in_it(isolated: Isolated) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('two')}</w:tc><w:tc>{p('three')}</w:tc></w:tr></w:tbl>"
    row = f"<w:tr><w:tc>{p('Port')}{p('Salis')}</w:tc><w:tc>{p('one')}{inner}</w:tc><w:tc>{p()}</w:tc></w:tr>"
    found = docx_text(docx(p("Ships") + f"<w:tbl>{row}</w:tbl>" + p("End")), "a.docx", isolated)
    assert found.text == "Ships\nPort Salis\tone two\tthree\t\nEnd".replace("\t\n", "\n")


def test_notes_come_last_and_headers_and_footers_not_at_all(isolated: Isolated) -> None:
    line = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>----</w:t></w:r></w:p></w:footnote>'
    notes = part(f'{line}<w:footnote w:id="1">{p("See the treaty.")}</w:footnote>', "footnotes")
    data = docx(p(LEDE), word_footnotes=notes, word_header1=part(p("SECRET"), "hdr"), word_footer1=part(p("3"), "ftr"))
    assert docx_text(data, "a.docx", isolated).text == f"{LEDE}\n\nSee the treaty."


def test_what_was_deleted_and_what_stands_there_twice_for_older_programs_is_left_out(isolated: Isolated) -> None:
    deleted = "<w:del><w:r><w:delText>never</w:delText><w:t>never</w:t></w:r></w:del>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">{p("In a box")}</mc:Choice>'
        f"<mc:Fallback>{p('In a box')}</mc:Fallback></mc:AlternateContent>"
    )
    content = f"<w:p>{deleted}<w:ins><w:r><w:t>soon</w:t></w:r></w:ins></w:p>{box}"
    assert docx_text(docx(content), "a.docx", isolated).text == "soon\nIn a box"


def test_what_a_document_says_about_itself_comes_with_it(isolated: Isolated) -> None:
    data = docx(p("Velmark recalls its envoy") + p(LEDE), docProps_core=CORE)
    found = docx_text(data, "a.docx", isolated)
    assert (found.title, found.author, found.published) == ("Velmark recalls its envoy", "Lina Orsk", "2031-04-07")
    made = document(docx_source(data, "a.docx", isolated))
    assert (made.title, made.published.value) == ("Velmark recalls its envoy", "2031-04-07")


def test_a_document_that_says_nothing_about_itself_is_read(isolated: Isolated) -> None:
    found = docx_text(docx(p(LEDE)), "a.docx", isolated)
    assert (found.text, found.title, found.author, found.published) == (LEDE, None, None, None)


def other_archive() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (docx(p(" ")), "without any text"),
        (docx("<w:p>"), "broken XML"),
        (docx(p(LEDE))[:300], "broken .docx"),
        (b"plain", "broken .docx"),
        (b"", "broken .docx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old or encrypted"),
        (other_archive(), "no .docx"),
    ],
    ids=["blank", "xml", "cut", "other", "empty", "old", "sheet"],
)
def test_a_document_that_cannot_be_read_says_why(isolated: Isolated, data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=f"a.docx.* {why}"):
        docx_source(data, "a.docx", isolated)
