"""The heads of acts: what somebody does by saying something, told from the states and the lemmas of what he says and of
its cue.

Two log-linear models whose probabilities are multiplied (Hinton 2002): one reads the mean state of the content and that of
the cue, the other which lemmas and pairs of lemmas stand there, hashed into buckets (Weinberger et al. 2009). Names are
hidden from the second one: whose act it is must not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np

from dragoman.encode.analysis import Token
from dragoman.encode.decode import Floats
from dragoman.encode.heads import Heads, softmax

Range = tuple[int, int]
BUCKETS = 1 << 14
_NAME, _EDGE = "*", "^"


@dataclass(frozen=True, slots=True)
class Acts:
    """What tells the acts of one text: scores a word as part of a content and of a cue, [N, acts], its lemmas without names,
    and the heads."""

    content: Floats
    cue: Floats
    lemmas: tuple[str, ...]
    heads: Heads

    def of(self, content: Sequence[int], cue: Range | None) -> Floats:
        """Probabilities of the acts that the words of `content` do, said with the words of `cue`."""
        read = self.content[list(content)].mean(0) + self.heads["acts.bias"]
        if cue is not None:
            read = read + self.cue[slice(*cue)].mean(0)
        found = buckets([self.lemmas[i] for i in content], [self.lemmas[i] for i in range(*cue)] if cue else ())
        worded = self.heads["acts.words.weight"][found].sum(0) / len(found) ** 0.5 + self.heads["acts.words.bias"]
        both: Floats = softmax(np.log(softmax(read) + 1e-3) + np.log(softmax(worded) + 1e-3))
        return both


def acts(heads: Heads, states: Floats, tokens: Sequence[Token]) -> Acts:
    """Whatever tells the acts of a text. `states` are those of its words for language and for events, [N, 2 * width]."""
    return Acts(
        states @ heads["acts.content.weight"],
        states @ heads["acts.cue.weight"],
        tuple(lemma(token) for token in tokens),
        heads,
    )


def reads(language: Floats, events: Floats) -> Floats:
    """The states that the heads of acts read. Those of statements are not among them: they know their training texts by heart."""
    return np.hstack([language, events])


def lemma(token: Token) -> str:
    """The lemma of a word in lower case, a star for a name."""
    named = token.xpos.startswith("NNP") or (token.lemma[:1].isupper() and token.lemma != "I")
    return _NAME if named else token.lemma.lower()


def buckets(content: Sequence[str], cue: Sequence[str]) -> list[int]:
    """The buckets of the lemmas and pairs of lemmas of a content, and of the lemmas of its cue, in order and each once."""
    return sorted({crc32(key.encode()) % BUCKETS for key in _keys(content, cue)})


def _keys(content: Sequence[str], cue: Sequence[str]) -> Iterator[str]:
    yield from (f"word {word}" for word in content)
    yield from (f"pair {one} {two}" for one, two in pairwise((_EDGE, *content, _EDGE)))
    yield from (f"cue {word}" for word in cue)
