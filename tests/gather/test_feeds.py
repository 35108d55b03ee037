"""Feeds of every kind in, the pages they name out."""

from __future__ import annotations

import json

import pytest

from dragoman.errors import InputError
from dragoman.gather.feeds import parse_feed
from dragoman.gather.url_lists import Entry

URL = "https://harbour.example/news/feed.xml"

RSS_2 = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
     xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>The Harbour &amp; Quay</title><link>https://harbour.example/</link>
  <atom:link href="https://harbour.example/news/feed.xml" rel="self"/>
  <image><title>Logo</title><url>https://harbour.example/logo.png</url></image>
  <item>
    <title>Nine Ports &lt;b&gt;close&lt;/b&gt; to Vell</title>
    <link>/news/1?a=1&amp;b=2</link>
    <media:title>Not this</media:title>
    <description><![CDATA[<p>The council met &amp; decided.</p>]]></description>
    <content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded>
    <dc:creator>Ada Marsh</dc:creator>
    <pubDate>Mon, 06 May 2024 23:30:00 +0300</pubDate>
    <source url="https://wire.example/rss">Wire of the Isles</source>
  </item>
  <item><title>By its guid</title><guid>https://harbour.example/news/2</guid><pubDate>7 May 2024 10:00 GMT</pubDate></item>
  <item><title>Again</title><link>https://harbour.example/news/1?a=1&amp;b=2#comments</link></item>
  <item><title>Runs</title><link>java
script:alert(1)</link><guid isPermaLink="false">https://harbour.example/x</guid></item>
  <item><title>Local</title><link>file:///etc/passwd</link></item>
  <item><title>Inline</title><link>data:text/html,hello</link></item>
  <item><title>Nowhere</title></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?>
<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="https://quay.example/">
  <a:title type="text">Quay &lt;daily&gt;</a:title>
  <a:entry xml:base="2024/">
    <a:title type="html">Talks &amp;amp; silence</a:title>
    <a:link rel="enclosure" href="talk.mp3"/><a:link rel="alternate" type="text/html" href="talks"/>
    <a:id>tag:quay.example,2024:1</a:id>
    <a:published>2024-05-06T10:00:00Z</a:published><a:updated>2024-05-08T10:00:00Z</a:updated>
    <a:author><a:name>Bo Lind</a:name><a:email>bo@quay.example</a:email></a:author>
    <a:summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p title="a&quot;b">One &lt; two.</p></div></a:summary>
  </a:entry>
  <a:entry><a:title>Plain &lt;text&gt;</a:title><a:link href="plain"/><a:updated>2024-05-09T00:00:00Z</a:updated>
    <a:content>1 &lt; 2</a:content></a:entry>
</a:feed>"""

RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:d="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://isles.example/"><title>Isles</title></channel>
<item rdf:about="https://isles.example/1"><title>First</title><link>https://isles.example/1</link>
  <d:date>2003-02-01T08:00+00:00</d:date><d:creator>C. Reed</d:creator></item>
<item rdf:about="https://isles.example/2"><title>Second</title></item>
</rdf:RDF>"""

RSS_091 = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE rss PUBLIC "-//Invented//DTD RSS 0.91//EN" "https://nowhere.example/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old caf\u00e9</title>
<item><title>Ferry</title><link>http://old.example/ferry</link></item></channel></rss>"""


def test_rss_2_gives_titles_links_dates_authors_and_summaries() -> None:
    feed = parse_feed(RSS_2.encode(), URL)
    assert feed.title == "The Harbour & Quay"
    assert feed.damaged is None
    assert feed.entries == (
        Entry(
            "https://harbour.example/news/1?a=1&b=2",
            title="Nine Ports close to Vell",
            published="2024-05-06",
            outlet="Wire of the Isles",
            author="Ada Marsh",
            summary="<p>The council met &amp; decided.</p>",
        ),
        Entry("https://harbour.example/news/2", title="By its guid", published="2024-05-07"),
    )


def test_links_that_run_or_open_files_are_dropped_and_counted_like_copies() -> None:
    assert parse_feed(RSS_2.encode(), URL).dropped == {"again": 1, "not a web address": 3, "no address": 1}


def test_atom_resolves_links_by_xml_base_and_keeps_published_apart_from_modified() -> None:
    feed = parse_feed(ATOM.encode(), URL)
    assert feed.title == "Quay <daily>"
    talks, plain = feed.entries
    assert talks.link == "https://quay.example/2024/talks"
    assert (talks.title, talks.author) == ("Talks & silence", "Bo Lind")
    assert (talks.published, talks.modified) == ("2024-05-06", "2024-05-08")
    assert talks.summary == '<div><p title="a&quot;b">One &lt; two.</p></div>'
    assert plain == Entry("https://quay.example/plain", "Plain <text>", summary="1 &lt; 2", modified="2024-05-09")


def test_rss_1_reads_dublin_core_under_any_prefix() -> None:
    feed = parse_feed(RSS_1.encode(), URL)
    assert feed.title == "Isles"
    assert feed.entries == (
        Entry("https://isles.example/1", "First", "2003-02-01", author="C. Reed"),
        Entry("https://isles.example/2", "Second"),
    )


def test_rss_091_with_its_document_type_in_latin_1_is_read_and_the_type_not_fetched() -> None:
    feed = parse_feed(RSS_091.encode("latin-1"), URL)
    assert feed.title == "Old café"
    assert [entry.link for entry in feed.entries] == ["http://old.example/ferry"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-be"])
def test_a_feed_is_read_in_the_encoding_it_comes_in(encoding: str) -> None:
    assert len(parse_feed(RSS_2.encode(encoding), URL).entries) == 2


def test_a_json_feed_is_read_and_what_has_the_wrong_type_is_passed_over() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Ports",
        "items": [
            {
                "id": "1",
                "url": "/one",
                "title": "One",
                "date_published": "2024-05-06T01:00:00+02:00",
                "authors": [{"name": "Dee"}],
                "content_text": "a < b",
            },
            {"id": "https://ports.example/two", "title": 7, "authors": "nobody", "author": {"name": "Old"}},
            {"id": 3},
            "nothing",
            {"url": "javascript:void(0)"},
        ],
    }
    read = parse_feed(json.dumps(feed).encode(), "https://ports.example/feed.json")
    assert read.title == "Ports"
    assert read.entries == (
        Entry("https://ports.example/one", "One", "2024-05-06", author="Dee", summary="a &lt; b"),
        Entry("https://ports.example/two", author="Old"),
    )
    assert read.dropped == {"no address": 2, "not a web address": 1}


BROKEN = {
    "undeclared entities and bare ampersands": (
        "<rss><channel><item><title>Fish&nbsp;& chips &copy; Q&A</title><link>http://a.example/?x=1&copy=2</link></item>",
        Entry("http://a.example/?x=1&copy=2", "Fish & chips © Q&A"),
    ),
    "undeclared prefixes": (
        "<rss><channel><item><link>http://a.example/1</link><dc:date>2020-01-02</dc:date></item></channel></rss>",
        Entry("http://a.example/1", published="2020-01-02"),
    ),
    "junk before the declaration": (
        "\n\nWarning: 3 < 4 <?xml version='1.0'?><rss><item><link>http://a.example/1</link></item></rss>",
        Entry("http://a.example/1"),
    ),
    "unescaped markup that is not closed": (
        "<rss><item><description><p>One<br>two</description><link>http://a.example/1</link></item></rss>",
        Entry("http://a.example/1", summary="<p>One<br>two</br></p>"),
    ),
    "a title that is not closed": (
        "<rss><item><link>http://a.example/1</link><author>x@a.example (Ann Lee)</author><guid>u</item></rss>",
        Entry("http://a.example/1", author="Ann Lee"),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_feed_is_read_as_far_as_it_goes(case: str) -> None:
    body, entry = BROKEN[case]
    assert parse_feed(body.encode(), URL).entries == (entry,)


def test_a_feed_that_was_cut_off_says_so() -> None:
    feed = parse_feed(RSS_2[: RSS_2.index("By its guid")].encode(), URL)
    assert [entry.title for entry in feed.entries] == ["Nine Ports close to Vell"]
    assert feed.dropped == {"no address": 1}
    assert feed.damaged == "it ends inside <title>"


def test_an_empty_feed_is_a_feed() -> None:
    assert parse_feed(b"<rss><channel><title>Quiet</title></channel></rss>", URL).entries == ()


def test_a_date_that_a_program_made_up_is_none() -> None:
    body = "<rss><item><link>http://a.example/1</link><pubDate>{}</pubDate></item></rss>"
    for date in (
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "soon",
        "Mon, 99 May 2024",
        "9" * 90,
    ):
        assert parse_feed(body.format(date).encode(), URL).entries[0].published is None


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<!DOCTYPE html><html><head><title>x</title></head></html>", "an HTML page"),
        (b"<urlset><url><loc>http://a.example/</loc></url></urlset>", "a sitemap"),
        (b"<opml><body/></opml>", "<opml>"),
        (b"Not found", "neither XML nor JSON"),
        (b"https://a.example/feed", "neither XML nor JSON"),
        (b"/etc/passwd", "neither XML nor JSON"),
        (b"", "is empty"),
        (b'{"items": 1}', "no list of items"),
        (b'{"items": [', "is not JSON"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_what_is_no_feed_is_refused_with_what_it_is(body: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        parse_feed(body, URL)
