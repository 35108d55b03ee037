"""Files and folders that are there whole or not at all: made beside their place, and put there when they are done."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import IO

from dragoman.errors import ProjectError


def require_new(target: Path) -> None:
    """Raises ProjectError where something has the name already."""
    if target.exists() or target.is_symlink():
        raise ProjectError(f"{target} is there already, and is left as it is: give the backup another name")


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
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


def put_file(file: Path, target: Path) -> None:
    """Puts the file where `target` is to be, which must be new."""
    require_new(target)
    file.replace(target)
    _sync_folder(target.parent)


def put_folder(part: Path, target: Path) -> None:
    """Renames; what came to stand there meanwhile, and is not empty, is left as it is. `os.sync` once, for a hundred
    thousand files would take minutes each on their own."""
    if hasattr(os, "sync"):
        os.sync()
    part.rename(target)
    _sync_folder(target.parent)


def sync(out: IO[bytes]) -> None:
    """Waits until what was written is on the disk."""
    out.flush()
    os.fsync(out.fileno())


def _sync_folder(folder: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
