"""Text on a terminal: its width, colours where they are wanted, tables, and nothing that a page could smuggle in."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from typing import TextIO
from unicodedata import combining, east_asian_width

# Controls (which include the start of ANSI sequences) and characters that turn the reading direction.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
GAP = "  "
PIPED = 100
"""Columns where the output is no terminal."""


def plain(text: str) -> str:
    """`text` on one line and without characters that a terminal would obey."""
    return " ".join(_UNSAFE.sub(" ", text).split())


def short(text: str, columns: int) -> str:
    """`plain` text, cut at a word with an ellipsis where it is wider than `columns`."""
    text = plain(text)
    if cells(text) <= columns:
        return text
    kept = fitting(text, columns - 1)
    cut = kept.rfind(" ")
    return (kept[:cut] if cut > columns // 2 else kept).rstrip(" ,;:") + "…"


def cells(text: str) -> int:
    """The columns that `text` takes up: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def fitting(text: str, columns: int) -> str:
    """The longest beginning of `text` that takes up no more than `columns`."""
    used = 0
    for index, character in enumerate(text):
        used += cells(character)
        if used > columns:
            return text[:index]
    return text


def width(stream: TextIO | None = None) -> int:
    """Columns to print in: the terminal's (80 to 160), or `COLUMNS`, or a fixed number where the output is piped."""
    stream = stream or sys.stdout
    columns = (
        shutil.get_terminal_size((PIPED, 24)).columns if stream.isatty() else int_or(os.environ.get("COLUMNS"), PIPED)
    )
    return min(max(columns, 80), 160)


def int_or(text: str | None, default: int) -> int:
    """The whole number in `text`, or `default`."""
    return int(text) if text and text.isdigit() else default


def coloured(stream: TextIO) -> bool:
    """Whether `stream` is a terminal on which colours are wanted (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, style: str, stream: TextIO | None = None) -> str:
    """`text` in bold, dim or a colour, where colours are wanted."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if coloured(stream or sys.stdout) else text


def wrapped(text: str, columns: int, indent: str = "", style: str | None = None) -> list[str]:
    """`plain` text broken into lines of at most `columns`, each after `indent`."""
    lines: list[str] = []
    for word in plain(text).split(" "):
        if lines and cells(f"{lines[-1]} {word}") <= columns - len(indent):
            lines[-1] += f" {word}"
            continue
        while cells(word) > columns - len(indent):
            lines.append(fitting(word, columns - len(indent)))
            word = word[len(lines[-1]) :]
        lines.append(word)
    return [indent + (styled(line, style) if style else line) for line in lines]


def table(header: Sequence[str], rows: Sequence[Sequence[object]], columns: int) -> list[str]:
    """`rows` as aligned lines of at most `columns`; where that is too little the widest columns are cut."""
    texts = [[plain(str(cell)) for cell in row] for row in rows]
    widths = [max([cells(header[i]), *(cells(row[i]) for row in texts)]) for i in range(len(header))]
    while sum(widths) + len(GAP) * (len(widths) - 1) > columns:
        widths[widths.index(max(widths))] -= 1

    def line(row: Sequence[str]) -> str:
        cut = [short(cell, size) for cell, size in zip(row, widths, strict=True)]
        return GAP.join(cell + " " * (size - cells(cell)) for cell, size in zip(cut, widths, strict=True)).rstrip()

    return [styled(line(header), "bold"), *(line(row) for row in texts)]
