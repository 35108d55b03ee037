"""HTML pages: the text a reader sees, where the article is in it, and what the page says about itself."""

from __future__ import annotations

import time

import pytest

from dragoman.errors import InputError
from dragoman.gather import Source, document
from dragoman.model import Document

LEDE = "Velmark has called its ambassador home from Tarsia after talks on the fishing grounds broke down on Monday."
SECOND = "“We cannot go on as before,” said Foreign Minister Edda Krall, who flew back from the islands in the night."
THIRD = "Tarsia’s government rejected the demand and said that the crew would stand trial in the capital."


def page(body: str, head: str = "") -> Document:
    html = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return document(Source("page.html", html, markup=True))


def body_of(found: Document) -> str:
    return "\n".join(found.text[start:end] for start, end in found.body)


NEWS = f"""
<header class="site-header"><a href="/">The Harbour Gazette</a>
<nav><ul><li><a href="/">Home</a><li><a href="/w">World</a></ul></nav></header>
<main><article><h1>Velmark recalls its envoy</h1><div class="byline">By <a href="/l">Lina Orsk</a></div>
<figure><img src="x.jpg"><figcaption>The embassy in Port Salis on Monday evening</figcaption></figure>
<p>{LEDE}</p>
<aside class="related"><h3>Background</h3><a href="/1">Tarsia seizes a trawler in the disputed bay</a></aside>
<p>{SECOND}<br>She took no questions.</p><p>{THIRD}</p></article>
<section id="comments"><h3>2 comments</h3>
<p>Nobody listens to the fishermen of the coast, as I have said for years.</p></section>
</main><footer><p>© 2031 The Harbour Gazette. All rights reserved.</p></footer>"""

BLOG = f"""
<div id="wrap" class="layout-with-sidebar"><div class="post"><h2 class="post-title">Velmark recalls its envoy</h2>
<div class="entry-content"><p>{LEDE}<p>{SECOND}<p>{THIRD}</div></div>
<div class="sidebar"><div class="widget"><h4>Recent posts</h4><ul><li><a href="1">Storm warning for the islands</a>
<li><a href="2">The price of bread</a></ul></div>
<p>This blog is written in a lighthouse by two people and a cat who do not agree.</p>
</div></div>"""

TABLES = f"""
<table><tr><td><a href="/">Main</a> | <a href="/n">News</a> | <a href="/c">Contact</a></td></tr>
<tr><td><b>Velmark recalls its envoy</b><br><br>{LEDE}<br><br>{SECOND}<br><br>{THIRD}</td></tr>
<tr><td><a href="/1">Storm warning for the islands</a><br><a href="/2">The price of bread rises</a></td></tr></table>"""


@pytest.mark.parametrize("html", [NEWS, BLOG, TABLES], ids=["news", "blog", "tables"])
def test_the_body_of_a_page_is_the_article_with_its_headline(html: str) -> None:
    found = page(html)
    body = body_of(found)
    assert body.startswith("Velmark recalls its envoy\n")
    for sentence in (LEDE, SECOND, THIRD):
        assert sentence in body
    for other in ("Home", "seizes", "Storm", "bread", "lighthouse", "Nobody", "rights", "Main", "evening"):
        assert other not in body
    assert found.title == "Velmark recalls its envoy"


def test_a_page_keeps_all_that_can_be_seen_and_labels_what_is_not_the_article() -> None:
    found = page(NEWS)
    labels = {found.text[block.start : block.end]: block.label for block in found.boilerplate}
    assert labels["Home"] == "menu"
    assert labels["Tarsia seizes a trawler in the disputed bay"] == "related"
    assert labels["The embassy in Port Salis on Monday evening"] == "credit"
    assert labels["2 comments"] == "form"
    assert labels["© 2031 The Harbour Gazette. All rights reserved."] == "credit"
    assert [part.label for part in found.parts] == ["headline", "byline"]
    assert (found.author, found.outlet) == ("Lina Orsk", "The Harbour Gazette")


def test_what_cannot_be_seen_is_not_in_the_text() -> None:
    hidden = (
        "<script>var a = '<p>no</p>';</script><style>no{}</style><noscript>no</noscript><template>no</template>"
        '<div hidden>no</div><div style="display: none">no</div><span class="sr-only">no</span>'
        "<!-- no --><svg><text>no</text></svg>"
    )
    assert page(f"{hidden}<p>{LEDE}</p>", "<title>no</title>").text == LEDE


def test_entities_inline_markup_and_white_space_become_running_text() -> None:
    html = "<p>The  <b>Nine\n Ports</b>&nbsp;&amp; Velm<i>ark</i> met &#8212; again&hellip; un<wbr>til&shy; late</p>"
    assert page(html).text == "The Nine Ports\xa0& Velmark met — again… un til late"


def test_a_page_says_when_by_whom_and_where_it_was_published() -> None:
    json_ld = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Envoy recalled",'
        '"datePublished": "2031-04-07T23:30:00-05:00", "author": [{"name": "Lina Orsk"}, {"name": "Odo Marsen"}],'
        '"publisher": {"name": "The Harbour Gazette"}}]}</script>'
    )
    found = page(f"<p>{LEDE}</p><p>{SECOND}</p>", json_ld)
    assert (found.title, found.author, found.outlet) == (
        "Envoy recalled",
        "Lina Orsk, Odo Marsen",
        "The Harbour Gazette",
    )
    assert (found.published.value, found.published.basis) == ("2031-04-07", "metadata")


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2031-04-07T09:00:00Z">', "2031-04-07"),
        ('<meta name="DC.date.issued" content="2031-04-07">', "2031-04-07"),
        ('<meta itemprop="datePublished" content="Mon, 07 Apr 2031 09:00:00 +0200">', "2031-04-07"),
        ('<meta name="date" content="April 7, 2031">', "2031-04-07"),
        ('<meta name="date" content="2031-04">', "2031-04"),
        ('<meta name="date" content="2031-13-45">', None),
        ('<meta name="date" content="yesterday">', None),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": </script>', None),
        ('<script type="application/ld+json">' + "[" * 50_000 + "</script>", None),
    ],
)
def test_dates_in_the_metadata_are_read_to_the_day_or_not_at_all(head: str, date: str | None) -> None:
    assert page(f"<p>{LEDE}</p>", head).published.value == date


def test_one_time_element_dates_a_page_and_several_that_differ_do_not() -> None:
    assert page(f'<p>{LEDE}</p><time datetime="2031-04-07T09:00">Monday</time>').published.value == "2031-04-07"
    times = '<time datetime="2031-04-07">Monday</time><time datetime="2031-04-08">Tuesday</time>'
    assert page(f"<p>{LEDE}</p>{times}").published.value is None


def test_the_address_names_the_outlet_where_nothing_else_does() -> None:
    assert (
        page(f"<p>{LEDE}</p>", '<link rel="canonical" href="https://www.gazette.example/a">').outlet
        == "gazette.example"
    )
    assert document(Source("www.gazette.example_envoy.txt", LEDE)).outlet == "gazette.example"
    assert document(Source("000_f024ed57.txt", LEDE)).outlet is None


def test_a_page_without_text_is_an_error_that_says_so() -> None:
    with pytest.raises(InputError, match="without any text"):
        page('<div id="app"></div><script>start()</script>')


HOSTILE = {
    "inline tags": "<b><i>x</i></b>" * 70_000,
    "unclosed inline tags": "<b><i>x" * 100_000,
    "nested elements": "<div>" * 10_000 + LEDE + "</div>" * 10_000,
    "nested regions": '<div class="menu"><div class="related">' * 20_000 + LEDE,
    "stray end tags": "<div>" * 50_000 + "</section></b>" * 50_000 + LEDE,
    "unclosed quotes": LEDE + "<a b='" * 100_000,
    "open angles": "<" * 1_000_000,
    "open comments": LEDE + "<!--" * 250_000,
    "open scripts": LEDE + "<script>" * 100_000,
    "one tag of many attributes": "<a " + "b=1 " * 250_000 + ">" + LEDE,
    "paragraphs": "<p>The minister spoke again" * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_rendered_in_bounded_time(name: str) -> None:
    started = time.process_time()
    assert page(HOSTILE[name]).text
    assert time.process_time() - started < 8
