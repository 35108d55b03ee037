"""Headline, byline and dateline: the parts of an article that are not running text."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.gather.openings import byline, dateline
from dragoman.gather.shape import Shape
from dragoman.gather.units import Unit
from dragoman.model import Block

_LEADING = 6
_HEADLINES = 3
"""A headline, its repetition, a subtitle."""


def parts(
    units: Sequence[Unit], shapes: Sequence[Shape], titles: Sequence[bool], signed: Sequence[bool]
) -> tuple[tuple[Block, ...], str | None]:
    """The parts among the units of a body, and its author as the byline gives the name.

    `titles` marks the units that the metadata name as titles, `signed` those beside the headline that say when and who.
    """
    found: list[Block] = []
    author: str | None = None
    running = False
    headlines = 0
    for index, (unit, given) in enumerate(zip(units, shapes, strict=True)):
        if running and index >= _LEADING:
            break
        offset = 0
        if not found or found[-1].label != "dateline":
            named = byline(unit.text)
            if named:
                whole = named[0] == len(unit.text) or given.words <= 12
                offset = len(unit.text) if whole else named[0]
                author = author or named[1]
                found.append(Block(unit.start, unit.start + offset, "byline"))
            elif signed[index] and not running:
                offset = len(unit.text)
                found.append(Block(unit.start, unit.end, "byline"))
        while unit.text[offset : offset + 1].isspace():
            offset += 1
        if offset < len(unit.text) and (length := dateline(unit.text[offset:])):
            found.append(Block(unit.start + offset, unit.start + offset + length, "dateline"))
            running = True
        elif (
            offset == 0
            and not running
            and headlines < _HEADLINES
            and _is_headline(given, titles[index], first=index == 0, last=index + 1 == len(units))
        ):
            headlines += 1
            found.append(Block(unit.start, unit.end, "headline"))
        elif offset < len(unit.text):
            running = True
    return tuple(found), author


def _is_headline(given: Shape, title: bool, first: bool, last: bool) -> bool:
    if title:
        return True
    return not last and 2 <= given.words <= 32 and (not given.terminal or (first and given.words <= 16))
