"""What a language base says about a text, and the protocol that every language base follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from dragoman.model import Span


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text. `head` is the index of its head among all tokens of the analysis, -1 for the root of a sentence."""

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    """Penn tag ("VBD", "NNP"), or ""."""
    head: int
    relation: str
    """Universal Dependencies relation with its subtype, e.g. "nsubj:pass"."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity over tokens `[start, end)`; `label` is PER, ORG or LOC."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """Tokens `[start, end)` that are a source, cue or content, as the attribution head sees them.

    `link` is the index of the token of its cue that a source or content belongs to, or -1; `score` the mean probability.
    """

    start: int
    end: int
    role: str
    link: int = -1
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Analysis:
    """Tokens in the order of the text; sentences and paragraphs as ranges `[first, last + 1)` of token indices."""

    text: str
    tokens: tuple[Token, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    paragraphs: tuple[tuple[int, int], ...] = ()
    entities: tuple[Entity, ...] = ()
    roles: tuple[RoleSpan, ...] = ()
    """Empty from a language base without an attribution head."""
    children: tuple[tuple[int, ...], ...] = field(default=(), repr=False)
    """For each token the indices of its dependents, in order."""


class LanguageBase(Protocol):
    """Anything that can analyze text: our own encoder, or a spaCy pipeline that the user names in the settings."""

    @property
    def name(self) -> str:
        """Name and version, stored with every row that is read with it."""
        ...

    def analyze(self, text: str, spans: Sequence[Span]) -> Analysis:
        """The analysis of `text` within `spans` (sorted, not overlapping); lines are paragraphs, offsets are into `text`."""
        ...
