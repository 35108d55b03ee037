"""Files, folders and lists of texts as a stream of sources. What cannot be read is a `Failure` in it, never a crash."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.gather.csv_sources import csv_sources
from dragoman.gather.decode import decode
from dragoman.gather.docx import docx_source
from dragoman.gather.isolated import Isolated
from dragoman.gather.jsonl import parse_line
from dragoman.gather.mail import mail_source
from dragoman.gather.pdf import pdf_source
from dragoman.gather.served import served
from dragoman.gather.source import Failure, Source
from dragoman.gather.warc import warc_sources

if TYPE_CHECKING:
    from dragoman.gather.fetch import Fetched, Fetcher

MAX_BYTES = 20_000_000
"""Larger files, and longer lines of JSON Lines, are not read."""
MARKUP = frozenset({".html", ".htm", ".xhtml"})
PLAIN = frozenset({".txt", ".md"})
LINES = ".jsonl"
TABLES = frozenset({".csv", ".tsv"})
ARCHIVES = (".warc", ".warc.gz")
UNPACKED: Mapping[str, Callable[[bytes, str, Isolated], Source]] = {
    ".pdf": pdf_source,
    ".docx": docx_source,
    ".eml": mail_source,
}
"""Kinds of files that a process with limits of time and memory takes apart."""


def sources(
    inputs: Sequence[str | Path],
    stdin: IO[str] | IO[bytes] | None = None,
    columns: Mapping[str, str] | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Source | Failure]:
    """The sources in `inputs`, in order: files, folders (all files below, sorted; hidden ones are passed over), addresses
    of pages, which `fetcher` fetches, and "-" for JSON Lines from `stdin`. `columns` says which column of a table is what
    (`csv_sources`). Texts are decoded already, and hold more than white space."""
    with Isolated() as isolated:
        yield from _Inputs(columns, fetcher, isolated).all(inputs, stdin)


@dataclass(frozen=True, slots=True)
class _Inputs:
    columns: Mapping[str, str] | None
    fetcher: Fetcher | None
    isolated: Isolated

    def all(self, inputs: Sequence[str | Path], stdin: IO[str] | IO[bytes] | None) -> Iterator[Source | Failure]:
        for given in inputs:
            if str(given) == "-":
                yield from _standard_input(stdin)
            elif str(given).startswith(("http://", "https://")):
                yield self._page(str(given))
            else:
                yield from self._path(given)

    def _page(self, url: str) -> Source | Failure:
        if self.fetcher is None:
            return Failure(
                url, "skipped", f"{url} is an address, and nothing is to be fetched here; save the page as a file"
            )
        try:
            return page_source(self.fetcher.fetch(url), self.isolated)
        except InputError as error:
            return Failure(url, "fetch", str(error))

    def _path(self, given: str | Path) -> Iterator[Source | Failure]:
        path = Path(given)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield _unavailable(path, str(given), error)
            return
        if stat.S_ISDIR(mode):
            yield from self._folder(path)
        else:
            yield from self._file(path, path.name)

    def _folder(self, top: Path) -> Iterator[Source | Failure]:
        seen: set[tuple[int, int]] = set()
        failures: list[OSError] = []
        found = False
        for folder, folders, files in os.walk(top, followlinks=True, onerror=failures.append):
            while failures:
                error = failures.pop(0)
                yield _unavailable(Path(error.filename or folder), str(error.filename or folder), error)
            status = os.stat(folder)
            if (status.st_dev, status.st_ino) in seen:
                folders.clear()
                message = f"{folder} leads back to a folder that was read already"
                yield Failure(_below(top, Path(folder)), "skipped", message)
                continue
            seen.add((status.st_dev, status.st_ino))
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(name for name in files if not name.startswith(".")):
                found = True
                yield from self._file(Path(folder, name), _below(top, Path(folder, name)))
        for error in failures:
            yield _unavailable(Path(error.filename or top), str(error.filename or top), error)
        if not found and not failures:
            yield Failure(str(top), "empty", f"{top} holds no files")

    def _file(self, path: Path, name: str) -> Iterator[Source | Failure]:
        name = name.encode("utf-8", "replace").decode()
        suffix = path.suffix.lower()
        archive = path.name.lower().endswith(ARCHIVES)
        if not archive and suffix not in (*MARKUP, *PLAIN, *TABLES, *UNPACKED, LINES):
            read = ", ".join(sorted((*MARKUP, *PLAIN, *TABLES, *UNPACKED, *ARCHIVES, LINES)))
            yield Failure(name, "skipped", f"{name} has the suffix {suffix!r}; {read} files are read")
            return
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                yield Failure(name, "skipped", f"{name} is not a file")
            elif archive:
                yield from warc_sources(path, name)
            elif suffix in TABLES:
                yield from csv_sources(path, self.columns)
            elif suffix == LINES:
                with path.open("rb") as lines:
                    yield from _json_lines(lines, name)
            elif status.st_size > MAX_BYTES:
                yield Failure(name, "too large", f"{name} has {status.st_size} bytes; at most {MAX_BYTES} are read")
            else:
                yield self._whole(path.read_bytes(), name, suffix)
        except OSError as error:
            yield _unavailable(path, name, error)

    def _whole(self, data: bytes, name: str, suffix: str) -> Source | Failure:
        if not data.strip():
            return Failure(name, "empty", f"{name} is empty")
        if (unpack := UNPACKED.get(suffix)) is not None:
            try:
                return unpack(data, name, self.isolated)
            except InputError as error:
                return Failure(name, "unreadable", str(error))
        try:
            text = decode(data, name)
        except InputError as error:
            return Failure(name, "not text", str(error))
        return Source(name, text, markup=suffix in MARKUP)


def page_source(page: Fetched, isolated: Isolated) -> Source:
    """The source that a fetched page, PDF or DOCX is; its name is the address at which it was found in the end. Raises
    InputError where it is no text."""
    kind = page.headers.get("content-type", "").lower()
    if kind.startswith(("image/", "audio/", "video/", "font/")):
        raise InputError(f"{page.final_url} is {kind.partition(';')[0]}, no page; save it as a file and give that")
    return served(page.body, page.final_url, isolated)


def _below(top: Path, path: Path) -> str:
    return path.relative_to(top).as_posix().encode("utf-8", "replace").decode()


def _standard_input(stdin: IO[str] | IO[bytes] | None) -> Iterator[Source | Failure]:
    if stdin is None:
        yield Failure("-", "missing", "no standard input to read JSON Lines from")
        return
    raw = getattr(stdin, "buffer", stdin)
    yield from _json_lines(raw, "-")


def _json_lines(lines: IO[bytes] | IO[str], name: str) -> Iterator[Source | Failure]:
    found = False
    for number, line in enumerate(_capped(lines), 1):
        if line is None:
            message = f"line {number} of {name} is longer than {MAX_BYTES} bytes"
            yield Failure(f"{name}:{number}", "too large", message)
        elif line.strip():
            yield from parse_line(line, name, number)
        else:
            continue
        found = True
    if not found:
        yield Failure(name, "empty", f"{name} is empty")


def _capped(lines: IO[bytes] | IO[str]) -> Iterator[bytes | str | None]:
    """The lines; None for one that is longer than `MAX_BYTES`."""
    while line := lines.readline(MAX_BYTES + 1):
        if len(line) <= MAX_BYTES:
            yield line
            continue
        newline = "\n" if isinstance(line, str) else b"\n"
        while line and not line.endswith(newline):  # type: ignore[arg-type]
            line = lines.readline(io.DEFAULT_BUFFER_SIZE)
        yield None


def _unavailable(path: Path, name: str, error: OSError | ValueError) -> Failure:
    name = name.encode("utf-8", "replace").decode()
    if isinstance(error, FileNotFoundError):
        hint = "; save the page as a file and give that" if name.startswith(("http://", "https://")) else ""
        return Failure(name, "missing", f"{name} does not exist{hint}")
    reason = getattr(error, "strerror", None) or str(error)
    return Failure(name, "unreadable", f"{name} cannot be read: {reason}")
