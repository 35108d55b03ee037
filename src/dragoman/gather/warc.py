"""Pages out of web archives (.warc, .warc.gz; ISO 28500): what was answered with status 200 and is HTML or plain text."""

from __future__ import annotations

import os
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dragoman.gather.mail import in_charset
from dragoman.gather.source import Failure, Problem, Source

if TYPE_CHECKING:
    from fastwarc.stream_io import WarcReader
    from fastwarc.warc import WarcRecord

MAX_BYTES = 20_000_000
"""Larger pages are not read, whether as they came or unpacked."""
MAX_BREAKS = 100
"""Places where an archive is broken, after which it is given up."""
FREE = 1 << 30
MAX_RATIO = 100
"""An archive may unpack to `FREE` bytes, and to so many times its size."""
MAX_CODINGS = 3
MAX_MEMBERS = 100
_CHUNK = 1 << 20
_PIECE = 1 << 14
_HEADERS = 1 << 15
_OVERLAP = 64
_MARKUP = frozenset({"text/html", "application/xhtml+xml"})
_PLAIN = "text/plain"
_KINDS = frozenset({"warcinfo", "resource", "request", "metadata", "revisit", "conversion", "continuation"})
_START = re.compile(rb"\r?\n\r?\nWARC/[01]\.\d\r?\n")
_PACKED = b"\x1f\x8b\x08"
_NAME = 2000


def warc_sources(path: Path, name: str, skipped: Counter[str] | None = None) -> Iterator[Source | Failure]:
    """The pages in the archive at `path`, in order, named by the address they came from; `name` names the archive.

    Contents are unpacked as the answer says (gzip, deflate, br, zstd), and text where the charset is sure. `skipped` counts
    what is passed over: records by their type ("request", "revisit", ..., "other record"), "other protocol", "other status"
    and "other content". A record that is broken, cut off or too large is a Failure. Reading goes on behind it, if need be at
    the next place that looks like the start of a record; but not behind a page that is merely cut off by the end of the
    archive, as what looks so there is the page's own.
    """
    counts = Counter[str]() if skipped is None else skipped
    try:
        with path.open("rb") as file:
            yield from _Archive(file, name, counts).pages()
    except OSError as error:
        yield Failure(name, "unreadable", f"{name} cannot be read: {error.strerror or error}")


class _Broken(Exception):
    """The archive cannot be followed from here. `near`: a record is likely to begin behind, at whatever place."""

    def __init__(self, what: str, near: bool = True) -> None:
        super().__init__(what)
        self.near = near


class _Spent(Exception):
    """The archive unpacks to more than is read."""


class _Archive:
    def __init__(self, file: IO[bytes], name: str, skipped: Counter[str]) -> None:
        self._file = file
        self._name = name
        self._skipped = skipped
        self._size = os.fstat(file.fileno()).st_size
        begins = file.read(5)
        self._plain = begins == b"WARC/"
        self._packed = begins.startswith(_PACKED)
        self._rest = max(FREE, MAX_RATIO * self._size)
        self._at = 0
        """Where the record begins that is being read."""

    def pages(self) -> Iterator[Source | Failure]:
        if not self._size:
            yield Failure(self._name, "empty", f"{self._name} is empty")
            return
        start: int | None = 0
        for _ in range(MAX_BREAKS):
            assert start is not None
            self._at = start
            try:
                yield from self._from(start)
                return
            except _Spent:
                most = max(FREE, MAX_RATIO * self._size)
                message = f"{self._name} unpacks to more than {most} bytes and was given up at byte {self._at}"
                yield Failure(self._name, "too large", message)
                return
            except _Broken as error:
                start = self._next(self._at + 1) if error.near else None
                rest = f"; reading went on at byte {start}" if start is not None else "; nothing behind it was read"
                yield Failure(self._name, "unreadable", f"{self._name} is broken at byte {self._at}: {error}{rest}")
                if start is None:
                    return
        yield Failure(self._name, "unreadable", f"{self._name} is broken in {MAX_BREAKS} places and was given up")

    def _from(self, start: int) -> Iterator[Source | Failure]:
        """The pages from a byte on, up to the end or to where the archive is broken."""
        from fastwarc.warc import ArchiveIterator

        self._file.seek(start)
        records = iter(ArchiveIterator(self._file, parse_http=False, fsspec_args=False))
        found: Source | Failure | None = None
        while True:
            try:
                record = next(records, None)
            except (OSError, ValueError) as error:
                if isinstance(found, Failure) or (found and self._is_whole()):
                    yield found
                raise _Broken(f"{str(error)[:200]}, here or right behind") from error
            if found is not None:
                yield found
            if record is None and self._packed and self._is_cut():
                raise _Broken("it is cut off right behind", near=False)
            if record is None:
                return
            self._at = record.stream_pos
            found = self._record(record)

    def _is_whole(self) -> bool:
        """Whether the record that was read last ends where it says: else it may hold others, or half of itself."""
        self._file.seek(self._at)
        most = MAX_BYTES + 2 * _HEADERS
        data = self._file.read(most)
        if self._packed:
            try:
                data = zlib.decompressobj(31).decompress(data, most)
            except zlib.error:
                return False
        head, _, rest = data.partition(b"\r\n\r\n")
        said = re.search(rb"\n[Cc]ontent-[Ll]ength:[ \t]*(\d{1,9})", head)
        return said is not None and rest[int(said[1]) :][:4] == b"\r\n\r\n"

    def _is_cut(self) -> bool:
        """Whether a packed archive ends, behind the last record, in the middle of another: too early for any of it to show."""
        self._file.seek(self._at)
        inflater, data = zlib.decompressobj(31), b""
        try:
            while data := data or self._file.read(_PIECE):
                inflater.decompress(data, _CHUNK)
                data = inflater.unconsumed_tail
                if inflater.eof:
                    data = inflater.unused_data
                    inflater = zlib.decompressobj(31)
                    if not data and not (data := self._file.read(_PIECE)):
                        return False
        except zlib.error:
            pass
        return True

    def _record(self, record: WarcRecord) -> Source | Failure | None:
        """What is in a record, which is read to its end."""
        said = (record.headers.get("Content-Length") or "").strip()
        if not re.fullmatch("[0-9]{1,18}", said):
            raise _Broken("a record does not say how long it is")
        reading = _Reading(record, int(said))
        near = reading.declared > MAX_BYTES
        if self._plain and self._at + reading.declared > self._size:
            raise _Broken(f"a record says that it has {said} bytes, and the archive ends before", near)
        found = self._page(reading)
        self._pass(reading)
        if reading.left:
            raise _Broken(f"a record says that it has {said} bytes, and the archive ends after {reading.taken}", near)
        return found

    def _page(self, reading: _Reading) -> Source | Failure | None:
        """The page in a record, why it is not read, or None for what is passed over (and counted)."""
        record, name = reading.record, reading.name or self._name
        kind = (record.headers.get("WARC-Type") or "").strip().lower()
        if kind != "response":
            self._skipped[kind if kind in _KINDS else "other record"] += 1
            return None
        if not record.is_http:
            self._skipped["other protocol"] += 1
            return None
        try:
            record.parse_http()
        except (OSError, ValueError) as error:
            return self._failure(name, "unreadable", f"has broken headers ({str(error)[:200]})")
        reading.parsed()
        headers = record.http_headers
        if headers is None or headers.status_code != 200:
            self._skipped["other status"] += 1
            return None
        content = (record.http_content_type or "").lower()
        if content not in _MARKUP and content != _PLAIN:
            self._skipped["other content"] += 1
            return None
        if reading.left > MAX_BYTES:
            return self._failure(
                name, "too large", f"says that it has {reading.left} bytes; at most {MAX_BYTES} are read"
            )
        data = reading.take()
        try:
            data = _unpacked(
                _unchunked(data, headers.get("Transfer-Encoding") or ""), headers.get("Content-Encoding") or ""
            )
        except _TooLarge:
            return self._failure(name, "too large", f"unpacks to more than {MAX_BYTES} bytes")
        except ValueError as error:
            return self._failure(name, "unreadable", str(error))
        if not data.strip():
            return self._failure(name, "empty", "is empty")
        text = in_charset(data, record.http_charset)
        return Source(name, data if text is None else text.removeprefix("\ufeff"), markup=content in _MARKUP)

    def _failure(self, name: str, problem: Problem, what: str) -> Failure:
        return Failure(name, problem, f"{name} in {self._name} {what}")

    def _pass(self, reading: _Reading) -> None:
        """Goes to the end of the record, counting what it unpacks to."""
        while reading.left:
            try:
                passed = reading.record.consume(min(reading.left, _CHUNK))
            except (OSError, ValueError) as error:
                raise _Broken(str(error)[:200]) from error
            if not passed:
                break
            reading.taken += passed
            if reading.taken > self._rest:
                raise _Spent
        self._rest -= reading.taken
        if self._rest < 0:
            raise _Spent

    def _next(self, start: int) -> int | None:
        """Where the next record seems to begin, at `start` or behind; None where nothing looks like one."""
        self._file.seek(start)
        block, base = b"", start
        while piece := self._file.read(_CHUNK):
            block += piece
            for at in _places(block, self._packed):
                if not self._packed or self._is_record(base + at):
                    return base + at
            base += max(0, len(block) - _OVERLAP)
            block = block[-_OVERLAP:]
            self._file.seek(base + len(block))
        return None

    def _is_record(self, at: int) -> bool:
        """Whether what is packed there begins like a record."""
        self._file.seek(at)
        try:
            return zlib.decompressobj(31).decompress(self._file.read(1000), 5) == b"WARC/"
        except zlib.error:
            return False


def _places(block: bytes, packed: bool) -> Iterator[int]:
    if not packed:
        for found in _START.finditer(block):
            yield block.index(b"WARC", found.start())
        return
    at = block.find(_PACKED)
    while at >= 0:
        yield at
        at = block.find(_PACKED, at + 1)


@dataclass(slots=True)
class _Reading:
    """A record, and how much of it has been taken."""

    record: WarcRecord
    declared: int
    """Bytes that the record has as it says itself."""
    taken: int = 0

    @property
    def left(self) -> int:
        return self.declared - self.taken

    @property
    def name(self) -> str:
        """The address, without what cannot be seen."""
        given = (self.record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
        return "".join(character if character.isprintable() else "\ufffd" for character in given[:_NAME])

    def parsed(self) -> None:
        """The headers of the answer were taken."""
        self.taken = self.declared - self.record.content_length

    def take(self) -> bytes:
        """What is left."""
        parts: list[bytes] = []
        while self.left and self.record.reader is not None:
            try:
                part = self.record.reader.read(min(self.left, _CHUNK))
            except (OSError, ValueError):
                break
            if not part:
                break
            parts.append(part)
            self.taken += len(part)
        return b"".join(parts)


class _TooLarge(Exception):
    """A content unpacks to more than `MAX_BYTES`."""


def _unchunked(data: bytes, transfer: str) -> bytes:
    """A content without the frames of Transfer-Encoding: chunked, which some crawlers keep and others take away."""
    from fastwarc.stream_io import ChunkedReader

    if "chunked" not in transfer.lower():
        return data
    try:
        return _read(ChunkedReader(BytesIO(data)))
    except ValueError:
        return data


def _unpacked(data: bytes, codings: str) -> bytes:
    """A content as its Content-Encoding says, or as it is where that is not so: some crawlers unpack it and keep the header.

    Raises _TooLarge, and ValueError for a coding that is not read or a content that is cut off.
    """
    given = [coding for part in codings.lower().split(",") if (coding := part.strip()) not in ("", "identity")]
    if len(given) > MAX_CODINGS:
        raise ValueError(f"is packed {len(given)} times over")
    for coding in reversed(given):
        data = _without(coding, data)
    return data


def _without(coding: str, data: bytes) -> bytes:
    from fastwarc.stream_io import BrotliReader, ZstdReader

    if coding in ("gzip", "x-gzip"):
        return _inflated(data, 31) if data.startswith(b"\x1f\x8b") else data
    if coding == "deflate":
        return _inflated(data, 15 if data[:1] == b"\x78" else -15)
    if coding == "zstd":
        return _read(ZstdReader(BytesIO(data))) if data.startswith(b"\x28\xb5\x2f\xfd") else data
    if coding != "br":
        raise ValueError(f"is packed as {coding[:40]!r}, which is not read")
    try:
        return _read(BrotliReader(BytesIO(data)))
    except ValueError:
        if _is_text(data):
            return data
        raise


def _inflated(data: bytes, bits: int) -> bytes:
    """What zlib unpacks, also of several members one after the other."""
    out = bytearray()
    for _ in range(MAX_MEMBERS):
        inflater = zlib.decompressobj(bits)
        try:
            out += inflater.decompress(data, MAX_BYTES + 1 - len(out))
        except zlib.error as error:
            raise ValueError(f"is packed wrongly ({error})") from error
        if len(out) > MAX_BYTES:
            raise _TooLarge
        if not inflater.eof:
            raise ValueError("is cut off")
        data = inflater.unused_data
        if not data.startswith(b"\x1f\x8b"):
            return bytes(out)
    raise ValueError(f"is packed in more than {MAX_MEMBERS} pieces")


def _read(reader: WarcReader) -> bytes:
    out = bytearray()
    try:
        while piece := reader.read(_CHUNK):
            out += piece
            if len(out) > MAX_BYTES:
                raise _TooLarge
    except OSError as error:
        raise ValueError(f"is packed wrongly or cut off ({str(error)[:200]})") from error
    return bytes(out)


def _is_text(data: bytes) -> bool:
    sample = data[:100].decode("utf-8", "replace")
    return sample.count("\ufffd") <= 1 and all(character.isprintable() or character.isspace() for character in sample)
