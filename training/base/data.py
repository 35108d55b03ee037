"""Training windows: runs of consecutive paragraphs or sentences of one text, with the labels that its corpus has."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from conllu import TreeDocument, read_treebank
from dragoman.encode.labels import BIOES, ENTITY, ROLES
from dragoman.encode.tokens import paragraphs, tokenize

IGNORE = -100
OPEN = -1
"""A tag that is not known."""

Range = tuple[int, int]


@dataclass(slots=True)
class Said:
    """An attribution as ranges of words; `inner` where it stands inside the content of another."""

    cue: Range | None = None
    source: Range | None = None
    contents: list[Range] = field(default_factory=list)
    inner: bool = False

    def spans(self) -> Iterator[tuple[int, Range]]:
        """Its parts with the number of their sequence of tags: source, cue, content, and the same three inside."""
        base = len(ROLES) * self.inner
        parts = [(0, self.source), (1, self.cue), *((2, content) for content in self.contents)]
        yield from ((base + role, part) for role, part in parts if part is not None)


@dataclass(slots=True)
class Piece:
    """A sentence or paragraph: words and, as far as the corpus has them, labels a word.

    `heads` are 1-based within the piece (0: root). `opens` tells whether a paragraph starts here. `said` holds
    attributions; `unsure` words whose tags are not known, `inner` whether those inside contents are. `labels` are further
    ones a word by the name of their head, IGNORE where there is none.
    """

    words: list[str]
    opens: bool = True
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    entities: list[int] = field(default_factory=list)
    said: list[Said] | None = None
    unsure: set[int] = field(default_factory=set)
    inner: bool = False
    labels: dict[str, list[int]] = field(default_factory=dict)
    first: int | None = None
    """The number of its first word in the text, if `labels["who"]` tells by such numbers who says a word (-1: nobody)."""

    def tags(self) -> list[list[int]]:
        """Six sequences of tags, a list a word; OPEN where not known. Of overlapping spans the longer one stands."""
        if self.said is None:
            return [[OPEN] * (2 * len(ROLES)) for _ in self.words]
        out = [[0] * (2 * len(ROLES)) for _ in self.words]
        for row, tag in ((row, r) for row in out for r in range(len(ROLES), 2 * len(ROLES)) if not self.inner):
            row[tag] = OPEN
        spans = sorted((span for said in self.said or () for span in said.spans()), key=lambda s: s[1][0] - s[1][1])
        for sequence, (start, end) in spans:
            if any(out[i][sequence] > 0 for i in range(start, end)):
                continue
            for i in range(start, end):
                name = "S" if end - start == 1 else "B" if i == start else "E" if i == end - 1 else "I"
                out[i][sequence] = BIOES.index(name)
        for i in self.unsure:
            out[i] = [OPEN] * (2 * len(ROLES))
        return out


Text = list[Piece]


def trees(*paths: Path) -> list[Text]:
    return [tree_text(document) for path in paths for document in read_treebank(path)]


def tree_text(document: TreeDocument) -> Text:
    return [
        Piece(
            [w.form for w in s.words],
            s.paragraph,
            upos=[w.upos for w in s.words],
            xpos=[w.xpos for w in s.words],
            heads=[w.head for w in s.words],
            relations=[w.relation for w in s.words],
        )
        for s in document.sentences
    ]


def tagged(path: Path) -> list[tuple[list[str], list[str]]]:
    return [(words, tags) for words, tags in json.loads(path.read_text("utf-8"))]


def entities(path: Path) -> list[Text]:
    """Entity corpora list lines without document bounds, so each run of 40 lines stands for a text; words are tokenised anew."""
    lines = [_entity_piece(words, tags) for words, tags in tagged(path) if words]
    return [lines[i : i + 40] for i in range(0, len(lines), 40)]


def _entity_piece(words: list[str], tags: list[str]) -> Piece:
    out: list[str] = []
    labels: list[int] = []
    previous = "O"
    for word, tag in zip(words, tags, strict=True):
        label = tag if tag in ENTITY else "O"
        if label[0] == "I" and previous[2:] != label[2:]:
            label = "B" + label[1:]
        parts = [word[s:e] for s, e in tokenize(word)] or [word]
        inside = "I" + label[1:] if label != "O" else "O"
        out += parts
        labels += [ENTITY.index(label)] + [ENTITY.index(inside)] * (len(parts) - 1)
        previous = label
    return Piece(out, entities=labels)


def attributions(path: Path) -> list[Text]:
    """PolNeAR articles, a piece a paragraph."""
    return [_article(json.loads(line)) for line in path.open(encoding="utf-8")]


def _article(row: dict[str, object]) -> Text:
    text = str(row["text"])
    found = row["attributions"]
    assert isinstance(found, list)
    contents = [part for attribution in found for part in attribution["content"]]
    pieces = []
    for start, end in paragraphs(text):
        words = tokenize(text, start, end)
        index = {i: n for n, (s, e) in enumerate(words) for i in range(s, e)}
        said = [
            part for attribution in found if (part := _part(attribution, contents, index, (start, end))) is not None
        ]
        inner = any(one.inner for one in said)
        pieces.append(Piece([text[s:e] for s, e in words], said=said, inner=inner))
    return pieces


def _part(
    attribution: dict[str, list[Range]], contents: list[Range], index: dict[int, int], paragraph: Range
) -> Said | None:
    """What of an attribution stands in a paragraph, as ranges of its words."""

    def ranges(role: str) -> list[Range]:
        clipped = [(max(s, paragraph[0]), min(e, paragraph[1])) for s, e in attribution[role]]
        at = [[index[i] for i in range(s, e) if i in index] for s, e in clipped]
        return [(min(found), max(found) + 1) for found in at if found]

    cues, sources = ranges("cue"), ranges("source")
    said = Said(cues[0] if cues else None, sources[0] if sources else None, ranges("content"))
    said.inner = any(
        s <= mine[0] and mine[1] <= e and (s, e) != tuple(mine) for mine in attribution["content"] for s, e in contents
    )
    return said if said.cue or said.source or said.contents else None


_STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'", "’s": "'s", "n’t": "n't", "``": '"', "''": '"'}
_QUOTES = frozenset('"“”')


def roughen(text: Text, rng: random.Random) -> Text:
    """As scraped pages have it: curly marks made straight in some texts, now and then a quotation mark lost."""
    straight = rng.random() < 0.3
    lossy = rng.random() < 0.15
    out = []
    for piece in text:
        words = [_STRAIGHT.get(w, w) for w in piece.words] if straight else list(piece.words)
        quotes = [i for i, w in enumerate(words) if w in _QUOTES]
        out.append(replace(piece, words=words))
        if lossy and piece.said is not None and piece.first is None and quotes and rng.random() < 0.3:
            out[-1] = _without(out[-1], rng.choice(quotes))
    return out


def _without(piece: Piece, gone: int) -> Piece:
    """A piece without one of its words."""

    def moved(part: Range | None) -> Range | None:
        if part is None:
            return None
        start, end = (i - (i > gone) for i in part)
        return (start, end) if start < end else None

    said = [
        Said(moved(one.cue), moved(one.source), [c for c in map(moved, one.contents) if c], one.inner)
        for one in piece.said or ()
    ]
    labels = {name: values[:gone] + values[gone + 1 :] for name, values in piece.labels.items()}
    words = piece.words[:gone] + piece.words[gone + 1 :]
    unsure = {i - (i > gone) for i in piece.unsure if i != gone}
    return replace(piece, words=words, said=said, unsure=unsure, labels=labels)


def windows(text: Text, limit: int) -> Iterator[Text]:
    """Consecutive pieces whose words number at most `limit`; a longer piece stands alone."""
    run: Text = []
    size = 0
    for piece in text:
        if run and size + len(piece.words) > limit:
            yield run
            run, size = [], 0
        run.append(piece)
        size += len(piece.words)
    if run:
        yield run


def is_noise(piece: Piece) -> bool:
    return not any(re.search(r"\w", word) for word in piece.words)
