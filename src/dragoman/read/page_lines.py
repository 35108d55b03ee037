"""The lines of a page that may tell its date, and where each stands: in the head, the body or the foot."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.model import Block, Document, Span
from dragoman.read.date_words import Line, date_words, lines

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}|2100")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_READ = 400
"""Characters of a line that are looked at."""
_PROSE_WORDS = 25
_OPENING = 3
_OTHERS = frozenset({"related", "teaser", "form"})

Place = Literal["head", "body", "foot"]


@dataclass(frozen=True, slots=True)
class PageLine:
    """The beginning of a line that holds a year."""

    line: Line
    place: Place
    opening: bool
    """Whether it is one of the first lines of the body."""
    early: bool
    """Whether it stands before the body or is one of its first lines."""
    listed: bool
    """Whether it stands below a heading such as "Most read", before the body."""
    byline: bool
    dateline: Span | None


def page_lines(document: Document) -> list[PageLine]:
    """The lines with a year, without lists of other articles; for a page that nobody cleaned, prose marks the body."""
    others = [block for block in document.boilerplate if block.label in _OTHERS]
    bylines = [part for part in document.parts if part.label == "byline"]
    datelines = [part for part in document.parts if part.label == "dateline"]
    heads = [part for part in document.parts if part.label != "dateline"]
    headings = date_words().list_headings
    found: list[PageLine] = []
    listed, opening = False, 0
    for start, end, place in _placed(document):
        words = document.text[start:end].strip(" \t:#*|").lower() if end - start < _READ else ""
        if words in headings:
            if place == "body" and not document.body:
                break
            listed = True
        if place == "body":
            listed = False
            opening += _covering(heads, start) is None
        if _covering(others, start) is not None or not _YEAR.search(document.text, start, min(end, start + _READ)):
            continue
        for part in bylines[bisect_right(bylines, start, key=_start) : bisect_left(bylines, end, key=_start)]:
            found += (
                PageLine(line, place, False, True, False, True, None)
                for line in lines(document.text, part.start, part.end)
            )
        dateline = _covering(datelines, start)
        for line in lines(document.text, start, min(end, start + _READ)):
            found.append(
                PageLine(
                    line,
                    place,
                    place == "body" and opening <= _OPENING,
                    place == "head" or (place == "body" and opening <= _OPENING),
                    listed,
                    _covering(bylines, start) is not None,
                    (dateline.start, dateline.end) if dateline else None,
                )
            )
    return found


def _start(block: Block) -> int:
    return block.start


def _placed(document: Document) -> Iterator[tuple[int, int, Place]]:
    """Start, end and place of each line that is not blank; lines of boilerplate between body lines count as foot."""
    prose = False
    starts = [start for start, _ in document.body]
    for match in _LINE.finditer(document.text):
        words = match.group()[:_READ]
        if not words.strip():
            continue
        start = match.start() + len(words) - len(words.lstrip())
        place: Place
        if document.body:
            before = bisect_right(starts, start)
            inside = before > 0 and start < document.body[before - 1][1]
            place = "body" if inside else "head" if before == 0 else "foot"
        else:
            prose = prose or len(words.split()) >= _PROSE_WORDS
            place = "body" if prose else "head"
        yield start, match.end(), place


def _covering(blocks: Sequence[Block], position: int) -> Block | None:
    index = bisect_right(blocks, position, key=lambda block: block.start) - 1
    return blocks[index] if index >= 0 and position < blocks[index].end else None
