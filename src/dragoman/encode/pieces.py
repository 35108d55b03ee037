"""Word pieces: the encoder's input, made from words the same way in training and at run time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from dragoman.encode.labels import case_of

CLS, SEP, UNKNOWN = 101, 102, 100
CACHE = 200_000


@dataclass(frozen=True, slots=True)
class Pieces:
    """Piece ids and case classes of a window, and for each of its words the index of its first piece."""

    ids: list[int]
    cases: list[int]
    first: list[int]


class WordPieces:
    """Splits words into the pieces of a BERT vocabulary; a word's pieces are remembered."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[str, list[int]] = {}

    def of(self, word: str) -> list[int]:
        """Piece ids of one word, at least one, at most 12 (of an endless word the start is enough)."""
        ids = self._known.get(word)
        if ids is None:
            ids = self._tokenizer.encode(word[:100].encode(errors="replace").decode(), add_special_tokens=False).ids[
                :12
            ] or [UNKNOWN]
            if len(self._known) < CACHE:
                self._known[word] = ids
        return ids

    def window(self, runs: Iterable[Sequence[str]]) -> Pieces:
        """The input for runs of words, one a paragraph: [CLS] run [SEP] run [SEP]."""
        ids, cases, first = [CLS], [0], []
        for run in runs:
            for word in run:
                pieces = self.of(word)
                first.append(len(ids))
                ids += pieces
                cases += [case_of(word)] * len(pieces)
            ids.append(SEP)
            cases.append(0)
        return Pieces(ids, cases, first)
