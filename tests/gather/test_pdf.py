"""PDFs, written here by hand: their text, what they say about themselves, and why some cannot be read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfWriter

from dragoman.errors import InputError
from dragoman.gather import document
from dragoman.gather.isolated import Isolated
from dragoman.gather.pdf import pdf_source, pdf_text

LINES = [
    "Velmark has called its ambassador home from Tarsia after talks on the fish-",
    "ing grounds broke down on Monday. “We cannot go on as before,” said For-",
    "eign Minister Edda Krall, who flew back from the islands in the night.",
]


@pytest.fixture(scope="module")
def isolated() -> Iterator[Isolated]:
    with Isolated() as process:
        yield process


def pdf(pages: list[list[str]], info: str = "", trailer: str = "", objects: tuple[bytes, ...] = ()) -> bytes:
    """A PDF with the lines of its pages in a standard font; its catalogue is object 1, `objects` come last."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    made = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in enumerate(pages):
        shown = b" T* ".join(b"(" + line.encode("cp1252").replace(b"(", b"\\(") + b") Tj" for line in lines)
        packed = zlib.compress(b"BT /F 11 Tf 14 TL 50 780 Td " + shown + b" ET")
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * number} 0 R"
        made.append(f"{page}/Resources<</Font<</F 3 0 R>>>>>>".encode())
        made.append(b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed))
    made += [f"<<{info}>>".encode("cp1252"), *objects]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(made, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(made) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    root = f"/Root 1 0 R/Info {4 + 2 * count} 0 R/Size {len(made) + 1}{trailer}"
    return bytes(out + f"trailer\n<<{root}>>\nstartxref\n{start}\n%%EOF\n".encode())


def test_the_text_of_a_pdf_is_read_line_by_line_and_divided_words_are_whole_again(isolated: Isolated) -> None:
    found = pdf_text(pdf([LINES]), "a.pdf", isolated)
    assert "talks on the fishing grounds broke down on Monday." in found.text.replace("\n", " ")
    assert "said Foreign Minister Edda Krall," in found.text.replace("\n", " ")
    assert found.pages == 1


def test_a_hyphen_stays_where_the_text_has_it_elsewhere_or_a_name_goes_on(isolated: Isolated) -> None:
    lines = ["The cease-fire holds, the Velmark-", "Tarsia talks do not, and the cease-", "fire line is quiet."]
    text = pdf_text(pdf([lines]), "a.pdf", isolated).text
    assert text == "The cease-fire holds, the Velmark-Tarsia talks do not, and the cease-fire line is quiet."


def test_a_sentence_runs_on_over_the_end_of_a_page(isolated: Isolated) -> None:
    found = pdf_text(pdf([["The envoy left the"], ["capital at dawn."], ["Nobody saw her."]]), "a.pdf", isolated)
    assert found.text == "The envoy left the\ncapital at dawn.\n\nNobody saw her."


def test_what_a_pdf_says_about_itself_comes_with_it(isolated: Isolated) -> None:
    info = "/Title(Velmark recalls its envoy)/Author(Lina Orsk)/CreationDate(D:20310407101500+02'00')"
    data = pdf([LINES], info)
    found = pdf_text(data, "a.pdf", isolated)
    assert (found.title, found.author, found.published) == ("Velmark recalls its envoy", "Lina Orsk", "2031-04-07")
    source = pdf_source(data, "a.pdf", isolated)
    made = document(source)
    assert (made.source, made.title, made.published.value) == ("a.pdf", "Velmark recalls its envoy", "2031-04-07")


@pytest.mark.parametrize("info", ["/Title(report_final.docx)/CreationDate(D:20311407)", "/Title 5/CreationDate[]", ""])
def test_metadata_that_say_nothing_are_none_and_do_not_cost_the_text(isolated: Isolated, info: str) -> None:
    found = pdf_text(pdf([LINES], info), "a.pdf", isolated)
    assert "Edda Krall" in found.text
    assert (found.author, found.published) == (None, None)


def test_a_pdf_that_is_only_protected_against_changes_is_read(isolated: Isolated) -> None:
    writer, out = PdfWriter(clone_from=BytesIO(pdf([LINES]))), BytesIO()
    writer.encrypt(user_password="", owner_password="x", algorithm="RC4-128")
    writer.write(out)
    assert "Edda Krall" in pdf_text(out.getvalue(), "a.pdf", isolated).text


def encrypted() -> bytes:
    lock = "<</Filter/Standard/V 1/R 2/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">/P -4>>"
    return pdf([LINES], trailer=f"/Encrypt 7 0 R/ID[<{'00' * 16}><{'00' * 16}>]", objects=(lock.encode(),))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (encrypted(), "encrypted"),
        (pdf([[], []]), "no text on its 2 pages.*OCR"),
        (b"%PDF-1.7\n%%EOF", "broken PDF"),
        (b"no PDF at all", "broken PDF"),
        (b"", "broken PDF"),
        (pdf([LINES])[:400], "broken PDF|no text"),
        (pdf([["x"]] * 1001), "1001 pages"),
    ],
    ids=["encrypted", "scan", "hollow", "other", "empty", "cut", "long"],
)
def test_a_pdf_that_cannot_be_read_says_why(isolated: Isolated, data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=f"a.pdf .*(?:{why})"):
        pdf_source(data, "a.pdf", isolated)
