"""Universal Dependencies treebanks: documents of sentences of words, and their raw text with character offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word. `head` is 1-based within the sentence, 0 for the root; `start` and `end` index the document's text."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    relation: str
    start: int
    end: int


@dataclass(slots=True)
class Sentence:
    """Words in order; `paragraph` tells whether the sentence opens a paragraph."""

    words: list[Word]
    paragraph: bool


@dataclass(slots=True)
class TreeDocument:
    """A treebank document: its raw text, paragraphs apart by a blank line, and its sentences."""

    name: str
    sentences: list[Sentence] = field(default_factory=list)
    text: str = ""


def read_treebank(path: Path) -> Iterator[TreeDocument]:
    """Documents of a CoNLL-U file. The parts of a multi-word token share its characters as their forms allow."""
    document = TreeDocument("")
    rows: list[list[str]] = []
    paragraph = False
    space = ""
    for line in path.open(encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            if line.startswith("# newdoc"):
                if document.sentences:
                    yield document
                document, space = TreeDocument(line.partition("=")[2].strip()), ""
            if line.startswith(("# newpar", "# newdoc")) and not line.startswith("# newpar_block"):
                paragraph = True
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            if document.text:
                space = "\n\n" if paragraph else space
            sentence, space = _sentence(rows, document, space, paragraph)
            document.sentences.append(sentence)
            rows, paragraph = [], False
    if document.sentences:
        yield document


def _sentence(rows: list[list[str]], document: TreeDocument, space: str, paragraph: bool) -> tuple[Sentence, str]:
    words: list[Word] = []
    text = document.text
    multi_end, multi_space = 0, ""
    for row in rows:
        if "." in row[0]:
            continue
        after = "" if "SpaceAfter=No" in row[9] else " "
        if "-" in row[0]:
            multi_end, multi_space = int(row[0].split("-")[1]), after
            multi_form = row[1]
            parts = [r[1] for r in rows if "." not in r[0] and "-" not in r[0] and _within(r[0], row[0])]
            multi_regular = "".join(parts) == multi_form
            multi_start = len(text) + len(space)
            if not multi_regular:
                text += space + multi_form
                space = ""
            continue
        index = int(row[0])
        inside = index <= multi_end
        if inside and not multi_regular:
            start, end = multi_start, len(text)
        else:
            text += space + row[1]
            start, end = len(text) - len(row[1]), len(text)
        space = (multi_space if index == multi_end else "") if inside else after
        words.append(Word(row[1], row[2], row[3], row[4], int(row[6]), row[7], start, end))
    document.text = text
    return Sentence(words, paragraph), space or ""


def _within(index: str, interval: str) -> bool:
    first, last = map(int, interval.split("-"))
    return first <= int(index) <= last
