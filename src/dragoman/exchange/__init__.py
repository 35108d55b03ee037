"""A record for other tools: one module a format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import ProjectError, SettingsError
from dragoman.exchange import csv, jsonl, text
from dragoman.exchange.selection import FORMAT_VERSION, Selection
from dragoman.record import Filter, Project
from dragoman.record.unfinished import unfinished

__all__ = ["FORMATS", "FORMAT_VERSION", "export"]

_FOLDERS: dict[str, Callable[[Selection, Path], None]] = {"csv": csv.write, "text": text.write}
FORMATS = ("jsonl", *_FOLDERS)


def export(project: Project, format: str, out: Path | BinaryIO, filter: Filter | None = None) -> None:
    """Writes what `filter` asks for, and the documents and actors it refers to; the whole record without one.

    "jsonl" goes to a file or an open binary stream, "csv" and "text" into a folder, made where there is none. Two equal
    records give the same bytes. A file or a new folder is there whole or not at all; in a folder that is there, files are
    replaced when all are written. Raises SettingsError for another format, ProjectError where `out` cannot be written.
    """
    if format not in FORMATS:
        raise SettingsError(f"there is no format '{format}': known are {', '.join(FORMATS)}")
    selection = Selection(project, filter or Filter())
    with project.snapshot():
        if not isinstance(out, Path):
            if format != "jsonl":
                raise SettingsError(f"'{format}' makes a folder of files: name one")
            jsonl.write(selection, out)
            return
        try:
            if format == "jsonl":
                jsonl.write_file(selection, out)
            else:
                _write_folder(_FOLDERS[format], selection, out)
        except OSError as error:
            raise ProjectError(f"{error.filename or out} cannot be written: {error.strerror}") from error


def _write_folder(write: Callable[[Selection, Path], None], selection: Selection, folder: Path) -> None:
    new = not folder.exists()
    # A folder that is there may be a disk of its own, onto which nothing can be renamed from beside it.
    with unfinished(folder if new else folder / "export") as part:
        part.mkdir(parents=True)
        write(selection, part)
        if new:
            part.rename(folder)
        else:
            for file in sorted(part.iterdir()):
                file.replace(folder / file.name)
