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

import numpy as np
import numpy.typing as npt

from dragoman.model import Document, content_id
from dragoman.resolve.order import wording

SHINGLE = 5
WINDOW = 8
CONTAINED = 0.7
"""Share of the shorter one's shingles that must stand in the longer one. One word changed in 20 leaves about .77."""
EXTRACT = 1 / 3
"""A text that has less than such a share of another's shingles is at most an extract of it, never its original."""
FEWEST = 12
"""A body with fewer shingles (16 words) says too little to be called a copy."""
HOLDERS = 8
"""A fingerprint ties a document to so many of the earliest documents that have it, not to all of ten thousand."""

REMEMBERED = 300_000
"""So many different pieces of text keep their hashes at a time: what many documents say is hashed once."""

_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")
"""A word, or a character of a script that does not part its words."""

Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared of a document. `published` is the day before which it cannot have been published, if known."""

    document: str
    published: str | None
    words: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Kin:
    """The story that a document belongs to, and the earliest document whose words it repeats, or None."""

    story: str
    copy_of: str | None


def text_of(document: Document, published: tuple[str, str] | None) -> Text:
    """What is compared of the document, of which `published` gives the first and the last possible day."""
    return Text(document.id, published[0] if published else None, own_words(document), document.source)


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

    A document is a copy of the earliest published one (undated last; of one day by `wording`, then source) that it shares
    its words with, and where that one is a copy itself, of what that repeats. Documents that hold nearly all of each other count
    as one text: what one of them repeats or is repeated by, all of them. A teaser or other extract, less than a third of
    the longer one, is a copy of the one that holds most of it unless that is known to be published later, and what holds
    an extract is no copy for that: a later page that quotes a teaser says much of its own. Documents that are linked so
    are one story.
    """
    ordered = sorted(texts, key=_order)
    words = _Words()
    prints, sets = [], []
    for text in ordered:
        hashes = _shingles(text.words, words)
        prints.append(_winnow(hashes))
        sets.append(_distinct(hashes))
    original = list(range(len(ordered)))
    parts: list[tuple[int, int]] = []
    extracts: dict[int, tuple[int, int]] = {}
    for pair in _candidates(prints):
        short, long = sorted(pair, key=lambda one: len(sets[one]))
        fewer, more = len(sets[short]), len(sets[long])
        shared = _shared(sets[short], sets[long])
        if not shared or shared < CONTAINED * fewer:
            continue
        if shared >= CONTAINED * more:
            _join(original, short, long)
        elif fewer >= EXTRACT * more:
            parts.append((short, long))
        else:
            extracts[short] = min(extracts.get(short, (0, 0)), (-shared, long))
    same = [_find(original, number) for number in range(len(ordered))]
    story = same.copy()
    for later, earlier in sorted((max(same[a], same[b]), min(same[a], same[b])) for a, b in parts):
        if original[later] == later:
            original[later] = _find(original, earlier)
        _join(story, later, earlier)
    for short, (_, long) in sorted(extracts.items()):
        part, whole = same[short], _find(original, same[long])
        if original[part] == part != whole and not _before(ordered[part], ordered[same[long]]):
            original[part] = whole
        _join(story, short, long)
    found = {}
    for number, text in enumerate(ordered):
        first = _find(original, number)
        copied = ordered[first].document if first != number else None
        found[text.document] = Kin(content_id("story", ordered[_find(story, number)].document), copied)
    return found


def _order(text: Text) -> tuple[bool, str, int, str, str]:
    return text.published is None, text.published or "", wording(text.words), text.source, text.document


def _before(one: Text, other: Text) -> bool:
    """Whether `one` is known to be published before `other`."""
    return one.published is not None and other.published is not None and one.published < other.published


def _shingles(text: str, words: _Words) -> Hashes:
    """Hashes of all runs of SHINGLE words, in the order of the text. The same on every machine and in every process."""
    hashes = np.frombuffer(b"".join(map(words.__getitem__, text.split())), dtype="<u8")
    if len(hashes) < SHINGLE:
        return np.empty(0, dtype=np.uint32)
    mixed = np.zeros(len(hashes) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed = (mixed ^ hashes[place : place + len(mixed)]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32)


class _Words(dict[str, bytes]):
    """The hashes, eight bytes each, of the words in a piece of text without white space. Remembers pieces of few words."""

    def __missing__(self, piece: str) -> bytes:
        found = _WORD.findall(unicodedata.normalize("NFKC", piece).casefold())
        hashes = b"".join(zlib.crc32(word.encode("utf-8", "surrogatepass")).to_bytes(8, "little") for word in found)
        if len(found) <= SHINGLE:
            if len(self) == REMEMBERED:
                self.clear()
            self[piece] = hashes
        return hashes


def _winnow(hashes: Hashes) -> Hashes:
    """The least hash of every WINDOW hashes in a row."""
    if len(hashes) <= WINDOW:
        return hashes.min(keepdims=True) if len(hashes) else hashes
    least, wide = hashes, 1
    while wide < WINDOW:
        step = min(wide, WINDOW - wide)
        least, wide = np.minimum(least[:-step], least[step:]), wide + step
    return _distinct(least)


def _distinct(hashes: Hashes) -> Hashes:
    """What numpy.unique gives, in a seventh of its time."""
    ordered = np.sort(hashes)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _candidates(prints: list[Hashes]) -> Iterator[tuple[int, int]]:
    """Pairs (later, earlier) of documents that share a fair part of the fingerprints of one of them, in order."""
    sizes = np.array([len(own) for own in prints], dtype=np.int64)
    if not sizes.sum():
        return
    held = np.concatenate(prints).astype(np.uint64) << np.uint64(32)
    held |= np.repeat(np.arange(len(prints), dtype=np.uint32), sizes)
    held.sort()
    alike = held[1:] >> np.uint64(32) == held[:-1] >> np.uint64(32)
    held = held[np.append(alike, False) | np.append(False, alike)]
    if not len(held):
        return
    values, holders = held >> np.uint64(32), (held & np.uint64(0xFFFFFFFF)).astype(np.int64)
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


def _shared(one: Hashes, other: Hashes) -> int:
    """How many hashes stand in both; none where one has too few to tell."""
    if min(len(one), len(other)) < FEWEST:
        return 0
    return len(np.intersect1d(one, other, assume_unique=True))


def _find(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _join(parents: list[int], one: int, other: int) -> None:
    first, second = sorted((_find(parents, one), _find(parents, other)))
    parents[second] = first
