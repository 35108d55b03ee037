"""A brief as data: sections of sentences, each with the words and the figures that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["statement", "event"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document that a row of the record was read from, or that hold these: `document_text[start:end] == text`."""

    kind: Kind
    row: str
    """Id of the statement or event."""
    document: str
    start: int
    end: int
    text: str
    chain: str
    """Whose words they are and who relays them, innermost first: "Chizhov, through Kerimov and JAMnews"."""
    outlet: str | None
    title: str | None
    author: str | None
    published: str | None
    """EDTF date of the document, None where it is not known."""
    source: str
    """The file name or address that the document was read from."""
    language: str | None
    told: str
    """What the row was when it was cited: of an event type, mode, status and parties, of a statement act and speaker."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was counted in the record, as the sentence says it. `check` counts it anew."""

    what: str
    """What is counted; no two different figures of a draft have the same."""
    value: float
    when: str | None = None
    """EDTF date or interval that the figure is of."""
    rows: tuple[str, ...] = ()
    """Ids of the events or statements that are counted, where it is of those."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One or a few sentences of text, and what they rest on; with neither words nor figures they are unsupported."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What the record says of two parties in a time. Its sentences may be changed, added and taken out."""

    title: str
    a: str
    """Id of the first party."""
    b: str
    since: str | None
    """EDTF; None where the brief goes back as far as the record."""
    until: str | None
    sections: tuple[Section, ...]

    def sentences(self) -> Iterator[tuple[int, int, Sentence]]:
        """Each sentence with the number of its section and its own within it, from 0."""
        for at, section in enumerate(self.sections):
            for number, sentence in enumerate(section.sentences):
                yield at, number, sentence
