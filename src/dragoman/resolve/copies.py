"""Copies and stories: which documents repeat the words of which others.

Each body is seen as the set of its shingles, runs of five words. A document is a copy when nearly all shingles of the
shorter of the two stand in the longer one, so that a copy cut in half, a teaser and a page that adds a paragraph are
found. Candidates share fingerprints chosen by winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): every run of
twelve words that two documents share gives at least one fingerprint to both. Work and memory grow with the words.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from dragoman.model import Document, content_id

SHINGLE = 5
WINDOW = 8
CONTAINED = 0.7
"""Share of the shorter one's shingles that must stand in the longer one. One word changed in 20 leaves about .77."""
FEWEST = 12
"""A body with fewer shingles (16 words) says too little to be called a copy."""
HOLDERS = 8
"""A fingerprint ties a document to so many of the earliest documents that have it, not to all of ten thousand."""

_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")
"""A word, or a character of a script that does not part its words."""

Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared of a document. `published` is the day before which it cannot have been published, if known."""

    document: str
    published: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Kin:
    """The story that a document belongs to, and the earliest document whose words it repeats, or None."""

    story: str
    copy_of: str | None


def text_of(document: Document, published: tuple[str, str] | None) -> Text:
    """What is compared of the document, of which `published` gives the first and the last possible day."""
    return Text(document.id, published[0] if published else None, own_words(document))


def own_words(document: Document) -> str:
    """The body without headline, byline and dateline, which copies change; the whole text where no body is marked."""
    if not document.body and not document.boilerplate:
        return document.text
    pieces = []
    for start, end in document.body:
        for part in sorted(document.parts, key=lambda part: part.start):
            if start <= part.start < end:
                pieces.append(document.text[start : part.start])
                start = max(start, part.end)
        pieces.append(document.text[start:end])
    return "\n".join(pieces)


def find_copies(texts: Iterable[Text]) -> dict[str, Kin]:
    """For each document its story and what it is a copy of. Depends on the texts alone, not on their order.

    A document is a copy of the earliest published one (undated last, then the smallest id) that it shares its words
    with, and where that one is a copy itself, of what that repeats. Documents linked by copies are one story.
    """
    ordered = sorted(texts, key=lambda text: (text.published is None, text.published or "", text.document))
    prints, sets = [], []
    for text in ordered:
        hashes = _shingles(text.words)
        prints.append(_winnow(hashes))
        sets.append(np.unique(hashes))
    original = list(range(len(ordered)))
    story = list(range(len(ordered)))
    for later, earlier in _candidates(prints):
        if not _contained(sets[later], sets[earlier]):
            continue
        if original[later] == later:
            original[later] = original[earlier]
        first, second = sorted((_find(story, later), _find(story, earlier)))
        story[second] = first
    found = {}
    for number, text in enumerate(ordered):
        copied = ordered[original[number]].document if original[number] != number else None
        found[text.document] = Kin(content_id("story", ordered[_find(story, number)].document), copied)
    return found


def _shingles(words: str) -> Hashes:
    """Hashes of all runs of SHINGLE words, in the order of the text. The same on every machine and in every process."""
    found = _WORD.findall(unicodedata.normalize("NFKC", words).casefold())
    if len(found) < SHINGLE:
        return np.empty(0, dtype=np.uint32)
    hashes = np.fromiter(map(_word_hash, found), dtype=np.uint64, count=len(found))
    mixed = np.zeros(len(found) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed = (mixed ^ hashes[place : place + len(mixed)]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32)


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _winnow(hashes: Hashes) -> Hashes:
    """The least hash of every WINDOW hashes in a row."""
    if len(hashes) <= WINDOW:
        return np.unique(hashes.min(keepdims=True)) if len(hashes) else hashes
    return np.unique(np.lib.stride_tricks.sliding_window_view(hashes, WINDOW).min(axis=1))


def _candidates(prints: list[Hashes]) -> Iterator[tuple[int, int]]:
    """Pairs (later, earlier) of documents that share a fair part of the fingerprints of one of them, in order."""
    sizes = np.array([len(own) for own in prints], dtype=np.int64)
    if not sizes.sum():
        return
    holders = np.repeat(np.arange(len(prints), dtype=np.int64), sizes)
    values = np.concatenate(prints)
    order = np.argsort(values, kind="stable")
    values, holders = values[order], holders[order]
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    place = np.arange(len(values)) - np.repeat(starts, np.diff(np.r_[starts, len(values)]))
    pairs = []
    for rank in range(HOLDERS):
        later = np.flatnonzero(place > rank)
        pairs.append(holders[later] * len(prints) + holders[later - place[later] + rank])
    codes, counts = np.unique(np.concatenate(pairs), return_counts=True)
    later, earlier = codes // len(prints), codes % len(prints)
    fair = counts * 4 >= np.minimum(sizes[later], sizes[earlier])
    yield from zip(later[fair].tolist(), earlier[fair].tolist(), strict=True)


def _contained(one: Hashes, other: Hashes) -> bool:
    fewer = min(len(one), len(other))
    if fewer < FEWEST:
        return False
    return len(np.intersect1d(one, other, assume_unique=True)) >= CONTAINED * fewer


def _find(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number
