"""Files, folders and JSON Lines as a stream of sources. What cannot be read is a `Failure` in it, never a crash."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from dragoman.errors import InputError
from dragoman.gather.decode import decode
from dragoman.gather.jsonl import parse_line
from dragoman.gather.source import Failure, Source

MAX_BYTES = 20_000_000
"""Larger files, and longer lines of JSON Lines, are not read."""
MARKUP = frozenset({".html", ".htm", ".xhtml"})
PLAIN = frozenset({".txt", ".md"})
LINES = ".jsonl"


def sources(inputs: Sequence[str | Path], stdin: IO[str] | IO[bytes] | None = None) -> Iterator[Source | Failure]:
    """The sources in `inputs`, in order: files, folders (all files below, sorted; hidden ones are passed over), and "-"
    for JSON Lines from `stdin`. Texts are decoded already, and hold more than white space."""
    for given in inputs:
        if str(given) == "-":
            yield from _standard_input(stdin)
            continue
        path = Path(given)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield _unavailable(path, str(given), error)
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(path)
        else:
            yield from _file(path, path.name)


def _folder(top: Path) -> Iterator[Source | Failure]:
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
            yield from _file(Path(folder, name), _below(top, Path(folder, name)))
    for error in failures:
        yield _unavailable(Path(error.filename or top), str(error.filename or top), error)
    if not found and not failures:
        yield Failure(str(top), "empty", f"{top} holds no files")


def _below(top: Path, path: Path) -> str:
    return path.relative_to(top).as_posix().encode("utf-8", "replace").decode()


def _file(path: Path, name: str) -> Iterator[Source | Failure]:
    name = name.encode("utf-8", "replace").decode()
    suffix = path.suffix.lower()
    if suffix not in (*MARKUP, *PLAIN, LINES):
        read = ".txt, .md, .html, .htm, .xhtml and .jsonl"
        yield Failure(name, "skipped", f"{name} has the suffix {suffix!r}; {read} files are read")
        return
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Failure(name, "skipped", f"{name} is not a file")
            return
        if suffix == LINES:
            with path.open("rb") as lines:
                yield from _json_lines(lines, name)
            return
        if status.st_size > MAX_BYTES:
            yield Failure(name, "too large", f"{name} has {status.st_size} bytes; at most {MAX_BYTES} are read")
            return
        data = path.read_bytes()
    except OSError as error:
        yield _unavailable(path, name, error)
        return
    if not data.strip():
        yield Failure(name, "empty", f"{name} is empty")
        return
    try:
        text = decode(data, name)
    except InputError as error:
        yield Failure(name, "not text", str(error))
        return
    yield Source(name, text, markup=suffix in MARKUP)


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
