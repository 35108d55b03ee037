"""When an event was: the date expression that its clause hangs the event on, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.ontology.predicates import lexicon

from .index import Index
from .syntax import SUBJECTS, Syntax
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
        """The date nearest below the event's words, within its clause, else the one that opens the clause."""
        above = {*sites, *map(self._syntax.clause_root, sites)}
        found = [(steps, token) for token in clause if token in self._heads if (steps := self._steps(token, above))]
        if found:
            return self._heads[min(found)[1]]
        return self._before(min(clause), sites[0]) or self._shared(sites[0])

    def _shared(self, verb: int) -> DateMention | None:
        """A date that opens a sentence and holds for all that its subject did: "On March 2 Norland met and agreed"."""
        syntax, first = self._syntax, self._syntax[verb].head
        if syntax[verb].relation != "conj" or syntax[verb].upos != "VERB" or syntax.kids(verb, SUBJECTS):
            return None
        opening = [kid for kid in syntax.children[first] if kid in self._heads and self._opens(kid)]
        return next((self._heads[kid] for kid in opening if not syntax.prepositions(kid) & BOUNDS), None)

    def _before(self, first: int, site: int) -> DateMention | None:
        """A date right before a clause, wherever the parser hung it: "On July 14 Norland closed the gates"."""
        syntax = self._syntax
        if syntax[site].upos != "VERB" or first == 0:
            return None
        last = first - 1 - (syntax[first - 1].text == ",")
        head = next((token for token in (last, syntax[last].head) if token in self._heads), None)
        if head is None or head > last or not self._opens(head) or syntax.prepositions(head) & BOUNDS:
            return None
        return self._heads[head]

    def _opens(self, head: int) -> bool:
        """Whether nothing but punctuation stands before a date's phrase."""
        first = min(self._syntax.subtree(head))
        return first == 0 or self._syntax[first - 1].upos == "PUNCT"

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
