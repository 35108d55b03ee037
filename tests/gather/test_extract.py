"""trafilatura's second opinion on which lines are the article: what it changes, and that it can do no harm."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.gather import Layout, Source, document
from dragoman.gather.extract import Opinion, article_hint, settled
from dragoman.gather.isolated import Isolated, Limits
from dragoman.model import Block, Document

PAGES = sorted((Path(__file__).parents[2] / "bench" / "extraction").glob("*.html"))
SENTENCES = [
    "Kell sent sixty nurses and four hundred tents to the flooded south of Estany on Saturday morning.",
    "The column of lorries crossed the bridge at Brenn at dawn, and soldiers let the bar down behind the last of them.",
    "A dozen villages along the lower Ilva can be reached only by boat, the authorities said.",
]
BANNER = "We and our partners store information on your device and read it to show you what fits you best."
HTML = "<html><body><article>" + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES) + "</article></body></html>"
SLOW = b"<html><body><p>" + b"<b>x</b> " * 60_000


def laid_out(lines: list[str], junk: tuple[int, ...] = (), parts: tuple[int, ...] = ()) -> tuple[str, Layout]:
    """A text of these lines, of which those of `junk` are not the article and those of `parts` are its headline."""
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    spans: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        if i not in junk:
            joins = bool(spans) and i - 1 not in junk
            spans[len(spans) - joins :] = [(spans[-1][0] if joins else starts[i], starts[i] + len(line))]
    blocks = {i: Block(starts[i], starts[i] + len(lines[i]), "menu" if i in junk else "headline") for i in junk + parts}
    return text, Layout(tuple(spans), tuple(blocks[i] for i in junk), tuple(blocks[i] for i in parts))


def body(text: str, layout: Layout) -> list[str]:
    return [line for start, end in layout.body for line in text[start:end].split("\n")]


def test_the_article_of_a_page_is_told_with_the_page_s_bytes() -> None:
    opinion = article_hint(HTML.encode())
    assert opinion.note is None
    assert all(opinion.keeps(sentence) for sentence in SENTENCES)
    assert not opinion.keeps(BANNER)


@pytest.mark.parametrize("html", [b"", b"<html></html>", b"\0\xff\xfe", b"<div>" * 10_000 + b"far below"])
def test_a_page_without_an_article_gives_a_note(html: bytes) -> None:
    opinion = article_hint(html)
    assert opinion.text == ""
    assert opinion.note


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    with Isolated(Limits(seconds=0.2)) as hasty:
        late = article_hint(SLOW, hasty)
    assert "longer than" in str(late.note) or "memory" in str(late.note)
    with Isolated(Limits(seconds=30.0)) as patient:
        assert article_hint(HTML.encode(), patient).note is None


def test_a_page_that_needs_too_much_memory_is_given_up_and_the_next_one_is_read() -> None:
    with Isolated(Limits(seconds=30.0, memory=300 << 20)) as small:
        assert article_hint(b"<p>" + b"<b><i>x</i></b> " * 300_000, small).note
        assert article_hint(HTML.encode(), small).note is None


def test_a_process_that_is_killed_is_replaced() -> None:
    with Isolated() as process:
        assert article_hint(HTML.encode(), process).note is None
        os.kill(process._process.pid, 9)
        process._process.join()
        assert article_hint(HTML.encode(), process).note is None


def test_a_line_above_the_article_that_the_opinion_drops_is_no_longer_the_article() -> None:
    text, layout = laid_out([BANNER, *SENTENCES])
    changed = settled(text, layout, Opinion("\n".join(SENTENCES)))
    assert body(text, changed) == SENTENCES
    assert [(text[block.start : block.end], block.label) for block in changed.boilerplate] == [(BANNER, "related")]


def test_a_line_that_is_dropped_below_junk_is_called_what_that_is() -> None:
    text, layout = laid_out(["Home", BANNER, *SENTENCES], junk=(0,))
    changed = settled(text, layout, Opinion("\n".join(SENTENCES)))
    assert [block.label for block in changed.boilerplate] == ["menu", "menu"]


def test_a_sentence_amid_the_article_stays_although_the_opinion_drops_it_and_a_label_does_not() -> None:
    quote = "“And now?” asked one of them."
    text, layout = laid_out([SENTENCES[0], quote, SENTENCES[1], "Other briefs", SENTENCES[2]])
    changed = settled(text, layout, Opinion("\n".join(SENTENCES)))
    assert body(text, changed) == [SENTENCES[0], quote, *SENTENCES[1:]]


def test_the_headline_and_the_times_of_a_live_blog_stay() -> None:
    text, layout = laid_out(["Kell sends nurses", "18:40", *SENTENCES, "12:10"], parts=(0,))
    assert settled(text, layout, Opinion("\n".join(SENTENCES))) == layout


@pytest.mark.parametrize("told", ["", "Too short.", f"{BANNER} {BANNER}", f"{SENTENCES[0]} {BANNER}"])
def test_an_opinion_on_something_else_changes_nothing(told: str) -> None:
    text, layout = laid_out([BANNER[:40], *SENTENCES])
    assert settled(text, layout, Opinion(told, None if told else "it took too long")) == layout


def found(page: Path) -> tuple[Document, Layout, Layout]:
    html = re.sub("[⟦⟧⟨⟩]", "", page.read_text("utf-8"))
    read = document(Source(page.name, html, markup=True))
    layout = Layout(read.body, read.boilerplate, read.parts, read.author)
    return read, layout, settled(read.text, layout, article_hint(html.encode()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_is_settled_holds_every_character_once_and_adds_nothing_to_the_article(page: Path) -> None:
    read, before, after = found(page)
    spans = sorted([*after.body, *((block.start, block.end) for block in after.boilerplate)])
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    held = "".join(read.text[start:end] for start, end in spans)
    assert "".join(held.split()) == "".join(read.text.split())
    assert all(any(s <= start and end <= e for s, e in before.body) for start, end in after.body)
    assert after.parts == before.parts


def test_a_hidden_copy_does_not_change_what_is_settled() -> None:
    hidden = f"<div style='display:none'>{''.join(f'<p>{sentence}</p>' for sentence in SENTENCES)}</div>"
    for html in (
        HTML,
        HTML.replace("</article>", f"</article>{hidden}"),
        HTML.replace("<article>", f"{hidden}<article>"),
    ):
        read = document(Source("page.html", html, markup=True))
        layout = Layout(read.body, read.boilerplate, read.parts)
        assert body(read.text, settled(read.text, layout, article_hint(html.encode()))) == SENTENCES
