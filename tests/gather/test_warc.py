"""Web archives: which records are pages, how they are unpacked, and what is said about the others."""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from pathlib import Path

import brotli
import pytest

from dragoman.gather import Failure, Source, document
from dragoman.gather.warc import warc_sources

LEDE = "Velmark has called its ambassador home from Tarsia after talks on the fishing grounds broke down on Monday."
PAGE = f"<html><body><h1>Velmark recalls its envoy</h1><p>{LEDE}</p></body></html>".encode()


def record(
    address: str,
    body: bytes = PAGE,
    *,
    headers: str = "Content-Type: text/html\r\n",
    status: str = "200 OK",
    kind: str = "response",
    length: object = None,
) -> bytes:
    """A record as a crawler writes it; `length` is what it says of itself where that is not so."""
    content = f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2031-04-07T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(content) if length is None else length}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def read(tmp_path: Path, data: bytes, skipped: Counter[str] | None = None) -> list[Source | Failure]:
    path = tmp_path / "crawl.warc"
    path.write_bytes(data)
    return list(warc_sources(path, "crawl.warc", skipped))


def names(found: list[Source | Failure]) -> list[str]:
    return [one.name if isinstance(one, Source) else one.problem for one in found]


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_an_archive_are_named_by_their_addresses_and_the_rest_is_counted(
    tmp_path: Path, packed: bool
) -> None:
    records = [
        record("https://a.example/1"),
        record("https://a.example/1", kind="request"),
        record("https://a.example/x.png", headers="Content-Type: image/png\r\n"),
        record("https://a.example/gone", status="404 Not Found"),
        record("<https://a.example/2>", LEDE.encode(), headers="Content-Type: text/plain; charset=utf-8\r\n"),
    ]
    skipped = Counter[str]()
    found = read(tmp_path, b"".join(map(gzip.compress, records) if packed else records), skipped)
    assert names(found) == ["https://a.example/1", "https://a.example/2"]
    assert [one.markup for one in found if isinstance(one, Source)] == [True, False]
    assert [one.published for one in found if isinstance(one, Source)] == [None, None]
    assert skipped == {"request": 1, "other content": 1, "other status": 1}
    assert isinstance(found[0], Source)
    made = document(found[0])
    assert LEDE in made.text
    assert made.outlet == "a.example"


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE[:40]) + gzip.compress(PAGE[40:])),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", deflated(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("identity", PAGE),
        ("gzip, br", brotli.compress(gzip.compress(PAGE))),
        ("gzip", PAGE),
        ("br", PAGE),
    ],
    ids=["gzip", "two members", "zlib", "raw deflate", "br", "identity", "twice", "unpacked already", "br unpacked"],
)
def test_a_content_is_unpacked_as_the_answer_says(tmp_path: Path, coding: str, body: bytes) -> None:
    headers = f"Content-Type: text/html\r\nContent-Encoding: {coding}\r\n"
    (found,) = read(tmp_path, record("https://a.example/1", body, headers=headers))
    assert isinstance(found, Source)
    assert found.content == PAGE.decode()


@pytest.mark.parametrize("body", [b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), PAGE], ids=["framed", "unframed"])
def test_the_frames_of_a_chunked_answer_are_taken_away_where_the_crawler_kept_them(tmp_path: Path, body: bytes) -> None:
    headers = "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    (found,) = read(tmp_path, record("https://a.example/1", body, headers=headers))
    assert isinstance(found, Source)
    assert found.content == PAGE.decode()


def test_a_charset_of_the_answer_is_believed_unless_the_page_is_utf_8(tmp_path: Path) -> None:
    text = "Совет Девяти Портов собрался в понедельник."
    for charset, data in (("windows-1251", text.encode("cp1251")), ("iso-8859-1", text.encode())):
        headers = f"Content-Type: text/plain; charset={charset}\r\n"
        (found,) = read(tmp_path, record("https://a.example/1", data, headers=headers))
        assert isinstance(found, Source)
        assert found.content == text


def test_an_empty_page_and_an_empty_archive_are_rows_of_the_report(tmp_path: Path) -> None:
    assert names(read(tmp_path, record("https://a.example/1", b" \n"))) == ["empty"]
    assert names(read(tmp_path, b"")) == ["empty"]
    assert names(list(warc_sources(tmp_path / "none.warc", "none.warc"))) == ["unreadable"]
