"""The README.txt that stands in a folder beside tables which have no place for an explanation."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from dragoman.exchange.selection import FORMAT_VERSION


def guide(name: str) -> str:
    """What explains a format, with the format version."""
    text = _read(name).replace("{tables}", _read("tables")).replace("{shared}", _read("shared"))
    return text.replace("{version}", str(FORMAT_VERSION))


def write_guide(folder: Path, name: str) -> None:
    """Writes it as README.txt."""
    (folder / "README.txt").write_text(guide(name), "utf-8", newline="")


def _read(name: str) -> str:
    return files("dragoman.exchange").joinpath("guides", f"{name}.txt").read_text("utf-8")
