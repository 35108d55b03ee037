"""The reading of one document, stage by stage: when, who, who said what, what happened."""

from __future__ import annotations

from typing import Protocol

from dragoman.encode import LanguageBase
from dragoman.model import Document, Reading

from .material import dated, finished, know_speakers, material
from .what_happened import events
from .who_said_what import statements

VERSION = "5"
"""Changes whenever the same text may give other rows."""


def reader_name(base: LanguageBase) -> str:
    """What is stored with every row: this reader's version and the language base's."""
    return f"dragoman {VERSION}, {base.name}"


class DocumentReader(Protocol):
    """Anything that reads a document: our own reader, one that asks a model, or that of a plugin."""

    @property
    def name(self) -> str:
        """Name and version, stored with every row. Another name means that the same text may give other rows."""
        ...

    def read(self, document: Document) -> Reading:
        """What `document` says. Every span must stand in its text and every actor be listed, or the reading is not kept."""
        ...


class OwnReader:
    """Our own reader, with a language base."""

    def __init__(self, base: LanguageBase) -> None:
        self._base = base

    @property
    def name(self) -> str:
        return reader_name(self._base)

    def read(self, document: Document) -> Reading:
        return read(document, self._base)


def read(document: Document, base: LanguageBase) -> Reading:
    """Everything that is read from `document`. The reading's document carries the publication date that was found.

    A document in a language that is not read yet gives a reading without rows and a note. Raises InputError where the
    body is longer than `LONGEST` characters.
    """
    name, document = reader_name(base), dated(document)
    found = material(document, base)
    if isinstance(found, str):
        return Reading(document, name, notes=(found,))
    said = statements(document, found.analysis, found.index, found.people, found.quoted)
    know_speakers(found, said)
    return finished(found, name, said, events(document, found.analysis, found.people, found.dates, said))
