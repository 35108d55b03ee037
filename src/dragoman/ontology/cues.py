"""Words that introduce what somebody says, thinks or wants, with the act they name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dragoman.model import Act
from dragoman.ontology.table import read_table


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue lemma or phrase; `act` is ASSERT where the word alone does not tell; `kind` is say, think, want or noun."""

    lemma: str
    act: Act
    kind: str


@lru_cache(maxsize=1)
def verbs() -> dict[str, Cue]:
    """Cue verbs by lemma."""
    return {cue.lemma: cue for cue in _all() if cue.kind != "noun"}


@lru_cache(maxsize=1)
def nouns() -> dict[str, Cue]:
    """Cue nouns and phrases ("according to") by lemma."""
    return {cue.lemma: cue for cue in _all() if cue.kind == "noun"}


@lru_cache(maxsize=1)
def _all() -> tuple[Cue, ...]:
    return tuple(
        Cue(row.text("cue"), Act(row.choice("act", list(Act))), row.choice("kind", ("say", "think", "want", "noun")))
        for row in read_table("cues.csv", ("cue", "act", "kind"))
    )
