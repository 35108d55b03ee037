"""CSV and TSV files whose rows hold articles, as a stream of sources. A row that cannot be read is a `Failure` in it."""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dragoman.errors import InputError
from dragoman.gather.csv_columns import find_columns, find_delimiter, listed
from dragoman.gather.csv_encoding import BLANK, errors, sniff
from dragoman.gather.csv_rows import BrokenRow, Row, bare, rows
from dragoman.gather.dates import edtf
from dragoman.gather.decode import SAMPLE, decode, without_surrogates
from dragoman.gather.source import Failure, Source

_LONGEST = 10_000
"""Characters of a title or a name; the rest is cut off."""
_SEPARATOR = re.compile(r"sep=(.)\s*\Z")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def csv_sources(path: Path, column_map: Mapping[str, str] | None = None) -> Iterator[Source | Failure]:
    """The articles in a CSV or TSV file with a header line; delimiter and encoding are told from its first 64 KB.

    `column_map` is what `parse_column_map` gives; fields that it leaves out are guessed from the names of the columns.
    """
    name = path.name.encode("utf-8", "replace").decode()
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Failure(name, "skipped", f"{name} is not a file")
            return
        with path.open("rb") as data:
            sample = data.read(SAMPLE)
            data.seek(0)
            encoding, fallback, text = sniff(sample, name)
            lines = io.TextIOWrapper(data, encoding, errors(encoding), newline="")
            yield from _articles(lines, text, _Table(name, fallback, column_map or {}))
    except FileNotFoundError:
        yield Failure(name, "missing", f"{name} does not exist")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Failure(name, "unreadable", f"{name} cannot be read: {reason}")
    except InputError as error:
        yield Failure(name, "not text" if sample.strip(BLANK) else "empty", str(error))


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    fallback: str
    """The encoding of what is not UTF-8; "" where nothing in the sample told."""
    column_map: Mapping[str, str]


def _articles(lines: TextIO, sample: str, table: _Table) -> Iterator[Source | Failure]:
    first = sample.lstrip("\r\n").split("\n", 1)
    given = _SEPARATOR.match(first[0])
    delimiter = given[1] if given else find_delimiter(sample, tuple(table.column_map.values()))
    stream = rows(lines, delimiter)
    header = next(stream, None)
    if given:
        header = next(stream, None)
    if header is None:
        yield Failure(table.name, "empty", f"{table.name} is empty")
        return
    if isinstance(header, BrokenRow):
        yield Failure(table.name, "unreadable", f"the header of {table.name}, line {header.line}, {header.message}")
        return
    try:
        names = [_sound(field, table).strip() for field in header.fields]
        columns = find_columns(names, table.column_map)
        if "text" not in columns:
            raise InputError(
                f"has no column of texts; its columns are {listed(names)}: give one of them as text=COLUMN"
            )
    except InputError as error:
        yield Failure(table.name, "unreadable", f"{table.name} {error}")
        return
    found = False
    for row in stream:
        found = True
        where = f"{table.name}:{row.line}"
        line = f"line {row.line} of {table.name}"
        if isinstance(row, BrokenRow):
            yield Failure(where, row.problem, f"the row on {line} {row.message}; it is left out")
            continue
        if not any(field.strip() for field in row.fields):
            continue
        fields = _fitted(row, len(names), delimiter)
        if fields is None:
            message = f"the row on {line} has {len(row.fields)} fields, the header {len(names)}; it is left out"
            yield Failure(where, "unreadable", message)
            continue
        yield from _article({field: fields[place] for field, place in columns.items()}, where, line, table)
    if not found:
        yield Failure(table.name, "empty", f"{table.name} has a header and no rows")


def _fitted(row: Row, width: int, delimiter: str) -> list[str] | None:
    """As many fields as the header has, or None. Empty ones at the end may be too many; quotes between tabs may be plain."""
    fields = row.fields
    if len(fields) != width and delimiter == "\t" and row.raw:
        fields = bare(row.raw).split(delimiter)
    if len(fields) > width and not any(field.strip() for field in fields[width:]):
        fields = fields[:width]
    return fields if len(fields) == width else None


def _article(given: Mapping[str, str], where: str, line: str, table: _Table) -> Iterator[Source | Failure]:
    try:
        values = {field: _sound(value, table) for field, value in given.items() if value.strip("\0 \r\n\t")}
    except InputError as error:
        yield Failure(where, "not text", f"{line}: {error}")
        return
    content = values.pop("text", "")
    values = {field: " ".join(value[:_LONGEST].split()) for field, value in values.items()}
    source = values.get("source") or where
    if not content.strip():
        yield Failure(source, "empty", f"{line} has an empty text")
        return
    published = values.get("published")
    date = edtf(published) if published else None
    if published and date is None:
        message = f"{line}: {published[:60]!r} is not a date; write YYYY-MM-DD. Read without it."
        yield Failure(source, "date", message)
    yield Source(source, content, published=date, outlet=values.get("outlet"), title=values.get("title"))


def _sound(value: str, table: _Table) -> str:
    """The value without NUL, and with bytes that are not UTF-8 read in the encoding that the file seems to have."""
    value = value.replace("\0", "")
    if not _SURROGATE.search(value):
        return value
    raw = value.encode("utf-8", "surrogateescape")
    if not table.fallback:
        return without_surrogates(decode(raw, "a field"))
    return without_surrogates(raw.decode(table.fallback, "replace"))
