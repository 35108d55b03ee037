"""One line of JSON Lines: `{"text", "source"?, "published"?, "outlet"?, "title"?}`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dragoman.gather.dates import edtf
from dragoman.gather.decode import without_surrogates
from dragoman.gather.source import Failure, Source

_FIELDS = ("source", "published", "outlet", "title")


def parse_line(line: bytes | str, name: str, number: int) -> Iterator[Source | Failure]:
    """The source in `line`, or a `Failure`. A date that cannot be read is reported, and the text still read."""
    where = f"{name}:{number}"
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line.removeprefix("\ufeff")
        row = json.loads(text)
    except UnicodeDecodeError:
        yield Failure(where, "json", f"line {number} of {name} is not UTF-8")
        return
    except (ValueError, RecursionError) as error:
        yield Failure(where, "json", f"line {number} of {name} is not JSON: {error}")
        return
    problem = _wrong(row)
    if problem:
        yield Failure(where, "json", f"line {number} of {name} {problem}")
        return
    given = {key: without_surrogates(row[key]).strip() or None for key in _FIELDS if row.get(key)}
    source = given.get("source") or where
    content = without_surrogates(row["text"])
    if not content.strip():
        yield Failure(source, "empty", f"line {number} of {name} has an empty text")
        return
    published = given.get("published")
    date = edtf(published) if published else None
    if published and date is None:
        message = f"line {number} of {name}: {published[:60]!r} is not a date; write YYYY-MM-DD. Read without it."
        yield Failure(source, "date", message)
    yield Source(source, content, published=date, outlet=given.get("outlet"), title=given.get("title"))


def _wrong(row: object) -> str | None:
    if not isinstance(row, dict):
        return "is not an object"
    if "text" not in row:
        return 'has no "text"'
    for key in ("text", *_FIELDS):
        value = row.get(key)
        if not isinstance(value, str) and (key == "text" or value is not None):
            return f"has a {key!r} that is not a string"
    return None
