"""Cuts what somebody says into statements, each as long as one act."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dragoman.encode import Analysis
from dragoman.encode.analysis import ActTeller
from dragoman.encode.labels import ACTS
from dragoman.model import Act

from .index import Index, Range

SENTENCE, CLAUSE = 0.5, 1.5
"""What another act than the one before costs at the start of a sentence, and at that of a main clause inside one, in natural
logarithms of probability; set on the development part of our corpus."""
HINT, PLAIN = 0.7, 0.1
"""What the act that rules tell adds, and that of a mere assertion, which is what rules say when they find nothing."""
SHORTEST = 3
"""Words of a clause or sentence that may be an act of its own, at least."""
FLOOR = 0.02
"""Probability that an act has at least, so that one word does not decide."""
_JOINTS = frozenset((";", ",", "–", "—", ":"))


@dataclass(frozen=True, slots=True)
class _Unit:
    tokens: Range
    price: float
    """What a change of act costs before it."""


def cuts(
    analysis: Analysis,
    index: Index,
    content: Range,
    cue: Range | None,
    inside: Set[int],
    hint: Callable[[Range], Act],
) -> list[tuple[Range, Act]]:
    """The acts of a content said with a cue, in order, each with its tokens; `inside` are tokens that somebody else says
    within it, `hint` is what rules make of a sentence or clause.

    The best sequence of acts over its sentences and main clauses (Viterbi 1967). A new paragraph begins a new statement.
    Needs a language base with heads of statements.
    """
    assert analysis.meant is not None
    units = _units(analysis, index, content)
    if not units:
        return []
    scores = np.array([_score(analysis.meant.acts, unit.tokens, cue, inside) for unit in units])
    for row, unit in zip(scores, units, strict=True):
        told = hint(unit.tokens)
        row[ACTS.index(told)] += PLAIN if told is Act.ASSERT else HINT
    best = scores[0]
    back = np.zeros(scores.shape, np.int64)
    for n in range(1, len(units)):
        changed = int(best.argmax())
        stay = best >= best[changed] - units[n].price
        back[n] = np.where(stay, np.arange(len(ACTS)), changed)
        best = np.where(stay, best, best[changed] - units[n].price) + scores[n]
    act = int(best.argmax())
    acts = [act]
    for n in range(len(units) - 1, 0, -1):
        act = int(back[n][act])
        acts.append(act)
    out: list[tuple[Range, Act]] = []
    for unit, number in zip(units, reversed(acts), strict=True):
        meant = Act(ACTS[number])
        start, end = unit.tokens
        same = out and out[-1][1] is meant and index.paragraph(out[-1][0][0]) == index.paragraph(start)
        if same:
            out[-1] = ((out[-1][0][0], end), meant)
        else:
            out.append((unit.tokens, meant))
    return out


def _score(acts: ActTeller, tokens: Range, cue: Range | None, inside: Set[int]) -> npt.NDArray[np.float64]:
    own = [i for i in range(*tokens) if i not in inside] or list(range(*tokens))
    weight = min(1.0, len(own) / SHORTEST)
    result: npt.NDArray[np.float64] = weight * np.log(np.maximum(acts.of(own, cue), FLOOR), dtype=np.float64)
    return result


def _units(analysis: Analysis, index: Index, content: Range) -> list[_Unit]:
    out: list[_Unit] = []
    at = content[0]
    while at < content[1]:
        end = min(index.sentence_range(at)[1], content[1])
        bounds = [at, *_clauses(analysis, at, end), end]
        for n, first in enumerate(bounds[:-1]):
            opens = not out or index.paragraph(out[-1].tokens[0]) != index.paragraph(first)
            out.append(_Unit((first, bounds[n + 1]), 0.0 if opens else CLAUSE if n else SENTENCE))
        at = end
    return out


def _clauses(analysis: Analysis, start: int, end: int) -> list[int]:
    """Where main clauses with a subject of their own begin inside a sentence, behind a mark or a conjunction."""
    tokens = analysis.tokens
    found = []
    for i in range(start + SHORTEST, end - SHORTEST):
        token = tokens[i]
        if token.relation not in ("conj", "parataxis") or token.upos not in ("VERB", "AUX", "NOUN", "ADJ"):
            continue
        if not start <= token.head < i or tokens[token.head].relation not in ("root", "ccomp", "conj", "parataxis"):
            continue
        children = [c for c in analysis.children[i] if c >= start and tokens[c].upos != "PUNCT"]
        if not any(tokens[c].relation.startswith(("nsubj", "expl")) for c in children):
            continue
        first = min([i, *(c for c in children if c > token.head)])
        while first > start and tokens[first - 1].upos == "CCONJ":
            first -= 1
        if first > start + SHORTEST - 1 and tokens[first - 1].text in _JOINTS and first < end - SHORTEST + 1:
            found.append(first)
    return sorted(set(found))
