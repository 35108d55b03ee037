"""Lists of addresses as GDELT, Media Cloud and people write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest

from dragoman.errors import InputError
from dragoman.gather import url_lists
from dragoman.gather.url_lists import Entry, parse_url_list, web_address

ONE, TWO = "https://harbour.example/news/1", "http://quay.example/2?a=b&c=d"


def tabs(width: int, **cells: str) -> str:
    """A row of `width` cells, those that are named c0, c1 and so on filled."""
    row = [""] * width
    for name, value in cells.items():
        row[int(name[1:])] = value
    return "\t".join(row)


def body(rows: Sequence[str], end: str = "\n") -> bytes:
    return "".join(row + end for row in rows).encode()


@pytest.mark.parametrize(("width", "added"), [(58, "20240507"), (61, "20240507120000")])
def test_gdelt_events_give_each_page_once_and_no_date_of_publication(width: int, added: str) -> None:
    last = {f"c{width - 1}": ONE, f"c{width - 2}": added}
    rows = [tabs(width, c0=str(number), c1="20240506", **last) for number in (101, 102)]
    rows.append(tabs(width, c0="103", c1="20240506", **{f"c{width - 1}": "BBC Monitoring"}))
    rows.append("cut\toff")
    found = parse_url_list(body(rows), "20240506.export.CSV")
    assert found.kind == "gdelt events"
    assert found.entries == (Entry(ONE),)
    assert found.dropped == {"again": 1, "not a web address": 1, "malformed row": 1}


def test_gdelt_mentions_give_the_outlet() -> None:
    row = tabs(16, c0="1", c1="20240506120000", c2="20240506121500", c3="1", c4="harbour.example", c5=ONE, c14="x")
    found = parse_url_list(body([row]), "mentions")
    assert found.kind == "gdelt mentions"
    assert found.entries == (Entry(ONE, outlet="harbour.example"),)


def test_gdelt_gkg_gives_title_date_and_outlet() -> None:
    extras = "<PAGE_LINKS>x</PAGE_LINKS><PAGE_TITLE>Ports &amp; tolls</PAGE_TITLE>"
    row = tabs(27, c0="20240506121500-0", c1="20240506121500", c2="1", c3="harbour.example", c4=ONE, c26=extras)
    found = parse_url_list(body([row]), "gkg")
    assert found.kind == "gdelt gkg"
    assert found.entries == (Entry(ONE, "Ports & tolls", "2024-05-06", "harbour.example"),)


@pytest.mark.parametrize("width", [11, 15])
@pytest.mark.parametrize("headed", [True, False])
def test_gdelt_gkg_1_has_several_pages_a_row(width: int, headed: bool) -> None:
    last = {f"c{width - 2}": "harbour.example;quay.example", f"c{width - 1}": f"{ONE}<UDIV>{TWO}"}
    rows = [tabs(width, c0="DATE", c1="NUMARTS")] * headed + [tabs(width, c0="20140506", c1="2", **last)]
    found = parse_url_list(body(rows), "gkg1")
    assert found.kind == "gdelt gkg"
    assert found.entries == (
        Entry(ONE, published="2014-05-06", outlet="harbour.example"),
        Entry(TWO, published="2014-05-06", outlet="quay.example"),
    )


def test_media_cloud_stories_give_title_date_and_outlet() -> None:
    rows = [
        "id,indexed_date,language,media_name,media_url,publish_date,title,url",
        f'1,2024-05-07 01:00:00,en,harbour.example,http://harbour.example,2024-05-06,"Tolls, again and ""again""",{ONE}',
        f"2,2024-05-07,en,quay.example,http://quay.example,,Quiet,{TWO}",
        "3,broken",
    ]
    found = parse_url_list(body(rows, "\r\n"), "stories.csv")
    assert found.kind == "table"
    assert found.entries == (
        Entry(ONE, 'Tolls, again and "again"', "2024-05-06", "harbour.example"),
        Entry(TWO, "Quiet", None, "quay.example"),
    )
    assert found.dropped == {"malformed row": 1}


def test_a_plain_list_has_an_address_a_line_and_may_hold_comments() -> None:
    found = parse_url_list(f"# mine\n\n{ONE}\r\n {TWO} \nfile:///etc/passwd\n{ONE}#part\n".encode(), "mine.txt")
    assert found.kind == "addresses"
    assert [entry.link for entry in found.entries] == [ONE, TWO]
    assert found.dropped == {"not a web address": 1, "again": 1}


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_archive_of_one_list_is_opened_as_gdelt_serves_them() -> None:
    assert parse_url_list(zipped(list=ONE.encode()), "x.zip").entries == (Entry(ONE),)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (zipped(a=b"1", b=b"2"), "2 files"),
        (zipped(a=ONE.encode())[:40], "cannot be opened"),
        (b"PK\x03\x04" + bytes(100), "cannot be opened"),
        (b"name,age\nAda,7\n", "its first line has name, age"),
        (b"once upon a time", "no list of pages"),
        (b"# nothing\nmailto:a@b.example\n", "names no page"),
        (b"", "is empty"),
    ],
)
def test_what_is_no_list_is_refused_with_what_it_is(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        parse_url_list(data, "given")


def test_a_zip_bomb_is_opened_no_further_than_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(url_lists, "MAX_BYTES", 1_000_000)
    with pytest.raises(InputError, match="larger than"):
        parse_url_list(zipped(a=bytes(50_000_000)), "bomb.zip")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVa\tScRiPt:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://a.example/",
        "mailto:a@b.example",
        "tag:a.example,2024:1",
        "http://",
        "http:///path",
        "http://[::1",
        "http://a.example:port/",
        "http://a b.example/",
        "http:\\\\a.example",
        "http://a.example/" + "x" * 5000,
        "/relative",
        "",
    ],
)
def test_what_is_no_web_address_is_none(address: str) -> None:
    assert web_address(address) is None


def test_a_relative_address_is_joined_to_its_page() -> None:
    assert web_address("../a b?x=\ny", "https://h.example/n/feed.xml") == "https://h.example/a%20b?x=y"
    assert web_address("//q.example/1", "https://h.example/") == "https://q.example/1"
    assert web_address("/1", "javascript:alert(1)") is None
