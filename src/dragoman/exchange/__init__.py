"""A record for other tools: one module a format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import ProjectError, SettingsError
from dragoman.exchange import csv, jsonl, text
from dragoman.exchange.selection import FORMAT_VERSION, Selection
from dragoman.record import Filter, Project

__all__ = ["FORMATS", "FORMAT_VERSION", "export"]

_FOLDERS: dict[str, Callable[[Selection, Path], None]] = {"csv": csv.write, "text": text.write}
FORMATS = ("jsonl", *_FOLDERS)


def export(project: Project, format: str, out: Path | BinaryIO, filter: Filter | None = None) -> None:
    """Writes what `filter` asks for, and the documents and actors it refers to; the whole record without one.

    "jsonl" goes to a file or an open binary stream, "csv" and "text" into a folder, made where there is none. Two equal
    records give the same bytes. Raises SettingsError for another format, ProjectError where `out` cannot be written.
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
                out.mkdir(parents=True, exist_ok=True)
                _FOLDERS[format](selection, out)
        except OSError as error:
            raise ProjectError(f"{error.filename or out} cannot be written: {error.strerror}") from error
