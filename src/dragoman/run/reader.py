"""What a reading process does with one source: make the document, then read it."""

from __future__ import annotations

from typing import Protocol

from dragoman.encode import load
from dragoman.gather import Source, document
from dragoman.model import Document, Reading
from dragoman.read import read, reader_name


class Reads(Protocol):
    """What the pool asks of a reader."""

    @property
    def name(self) -> str:
        """Name and version of the reader and its weights."""
        ...

    def document(self, source: Source) -> Document:
        """The document of `source`. Raises InputError where there is none in it."""
        ...

    def read(self, document: Document) -> Reading:
        """What `document` says."""
        ...


class Reader:
    """Reads with one language base, by default our own. Raises WeightsError or SettingsError where it is missing."""

    def __init__(self, language_base: str | None = None) -> None:
        self._base = load(language_base)

    @property
    def name(self) -> str:
        return reader_name(self._base)

    def document(self, source: Source) -> Document:
        return document(source)

    def read(self, document: Document) -> Reading:
        return read(document, self._base)
