"""When an event was: the date expression that its clause hangs the event on, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.ontology.predicates import lexicon

from .index import Index
from .syntax import Syntax
from .when import DateMention

BOUNDS = frozenset({"since", "until", "till", "before", "after", "by", "for", "from", "ahead"})
"""Prepositions after which a date bounds an event or measures it, and is not its own."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def has_day(value: str | None) -> bool:
    """Whether an EDTF value is one day with its year."""
    return value is not None and DAY.fullmatch(value) is not None


class EventDates:
    """The date mentions of a document by the token that heads each."""

    def __init__(self, syntax: Syntax, index: Index, dates: Sequence[DateMention]) -> None:
        self._syntax = syntax
        self._heads: dict[int, DateMention] = {}
        for date in dates:
            first, last = index.tokens((date.start, date.end))
            for token in range(first, last):
                if not first <= syntax[token].head < last:
                    self._heads.setdefault(token, date)

    def of(self, sites: Sequence[int], clause: frozenset[int]) -> DateMention | None:
        """The date nearest below the event's words, within its clause."""
        above = {*sites, *map(self._syntax.clause_root, sites)}
        found = [(steps, token) for token in clause if token in self._heads if (steps := self._steps(token, above))]
        return self._heads[min(found)[1]] if found else None

    def _steps(self, token: int, above: set[int]) -> int | None:
        """How many steps lead from a date up to the event's words; None where something else owns the date."""
        syntax, anniversaries = self._syntax, lexicon().nouns["anniversary"]
        if syntax[token].relation.startswith(("nsubj", "obj")) or syntax.prepositions(token) & BOUNDS:
            return None
        for steps, head in enumerate(syntax.ancestors(token, 4), start=1):
            if head in above:
                return steps
            if syntax[head].upos == "VERB" or syntax.lemma(head) in anniversaries:
                return None
        return None
