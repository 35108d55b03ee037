"""The rows of a CSV or TSV file (RFC 4180), in linear time; one whose quotes do not close spoils itself only."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from dragoman.gather.source import Problem

MAX_ROW = 20_000_000
"""Characters of a row; longer ones are not read."""
MAX_FIELDS = 10_000
_RESCANS = MAX_ROW
"""So many characters more than a file has are read again, after quotes that do not close, before lines are passed over."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row, with the number of the line on which it begins, from 1."""

    line: int
    fields: list[str]
    raw: str = ""
    """The row as it stands in the file, where that is a single line."""


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """Why the row that begins on a line cannot be read; reading goes on with the next line."""

    line: int
    message: str
    problem: Problem = "unreadable"


def rows(lines: TextIO, delimiter: str) -> Iterator[Row | BrokenRow]:
    """The rows of RFC 4180, blank lines left out. `lines` must keep its line ends (`newline=""`).

    A quote that opens a field and does not close spoils its own row only: the lines after it are read again as rows (in a
    file that is made of such quotes, not all of them; the message tells which are passed over).
    Where delimiters are tabs, such a line is taken as it stands if it holds tabs.
    """
    stream, number = _Lines(lines), 0
    while line := stream.take():
        number += 1
        if len(line) > MAX_ROW:
            stream.finish(line)
            yield BrokenRow(number, f"is longer than {MAX_ROW} characters", "too large")
            continue
        if not line.strip():
            continue
        taken, size, scan = [line], len(line), Scan(delimiter)
        unfinished = scan.feed(line)
        while unfinished and size <= MAX_ROW and (line := stream.take()):
            taken.append(line)
            size += len(line)
            unfinished = scan.feed(line)
        last = number + len(taken) - 1
        if not unfinished and not scan.problem:
            if size <= MAX_ROW:
                yield Row(number, scan.fields, taken[0] if len(taken) == 1 else "")
            else:
                yield BrokenRow(number, f"is longer than {MAX_ROW} characters", "too large")
            number = last
            continue
        message = "has a quote that does not close" if unfinished else scan.problem
        problem: Problem = "too large" if size > MAX_ROW else "unreadable"
        if not stream.put_back(taken[1:]):
            stream.finish(taken[-1])
            message += f", and the lines to {last} are passed over with it"
            yield BrokenRow(number, message, problem)
            number = last
        elif delimiter == "\t" and "\t" in taken[0]:
            yield Row(number, bare(taken[0]).split("\t")[:MAX_FIELDS])
        else:
            yield BrokenRow(number, message, problem)


class _Lines:
    """The lines of a stream, some of which may be put back: in all as many characters as are read, and `_RESCANS` more."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._waiting: deque[str] = deque()
        self._left = _RESCANS

    def take(self) -> str:
        """The next line; "" at the end. One that is longer than `MAX_ROW` comes without its end."""
        if self._waiting:
            return self._waiting.popleft()
        line = self._lines.readline(MAX_ROW + 1)
        self._left += len(line)
        return line

    def finish(self, line: str) -> None:
        """Passes over what is missing of a line that came without its end."""
        while line and not self._waiting and not line.endswith(("\n", "\r")):
            line = self._lines.readline(io.DEFAULT_BUFFER_SIZE)

    def put_back(self, taken: list[str]) -> bool:
        """Whether the lines could be put back, to be taken again."""
        size = sum(map(len, taken))
        if size > self._left:
            return False
        self._left -= size
        self._waiting.extendleft(reversed(taken))
        return True


class Scan:
    """The fields of one row, line by line. Linear in the row's length."""

    def __init__(self, delimiter: str) -> None:
        self.fields: list[str] = []
        self.problem = ""
        self._delimiter = delimiter
        self._quoted: list[str] | None = None

    def feed(self, line: str) -> bool:
        """Takes a line; whether the row goes on in the next one."""
        end = len(bare(line))
        position = 0
        while not self.problem:
            if self._quoted is None and line.startswith('"', position):
                self._quoted = []
                position += 1
            if self._quoted is None:
                stop = line.find(self._delimiter, position, end)
                stop = end if stop < 0 else stop
                self.fields.append(line[position:stop])
            else:
                stop = _closing(line, position)
                if stop < 0:
                    self._quoted.append(line[position:])
                    return True
                self._quoted.append(line[position:stop])
                self.fields.append("".join(self._quoted).replace('""', '"'))
                self._quoted = None
                stop += 1
            if stop >= end:
                return False
            if line[stop] != self._delimiter:
                self.problem = f"goes on after a closing quote: {line[max(0, stop - 20) : min(stop + 20, end)]!r}"
            elif len(self.fields) > MAX_FIELDS:
                self.problem = f"has more than {MAX_FIELDS} fields"
            position = stop + 1
        return False


def _closing(line: str, position: int) -> int:
    """Where the quote is that closes a field; two quotes in a row stand for one."""
    while (found := line.find('"', position)) >= 0 and line.startswith('"', found + 1):
        position = found + 2
    return found


def bare(line: str) -> str:
    """The line without its end."""
    return line.rstrip("\r\n")
