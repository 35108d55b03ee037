"""A copy of a project as it stood at one moment, in a folder or one file, and the way back.

A backup holds `project.db`, the originals that its rows name, the user's own files (`actors.csv`, `offices.csv`, `briefs/`),
and last `manifest.json` with their hashes. What is not complete never has the name that was asked for. A backup may come from
a stranger: what is put back is only what a backup holds, checked before it takes its place.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import sqlite3
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from glob import escape
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol

from dragoman.errors import ProjectError, SettingsError
from dragoman.record.blobs import SUFFIX
from dragoman.record.database import plain_errors
from dragoman.record.integrity import check_project, open_unchanged, originals, whole
from dragoman.record.lock import FILE as LOCK
from dragoman.record.schema import APPLICATION

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FORMAT = "dragoman backup 1"
MANIFEST = "manifest.json"
ARCHIVES = (".tar.zst", ".zip")
RESERVE = 64 * 2**20
"""Bytes of the disk that unpacking leaves free."""

_CHUNK = 1 << 20
_MANIFEST_BYTES = 16 * 2**20
_BLOCK = 512
_BLOB = re.compile(rf"blobs/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}}){re.escape(SUFFIX)}")
_OWN = re.compile(r"[^\W_][\w .()+-]{0,79}")
"""Names of files in the project's folder that go along."""
_BRIEF = re.compile(rf"briefs/{_OWN.pattern}\.json")
_SUFFIXES = (".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar")


@dataclass(frozen=True, slots=True)
class Backup:
    """What was put into a backup, or back from one."""

    path: Path
    documents: int
    originals: int
    missing: tuple[str, ...] = ()
    """SHA-256 of the originals that were missing or damaged when the backup was made, and are not in it."""


class _Bytes(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class _Counted:
    documents: int = 0
    originals: int = 0
    missing: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)


def backup(project: str | Path, target: str | Path) -> Backup:
    """Copies the project as it stands now, whatever other processes write meanwhile; they need not wait.

    `target` is a new `.tar.zst` or `.zip` file, or else a new folder. Raises ProjectError where it is there already, where
    the disk is full or refuses, and where the database is damaged; SettingsError for an archive of another kind.
    """
    source, target = Path(project), _placed(target)
    if not (source / "project.db").is_file():
        raise ProjectError(f"there is no project in {source}: name the folder of one")
    suffix = next((suffix for suffix in ARCHIVES if target.name.endswith(suffix)), "")
    if not suffix and target.name.lower().endswith(_SUFFIXES):
        raise SettingsError(
            f"{target} would be an archive of an unknown kind: name a folder, or {' or '.join(ARCHIVES)}"
        )
    _require_new(target)
    if source.resolve() in (target.resolve(), *target.resolve().parents):
        raise ProjectError(f"{target} lies in the project itself: name a place outside it")
    counted = _Counted()
    with _told(target), _part(target) as part:
        part.mkdir(parents=True)
        _copy_database(source / "project.db", part / "project.db")
        members = _members(source, part, counted)
        if suffix:
            archive = part / suffix
            (_write_tar if suffix == ".tar.zst" else _write_zip)(archive, members)
            _put_file(archive, target)
        else:
            _write_folder(part, members)
            _put_folder(part, target)
    return Backup(target, counted.documents, counted.originals, tuple(counted.missing))


def restore(source: str | Path, project: str | Path) -> Backup:
    """Puts the backup at `source` into the new folder `project`, after everything in it was checked.

    Raises ProjectError where the folder is there and not empty, where `source` is no backup, is not complete or damaged,
    and where it holds anything that a backup does not: nothing is put in place then.
    """
    source, folder = Path(source), _placed(project)
    if not source.exists():
        raise ProjectError(f"{source} is not there: name a folder, .tar.zst or .zip that 'dragoman backup' made")
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ProjectError(f"{folder} is a file: name a new folder for what is restored")
    if folder.is_dir() and any(folder.iterdir()):
        raise ProjectError(f"{folder} is there and not empty, and is left as it is: restore into a new folder")
    with _told(folder), _part(folder) as part:
        part.mkdir(parents=True)
        with _damaged(source):
            for name, size, content in _unpacked(source):
                _receive(part, name, size, content, source)
        found = _verify(part, source)
        (part / MANIFEST).unlink()
        _put_folder(part, folder)
    return Backup(folder, *found)


def _copy_database(file: Path, copy: Path) -> None:
    """One state of the database, read in one go: its writers go on beside it."""
    with plain_errors(file), closing(open_unchanged(file)) as live, closing(sqlite3.connect(copy)) as database:
        try:
            live.backup(database)
        except sqlite3.OperationalError as error:
            if "full" in str(error):
                raise OSError(errno.ENOSPC, "the disk is full", str(copy)) from error
            raise
        # One file without a log beside it; the project that it becomes turns the log on again.
        database.execute("PRAGMA journal_mode = DELETE")
        (application,) = database.execute("PRAGMA application_id").fetchone()
        (state,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if application != APPLICATION:
        raise ProjectError(
            f"{file} is not the database of a Dragoman project, or has no tables yet: name another folder"
        )
    if state != "ok":
        raise ProjectError(f"{file} is damaged ({state}): 'dragoman check' tells more; no backup was made")


def _members(source: Path, part: Path, counted: _Counted) -> Iterator[tuple[str, Path | bytes]]:
    """Name and content of all that the backup holds, the manifest last. The database is in `part` already."""
    database = part / "project.db"
    with plain_errors(database), closing(sqlite3.connect(database)) as connection:
        (counted.documents,) = connection.execute("SELECT count(*) FROM documents").fetchone()
        digests = sorted(set(originals(connection)))
    for file in sorted((*source.iterdir(), *source.glob("briefs/*.json"))):
        name = file.relative_to(source).as_posix()
        if _own(name) and file.is_file() and not file.is_symlink():
            (part / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(file, part / name)
            counted.own.append(name)
    for name in ("project.db", *counted.own):
        counted.hashes[name] = _sha256(part / name)
        yield name, part / name
    for digest in digests:
        name = f"blobs/{digest[:2]}/{digest}{SUFFIX}"
        file = source / name
        if _BLOB.fullmatch(name) and file.is_file() and whole(file, digest):
            counted.originals += 1
            yield name, file
        else:
            counted.missing.append(digest)
    manifest = {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "documents": counted.documents,
        "originals": counted.originals,
        "missing": counted.missing,
        "files": counted.hashes,
    }
    yield MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode()


def _own(name: str) -> bool:
    """Whether a file of the project's folder goes along: not the database and its logs, locks, and what is half written."""
    return bool(_BRIEF.fullmatch(name)) or (
        bool(_OWN.fullmatch(name))
        and not name.startswith(("project.db", "digest.db"))
        and not name.endswith((".part", LOCK))
    )


def _write_folder(part: Path, members: Iterable[tuple[str, Path | bytes]]) -> None:
    for name, content in members:
        to = part / name
        to.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            to.write_bytes(content)
        elif content != to:
            shutil.copyfile(content, to)


def _write_tar(archive: Path, members: Iterable[tuple[str, Path | bytes]]) -> None:
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
        _sync(raw)


def _write_zip(archive: Path, members: Iterable[tuple[str, Path | bytes]]) -> None:
    with archive.open("wb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in members:
                info = zipfile.ZipInfo(name)
                # The originals are packed already.
                info.compress_type = zipfile.ZIP_STORED if name.endswith(SUFFIX) else zipfile.ZIP_DEFLATED
                with _opened(content) as (size, stream):
                    info.file_size = size
                    with packed.open(info, "w") as to:
                        shutil.copyfileobj(stream, to, _CHUNK)
        _sync(raw)


@contextmanager
def _opened(content: Path | bytes) -> Iterator[tuple[int, IO[bytes]]]:
    if isinstance(content, bytes):
        yield len(content), BytesIO(content)
    else:
        with content.open("rb") as stream:
            yield os.fstat(stream.fileno()).st_size, stream


def _unpacked(source: Path) -> Iterator[tuple[str, int, _Bytes]]:
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
def _damaged(source: Path) -> Iterator[None]:
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


def _from_folder(source: Path) -> Iterator[tuple[str, int, _Bytes]]:
    for file in sorted(source.rglob("*")):
        if file.is_symlink() or not (file.is_file() or file.is_dir()):
            raise _strange(source, file.relative_to(source).as_posix())
        if file.is_file():
            with file.open("rb") as stream:
                yield file.relative_to(source).as_posix(), os.fstat(stream.fileno()).st_size, stream


def _from_tar(packed: _Bytes, source: Path) -> Iterator[tuple[str, int, _Bytes]]:
    # Read block by block, for the library's reader would take a header of any length into memory.
    while True:
        block = packed.read(_BLOCK)
        if not block.strip(b"\0") and len(block) == _BLOCK:
            return
        info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        if info.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or info.size < 0:
            raise _strange(source, info.name)
        yield info.name, info.size, packed
        packed.read(-info.size % _BLOCK)


def _from_zip(archive: zipfile.ZipFile, source: Path) -> Iterator[tuple[str, int, _Bytes]]:
    for info in archive.infolist():
        kind = info.external_attr >> 16 & 0o170000
        plain = kind in (0, 0o100000) and info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if not plain or info.orig_filename != info.filename:
            raise _strange(source, info.orig_filename)
        with archive.open(info) as stream:
            yield info.filename, info.file_size, stream


def _receive(part: Path, name: str, size: int, content: _Bytes, source: Path) -> None:
    """Writes one file of a backup, if it is one that backups hold, is there once, and leaves space on the disk."""
    if not (name in ("project.db", MANIFEST) or _BLOB.fullmatch(name) or _own(name)):
        raise _strange(source, name)
    if shutil.disk_usage(part).free < size + RESERVE:
        raise ProjectError(f"{source} holds more than the disk has space for: free some, or name another disk")
    to = part / name
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        out = to.open("xb")
    except FileExistsError as error:
        raise _strange(source, f"{name} twice") from error
    with out:
        left = size
        while left:
            chunk = content.read(min(left, _CHUNK))
            if not chunk:
                raise EOFError(f"{name} ends too early")
            out.write(chunk)
            left -= len(chunk)


def _verify(part: Path, source: Path) -> tuple[int, int, tuple[str, ...]]:
    """Documents, originals and those known to be missing, of an unpacked backup in which nothing is wrong."""
    file = part / MANIFEST
    try:
        if file.stat().st_size > _MANIFEST_BYTES:
            raise ValueError("too large")
        manifest = json.loads(file.read_bytes())
        known = manifest["format"] == FORMAT
        hashes = {str(name): str(digest) for name, digest in manifest["files"].items()}
        many, kept, missing = (
            int(manifest["documents"]),
            int(manifest["originals"]),
            tuple(map(str, manifest["missing"])),
        )
    except FileNotFoundError as error:
        raise ProjectError(f"{source} has no {MANIFEST}: it is no backup, or not a complete one") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ProjectError(f"{source}: {MANIFEST} is damaged ({error}): restore another backup") from error
    if not known:
        raise ProjectError(f"{source} is a backup of another format than '{FORMAT}': install the Dragoman that made it")
    files = (item for item in (*part.iterdir(), *part.glob("briefs/*")) if item.is_file() and item != file)
    there = {item.relative_to(part).as_posix(): _sha256(item) for item in files}
    for name, _ in sorted(there.items() ^ hashes.items()):
        raise ProjectError(f"{source}: {name} is not what was kept: restore another backup")
    if "project.db" not in there:
        raise ProjectError(f"{source} has no project.db: restore another backup")
    wrong = [finding for finding in check_project(part, missing=frozenset(missing)) if finding.wrong]
    if wrong:
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise ProjectError(f"{source} is not whole: {wrong[0].where}: {wrong[0].what}{more}: restore another backup")
    return many, kept, missing


def _strange(source: Path, name: str) -> ProjectError:
    return ProjectError(f"{source} holds {name!r}, which no backup does: it was not made by 'dragoman backup'")


def _placed(target: str | Path) -> Path:
    """The place by its full name, which "." and ".." lack."""
    place = Path(os.path.abspath(target))
    if not place.name:
        raise ProjectError(f"{place} is the whole disk: name a new place on it")
    return place


def _require_new(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise ProjectError(f"{target} is there already, and is left as it is: give the backup another name")


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    """A folder beside `target` for what is not complete; it is gone afterwards, or next time if the process is killed."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    for left in (part, *target.parent.glob(f".{escape(target.name)}.*.part")):
        if left == part or not _runs(left.name.split(".")[-2]):
            shutil.rmtree(left, ignore_errors=True)
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _runs(process: str) -> bool:
    """Whether a process of this id may still run."""
    if os.name != "posix" or not process.isdecimal():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Tells what the file system refuses, and what to do about it."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise ProjectError(
                f"{target} cannot be written: the disk is full: free some space, or name another disk"
            ) from error
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise ProjectError(
                f"{error.filename or target} cannot be used: {error.strerror}: name another place"
            ) from error
        raise ProjectError(f"{error.filename or target} cannot be used: {error.strerror}") from error


def _put_file(file: Path, target: Path) -> None:
    _require_new(target)
    file.replace(target)
    _sync_folder(target.parent)


def _put_folder(part: Path, target: Path) -> None:
    """Renames; what came to stand there meanwhile, and is not empty, is left as it is. `os.sync` once, for a hundred
    thousand files would take minutes each on their own."""
    if hasattr(os, "sync"):
        os.sync()
    part.rename(target)
    _sync_folder(target.parent)


def _sync(out: IO[bytes]) -> None:
    out.flush()
    os.fsync(out.fileno())


def _sync_folder(folder: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
