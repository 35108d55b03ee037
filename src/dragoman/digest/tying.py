"""Where the words stand in a text that tie two events ("in response to", "three days after"), and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dragoman.model import Span
from dragoman.ontology.table import read_table

Says = Literal["answer", "after"]
_STOP = re.compile(r"[.!?…][\"'“”‘’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9\u00c0-\u024f])|\n[^\S\n]*\n\s*|\n")
_TITLES = "Mr Mrs Ms Dr Gen Col Lt Sgt Prof Sen Rep Gov St No vs Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
_ABBREVIATED = re.compile(rf"\b(?:{'|'.join(_TITLES.split())}|[A-Z])\.$")
_HEADLINE = 60
"""A line that is shorter is no wrapped line of a paragraph."""
_NOT = re.compile(
    r"\b(?:not|never|nothing|nobody|no|neither|nor|den(?:y|ies|ied))\b[^.;]{0,25}$|n['’]t\b[^.;]{0,25}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words that tie two events."""

    phrase: str
    cause_after: bool
    """Whether the cause stands behind the words, or before."""
    says: Says


@lru_cache(maxsize=1)
def reaction_words() -> tuple[Words, ...]:
    """The words that tie two events, the longest first. Raises OntologyError where the data file breaks its schema."""
    found = []
    for row in read_table("reaction_words.csv", ("phrase", "cause", "says")):
        phrase = row.text("phrase")
        if phrase != phrase.lower():
            raise row.fail(f"{phrase!r} has capitals")
        after = row.choice("cause", ("after", "before")) == "after"
        says: Says = "answer" if row.choice("says", ("answer", "after")) == "answer" else "after"
        found.append(Words(phrase, after, says))
    return tuple(sorted(found, key=lambda words: (-len(words.phrase), words.phrase)))


def sentences(text: str) -> list[Span]:
    """The sentences of a text, by its stops and lines; they cover it without a gap."""
    starts = [0]
    for match in _STOP.finditer(text):
        if match[0][0] in ".!?…":
            stands = not _ABBREVIATED.search(text[max(starts[-1], match.start() - 8) : match.start() + 1])
        else:
            line = max(starts[-1], text.rfind("\n", starts[-1], match.start()) + 1)
            stands = match[0].count("\n") > 1 or match.start() - line < _HEADLINE
        if stands and starts[-1] < match.end() < len(text):
            starts.append(match.end())
    return list(zip(starts, [*starts[1:], len(text)], strict=True)) if text else []


def marked(text: str) -> Iterator[tuple[Words, Span]]:
    """Where the words stand that tie events, and are not denied."""
    by_phrase = {words.phrase: words for words in reaction_words()}
    for match in _pattern().finditer(text):
        if not _NOT.search(text[max(0, match.start() - 40) : match.start()]):
            yield by_phrase[" ".join(match[0].lower().split())], match.span()


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    phrases = [re.escape(words.phrase).replace(r"\ ", r"\s+") for words in reaction_words()]
    # Most words begin with another letter, which is told at once.
    letters = "".join(sorted({letter for phrase in phrases for letter in (phrase[0], phrase[0].upper())}))
    return re.compile(rf"\b(?=[{letters}])(?:{'|'.join(phrases)})\b", re.IGNORECASE)
