"""Statements: content attributed to a speaker, and the chain on which it reached the reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dragoman.model.span import Span


class Form(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    OWN = "own"


class Act(StrEnum):
    ASSERT = "assert"
    ACCUSE = "accuse"
    DENY = "deny"
    DEMAND = "demand"
    THREATEN = "threaten"
    PROMISE = "promise"
    CONDITION = "condition"
    PRAISE = "praise"
    REJECT = "reject"
    PREDICT = "predict"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as the document gives them. All fields are None where the speaker is unknown."""

    actor: str | None = None
    name: str | None = None
    role: str | None = None
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One mouth on the way to the reader. `mention` is None for an outlet that only the page's metadata name."""

    actor: str | None
    name: str | None
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class About:
    """An actor that a statement is about, and its polarity toward it: -1, 0 or 1."""

    actor: str
    polarity: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """Content from `start` to `end`. `chain[0]` is the speaker, the last the outlet that published the page, where known."""

    id: str
    document: str
    start: int
    end: int
    text: str
    form: Form
    act: Act
    cue: Span | None
    speaker: Speaker
    chain: tuple[ChainLink, ...]
    about: tuple[About, ...] = ()
    confidence: float = 1.0
    condition: str | None = None
    """Id of the statement that makes this one's fulfilment a condition, or its consequence hang on one."""
