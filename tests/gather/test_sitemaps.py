"""Sitemaps in, pages and further sitemaps out; and the XML events that feeds share."""

from __future__ import annotations

import gzip
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.gather import sitemaps
from dragoman.gather.markup import Tag
from dragoman.gather.sitemaps import parse_sitemap, xml_events
from dragoman.gather.url_lists import Entry

URL = "https://harbour.example/sitemap.xml"

PAGES = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>
  https://harbour.example/1?a=1&amp;b=2 </loc><lastmod>2024-05-06T10:00:00+00:00</lastmod>
  <n:news><n:publication><n:name>The Harbour</n:name><n:language>en</n:language></n:publication>
  <n:publication_date>2024-05-05</n:publication_date><n:title>Ports &amp; tolls</n:title></n:news>
  <image:image><image:loc>https://harbour.example/1.jpg</image:loc></image:image></url>
<url><loc>/2</loc><lastmod>2024-05</lastmod></url>
<url><loc>https://harbour.example/2</loc></url>
<url><loc>javascript:alert(1)</loc></url>
<url><lastmod>2024</lastmod></url>
</urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://harbour.example/a.xml.gz</loc><lastmod>2024-05-06</lastmod></sitemap>
<sitemap><loc>ftp://harbour.example/b.xml</loc></sitemap></sitemapindex>"""


def test_pages_come_with_their_dates_and_their_news_tags() -> None:
    found = parse_sitemap(PAGES.encode(), URL)
    assert found.pages == (
        Entry(
            "https://harbour.example/1?a=1&b=2",
            title="Ports & tolls",
            published="2024-05-05",
            outlet="The Harbour",
            modified="2024-05-06",
        ),
        Entry("https://harbour.example/2", modified="2024-05"),
    )
    assert found.sitemaps == ()
    assert found.dropped == {"again": 1, "not a web address": 1, "no address": 1}
    assert found.damaged is None


def test_an_index_gives_sitemaps_and_no_pages() -> None:
    found = parse_sitemap(INDEX.encode(), URL)
    assert found.pages == ()
    assert found.sitemaps == (Entry("https://harbour.example/a.xml.gz", modified="2024-05-06"),)


def test_a_compressed_sitemap_is_unpacked_and_one_that_was_cut_says_so() -> None:
    whole = gzip.compress(PAGES.encode())
    assert parse_sitemap(whole, URL).pages == parse_sitemap(PAGES.encode(), URL).pages
    halves = gzip.compress(PAGES[:500].encode()) + gzip.compress(PAGES[500:].encode())
    assert parse_sitemap(halves, URL).pages == parse_sitemap(PAGES.encode(), URL).pages
    cut = parse_sitemap(whole[:-60], URL)
    assert len(cut.pages) >= 1
    assert cut.damaged is not None
    assert "gzip" in cut.damaged


def test_a_text_sitemap_has_an_address_a_line() -> None:
    found = parse_sitemap(b"\xef\xbb\xbfhttps://harbour.example/1\r\n\r\nhttps://harbour.example/2\r\n", URL)
    assert [page.link for page in found.pages] == ["https://harbour.example/1", "https://harbour.example/2"]


def test_no_more_pages_than_the_protocol_allows_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_PAGES", 3)
    found = parse_sitemap("\n".join(f"https://harbour.example/{n}" for n in range(5)).encode(), URL)
    assert len(found.pages) == 3
    assert found.dropped == {"too many": 2}


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<html><body>404</body></html>", "an HTML page"),
        (b"<rss><channel/></rss>", "a feed"),
        (b"User-agent: *\nDisallow: /", "neither XML nor addresses"),
        (b"<!-- nothing -->", "no XML element"),
        (b"\x1f\x8bnot gzip at all", "begins like gzip"),
    ],
)
def test_what_is_no_sitemap_is_refused_with_what_it_is(body: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        parse_sitemap(body, URL)


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20
)
NAMES = st.sampled_from(["item", "title", "link", "odd.name", "b-c", "Größe"])
NODES = st.recursive(
    st.one_of(
        TEXTS.map(escape),
        TEXTS.map(lambda text: f"<![CDATA[{text.replace(']]>', '')}]]>"),
        TEXTS.map(lambda text: f"<!--{text.replace('-', '')}-->"),
        st.just("<?go on?>"),
    ),
    lambda inner: st.builds(
        lambda name, value, content: (
            f"<{name} a={quoteattr(value)}>{''.join(content)}</{name}>"
            if content
            else f"<{name} a={quoteattr(value)} />"
        ),
        NAMES,
        TEXTS,
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(st.lists(NODES, max_size=4))
def test_well_formed_xml_gives_the_events_that_expat_gives(nodes: list[str]) -> None:
    text = f"<?xml version='1.0'?><!-- first --><root>{''.join(nodes)}</root>"
    damage: list[str] = []
    ours: list[object] = []
    for event in xml_events(text, "it", damage):
        one = event if isinstance(event, str) else (event.name, None if event.closing else event.attributes)
        _append(ours, one)
    theirs: list[object] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: _append(theirs, (name, attributes))
    parser.EndElementHandler = lambda name: _append(theirs, (name, None))
    parser.CharacterDataHandler = lambda data: _append(theirs, data)
    parser.Parse(text, True)
    assert ours == theirs
    assert damage == []


def _append(events: list[object], one: object) -> None:
    if isinstance(one, str) and events and isinstance(events[-1], str):
        events[-1] += one
    elif one != "":
        events.append(one)


@given(st.text(st.sampled_from("<>/!?-[]CDATA&;'\"= ab"), max_size=60))
def test_every_start_tag_has_its_end_tag_whatever_the_text_is(text: str) -> None:
    stack: list[str] = []
    try:
        for event in xml_events(text, "it", []):
            if isinstance(event, Tag) and event.closing:
                assert stack.pop() == event.name
            elif isinstance(event, Tag):
                stack.append(event.name)
            else:
                assert stack
    except InputError:
        return
    assert stack == []
