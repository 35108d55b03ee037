"""A text cut into the units that are judged: lines, pieces of lines that hold several things, wrapped paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median

from dragoman.gather.lexicon import markers

_TEASER = range(40, 401)
"""Characters of a truncated teaser."""
_MAX_REPEATED = 40
_DIVISIBLE = 20
"""Shorter lines hold one thing."""
_TRUNCATED = re.compile(r"(?<=[\w,’\"])(?:\.\.\.|…)(?=\s{1,3}[^\W\d_a-zа-яё]|\s{1,3}[“\"‘«(\d])")
_GLUED_BYLINE = re.compile(r"(?<=[^\W_])(?=By (?:[A-Z][a-z]{0,4}\. )?[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z])")
_SEAM = re.compile(r"(?<=[^\W\d_A-ZÀ-ÞА-Я])(?=[A-ZÀ-ÞА-ЯĞİŞÖÜÇƏ][^\W\d_A-ZÀ-ÞА-Я])")
_GLUED_DATE = re.compile(r"(?<=[^\W\d_])(?=\d{1,2}\.\d{1,2}\.\d{4})|(?<=\d:\d\d)(?=[A-ZÀ-ÞА-Я])")
_MENU_WORD = 30
_ENDED = re.compile(r"[.!?…”\"»]\s")
_HEADER_BYLINE = re.compile(r"[^\n!?]{0,80}?\d[^\n!?]{0,30}?\s(?=By [A-Z])")
_SIGN_OFF = re.compile(
    r"(?<=[.!?”\"])\s{1,3}(?=\(?(?:Reporting|Additional reporting|Writing|Editing|Compiled|Translated) by [A-Z])"
)
_DATE_HEADER = re.compile(r"(?i:date|published|updated|posted)(?: on)?:?\s+\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S{0,12})?\b")
_WRAPPED = range(45, 101)
_MAX_HEADER_WORDS = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text without white space at its ends. `line` is the index of its (first) line."""

    start: int
    end: int
    text: str
    line: int


def units(text: str) -> list[Unit]:
    """The units of `text` in order, with nothing but white space between. Every Unicode line separator ends a line."""
    lines = list(_lines(text))
    repeated = _repeated_teasers(text, lines)
    found: list[Unit] = []
    position = 0
    while position < len(lines):
        until = _even_run(lines, position)
        if _is_wrapped(lines[position:until]):
            start, end = lines[position].start, lines[until - 1].end
            found.append(Unit(start, end, text[start:end], lines[position].line))
        else:
            for line in lines[position:until]:
                found += _pieces(text, line, repeated)
        position = until
    return found


def _lines(text: str) -> Iterator[Unit]:
    position = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        bare = line.strip()
        if bare:
            start = position + len(line) - len(line.lstrip())
            yield Unit(start, start + len(bare), bare, number)
        position += len(line)


def _even_run(lines: list[Unit], first: int) -> int:
    """The end of the run of lines, without a blank line between, that might be one hard-wrapped paragraph."""
    last = first + 1
    while (
        last < len(lines)
        and lines[last].line == lines[last - 1].line + 1
        and len(lines[last - 1].text) in _WRAPPED
        and len(lines[last].text) <= _WRAPPED.stop
    ):
        last += 1
    return last


def _is_wrapped(run: list[Unit]) -> bool:
    """Three lines or more of about one length, which begin and end amid sentences."""
    if len(run) < 3:
        return False
    full = [unit.text for unit in run[:-1]]
    width = median(map(len, full))
    broken = sum(text[-1].isalnum() or text[-1] == "," for text in full)
    even = sum(abs(len(text) - width) <= 12 for text in full)
    within = sum(unit.text[0].islower() for unit in run[1:])
    return broken * 3 >= len(full) * 2 and even * 10 >= len(full) * 9 and within * 2 >= len(full)


def _repeated_teasers(text: str, lines: list[Unit]) -> list[str]:
    """Truncated teasers that stand at the start of a line, to be found again inside other lines."""
    found: dict[str, None] = {}
    for line in lines:
        cut = _TRUNCATED.search(line.text, 0, _TEASER.stop + 4)
        end = cut.end() if cut else (len(line.text) if line.text.endswith(("...", "…")) else 0)
        if end in _TEASER:
            found.setdefault(line.text[:end])
            if len(found) == _MAX_REPEATED:
                break
    return [teaser for teaser in found if text.count(teaser) > 1]


def _pieces(text: str, line: Unit, repeated: list[str]) -> Iterator[Unit]:
    content = line.text
    if len(content) < _DIVISIBLE:
        yield line
        return
    cuts = set(_repeated_cuts(content, repeated)) if repeated else set()
    if "..." in content or "…" in content:
        cuts |= set(_teaser_cuts(content))
    cuts |= set(_glued_cuts(content))
    if "y " in content:
        cuts |= {found.start() for pattern in (_GLUED_BYLINE, _SIGN_OFF) for found in pattern.finditer(content)}
    for start in sorted({0, *cuts}):
        cuts |= set(_opening_cuts(content, start))
    for found in _after_sentence().finditer(content) if _ENDED.search(content) else ():
        cuts |= {found.start("phrase"), found.end("phrase")}
    edges = [0, *sorted(cut for cut in cuts if 0 < cut < len(content)), len(content)]
    for start, end in pairwise(edges):
        piece = content[start:end]
        bare = piece.strip()
        if bare:
            begin = line.start + start + len(piece) - len(piece.lstrip())
            yield Unit(begin, begin + len(bare), bare, line.line)


def _teaser_cuts(content: str) -> Iterator[int]:
    """The ends of truncated teasers at the start of a line, one after the other."""
    start = 0
    for found in _TRUNCATED.finditer(content):
        if found.end() - start not in _TEASER:
            return
        yield found.end()
        start = found.end()


def _repeated_cuts(content: str, repeated: list[str]) -> Iterator[int]:
    for teaser in repeated:
        position = content.find(teaser)
        while position >= 0:
            yield position
            position += len(teaser)
            yield position
            position = content.find(teaser, position)


def _glued_cuts(content: str) -> Iterator[int]:
    """The edges of menu words, and of dates, that are glued to what stands beside them."""
    seams = [found.start() for found in _SEAM.finditer(content)]
    for start, end in pairwise([0, *seams, len(content)]) if seams else ():
        piece = content[start:end].strip().lower() if end - start <= _MENU_WORD else ""
        if piece and (piece in markers().bar or piece in markers().header):
            yield start
            yield end
    yield from (found.start() for found in _GLUED_DATE.finditer(content))


def _opening_cuts(content: str, start: int) -> Iterator[int]:
    """Cuts after what opens a piece: a marker phrase, or a header with a date before a byline."""
    while content[start : start + 1].isspace():
        start += 1
    while found := _opening_marker().match(content, start):
        start = found.end()
        yield start
        while content[start : start + 1].isspace():
            start += 1
    if dated := _DATE_HEADER.match(content, start):
        yield dated.end()
        yield from _opening_cuts(content, dated.end())
        return
    header = _HEADER_BYLINE.match(content, start) if "By " in content else None
    if header and len(header[0].split()) <= _MAX_HEADER_WORDS:
        yield header.end()


@cache
def _phrases() -> str:
    listed = markers().header.items()
    several = [phrase for phrase, label in listed if label != "credit" and " " in phrase and len(phrase) >= 9]
    ordered = sorted(several, key=len, reverse=True)
    capitalised = [re.escape(phrase[0].upper() + phrase[1:]).replace("'", "['’]") for phrase in ordered]
    return "|".join([*capitalised, "read more", "read full story"])


@cache
def _opening_marker() -> re.Pattern[str]:
    return re.compile(rf"(?:{_phrases()})(?=\s+[^\W\d_a-zа-яё]|\s+[“\"‘«(\d])")


@cache
def _after_sentence() -> re.Pattern[str]:
    return re.compile(
        rf"(?<=[.!?…”\"»])\s{{1,3}}(?P<phrase>(?:{_phrases()}))(?=\s*\Z|[.!:]?\s+[^\W\d_a-zа-яё]|[.!:]\s*\Z)"
    )
