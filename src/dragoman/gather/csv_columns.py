"""Which column of a table holds which field of an article, and what parts its columns."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence

from dragoman.errors import InputError, SettingsError
from dragoman.gather.csv_rows import Row, Scan, rows

FIELDS = ("text", "source", "url", "title", "published", "outlet")
DELIMITERS = ",\t;|"
_GUESSES = {
    "text": "text body content article article_text full_text fulltext article_body maintext story",
    "source": "url link source_url article_url address source",
    "title": "title headline",
    "published": "published publish_date published_at publication_date pub_date pubdate date_published date datetime",
    "outlet": "outlet media_name publication publisher source_name newspaper medium source",
}


def parse_column_map(given: str) -> dict[str, str]:
    """The column of each field, from "text=body,source=url"; a column with a comma in its name: `"text=a, b"`.

    Fields are text, source (or url), title, published and outlet. Raises `SettingsError`.
    """
    found: dict[str, str] = {}
    scan = Scan(",")
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
