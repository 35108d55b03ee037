"""What a language base says about a text, and the protocol that every language base follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

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
    """Tokens `[start, end)` that are a source, cue or content, as the heads of statements see them.

    `inner` where it belongs to an attribution inside the content of another; `score` is the mean probability.
    """

    start: int
    end: int
    role: str
    inner: bool = False
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Attributed:
    """An attribution as ranges of tokens: the cue, its source (None where none was found) and the parts of its content."""

    cue: tuple[int, int]
    source: tuple[int, int] | None
    contents: tuple[tuple[int, int], ...]
    inner: bool = False
    score: float = 1.0


class ActTeller(Protocol):
    """Tells the act of a content."""

    def of(self, content: Sequence[int], cue: tuple[int, int] | None) -> npt.NDArray[np.float32]:
        """Probabilities, in the order of `labels.ACTS`, of what the words of `content` do, said with those of `cue`."""
        ...


@dataclass(frozen=True, slots=True)
class Meant:
    """What tells the acts of what is said; and probabilities a token, one row each: of voices, parts of conditions and
    relayers in the order of `labels`, and of polarity -1, 0, 1 toward whom the token names."""

    acts: ActTeller
    voices: npt.NDArray[np.float32]
    polarity: npt.NDArray[np.float32]
    conditions: npt.NDArray[np.float32]
    relays: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as the heads of events see it: the word that tells it, and its parties as ranges of tokens.

    `type` and `mode` are PLOVER's, `status` is one of `labels.STATUSES`; `score` is the probability that it is an event.
    `sides` [2, words of the sentence] are the log odds that a word belongs to the actors, and to the recipients.
    """

    trigger: int
    type: str
    mode: str | None
    status: str
    actors: tuple[tuple[int, int], ...]
    recipients: tuple[tuple[int, int], ...]
    score: float = 1.0
    sides: npt.NDArray[np.float32] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Between:
    """What is between two given parties: probabilities of `labels.PLV` and of `labels.QUADS`."""

    roots: npt.NDArray[np.float32]
    quads: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Tokens in the order of the text; sentences and paragraphs as ranges `[first, last + 1)` of token indices."""

    text: str
    tokens: tuple[Token, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    paragraphs: tuple[tuple[int, int], ...] = ()
    entities: tuple[Entity, ...] = ()
    roles: tuple[RoleSpan, ...] = ()
    attributions: tuple[Attributed, ...] = ()
    who: tuple[int, ...] = ()
    """For each token that is in somebody's words the first token of the nearest mention of the speaker, else -1."""
    meant: Meant | None = None
    """Like roles and attributions empty from a language base without heads of statements."""
    happened: tuple[Happened, ...] | None = None
    """None from a language base without heads of events."""
    metonyms: npt.NDArray[np.float32] | None = None
    """For each token how likely it is, if it names a place, to mean those who act for it: "Paris refused", not "in Paris".
    None from a language base that cannot tell."""
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
