"""What a reading process does with one source: make the document, then read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from dragoman.encode import LanguageBase, load
from dragoman.gather import Source, document
from dragoman.model import Document, Reading
from dragoman.ontology.own import use
from dragoman.read import DocumentReader, OwnReader


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

    def __init__(
        self,
        language_base: str | None = None,
        project: Path | None = None,
        make: Callable[[LanguageBase], DocumentReader] = OwnReader,
    ) -> None:
        """`project` is the folder whose own actors and office holders are known too; `make` makes the reader of a language
        base. Raises OntologyError where the own actors are broken."""
        self._reader = make(load(language_base))
        self._own = use(project)

    @property
    def name(self) -> str:
        return self._reader.name + (f", own actors {self._own}" if self._own else "")

    def document(self, source: Source) -> Document:
        return document(source)

    def read(self, document: Document) -> Reading:
        return replace(self._reader.read(document), reader=self.name)


def plugged(name: str, base: LanguageBase) -> DocumentReader:
    """The reader of an installed plugin, "NAME" or "NAME:ARGUMENT". Raises SettingsError where it is not installed."""
    from dragoman.plugins import READERS, load_plugin

    kind, _, argument = name.partition(":")
    reader: DocumentReader = load_plugin(READERS, kind)(base, argument or None)
    return reader
