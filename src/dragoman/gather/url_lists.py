"""Lists of addresses: GDELT exports, Media Cloud and other tables with a column of addresses, one address a line."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Literal
from urllib.parse import urldefrag, urljoin, urlsplit

from dragoman.errors import InputError
from dragoman.gather.csv_columns import find_columns, find_delimiter, listed
from dragoman.gather.csv_rows import Row, rows
from dragoman.gather.dates import edtf
from dragoman.gather.decode import decode

MAX_BYTES = 200_000_000
"""Of a list, decoded; longer ones are not read. A day of GDELT's events has about 50 MB."""
MAX_ENTRIES = 1_000_000
MAX_ADDRESS = 4096
Kind = Literal["gdelt events", "gdelt mentions", "gdelt gkg", "table", "addresses"]

_LONGEST = 10_000
"""Characters of a title or a name; the rest is cut off."""
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f]")
_LINE = re.compile(r"[^\r\n]+")
_DATE = re.compile(r"\d{8}(?:\d{6})?\Z")
_PAGE_TITLE = re.compile(r"<PAGE_TITLE>([^<]{1,1000})</PAGE_TITLE>")
_HEADER = ("DATE", "NUMARTS")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a list, a feed or a sitemap names, with what is said there about it. Texts are as they came, unchecked."""

    link: str
    """An absolute address, http or https."""
    title: str | None = None
    published: str | None = None
    """An EDTF date."""
    outlet: str | None = None
    author: str | None = None
    summary: str | None = None
    """HTML, and hostile until proven otherwise."""
    modified: str | None = None
    """An EDTF date."""


@dataclass(frozen=True, slots=True)
class UrlList:
    """The pages of a list in its order, each once."""

    kind: Kind
    entries: tuple[Entry, ...]
    dropped: Mapping[str, int]
    """How many were left out, by reason: "again", "not a web address", "no address", "malformed row", "too many"."""


class Listing:
    """Collects entries: each address once, web addresses only, what is left out counted."""

    def __init__(self, most: int) -> None:
        self.entries: list[Entry] = []
        self.dropped: Counter[str] = Counter()
        self._most = most
        self._seen: set[str] = set()

    def add(self, entry: Entry, base: str = "") -> None:
        """Adds the entry, its link made absolute, unless there is a reason not to."""
        link = web_address(entry.link, base)
        if link is None:
            self.dropped["not a web address" if entry.link.strip() else "no address"] += 1
        elif (page := urldefrag(link).url) in self._seen:
            self.dropped["again"] += 1
        elif len(self.entries) >= self._most:
            self.dropped["too many"] += 1
        else:
            self._seen.add(page)
            self.entries.append(entry if entry.link == link else replace(entry, link=link))


def web_address(address: str, base: str = "") -> str | None:
    """The absolute http or https address that `address` means on the page `base`; None for all else (javascript:, file:).

    Line breaks and control characters are taken out, as browsers do, so that they cannot hide a scheme.
    """
    address = _INVISIBLE.sub("", address.strip())
    if not address or len(address) > MAX_ADDRESS:
        return None
    try:
        link = urljoin(base, address).replace(" ", "%20")
        parts = urlsplit(link)
        _ = parts.port
    except ValueError:
        return None
    host = parts.hostname
    if parts.scheme not in ("http", "https") or not host or "%20" in parts.netloc or "\\" in parts.netloc:
        return None
    return link if len(link) <= MAX_ADDRESS else None


def parse_url_list(body: bytes, name: str) -> UrlList:
    """The pages that a list names; its kind is told from its content. A ZIP archive of one list is opened.

    Kinds: GDELT 1.0 and 2.0 events, 2.0 mentions, GKG 1.0 and 2.x (with titles), all tab-separated as published; a CSV or
    TSV table with a header and a column of addresses (url, title, publish_date, media_name as in Media Cloud); addresses
    one a line (# begins a comment). `published` is given where the list states it: GDELT's events and mentions only tell
    when GDELT saw a page. Raises `InputError`.
    """
    text = decode(_unzipped(body, name), name)
    first = next((line[0] for line in _LINE.finditer(text) if line[0].strip()), "")
    listing = Listing(MAX_ENTRIES)
    kind = _gdelt_kind(first)
    if kind:
        _read_gdelt(text, kind, listing)
    elif web_address(first) or first.lstrip().startswith("#"):
        kind = "addresses"
        for line in _LINE.finditer(text):
            if line[0].strip() and not line[0].lstrip().startswith("#"):
                listing.add(Entry(line[0]))
    else:
        kind = "table"
        _read_table(text, name, listing)
    if not listing.entries:
        raise InputError(
            f"{name} names no page: {sum(listing.dropped.values())} lines without an http or https address"
        )
    return UrlList(kind, tuple(listing.entries), dict(listing.dropped))


def _unzipped(body: bytes, name: str) -> bytes:
    if body.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                files = [one for one in archive.infolist()[:100] if not one.is_dir()]
                if len(files) != 1:
                    raise InputError(f"{name} is a ZIP archive of {len(files)} files; one list is expected in it")
                with archive.open(files[0]) as packed:
                    body = packed.read(MAX_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
            ValueError,
        ) as error:
            raise InputError(f"{name} is a ZIP archive that cannot be opened: {str(error)[:200]}") from error
    if len(body) > MAX_BYTES:
        raise InputError(f"{name} is larger than {MAX_BYTES} bytes; split it")
    return body


def _gdelt_kind(line: str) -> Kind | None:
    cells = line.split("\t", 100)
    width = len(cells)
    if width in (58, 61) and cells[0].isdigit() and _DATE.match(cells[1]):
        return "gdelt events"
    if width == 16 and cells[0].isdigit() and _DATE.match(cells[2]):
        return "gdelt mentions"
    if (width == 27 and _DATE.match(cells[1])) or (width in (11, 15) and tuple(cells[:2]) == _HEADER):
        return "gdelt gkg"
    return "gdelt gkg" if width in (11, 15) and _DATE.match(cells[0]) and "://" in cells[-1] else None


def _read_gdelt(text: str, kind: Kind, listing: Listing) -> None:
    read = {"gdelt events": _events, "gdelt mentions": _mentions, "gdelt gkg": _knowledge}[kind]
    for line in _LINE.finditer(text):
        cells = line[0].split("\t", 100)
        if tuple(cells[:2]) != _HEADER and not read(cells, listing):
            listing.dropped["malformed row"] += 1


def _events(cells: list[str], listing: Listing) -> bool:
    """Version 1.0 has 58 columns, 2.0 has 61; SOURCEURL is the last of both."""
    if len(cells) not in (58, 61):
        return False
    listing.add(Entry(cells[-1]))
    return True


def _mentions(cells: list[str], listing: Listing) -> bool:
    """MentionType 1 is the web; others are names of programmes and of works in print."""
    if len(cells) != 16:
        return False
    listing.add(Entry(cells[5], outlet=_text(cells[4])))
    return True


def _knowledge(cells: list[str], listing: Listing) -> bool:
    """GKG 2.x: a row a page. GKG 1.0 and its counts: a row holds pages, between <UDIV>."""
    width = len(cells)
    if width == 27:
        title = _PAGE_TITLE.search(cells[26])
        published, outlet = edtf(cells[1]), _text(cells[3])
        heading = _text(unescape(title[1])) if title else None
        listing.add(Entry(cells[4], heading, published, outlet))
        return True
    if width not in (11, 15):
        return False
    published = edtf(cells[0])
    outlets, links = cells[-2].split(";"), cells[-1].split("<UDIV>")
    for place, address in enumerate(links):
        outlet = _text(outlets[place]) if len(outlets) == len(links) else None
        listing.add(Entry(address, published=published, outlet=outlet))
    return True


def _read_table(text: str, name: str, listing: Listing) -> None:
    delimiter = find_delimiter(text[: 1 << 16])
    stream = rows(io.StringIO(text, newline=""), delimiter)
    header = next(stream, None)
    names = header.fields if isinstance(header, Row) else []
    columns = find_columns(names, {})
    if "source" not in columns:
        known = "addresses one a line, GDELT exports, or a table with a column url"
        raise InputError(f"{name} is no list of pages: {known}; its first line has {listed(names) or 'no columns'}")
    for row in stream:
        if not isinstance(row, Row) or len(row.fields) != len(names):
            listing.dropped["malformed row"] += 1
            continue
        cells = {field: _text(row.fields[place]) for field, place in columns.items()}
        published = cells.get("published")
        date = edtf(published) if published else None
        listing.add(Entry(cells["source"] or "", cells.get("title"), date, cells.get("outlet")))


def _text(value: str) -> str | None:
    return " ".join(_INVISIBLE.sub(" ", value[:_LONGEST]).split()) or None
