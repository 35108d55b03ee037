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
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from dragoman.errors import ProjectError, SettingsError
from dragoman.record.archives import CHUNK, Bytes, strange, told_damaged, unpacked, write_folder, write_tar, write_zip
from dragoman.record.blobs import SUFFIX
from dragoman.record.database import plain_errors
from dragoman.record.integrity import check_project, open_unchanged
from dragoman.record.lock import FILE as LOCK
from dragoman.record.originals import originals, whole
from dragoman.record.schema import APPLICATION
from dragoman.record.unfinished import put_file, put_folder, require_new, unfinished

FORMAT = "dragoman backup 1"
MANIFEST = "manifest.json"
ARCHIVES = (".tar.zst", ".zip")
RESERVE = 64 * 2**20
"""Bytes of the disk that unpacking leaves free."""
_MANIFEST_BYTES = 16 * 2**20
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
    require_new(target)
    if source.resolve() in (target.resolve(), *target.resolve().parents):
        raise ProjectError(f"{target} lies in the project itself: name a place outside it")
    counted = _Counted()
    with _told(target), unfinished(target) as part:
        part.mkdir(parents=True)
        _copy_database(source / "project.db", part / "project.db")
        members = _members(source, part, counted)
        if suffix:
            archive = part / suffix
            (write_tar if suffix == ".tar.zst" else write_zip)(archive, members)
            put_file(archive, target)
        else:
            write_folder(part, members)
            put_folder(part, target)
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
    with _told(folder), unfinished(folder) as part:
        part.mkdir(parents=True)
        with told_damaged(source):
            for name, size, content in unpacked(source):
                _receive(part, name, size, content, source)
        found = _verify(part, source)
        (part / MANIFEST).unlink()
        put_folder(part, folder)
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


def _receive(part: Path, name: str, size: int, content: Bytes, source: Path) -> None:
    """Writes one file of a backup, if it is one that backups hold, is there once, and leaves space on the disk."""
    if not (name in ("project.db", MANIFEST) or _BLOB.fullmatch(name) or _own(name)):
        raise strange(source, name)
    if shutil.disk_usage(part).free < size + RESERVE:
        raise ProjectError(f"{source} holds more than the disk has space for: free some, or name another disk")
    to = part / name
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        out = to.open("xb")
    except FileExistsError as error:
        raise strange(source, f"{name} twice") from error
    with out:
        left = size
        while left:
            chunk = content.read(min(left, CHUNK))
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


def _placed(target: str | Path) -> Path:
    """The place by its full name, which "." and ".." lack."""
    place = Path(os.path.abspath(target))
    if not place.name:
        raise ProjectError(f"{place} is the whole disk: name a new place on it")
    return place


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


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
