"""Briefs that a project keeps in its folder, as `briefs/NAME.json`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.brief.as_json import from_json, to_json
from dragoman.brief.parts import Brief
from dragoman.errors import InputError, ProjectError, SettingsError
from dragoman.record import Project

FOLDER = "briefs"
_NAME = re.compile(r"[^\W_][\w .()+-]{0,79}")


def save(project: Project, name: str, brief: Brief, *, new: bool = False) -> Path:
    """Keeps a brief in the project's folder, whole or not at all; `new` refuses to replace one that is there.

    Raises SettingsError for a name that no file should have, ProjectError where it is there or cannot be written.
    """
    file = _file(project, name)
    with _told(file):
        file.parent.mkdir(exist_ok=True)
    write(file, to_json(brief).encode("utf-8"), new=new)
    return file


def write(file: Path, data: bytes, *, new: bool = False) -> None:
    """Writes a file whole or not at all; `new` refuses to replace one. Raises ProjectError where it cannot be written."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    with _told(file):
        try:
            with part.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            if new:
                _put_new(part, file)
            else:
                part.replace(file)
        except FileExistsError as error:
            raise ProjectError(f"{file} is there already, and is left as it is: take another name") from error
        finally:
            part.unlink(missing_ok=True)


def _put_new(part: Path, file: Path) -> None:
    """Gives a file its name; raises FileExistsError where another has it."""
    try:
        os.link(part, file)
    except FileExistsError:
        raise
    except OSError:
        # Some disks have no hard links.
        if file.exists():
            raise FileExistsError(file) from None
        part.replace(file)


def load(project: Project, name: str) -> Brief:
    """The brief that is kept under a name. Raises ProjectError where there is none, InputError where it is no brief."""
    file = _file(project, name)
    with _told(file):
        if not file.is_file():
            known = ", ".join(kept(project)) or "none"
            raise ProjectError(f"there is no brief '{name}' in {project.path}: it has {known}")
        data = file.read_bytes()
    try:
        return from_json(data.decode("utf-8"))
    except (UnicodeDecodeError, InputError) as error:
        raise InputError(f"{file}: {error}") from error


def kept(project: Project) -> list[str]:
    """The names of the briefs that the project keeps, sorted."""
    return sorted(file.stem for file in (project.path / FOLDER).glob("*.json") if _NAME.fullmatch(file.stem))


def _file(project: Project, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise SettingsError(f"'{name}' is no name for a brief: take letters, digits, blanks and . ( ) + -, at most 80")
    return project.path / FOLDER / f"{name}.json"


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ProjectError(f"{file} cannot be used: {error.strerror}") from error
