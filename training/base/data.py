"""Training windows: runs of consecutive paragraphs or sentences of one text, with the labels that its corpus has."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from conllu import TreeDocument, read_treebank
from dragoman.encode.labels import ENTITY, ROLES
from dragoman.encode.tokens import paragraphs, tokenize

IGNORE = -100
BIO = {"O": 0, "B": 1, "I": 2}


@dataclass(slots=True)
class Piece:
    """A sentence or paragraph: words and, as far as the corpus has them, labels a word.

    `heads` are 1-based within the piece (0: root). `links` give, for words of a source or content, the index within the
    piece of the first word of their cue, else -1. `opens` tells whether a paragraph starts here.
    """

    words: list[str]
    opens: bool = True
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    entities: list[int] = field(default_factory=list)
    roles: list[tuple[int, int, int]] = field(default_factory=list)
    links: list[int] = field(default_factory=list)


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
    marks = {role: [0] * len(text) for role in ROLES}
    begins = {role: set[int]() for role in ROLES}
    cue_of: dict[int, int] = {}
    found = row["attributions"]
    assert isinstance(found, list)
    for attribution in found:
        cue = attribution["cue"][0][0] if attribution["cue"] else None
        for role in ROLES:
            for start, end in attribution[role]:
                begins[role].add(start)
                marks[role][start:end] = [1] * (end - start)
                if cue is not None and role != "cue":
                    cue_of.update(dict.fromkeys(range(start, end), cue))
    pieces = []
    for start, end in paragraphs(text):
        spans = tokenize(text, start, end)
        index = {i: n for n, (s, e) in enumerate(spans) for i in range(s, e)}
        labels: dict[str, list[int]] = {role: [] for role in ROLES}
        for role in ROLES:
            inside = False
            for s, e in spans:
                on = any(marks[role][s:e])
                first = on and (not inside or any(i in begins[role] for i in range(s, e)))
                labels[role].append(BIO["B"] if first else BIO["I"] if on else BIO["O"])
                inside = on
        links = [index.get(cue_of[s], -1) if s in cue_of else -1 for s, _ in spans]
        pieces.append(Piece([text[s:e] for s, e in spans], roles=list(zip(*labels.values(), strict=True)), links=links))
    return pieces


_STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'", "’s": "'s", "n’t": "n't", "``": '"', "''": '"'}
_QUOTES = frozenset('"“”')


def roughen(text: Text, rng: random.Random) -> Text:
    """As scraped pages have it: curly marks made straight in some texts, now and then a quotation mark lost."""
    straight = rng.random() < 0.3
    lossy = rng.random() < 0.15
    out = []
    for piece in text:
        words = [_STRAIGHT.get(w, w) for w in piece.words] if straight else piece.words
        quotes = [i for i, w in enumerate(words) if w in _QUOTES]
        if lossy and piece.roles and quotes and rng.random() < 0.3:
            out.append(_without(piece, words, rng.choice(quotes)))
        else:
            out.append(_with_words(piece, list(words)))
    return out


def _with_words(piece: Piece, words: list[str]) -> Piece:
    return Piece(
        words,
        piece.opens,
        piece.upos,
        piece.xpos,
        piece.heads,
        piece.relations,
        piece.entities,
        piece.roles,
        piece.links,
    )


def _without(piece: Piece, words: list[str], gone: int) -> Piece:
    keep = [i for i in range(len(words)) if i != gone]
    new = {old: i for i, old in enumerate(keep)}
    roles = [list(piece.roles[i]) for i in keep]
    if gone < len(roles):
        for r in range(3):
            if piece.roles[gone][r] == BIO["B"] and roles[gone][r] == BIO["I"]:
                roles[gone][r] = BIO["B"]
    links = [new.get(piece.links[i], -1) for i in keep]
    return Piece([words[i] for i in keep], piece.opens, roles=[(a, b, c) for a, b, c in roles], links=links)


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
