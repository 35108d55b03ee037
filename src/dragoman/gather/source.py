"""What comes in: a source that can be read, or why an input cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Problem = Literal[
    "missing", "unreadable", "empty", "too large", "not text", "json", "date", "row", "skipped", "refused", "fetch"
]


@dataclass(frozen=True, slots=True)
class Source:
    """One article as it came in: its content with the metadata that came beside it."""

    name: str
    """The file's name, its path below the folder that was given, or what a JSON line calls its source."""
    content: bytes | str
    markup: bool = False
    """The content is HTML."""
    published: str | None = None
    """An EDTF date."""
    outlet: str | None = None
    title: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an input was not read, for the report of the run."""

    source: str
    problem: Problem
    message: str
