"""Files and folders that are there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from dragoman.record.unfinished import unfinished


def write_file(write: Callable[[BinaryIO], None], path: Path) -> None:
    """Has a file written beside `path` and puts it in its place when it is complete."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as out:
            write(out)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_folder(write: Callable[[Path], None], folder: Path) -> None:
    """Has the files of a folder written. In one that is there, they replace others of their names when all are complete."""
    new = not folder.exists()
    # A folder that is there may be a disk of its own, onto which nothing can be renamed from beside it.
    with unfinished(folder if new else folder / "export") as part:
        part.mkdir(parents=True)
        write(part)
        if new:
            part.rename(folder)
        else:
            _move(part, folder)


def _move(part: Path, folder: Path) -> None:
    for found in sorted(part.iterdir()):
        if found.is_dir():
            (folder / found.name).mkdir(exist_ok=True)
            _move(found, folder / found.name)
        else:
            found.replace(folder / found.name)
