"""A second opinion on which lines of a page are its article: trafilatura's, asked in a process that may not outstay its time.

trafilatura (Apache-2.0, in its precision mode) is quadratic in places, so that it runs in a process with limits, which is
used again from page to page and replaced when it hangs or dies. It is handed bytes and fetches nothing.
bench/extraction.py tells what it brings.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from dragoman.errors import DragomanError
from dragoman.gather.isolated import Isolated, Limits
from dragoman.gather.layout import Layout
from dragoman.model import Block, Span

SECONDS = 10.0
MEGABYTES = 500
_WORDS = re.compile(r"\w+")
_JOINERS = re.compile("[\u200b-\u200f\u00ad\u2060\ufeff]")
_ENDED = (".", "!", "?", "…", "”", '"', "»", ":", "؟", "。", "۔", ")")
_TELLING = 100
"""Characters; an extraction shorter than this is not one."""
_AGREED = 0.6
"""The share of our article's words that an extraction must hold to be about the same article."""
_HELD = 0.5
_GRAM = 3
_SHORT = 12


@dataclass(frozen=True)
class Opinion:
    """What trafilatura takes for the article of a page."""

    text: str = ""
    note: str | None = None
    """Why there is no text; None where there is some."""

    @cached_property
    def _words(self) -> list[str]:
        return _words(self.text)

    @cached_property
    def _grams(self) -> set[tuple[str, ...]]:
        return _grams(self._words)

    @cached_property
    def _joined(self) -> str:
        return f" {' '.join(self._words)} "

    def keeps(self, line: str) -> bool:
        """Half of the line's word trigrams stand in the text; of a line of fewer than four words, all of it does."""
        words = _words(line)
        if len(words) <= _GRAM:
            return f" {' '.join(words)} " in self._joined
        grams = _grams(words)
        return len(grams & self._grams) >= _HELD * len(grams)


def article_hint(html: bytes, isolated: Isolated | None = None) -> Opinion:
    """trafilatura's opinion on a page, which is UTF-8 in bytes, from the process of `isolated` or one that is kept for all.

    The kept one takes at most `SECONDS` and `MEGABYTES` a page. Where they do not suffice, or nothing is found, the opinion
    is empty and its note says why; it raises nothing.
    """
    try:
        found = (isolated or kept_process()).run(_extracted, html, "the page")
    except DragomanError as error:
        return Opinion(note=f"trafilatura gives no second opinion: {error}")
    return Opinion(found) if found else Opinion(note="trafilatura finds no article on the page")


def settled(text: str, layout: Layout, opinion: Opinion) -> Layout:
    """`layout` without the lines of its article that the opinion drops and that stand where junk stands.

    These are lines before the first or after the last line on which both agree, and amid the article short lines that are
    no sentence. Headline, byline and dateline stay, and so do lines without words, such as the times of a live blog.
    Where the opinion holds too little of the article, it is about something else, and nothing is changed.
    """
    lines = list(_lines(text, layout.body))
    if len(opinion.text) < _TELLING or not lines:
        return layout
    kept = [opinion.keeps(text[start:end]) for start, end in lines]
    whole = sum(len(_words(text[start:end])) for start, end in lines)
    agreed = sum(len(_words(text[start:end])) for (start, end), keep in zip(lines, kept, strict=True) if keep)
    if agreed < _AGREED * whole:
        return layout
    first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
    dropped = [
        (start, end)
        for index, (start, end) in enumerate(lines)
        if not kept[index]
        and (not first < index < last or _is_label(text[start:end]))
        and _has_letters(text[start:end])
        and not any(part.start < end and start < part.end for part in layout.parts)
    ]
    return _without(layout, lines, dropped) if dropped else layout


def _without(layout: Layout, lines: list[Span], dropped: list[Span]) -> Layout:
    gone = set(dropped)
    junk = {block.start: block for block in layout.boilerplate}
    places = sorted([*lines, *((block.start, block.end) for block in layout.boilerplate)])
    body: list[Span] = []
    label: str | None = None
    amid = False
    for start, end in places:
        if start in junk:
            label = junk[start].label
        elif (start, end) in gone:
            label = label or "related"
            junk[start] = Block(start, end, label)
        else:
            body[len(body) - amid :] = [(body[-1][0] if amid else start, end)]
            label = None
        amid = start not in junk
    return replace(layout, body=tuple(body), boilerplate=tuple(junk[start] for start in sorted(junk)))


def _lines(text: str, spans: tuple[Span, ...]) -> Iterator[Span]:
    for start, end in spans:
        for found in re.finditer(r"[^\n]+", text[start:end]):
            bare = found[0].strip()
            if bare:
                begin = start + found.start() + len(found[0]) - len(found[0].lstrip())
                yield begin, begin + len(bare)


def _is_label(line: str) -> bool:
    return len(line.split()) < _SHORT and not line.endswith(_ENDED)


def _has_letters(line: str) -> bool:
    return any(character.isalpha() for character in line)


def _words(text: str) -> list[str]:
    return _WORDS.findall(_JOINERS.sub("", text).lower())


def _grams(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)}


@cache
def kept_process() -> Isolated:
    """The process that trafilatura and what it brings run in, for pages that say nothing of one of their own."""
    return Isolated(Limits(seconds=SECONDS, memory=MEGABYTES << 20))


# A forked process must not share the pipe: the answers would get mixed up.
os.register_at_fork(after_in_child=kept_process.cache_clear)


def _extracted(html: bytes, _: str) -> str:
    """Runs in the process."""
    from trafilatura import extract

    return extract(html, favor_precision=True, include_comments=False) or ""
