"""Feeds and sitemaps that are built to hurt: each is refused or read in bounded time and memory."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.gather.feeds import parse_feed
from dragoman.gather.sitemaps import MAX_BYTES, parse_sitemap

URL = "https://evil.example/feed"
SECONDS = 20
BYTES = 400_000_000
Parse = Callable[[bytes, str], object]
PARSERS = pytest.mark.parametrize(
    ("parse", "root"), [(parse_feed, b"rss"), (parse_sitemap, b"urlset")], ids=["feed", "sitemap"]
)

BOMB = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"ha" * 10) for n in range(10))


@contextmanager
def bounded() -> Iterator[None]:
    start = time.monotonic()
    yield
    assert time.monotonic() - start < SECONDS


@PARSERS
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_entities_are_refused_in_every_encoding(parse: Parse, root: bytes, encoding: str) -> None:
    name = root.decode()
    text = f"<?xml version='1.0'?>\n<!-- x --><!DOCTYPE {name} [{BOMB.decode()}]><{name}>&e9;</{name}>"
    with bounded(), pytest.raises(InputError, match="declares entities"):
        parse(text.encode(encoding), URL)


@PARSERS
def test_a_file_named_as_an_entity_is_not_opened(parse: Parse, root: bytes, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the treasure of the Nine Ports", "utf-8")
    for kind in ("x", "% x"):
        body = f'<!DOCTYPE r [<!ENTITY {kind} SYSTEM "{secret.as_uri()}">]><{root.decode()}>&x;</{root.decode()}>'
        with pytest.raises(InputError, match="declares entities"):
            parse(body.encode(), URL)


def test_an_entity_that_slips_past_is_left_as_it_stands(tmp_path: Path) -> None:
    late = b'<rss><!DOCTYPE r SYSTEM "file:///etc/passwd"><item><title>&x;&e9;</title><link>http://a.example/</link></item></rss>'
    padded = (
        b"<!DOCTYPE r"
        + b" " * 20_000
        + b'[<!ENTITY x "boo">]><rss><item><title>&x;&e9;</title><link>http://a.example/</link></item></rss>'
    )
    for body in (late, padded):
        assert [entry.title for entry in parse_feed(body, URL).entries] == ["&x;&e9;"]


@PARSERS
def test_ten_thousand_nested_elements_are_refused(parse: Parse, root: bytes) -> None:
    for nested in (b"<a>" * 10_000, b"<item>" * 10_000, b"<description>" * 10_000 + b"x" + b"</description>" * 10_000):
        with bounded(), pytest.raises(InputError, match="deeper than"):
            parse(b"<" + root + b">" + nested, URL)


def test_thirty_megabytes_of_text_are_refused_or_read_in_bounded_memory() -> None:
    text = b"word " * 6_000_000
    tracemalloc.start()
    try:
        with bounded(), pytest.raises(InputError, match="at most"):
            parse_feed(b"<rss><item><title>" + text + b"</title></item></rss>", URL)
        with bounded():
            found = parse_sitemap(b"<urlset><url><loc>" + text + b"</loc></url></urlset>", URL)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.pages == ()
    assert peak < BYTES


MEGABYTES = 5_000_000
SHAPES = {
    "empty elements": b"<a/>",
    "elements": b"<item></item>",
    "openings": b"<",
    "open tags": b"<a b=1 ",
    "quotes": b"<a b='",
    "attributes": b"a='1' ",
    "ampersands": b"&",
    "references": b"&x;",
    "numbers": b"&#99999999",
    "end tags": b"</a>",
    "half end tags": b"</",
    "comments": b"<!--",
    "closed comments": b"<!---->",
    "sections": b"<![CDATA[",
    "closed sections": b"<![CDATA[]]>",
    "section ends": b"]]>",
    "instructions": b"<?>",
    "declarations": b"<!DOCTYPE ",
    "declared": b"<!DOCTYPE>",
    "namespaces": b"<a xmlns:b='c'/>",
    "lines": b"\n",
    "links": b"<item><link>http://a.example/</link></item>",
    "markup in text": b"<item><title>&lt;a &lt;b</title></item>",
}


@pytest.mark.parametrize("shape", SHAPES)
@PARSERS
def test_megabytes_of_one_thing_take_bounded_time(parse: Parse, root: bytes, shape: str) -> None:
    unit = SHAPES[shape]
    start = b"<" + root + (b" " if shape in ("attributes", "quotes") else b">")
    with bounded(), suppress(InputError):
        parse(start + unit * (MEGABYTES // len(unit)), URL)


def test_deep_markup_around_a_long_text_is_not_copied_at_each_level() -> None:
    body = b"<rss><item><description>" + b"<p>" * 190 + b"x" * 15_000_000
    with bounded():
        parse_feed(body, URL)


def test_a_sitemap_that_unpacks_without_end_is_refused() -> None:
    bomb = gzip.compress(bytes(MAX_BYTES * 4))
    tracemalloc.start()
    try:
        with bounded(), pytest.raises(InputError, match="unpacks to more"):
            parse_sitemap(bomb, URL)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < BYTES


def test_gzip_streams_one_after_another_are_counted_together() -> None:
    with bounded(), pytest.raises(InputError, match="unpacks to more"):
        parse_sitemap(gzip.compress(bytes(MAX_BYTES // 2)) * 3, URL)


@pytest.mark.parametrize(
    "body",
    [
        b"{" * 1_000_000,
        b'{"items": ' + b"[" * 1_000_000,
        b'{"items": [' + b"[]," * 3_000_000 + b"1]}",
        b'{"items": [], "a": ' + b"9" * 5_000_000 + b"}",
        b'{"items": [' + b'{"url": ' * 900_000,
    ],
    ids=["braces", "brackets", "lists", "digits", "objects"],
)
def test_json_that_is_built_to_hurt_is_refused(body: bytes) -> None:
    with bounded(), pytest.raises(InputError, match="JSON"):
        parse_feed(body, URL)
