"""Quotations: what stands between quotation marks, with marks lost, mismatched, nested or running over paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model import Span

OPENERS = "“«„‟"
CLOSERS = "”»"
STRAIGHT = '"＂'
MARKS = frozenset(OPENERS + CLOSERS + STRAIGHT)
_BEFORE_OPENING = frozenset(" \t\u00a0\u2009\u202f([{—–-:;,/‘'")
REACH = 12
"""Paragraphs that a quotation without new opening marks may run on before its closing mark."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch within one paragraph, marks included. `group` is shared by the paragraphs of one long quotation.

    `sound` is False where a mark was lost and a bound had to be guessed.
    """

    start: int
    end: int
    group: int
    sound: bool = True


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Outermost quotations of double marks in paragraphs, in the order of the text; single marks stay inside them.

    A quotation that is not closed runs on into the next paragraph if that opens with a mark of its own, or if the first
    mark found within the next paragraphs closes; else it ends with its paragraph. A closing mark that nothing opened
    closes a quotation from the last colon or the start of its paragraph.
    """
    out: list[Quotation] = []
    group = 0
    running = False
    marks = [_marks(text, start, end) for start, end in paragraphs]
    for n, (start, end) in enumerate(paragraphs):
        found = marks[n]
        if running and not found:
            out.append(Quotation(start, end, group))
            continue
        begun = start if running else -1
        if running and found[0] == (start, "open"):
            found = found[1:]
        if running and len(found) % 2 == 0 and _runs_on(text, paragraphs, marks, n):
            out.append(Quotation(start, end, group))
            continue
        running = False
        for i, (at, kind) in enumerate(found):
            if begun == start and begun not in (mark for mark, _ in found) and (kind == "open" or _paired(found, i)):
                continue  # a pair of marks inside a quotation that began in an earlier paragraph
            if kind == "open" and begun >= 0:
                continue  # nested
            if kind == "open":
                group += 1
                begun = at
            elif kind == "close":
                if begun < 0:
                    group += 1
                    out.append(Quotation(_lost_opening(text, start, at, out), at + 1, group, False))
                else:
                    out.append(Quotation(begun, at + 1, group))
                begun = -1
        if begun >= 0:
            running = _runs_on(text, paragraphs, marks, n)
            out.append(Quotation(begun, end, group, running))
    return tuple(quotation for quotation in out if quotation.end - quotation.start > 2)


def _marks(text: str, start: int, end: int) -> list[tuple[int, str]]:
    marks = []
    inside = False
    for at in range(start, end):
        char = text[at]
        if char not in MARKS:
            continue
        if char in OPENERS and not (char == "„" and inside):
            # “ before nothing closes, in badly scraped pages.
            kind = "open" if text[at + 1 : end].strip(" .,") else "close"
        elif char in CLOSERS:
            kind = "close"
        else:
            before = at == start or text[at - 1] in _BEFORE_OPENING
            after = at + 1 >= end or text[at + 1].isspace() or text[at + 1] in ".,;:!?)]}—–"
            kind = ("close" if inside else "open") if before == after else "open" if before else "close"
        inside = kind == "open"
        marks.append((at, kind))
    return marks


def _lost_opening(text: str, start: int, at: int, before: Sequence[Quotation]) -> int:
    """Where a quotation whose opening mark is missing begins: after the last colon, else where its paragraph begins."""
    floor = max([start, *(quotation.end for quotation in before if start < quotation.end <= at)])
    colon = text.rfind(": ", floor, at)
    begin = colon + 2 if colon >= 0 else floor
    while begin < at and text[begin].isspace():
        begin += 1
    return begin


def _paired(found: Sequence[tuple[int, str]], i: int) -> bool:
    """Whether the closing mark `i` of a paragraph has an opening mark before it."""
    opened = 0
    for _, kind in found[:i]:
        opened = opened + 1 if kind == "open" else max(0, opened - 1)
    return opened > 0


def _runs_on(text: str, paragraphs: Sequence[Span], marks: Sequence[list[tuple[int, str]]], n: int) -> bool:
    """Whether a quotation open at the end of paragraph `n` goes on: the next paragraph opens with a mark, or a
    closing mark without an opening one follows before any does."""
    for m in range(n + 1, min(n + 1 + REACH, len(paragraphs))):
        found = marks[m]
        if found and found[0] == (paragraphs[m][0], "open"):
            return m == n + 1
        if any(kind == "close" and not _paired(found, i) for i, (_, kind) in enumerate(found)):
            return True
    return False
