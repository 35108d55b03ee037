"""Phrases as a text may write them, and the longest match of many phrases over the words of a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")
Accept = Callable[[T, Sequence[str], int, int], bool]
"""Says of an entry, the cased pieces of the text, and the match's start and end in them, whether the match holds."""

_UNDECOMPOSED = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ə": "e", "Ə": "E"}
)
_ABBREVIATION_DOT = re.compile(r"(?<=[^\W\d_])\.")
_PIECE = re.compile(r"[^\W_]+|[^\w\s'‘’ʼʻ`´‐‑-]")


@lru_cache(maxsize=65536)
def pieces(text: str) -> tuple[str, ...]:
    """Runs of letters and digits, and marks that part phrases.

    Diacritics, the dots of abbreviations, apostrophes and hyphens are left out.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return tuple(_PIECE.findall(_ABBREVIATION_DOT.sub("", plain)))


def normalise(phrase: str) -> str:
    """The key under which a phrase is kept: casefolded pieces, one blank between them."""
    return " ".join(pieces(phrase)).casefold()


def capitalised_as(phrase: str, written: Sequence[str]) -> bool:
    """Whether the pieces of a text begin with a capital wherever those of `phrase` do; more capitals do no harm."""
    return all(want[0].islower() or not have[0].islower() for want, have in zip(pieces(phrase), written, strict=True))


class PhraseBook(Generic[T]):
    """Entries under normalised phrases; a phrase without entries is passed over as a whole.

    The words may be split as any tokenizer does: "U.S.", "d’Orsay", "RFE" "/" "RL".
    """

    def __init__(self, entries: Mapping[str, tuple[T, ...]]) -> None:
        self._entries = entries
        self._reach: dict[str, int] = {}
        for key in entries:
            head, *tail = key.split(" ")
            self._reach[head] = max(self._reach.get(head, 0), 1 + len(tail))
        self.longest = max(self._reach.values(), default=0)
        """The number of pieces in the longest phrase."""

    def find(self, words: Sequence[str], accept: Accept[T]) -> list[tuple[int, int, tuple[T, ...]]]:
        """Spans of `words` `[start, end)` with the entries that `accept` lets stand; longest first, no two overlap."""
        cased: list[str] = []
        owner: list[int] = []
        for index, word in enumerate(words):
            parts = pieces(word)
            cased.extend(parts)
            owner.extend([index] * len(parts))
        folded = [piece.casefold() for piece in cased]
        found: list[tuple[int, int, tuple[T, ...]]] = []
        at = 0
        while at < len(folded):
            end, entries = self._longest_at(at, folded, cased, owner, accept)
            if entries:
                found.append((owner[at], owner[end - 1] + 1, entries))
            at = end
        return found

    def _longest_at(
        self, at: int, folded: list[str], cased: list[str], owner: list[int], accept: Accept[T]
    ) -> tuple[int, tuple[T, ...]]:
        if at and owner[at - 1] == owner[at]:
            return at + 1, ()
        for end in range(min(len(folded), at + self._reach.get(folded[at], 0)), at, -1):
            if end < len(folded) and owner[end] == owner[end - 1] and folded[end] != "s":
                continue
            entries = self._entries.get(" ".join(folded[at:end]))
            if entries == ():
                return end, ()
            if entries and (kept := tuple(entry for entry in entries if accept(entry, cased, at, end))):
                return end, kept
        return at + 1, ()
