"""What a reading process does with one source: make the document, then read it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from dragoman.encode import load
from dragoman.gather import Source, document
from dragoman.model import Document, Reading
from dragoman.ontology.own import use
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

    def __init__(self, language_base: str | None = None, project: Path | None = None) -> None:
        """`project` is the folder whose own actors and office holders are known too. Raises OntologyError where they are
        broken."""
        self._base = load(language_base)
        self._own = use(project)

    @property
    def name(self) -> str:
        return reader_name(self._base) + (f", own actors {self._own}" if self._own else "")

    def document(self, source: Source) -> Document:
        return document(source)

    def read(self, document: Document) -> Reading:
        return replace(read(document, self._base), reader=self.name)
