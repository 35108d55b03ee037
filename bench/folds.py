"""Folds of sentences for cross-validation, and phrases found in a sentence whatever blanks stand between their tokens."""

from __future__ import annotations

import hashlib
import re

from dragoman.model import Span

FOLDS = 5


def fold_of(sentence: str) -> int:
    """The fold of a sentence, by its letters and digits alone: PLV and CoPED share sentences and write them differently."""
    key = re.sub(r"\W", "", sentence.lower())
    return hashlib.sha256(key.encode()).digest()[0] % FOLDS


def phrase(words: str, text: str) -> Span | None:
    """Where `words` stand in `text` first; blanks do not matter."""
    pattern = r"\s*".join(re.escape(part) for part in re.findall(r"\w+|[^\w\s]", words))
    found = re.search(pattern, text) if pattern else None
    return found.span() if found else None
