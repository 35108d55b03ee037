"""PLOVER contexts of a sentence, by the words in it."""

from __future__ import annotations

from collections import Counter

from dragoman.encode import Analysis
from dragoman.ontology.plover import plover
from dragoman.ontology.predicates import lexicon

MOST = 3
"""Contexts kept for one event."""


def contexts(analysis: Analysis, sentence: tuple[int, int]) -> tuple[str, ...]:
    """The contexts that most words of the sentence speak for, at most three, in the ontology's order."""
    known = lexicon().contexts
    counts = Counter(
        context for token in analysis.tokens[slice(*sentence)] for context in known.get(token.lemma.lower(), ())
    )
    order = {name: place for place, name in enumerate(plover().contexts)}
    best = sorted(counts, key=lambda name: (-counts[name], order[name]))[:MOST]
    return tuple(sorted(best, key=order.__getitem__))
