"""Whose ministers a page means that it does not say: those of the state from whose town it was written."""

from __future__ import annotations

import re

from dragoman.model import Document
from dragoman.ontology.actors import find_names
from dragoman.ontology.places import place

WRITTEN = frozenset({"dateline", "byline"})
"""Parts of a page that say where it was written."""
BETWEEN = re.compile(r"[,|·•/()\[\]–—:]|\s-+\s|\d+")
OPENING = re.compile(
    r"(?:^|\n)[ \t]*([A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+){0,2})(?:, [^\n(–—-]{3,30})?(?: \([^)\n]{2,30}\))? [–—-]+ "
)
"""A dateline that opens a paragraph: "TALLINN, June 2 (BNX) - "."""
TOWNS = frozenset({"capital", "seat"})


def written_in(document: Document) -> str | None:
    """The ISO3 code of the state of the first town, or state, that a dateline or byline names as a part of its own; None where
    none does."""
    lines = [document.text[part.start : part.end] for part in document.parts if part.label in WRITTEN]
    lines += [found[1] for start, end in document.body[:1] if (found := OPENING.search(document.text, start, end))]
    for line in lines:
        for words in BETWEEN.split(line):
            if country := _country(" ".join(words.split())):
                return country
    return None


def _country(name: str) -> str | None:
    if not name[:1].isupper():
        return None
    words = name.split()
    for start, end, names in find_names(words):
        if (start, end) == (0, len(words)):
            found = [one.actor.country for one in names if one.kind in TOWNS or one.actor.type == "state"]
            return found[0] if found else None
    found_place = place(name)
    return found_place.iso3 if found_place else None
