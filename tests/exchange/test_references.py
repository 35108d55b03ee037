"""Documents open in reference managers, whatever their titles hold."""

import io
import json

import bibtexparser
import pytest
import rispy
import samples
from bibtexparser.middlewares import LatexDecodingMiddleware

from dragoman.exchange import export

from .filling import fill, hostile

NASTY = (
    "A title\nER  - \nTY  - JOUR",
    "}, author = {Somebody Else",
    "100% of \\input{/etc/passwd} & $x$ #1 a_b ~^",
    "@misc{x, title = {y}}",
    '"quoted" <b>bold</b>',
    "{{{",
    "Ärger über Öl – Ñandú",
)


def written(project, format):
    out = io.BytesIO()
    export(project, format, out)
    return out.getvalue().decode()


def dated(project, *dates):
    fill(
        project,
        *(
            samples.reading(source=f"https://herald.example/{number}?a=%20{{b}}", published=date, title=str(date))
            for number, date in enumerate(dates)
        ),
    )


def one_line(text):
    return " ".join(text.split())


def test_ris_keeps_each_document_apart(project):
    hostile(project, NASTY)
    entries = rispy.loads(written(project, "ris"))
    assert {entry["title"] for entry in entries} == {one_line(title) for title in NASTY}
    assert {entry["type_of_reference"] for entry in entries} == {"NEWS"}
    assert {entry["name_of_database"] for entry in entries} == {"Dragoman, format version 3"}


def test_bibtex_keeps_each_document_apart(project):
    hostile(project, NASTY)
    library = bibtexparser.parse_string(written(project, "bibtex"), append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    assert len(library.entries) == len(NASTY)
    titles = {entry.fields_dict["title"].value.replace(" ", "") for entry in library.entries}
    assert {"Ärger über Öl – Ñandú".replace(" ", ""), "@misc{x,title={y}}"} <= titles
    assert {tuple(sorted(entry.fields_dict)) for entry in library.entries} == {
        ("author", "date", "howpublished", "language", "month", "note", "title", "year")
    }
    assert "format version 3" in library.comments[0].comment


def test_braces_of_bibtex_are_balanced(project):
    hostile(project, NASTY)
    for entry in written(project, "bibtex").split("\n@misc")[1:]:
        depth = 0
        for char in entry:
            depth += (char == "{") - (char == "}")
            assert depth >= 0
        assert depth == 0


def test_csl_keeps_each_document_apart(project):
    hostile(project, NASTY)
    items = json.loads(written(project, "csl"))
    assert {item["title"] for item in items} == {one_line(title) for title in NASTY}
    assert {item["custom"]["format_version"] for item in items} == {3}
    assert items[0]["issued"] == {"date-parts": [[2031, 5, 4]]}


@pytest.mark.parametrize(
    ("date", "csl", "ris", "bibtex"),
    [
        ("2031-05-04", {"date-parts": [[2031, 5, 4]]}, ("2031", "2031/05/04/", None), ("2031", "may", "2031-05-04")),
        ("2031-05", {"date-parts": [[2031, 5]]}, ("2031", None, "2031-05"), ("2031", "may", "2031-05")),
        (
            "2031-05-04~",
            {"date-parts": [[2031, 5, 4]], "circa": True},
            ("2031", None, "2031-05-04~"),
            ("2031", "may", "2031-05-04~"),
        ),
        ("2031-21", {"date-parts": [[2031]], "season": 1}, ("2031", None, "2031-21"), ("2031", None, "2031-21")),
        ("XXXX-05-04", None, (None, None, "XXXX-05-04"), (None, None, None)),
        (None, None, (None, None, None), (None, None, None)),
    ],
)
def test_a_date_is_as_full_as_it_is_known(project, date, csl, ris, bibtex):
    dated(project, date)
    (item,) = json.loads(written(project, "csl"))
    assert (item.get("issued"), item["custom"]["published"]) == (csl, date)
    (entry,) = rispy.loads(written(project, "ris"))
    assert (entry.get("year"), entry.get("date"), entry.get("custom1")) == ris
    fields = bibtexparser.parse_string(written(project, "bibtex")).entries[0].fields_dict
    assert tuple(fields[name].value if name in fields else None for name in ("year", "month", "date")) == bibtex


def test_an_address_is_an_address(project):
    dated(project, "2031-05-04")
    (item,) = json.loads(written(project, "csl"))
    (entry,) = rispy.loads(written(project, "ris"))
    assert item["URL"] == "https://herald.example/0?a=%20{b}"
    assert (item["type"], entry["type_of_reference"]) == ("webpage", "ELEC")
    assert entry["urls"] == ["https://herald.example/0?a=%20{b}"]
    (found,) = bibtexparser.parse_string(written(project, "bibtex")).entries
    assert found.fields_dict["url"].value == "https://herald.example/0?a=%20%7Bb%7D"
