"""A record for other tools: one module a format."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from dragoman.errors import ProjectError, SettingsError
from dragoman.exchange import whole
from dragoman.exchange.drawing import Drawing
from dragoman.exchange.formats import FORMATS, Format
from dragoman.exchange.selection import FORMAT_VERSION, PLAIN, Selection
from dragoman.record import Filter, Project

__all__ = ["FORMATS", "FORMAT_VERSION", "Drawing", "Format", "export"]

EVERYTHING = Filter()


def export(
    project: Project, format: str, out: Path | BinaryIO, filter: Filter | None = None, drawing: Drawing = PLAIN
) -> None:
    """Writes what `filter` asks for, and the documents and actors it refers to; the whole record without one.

    A format that is one file goes to a path or an open binary stream, one that is a folder into a folder, made where there
    is none. `drawing` says what the formats of networks draw. Two equal records give the same bytes. A file or a new folder
    is there whole or not at all; in a folder that is there, files are replaced when all are written. Raises SettingsError
    for another format and where a format cannot hold what is asked for, ProjectError where `out` cannot be written.
    """
    if format not in FORMATS:
        raise SettingsError(f"there is no format '{format}': known are {', '.join(FORMATS)}")
    wanted, selection = FORMATS[format], Selection(project, filter or EVERYTHING, drawing)
    with project.snapshot():
        if not isinstance(out, Path):
            if wanted.kind == "folder":
                raise SettingsError(f"'{format}' makes a folder of files: name one")
            wanted.write_file(selection, out)
            return
        try:
            if wanted.kind == "file":
                whole.write_file(lambda file: wanted.write_file(selection, file), out)
            else:
                whole.write_folder(lambda folder: wanted.write_folder(selection, folder), out)
        except OSError as error:
            raise ProjectError(f"{error.filename or out} cannot be written: {error.strerror}") from error
