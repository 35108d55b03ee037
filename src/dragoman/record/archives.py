"""A backup as a folder, .tar.zst or .zip: written file by file, and read again believing nothing."""

from __future__ import annotations

import os
import shutil
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol

from dragoman.errors import ProjectError
from dragoman.record.blobs import SUFFIX
from dragoman.record.unfinished import sync

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 1 << 20
_BLOCK = 512


class Bytes(Protocol):
    """What is read piece by piece."""

    def read(self, size: int, /) -> bytes: ...


def write_folder(part: Path, members: Iterable[tuple[str, Path | bytes]]) -> None:
    """Writes files, given by name and as a file or bytes, into the folder `part`; those that are there already stay."""
    for name, content in members:
        to = part / name
        to.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            to.write_bytes(content)
        elif content != to:
            shutil.copyfile(content, to)


def write_tar(archive: Path, members: Iterable[tuple[str, Path | bytes]]) -> None:
    """Writes files, given by name and as a file or bytes, into a .tar.zst."""
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: 3,
        zstd.CompressionParameter.checksum_flag: 1,
    }
    with archive.open("wb") as raw:
        with (
            zstd.ZstdFile(raw, "wb", options=options) as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.GNU_FORMAT) as tar,
        ):
            for name, content in members:
                with _opened(content) as (size, stream):
                    info = tarfile.TarInfo(name)
                    info.size = size
                    tar.addfile(info, stream)
        sync(raw)


def write_zip(archive: Path, members: Iterable[tuple[str, Path | bytes]]) -> None:
    """Writes files, given by name and as a file or bytes, into a .zip."""
    with archive.open("wb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in members:
                info = zipfile.ZipInfo(name)
                # The originals are packed already.
                info.compress_type = zipfile.ZIP_STORED if name.endswith(SUFFIX) else zipfile.ZIP_DEFLATED
                with _opened(content) as (size, stream):
                    info.file_size = size
                    with packed.open(info, "w") as to:
                        shutil.copyfileobj(stream, to, CHUNK)
        sync(raw)


@contextmanager
def _opened(content: Path | bytes) -> Iterator[tuple[int, IO[bytes]]]:
    if isinstance(content, bytes):
        yield len(content), BytesIO(content)
    else:
        with content.open("rb") as stream:
            yield os.fstat(stream.fileno()).st_size, stream


def unpacked(source: Path) -> Iterator[tuple[str, int, Bytes]]:
    """Name, size and content of each file in a backup, each to be read before the next. Nothing is believed here."""
    if source.is_dir():
        yield from _from_folder(source)
        return
    with source.open("rb") as raw:
        start = raw.read(4)
        raw.seek(0)
        if start == b"\x28\xb5\x2f\xfd":
            with zstd.ZstdFile(raw) as packed:
                yield from _from_tar(packed, source)
        elif start[:2] == b"PK":
            with zipfile.ZipFile(raw) as archive:
                yield from _from_zip(archive, source)
        else:
            raise ProjectError(f"{source} is no backup: name a folder, .tar.zst or .zip that 'dragoman backup' made")


@contextmanager
def told_damaged(source: Path) -> Iterator[None]:
    """Tells what the readers of archives say of one that is not whole."""
    try:
        yield
    except (
        EOFError,
        ValueError,
        RuntimeError,
        zlib.error,
        zipfile.BadZipFile,
        zstd.ZstdError,
        tarfile.TarError,
    ) as error:
        raise ProjectError(f"{source} is cut off or damaged ({error}): restore another backup") from error


def _from_folder(source: Path) -> Iterator[tuple[str, int, Bytes]]:
    for file in sorted(source.rglob("*")):
        if file.is_symlink() or not (file.is_file() or file.is_dir()):
            raise strange(source, file.relative_to(source).as_posix())
        if file.is_file():
            with file.open("rb") as stream:
                yield file.relative_to(source).as_posix(), os.fstat(stream.fileno()).st_size, stream


def _from_tar(packed: Bytes, source: Path) -> Iterator[tuple[str, int, Bytes]]:
    # Read block by block, for the library's reader would take a header of any length into memory.
    while True:
        block = packed.read(_BLOCK)
        if not block.strip(b"\0") and len(block) == _BLOCK:
            return
        info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        if info.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or info.size < 0:
            raise strange(source, info.name)
        yield info.name, info.size, packed
        packed.read(-info.size % _BLOCK)


def _from_zip(archive: zipfile.ZipFile, source: Path) -> Iterator[tuple[str, int, Bytes]]:
    for info in archive.infolist():
        kind = info.external_attr >> 16 & 0o170000
        plain = kind in (0, 0o100000) and info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if not plain or info.orig_filename != info.filename:
            raise strange(source, info.orig_filename)
        with archive.open(info) as stream:
            yield info.filename, info.file_size, stream


def strange(source: Path, name: str) -> ProjectError:
    """What to raise for a member that no backup has."""
    return ProjectError(f"{source} holds {name!r}, which no backup does: it was not made by 'dragoman backup'")
