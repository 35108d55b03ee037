"""The text of a .docx: paragraphs and tables in order, footnotes at the end; headers and footers are left out.

Follows ECMA-376 as far as a reader of the text needs it. The XML is read without a tree, without DTD and entities.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import TypedDict
from xml.parsers import expat

from dragoman.errors import InputError
from dragoman.gather.dates import edtf
from dragoman.gather.isolated import Isolated
from dragoman.gather.source import Source

MAX_BYTES = 50_000_000
MAX_MEMBERS = 5000
MAX_UNPACKED = 100_000_000
"""Bytes of one part of the document."""
MAX_RATIO = 200
"""So many times more than packed may a part hold that is larger than `FREE`."""
FREE = 5_000_000
_CHUNK = 1 << 16
_W = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_DC = "http://purl.org/dc/elements/1.1/ "
_TERMS = "http://purl.org/dc/terms/ "
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_NO_TEXT = frozenset({"del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr"})
"""What was deleted, and properties: their tabs are positions."""
_APART = frozenset({"separator", "continuationSeparator", "continuationNotice"})
"""Types of footnotes that are lines, not text."""


@dataclass(frozen=True, slots=True)
class DocxText:
    """What a document holds."""

    text: str
    """A line for each paragraph and for each row of a table (cells with tabs between), then the footnotes."""
    title: str | None
    author: str | None
    published: str | None
    """An EDTF day: when the document was made."""


class _Found(TypedDict):
    text: str
    title: str | None
    author: str | None
    published: str | None


def docx_source(data: bytes, name: str, isolated: Isolated) -> Source:
    """The text, title and date of a document as a source. Raises InputError as `docx_text` does."""
    found = docx_text(data, name, isolated)
    return Source(name, found.text, published=found.published, title=found.title, author=found.author)


def docx_text(data: bytes, name: str, isolated: Isolated) -> DocxText:
    """What the .docx in `data` holds, read within the limits of `isolated`. `name` says in messages which input it was.

    Raises InputError for what is no .docx, is broken or has no text, for archives that unpack to too much or hold names
    that lead out of it, for XML with a DTD, and where a limit is hit.
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} has {len(data)} bytes; documents of at most {MAX_BYTES} are read")
    return DocxText(**isolated.run(_read, data, name))


def _read(data: bytes, name: str) -> _Found:
    """Runs in the other process."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(f"{name} is an old or encrypted office document; save it as .docx without a password")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = _checked(archive, name)
            if "word/document.xml" not in members:
                raise InputError(f"{name} is a ZIP archive without word/document.xml: it is no .docx")
            body, notes, about = _Body(), _Body(), _About()
            _parse(archive, members["word/document.xml"], body, name)
            for part in ("word/footnotes.xml", "word/endnotes.xml"):
                if part in members:
                    _parse(archive, members[part], notes, name)
            if "docProps/core.xml" in members:
                _parse(archive, members["docProps/core.xml"], about, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise InputError(f"{name} is a broken .docx; open it and save it again ({type(error).__name__})") from error
    text = "\n".join(body.lines).strip("\n")
    if not text.strip():
        raise InputError(f"{name} is a document without any text")
    if notes.lines:
        text += "\n\n" + "\n".join(notes.lines).strip("\n")
    made = about.found.get("created", "")
    return {
        "text": text,
        "title": _tidy(about.found.get("title", "")),
        "author": _tidy(about.found.get("creator", "")),
        "published": edtf(made) if made else None,
    }


def _checked(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """The members by their names; what is wrong with any of them condemns the archive."""
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise InputError(f"{name} holds {len(infos)} parts; documents of at most {MAX_MEMBERS} are read")
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        raw = info.orig_filename
        parts = re.split(r"[/\\]", raw)
        if "\0" in raw or ".." in parts or raw.startswith(("/", "\\")) or ":" in parts[0]:
            raise InputError(f"{name} holds a part with the name {raw[:100]!r}, which leads out of it: it is not read")
        if info.filename in found:
            raise InputError(f"{name} holds two parts with the name {raw[:100]!r}: it is not read")
        if info.flag_bits & 1:
            raise InputError(f"{name} is encrypted; save it as .docx without a password")
        found[info.filename] = info
    return found


def _parse(archive: zipfile.ZipFile, info: zipfile.ZipInfo, into: _Body | _About, name: str) -> None:
    """Reads one part piece by piece. Sizes are counted, not believed."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = into.start
    parser.EndElementHandler = into.end
    parser.CharacterDataHandler = into.text
    parser.StartDoctypeDeclHandler = _refuse(f"{name} holds XML with a document type, as no .docx does: it is not read")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    most = min(MAX_UNPACKED, max(FREE, MAX_RATIO * info.compress_size))
    unpacked = 0
    try:
        with archive.open(info) as part:
            while piece := part.read(_CHUNK):
                unpacked += len(piece)
                if unpacked > most:
                    raise InputError(
                        f"{name}: {info.filename[:100]} unpacks to more than {most} bytes, {info.compress_size} packed: "
                        "it is not read"
                    )
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InputError(
            f"{name}: {info.filename[:100]} is broken XML ({error}); open the file and save it again"
        ) from error


def _refuse(message: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise InputError(message)

    return refuse


class _Body:
    """Collects the lines of a part: handlers for expat."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self._rows: list[list[list[str]]] = []
        """The rows that are open, as tables stand in tables: their cells, of paragraphs."""
        self._taking = False
        self._passed = 0
        """Depth inside what is left out."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, kind = tag.rpartition(" ")
        if self._passed:
            self._passed += 1
        elif _left_out(f"{namespace} ", kind, attributes):
            self._passed = 1
        elif f"{namespace} " not in _W:
            return
        elif kind == "t":
            self._taking = True
        elif kind == "tr":
            if self._line:
                self._flush()
            self._rows.append([])
        elif kind == "tc" and self._rows:
            self._rows[-1].append([])
        elif kind in _BREAKS:
            self._line.append(" " if self._rows and kind != "noBreakHyphen" else _BREAKS[kind])

    def end(self, tag: str) -> None:
        namespace, _, kind = tag.rpartition(" ")
        if self._passed:
            self._passed -= 1
        elif f"{namespace} " not in _W:
            return
        elif kind == "t":
            self._taking = False
        elif kind == "p":
            self._flush()
        elif kind == "tr" and self._rows:
            self._add("\t".join(" ".join(cell) for cell in self._rows.pop()))

    def text(self, data: str) -> None:
        if self._taking and not self._passed:
            self._line.append(data)

    def _flush(self) -> None:
        """Ends a paragraph."""
        line = "".join(self._line)
        self._line.clear()
        self._add(line)

    def _add(self, line: str) -> None:
        if not self._rows:
            if line.strip() or (self.lines and self.lines[-1]):
                self.lines.append(line.strip())
        elif self._rows[-1] and line.strip():
            self._rows[-1][-1].append(line.strip())


def _left_out(namespace: str, kind: str, attributes: dict[str, str]) -> bool:
    """Also the older form of what stands there twice, and notes that are only lines."""
    if kind == "Fallback":
        return True
    if namespace not in _W:
        return False
    return kind in _NO_TEXT or (kind in ("footnote", "endnote") and attributes.get(f"{namespace}type") in _APART)


class _About:
    """Collects title, creator and the time of making: handlers for expat."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._now = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.removeprefix(_DC).removeprefix(_TERMS)
        self._now = kind if kind in ("title", "creator", "created") else ""

    def end(self, tag: str) -> None:
        self._now = ""

    def text(self, data: str) -> None:
        if self._now and len(self.found.get(self._now, "")) < 1000:
            self.found[self._now] = self.found.get(self._now, "") + data


def _tidy(text: str) -> str | None:
    return " ".join(text.split())[:500] or None
