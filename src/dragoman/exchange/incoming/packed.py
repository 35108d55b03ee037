"""Files as they are shipped: plain, gzip, or a zip archive of several; known by their bytes. Nothing is unpacked to disk."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from typing import IO

from dragoman.errors import InputError

LONGEST = 1 << 20
"""Bytes of the longest line; what is longer is cut, so that its columns are not those of the format."""
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, LZMAError, NotImplementedError)
"""What reading a damaged file raises."""
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


def members(path: Path) -> list[str | None]:
    """The names of the files in an archive; [None] for a file that is none. Raises InputError where it cannot be opened."""
    try:
        with path.open("rb") as file:
            if file.read(4) != _ZIP:
                return [None]
        with zipfile.ZipFile(path) as archive:
            return [one.filename for one in archive.infolist() if not one.is_dir() and "__MACOSX" not in one.filename]
    except IsADirectoryError:
        raise InputError(f"{path} is a folder: name the files in it") from None
    except BROKEN as error:
        raise InputError(f"{path} cannot be opened: {getattr(error, 'strerror', None) or error}") from error


@contextmanager
def opened(path: Path, member: str | None) -> Iterator[Iterator[bytes]]:
    """The lines of a file, or of a member of an archive. While they are taken, what is damaged raises one of `BROKEN`."""
    if member is not None:
        with zipfile.ZipFile(path) as archive:
            try:
                inside = archive.open(member)
            except RuntimeError as error:
                raise InputError(f"{path}: {member} has a password: unpack it first") from error
            with inside:
                yield _lines(inside)
        return
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
        file.seek(0)
        if packed:
            with gzip.open(file) as unpacked:
                yield _lines(unpacked)
        else:
            yield _lines(file)


def _lines(stream: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while line := stream.readline(LONGEST):
        rest = line
        while len(rest) == LONGEST and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST)
        yield line
