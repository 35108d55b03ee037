"""What holds for every text: nothing is lost, nothing overlaps, and time is bounded."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.gather import Source, article_spans, document

LINES = st.sampled_from(
    [
        "Most read", "1", "Read more", "Support Coastwatch", "By Odo Marsen", "date 2031-04-09",
        "Home | News | Contact", "...",
        "Velmark recalls its envoy from Tarsia",
        "PORT SALIS (Norda) - The harbours are closed.", "© 2031 The Salis Post",
        "The ministry said on Monday that the crew of the trawler would stand trial in the capital before the summer.",
        "Analysts in the city believe that the visit was arranged by the bishop of the islands, who has known both...",
        "Vous n'êtes pas connecté", "Подпишитесь на наш канал", "“", " ", "\t", "\ufeff", "\u200b", "😀 e\u0301",
    ]
)  # fmt: skip
BREAKS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", " ", ""])
PAGES = st.lists(st.tuples(st.one_of(LINES, st.text(max_size=60)), BREAKS).map("".join), max_size=25).map("".join)
TAGS = st.sampled_from(
    [
        "<p>", "</p>", "<div class=nav>", "</div>", "<br/>",
        "<!--", "-->", "<a href='", "&amp;", "<h1>", "<script>",
        "</script>", "<li>", "<td>", "</", "<main>", "<span hidden>", "</span>",
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAGES)
def test_body_and_boilerplate_hold_every_character_once(text: str) -> None:
    layout = article_spans(text)
    spans = sorted([*layout.body, *((block.start, block.end) for block in layout.boilerplate)])
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        position = end
    assert not text[position:].strip()
    assert list(layout.body) == sorted(layout.body)
    assert [b.start for b in layout.boilerplate] == sorted(b.start for b in layout.boilerplate)
    for part in layout.parts:
        assert part.label in ("headline", "byline", "dateline")
        assert any(start <= part.start < part.end <= end for start, end in layout.body)
    assert {block.label for block in layout.boilerplate} <= {"menu", "teaser", "related", "form", "credit"}
    assert article_spans(text) == layout


@settings(max_examples=60, deadline=None)
@given(PAGES.filter(lambda text: bool(text.strip())))
def test_the_text_of_a_plain_source_is_exactly_what_came_in(text: str) -> None:
    found = document(Source("a.txt", text)).text
    assert all(
        was == now or (now == "\ufffd" and "\ud800" <= was <= "\udfff") for was, now in zip(text, found, strict=True)
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(PAGES, TAGS), max_size=12).map("".join))
def test_any_markup_gives_lines_that_body_and_boilerplate_cover(html: str) -> None:
    if "<html" in html or not html.strip():
        return
    try:
        found = document(Source("a.html", html, markup=True))
    except InputError:
        return
    covered = [*found.body, *((block.start, block.end) for block in found.boilerplate)]
    assert sum(end - start for start, end in covered) + found.text.count("\n") >= len(found.text.replace(" ", ""))


SENTENCE = "The minister said that the talks would go on. "
LONG = {
    "one line": SENTENCE * 110_000,
    "no spaces": "a" * 5_000_000,
    "dots": ". " * 1_000_000,
    "teasers in a line": "The minister said... That the talks... " * 130_000,
    "short lines": "\n".join(f"Line {number} of the news" for number in range(50_000)),
    "one short line again and again": "Most read\n" * 50_000,
    "even lines": "\n".join(["x" * 70 + " and"] * 20_000),
    "quotes": "“" * 10_000 + SENTENCE + "”" * 10_000,
    "glued bylines": "aBy Xx" * 800_000,
    "white space": "a." + " " * 5_000_000 + "b",
}


@pytest.mark.parametrize("name", LONG)
def test_long_texts_take_seconds(name: str) -> None:
    started = time.process_time()
    assert article_spans(LONG[name])
    assert time.process_time() - started < 15
