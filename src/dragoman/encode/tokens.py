"""Words: where the tokens of a text begin and end.

The rules follow the tokenisation of the Universal Dependencies English treebanks (EWT, GUM): clitics ("n't", "'s") and
hyphens are tokens of their own, abbreviations and initials keep their full stop. The engine is the `tokenizers` library;
what is ours is the pattern, built from the abbreviations in `abbreviations.txt`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from tokenizers import Regex
from tokenizers.pre_tokenizers import Sequence, Split, WhitespaceSplit

Span = tuple[int, int]

_PARAGRAPH = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")

_SURROGATE = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=1)
def abbreviations() -> frozenset[str]:
    """Abbreviations that keep their full stop, lower-cased, as listed in `abbreviations.txt`."""
    lines = files("dragoman.encode").joinpath("abbreviations.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1)
def _splitter() -> Sequence:
    listed = sorted(abbreviations(), key=lambda word: (-len(word), word))
    abbreviation = "|".join(re.escape(word) for word in listed)
    letter = r"[\p{L}\p{M}]"
    clitic = r"(?:'|’)(?:s|m|d|re|ve|ll)\b"
    pattern = "|".join(
        (
            r"(?:https?://|www\.)[^\s<>\"”]*[^\s<>\"”.,;:!?)\]’']",
            r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
            rf"(?i:(?<![\p{{L}}\p{{N}}])(?:{abbreviation})(?![\p{{L}}\p{{N}}]))",
            r"(?<![\p{L}\p{N}.])(?:\p{L}\.){2,}",  # U.S., a.m., K.G.B.
            r"(?<![\p{L}\p{N}.'’])[A-HJ-Z]\.$",  # the initial in "George W. Bush"
            r"[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.(?:com|org|net|int|gov|edu|info|pdf|html?|docx?|[a-z]{2})\b",
            r"(?i:\b(?:can(?=not\b)|(?:gon|wan)(?=na\b)|got(?=ta\b)))|(?i:(?<=can)not\b|(?<=gon|wan)na\b|(?<=got)ta\b)",
            r"\p{N}{4}-\p{N}{2}-\p{N}{2}\b|\p{N}{3}-(?:\p{N}{3}-)?\p{N}{4}\b",
            rf"(?i:{letter}+?(?=n['’]t\b))",
            r"(?i:n['’]t\b)",
            rf"(?i:{clitic})",
            r"\p{N}+(?:[.,:/]\p{N}+)*(?:(?:st|nd|rd|th|s)(?!\p{L}))?",
            r"[@#][\p{L}\p{N}_]+",
            rf"{letter}(?:[\p{{L}}\p{{M}}\p{{N}}_]|(?:'|’)(?!(?i:s|m|d|re|ve|ll|t)\b)(?={letter}))*",
            r"\.{2,}|…+|[-=]{2,}|\*{2,}|_{2,}|~{2,}|\${2,}|[!?]{2,}",
            r"\S",
        )
    )
    return Sequence([WhitespaceSplit(), Split(Regex(pattern), "isolated")])


def paragraphs(text: str) -> list[Span]:
    """Spans of the lines of `text` that hold anything but white space, without the white space at their ends."""
    spans = []
    for match in _PARAGRAPH.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            spans.append((start, start + len(stripped)))
    return spans


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Token spans of `text[start:end]`, as offsets into `text`, in order and without overlap.

    Every character that is not white space belongs to exactly one token.
    """
    part = _SURROGATE.sub("\ufffd", text[start:end])
    return [(start + s, start + e) for _, (s, e) in _splitter().pre_tokenize_str(part)]
