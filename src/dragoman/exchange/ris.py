"""The documents as RIS, which most reference managers import. https://en.wikipedia.org/wiki/RIS_(file_format)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from dragoman.exchange.reference import Reference, date_parts, references
from dragoman.exchange.selection import FORMAT_VERSION, Selection


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes an entry for each document. The date in EDTF stands in C1, where it is not one whole day."""
    for one in references(selection):
        lines = "".join(f"{tag}  - {value}\r\n" for tag, value in _entry(one) if value)
        out.write(f"{lines}ER  - \r\n\r\n".encode("utf-8", "replace"))


def _entry(one: Reference) -> Iterator[tuple[str, str | None]]:
    yield "TY", "ELEC" if one.url else "NEWS"
    yield "ID", one.id
    yield "TI", one.title
    yield "T2", one.outlet
    yield "AU", one.author
    parts = date_parts(one.published)
    if len(parts) == 1:
        year, *rest = parts[0]
        yield "PY", f"{year:04}"
        if len(rest) == 2 and one.published and one.published[-1].isdigit():
            yield "DA", f"{year:04}/{rest[0]:02}/{rest[1]:02}/"
        else:
            yield "C1", one.published
    else:
        yield "C1", one.published
    yield "LA", one.language
    yield "UR", one.url
    yield "DB", f"Dragoman, format version {FORMAT_VERSION}"
    yield "N1", None if one.url else f"Source: {one.source}"
