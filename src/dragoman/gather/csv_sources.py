"""CSV and TSV files whose rows hold articles, as a stream of sources. A row that cannot be read is a `Failure` in it."""

from __future__ import annotations

import codecs
import io
import re
import stat
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dragoman.errors import InputError, SettingsError
from dragoman.gather.dates import edtf
from dragoman.gather.decode import SAMPLE, decode, without_surrogates
from dragoman.gather.source import Failure, Problem, Source

MAX_ROW = 20_000_000
"""Characters of a row; longer ones are not read."""
MAX_FIELDS = 10_000
FIELDS = ("text", "source", "url", "title", "published", "outlet")
DELIMITERS = ",\t;|"
_GUESSES = {
    "text": "text body content article article_text full_text fulltext article_body maintext story",
    "source": "url link source_url article_url address source",
    "title": "title headline",
    "published": "published publish_date published_at publication_date pub_date pubdate date_published date datetime",
    "outlet": "outlet media_name publication publisher source_name newspaper medium source",
}
_LONGEST = 10_000
"""Characters of a title or a name; the rest is cut off."""
_RESCANS = MAX_ROW
"""So many characters more than a file has are read again, after quotes that do not close, before lines are passed over."""
_SEPARATOR = re.compile(r"sep=(.)\s*\Z")
_BLANK = b" \r\n\t" + codecs.BOM_UTF8 + codecs.BOM_UTF16_LE
_HIGH = bytes(range(128, 256))
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def parse_column_map(given: str) -> dict[str, str]:
    """The column of each field, from "text=body,source=url"; a column with a comma in its name: `"text=a, b"`.

    Fields are text, source (or url), title, published and outlet. Raises `SettingsError`.
    """
    found: dict[str, str] = {}
    scan = _Scan(",")
    if scan.feed(given.strip()):
        raise SettingsError(f"the column map {given[:80]!r} has a quote that does not close")
    if scan.problem:
        raise SettingsError(f"the column map {given[:80]!r} {scan.problem}")
    for pair in scan.fields:
        field, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or not column:
            raise SettingsError(f"{pair[:80]!r} names no column: write FIELD=COLUMN, such as text=body")
        if field not in FIELDS:
            raise SettingsError(f"{field[:40]!r} is no field of an article: there are {', '.join(FIELDS)}")
        field = "source" if field == "url" else field
        if field in found:
            raise SettingsError(f"the column map gives {field} twice (url and source are the same)")
        found[field] = column
    return found


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
            encoding, fallback, text = _sniff(sample, name)
            lines = io.TextIOWrapper(data, encoding, _errors(encoding), newline="")
            yield from _articles(lines, text, _Table(name, fallback, column_map or {}))
    except FileNotFoundError:
        yield Failure(name, "missing", f"{name} does not exist")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Failure(name, "unreadable", f"{name} cannot be read: {reason}")
    except InputError as error:
        yield Failure(name, "not text" if sample.strip(_BLANK) else "empty", str(error))


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
        taken, size, scan = [line], len(line), _Scan(delimiter)
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
            yield Row(number, _bare(taken[0]).split("\t")[:MAX_FIELDS])
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


class _Scan:
    """The fields of one row, line by line. Linear in the row's length."""

    def __init__(self, delimiter: str) -> None:
        self.fields: list[str] = []
        self.problem = ""
        self._delimiter = delimiter
        self._quoted: list[str] | None = None

    def feed(self, line: str) -> bool:
        """Takes a line; whether the row goes on in the next one."""
        end = len(_bare(line))
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


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def find_delimiter(sample: str, wanted: Sequence[str] = ()) -> str:
    """The delimiter whose header line has most of the `wanted` columns, or of those that are guessed; else most columns."""
    names = {_plain(name) for name in wanted} | {name for names in _GUESSES.values() for name in names.split()}
    best, worth = ",", (0, 0)
    for delimiter in DELIMITERS:
        header = next(rows(io.StringIO(sample, newline=""), delimiter), None)
        fields = header.fields if isinstance(header, Row) else []
        found = (len({_plain(field) for field in fields} & names) if len(fields) > 1 else 0, len(fields))
        if found > worth:
            best, worth = delimiter, found
    return best


def find_columns(header: Sequence[str], column_map: Mapping[str, str]) -> dict[str, int]:
    """The place of the column of each field, as mapped, else as guessed. Raises `InputError` for a column that is not there."""
    plain = [_plain(column) for column in header]
    found: dict[str, int] = {}
    for field, column in column_map.items():
        if column not in header and _plain(column) not in plain:
            raise InputError(f"has no column {column!r} for {field}; its columns are {listed(header)}")
        found[field] = header.index(column) if column in header else plain.index(_plain(column))
    for field, names in _GUESSES.items():
        places = (plain.index(name) for name in names.split() if name in plain)
        place = next((place for place in places if place not in found.values()), None)
        if field not in found and place is not None:
            found[field] = place
    return found


def listed(header: Sequence[str]) -> str:
    """The names of columns for a message."""
    names = ", ".join(column.strip()[:40] for column in header[:30])
    return f"{names} and {len(header) - 30} more" if len(header) > 30 else names


def _plain(column: str) -> str:
    return re.sub(r"[\s_-]+", "_", column.replace("\0", "").strip("\ufeff \t\r\n").casefold())


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
        fields = _bare(row.raw).split(delimiter)
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


def _sniff(sample: bytes, name: str) -> tuple[str, str, str]:
    """The encoding to read in, the one for what is not UTF-8, and the sample as text. Raises `InputError`."""
    for mark, encoding in ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")):
        if sample.startswith(mark):
            return encoding, "", sample[: len(sample) // 4 * 4].decode(encoding, "replace")
    encoding = _utf16(sample)
    if encoding:
        return encoding, "", sample.decode(encoding, "replace")
    if sample.count(0) * 10 > len(sample):
        raise InputError(f"{name} is binary, not text")
    bare = sample.replace(b"\0", b"").removeprefix(codecs.BOM_UTF8)
    broken = [line for line in bare.split(b"\n")[: -1 if len(sample) == SAMPLE else None] if not _is_utf8(line)]
    if not broken:
        return "utf-8-sig", "", decode(bare, name)
    try:
        text = decode(bare, name)
    except InputError as error:
        text = _ascii(bare, name, error)
    return "utf-8-sig", _guess(b"\n".join(broken)), text


def _ascii(data: bytes, name: str, error: InputError) -> str:
    """What is ASCII in a text of several encodings; what is no text at all raises the error that was found first."""
    try:
        return decode(data.translate(None, _HIGH), name)
    except InputError:
        raise error from None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf16(sample: bytes) -> str:
    """The UTF-16 that a mark or zero bytes betray: of Latin letters, or of the blanks and delimiters between others."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    latin = max(even, odd) * 6 >= len(sample) and min(even, odd) * 10 <= max(even, odd)
    other = max(even, odd) >= max(8, len(sample) // 50) and min(even, odd) == 0
    if not (latin or other):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _errors(encoding: str) -> str:
    return "surrogateescape" if encoding == "utf-8-sig" else "replace"


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding not in ("ascii", "utf_8") else "cp1252"
