"""Our annotated corpus (training/corpus) as training pieces: statements become attributions in the manner of PolNeAR.

PolNeAR counts quotation marks and "that" with the content and does not part it by act; so statements of one cue that
follow each other become one content with its marks.
"""

from __future__ import annotations

import random
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "corpus"))
from annotated import texts
from gold import JUNK, PARTS, BrokenPage, GoldStatement, Page
from slots import countries, fill

from data import IGNORE, Piece, Range, Said, Text
from dragoman.encode.labels import ACTS, REQUIRED, VOICES
from dragoman.encode.tokens import paragraphs, tokenize
from dragoman.model import Span

_MARKS = frozenset("\"'“”‘’«»„")
_OPENING = frozenset(("that", "to"))
_BETWEEN = 3
"""Words between two contents of one cue that still make one of them: marks and full stops."""


def statements(folder: Path, seed: int) -> list[Text]:
    """Texts of `folder`, a piece a paragraph, with countries drawn by `seed`. Junk, headlines and the like are left out."""
    return [_pieces(page) for page in texts(folder, seed)]


def acts(folder: Path, seed: int) -> list[Text]:
    """Single paragraphs of `folder` (`*.txt`, one a line) with acts and parts of conditions marked; countries drawn anew."""
    out = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            filled, _ = fill(line, random.Random(f"{seed} {path.name} {number}"))
            if filled.strip():
                out.append([_marked(filled, f"{path.name}:{number + 1}")])
    return out


def _marked(line: str, place: str) -> Piece:
    words: list[str] = []
    labels: dict[str, list[int]] = {"act": [], "condition": []}
    opened: list[str] = []
    begins = False
    known = "<r>" in line or "<f>" in line or "condition>" not in line
    for part in re.split(r"(</?[a-z][^<>]*>)", line):
        if part.startswith("</"):
            if not opened:
                raise BrokenPage(f"{place}: {part} closes nothing")
            opened.pop()
        elif part.startswith("<"):
            opened.append(part[1:-1])
            begins = True
        else:
            act = next((name[2:] for name in opened if name.startswith("s ")), None)
            piece = {"r": "required", "f": "follows"}.get(opened[-1] if opened else "")
            for start, end in tokenize(part):
                words.append(part[start:end])
                labels["act"].append(ACTS.index(act) if act else IGNORE)
                tag = REQUIRED.index(f"{'B' if begins else 'I'}-{piece}") if piece else 0
                labels["condition"].append(tag if known else IGNORE)
                begins = False
    if opened or not words:
        raise BrokenPage(f"{place}: {line[:40]!r} is empty or leaves {opened} open")
    return Piece(words, labels=labels)


def _pieces(page: Page) -> Text:
    parts = [(label.start, label.end) for label in page.labels if label.name in JUNK | PARTS]
    lines = [
        words
        for line in paragraphs(page.text)
        for start, end in _outside(line, parts)
        if (words := tokenize(page.text, start, end))
    ]
    starts = [start for words in lines for start, _ in words]
    speakers = [_speaker(page, statement, starts) for statement in page.statements]
    out, first = [], 0
    for words in lines:
        out.append(_piece(page, words, first, speakers))
        first += len(words)
    return out


def _speaker(page: Page, statement: GoldStatement, starts: list[int]) -> int:
    """The number of the first word of the mention of who says a statement: that at the cue, else the last one before it;
    -1 where the text does not tell, IGNORE where it is not in the running text."""
    if statement.speaker == "?":
        return -1
    place = statement.mention
    if place is None:
        forms = {statement.speaker, *(o for o, known in page.same.items() if known == statement.speaker)}
        found = [
            m.span()
            for form in forms
            for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", page.text)
            if m.end() <= statement.start
        ]
        place = max(found, default=None)
    number = bisect_left(starts, place[0]) if place else len(starts)
    return number if place and number < len(starts) and starts[number] == place[0] else IGNORE


def _outside(line: Range, parts: list[Range]) -> list[Range]:
    start, out = line[0], []
    for a, b in sorted(parts):
        if a < line[1] and b > start:
            out.append((start, a))
            start = max(start, b)
    return [(a, b) for a, b in [*out, (start, line[1])] if b > a]


def _piece(page: Page, words: list[Range], first: int, speakers: list[int]) -> Piece:
    starts, ends = [s for s, _ in words], [e for _, e in words]

    def at(span: Range | None) -> Range | None:
        if span is None or span[1] <= starts[0] or span[0] >= ends[-1]:
            return None
        first, last = bisect_right(ends, span[0]), bisect_left(starts, span[1])
        return (first, last) if first < last else None

    forms = [page.text[s:e] for s, e in words]
    piece = Piece(forms, said=[], inner=True, first=first)
    size = len(words)
    labels = piece.labels
    labels |= {name: [IGNORE] * size for name in ("act", "polarity", "who")}
    labels |= {name: [0] * size for name in ("voice", "condition", "relay")}
    numbered = [(n, s, span) for n, s in enumerate(page.statements) if (span := at((s.start, s.end))) is not None]
    here = [(statement, span) for _, statement, span in numbered]
    for n, statement, (start, end) in numbered:  # outer before inner
        voice = "own" if statement.form == "own" else "said"
        for i in range(start, end):
            labels["act"][i] = ACTS.index(statement.act)
            labels["who"][i] = IGNORE if voice == "own" else speakers[n]
            labels["voice"][i] = VOICES.index(voice)
        for mention, sign in _about(page, statement):
            for i in range(*(at(mention) or (0, 0))):
                labels["polarity"][i] = sign + 1
        for mention in _relays(page, statement):
            for i in range(*(at(mention) or (0, 0))):
                labels["relay"][i] = 1
    for condition in page.conditions:
        for name, span in (("follows", condition.consequence), ("required", condition.requirement)):
            for k, i in enumerate(range(*(at(span) or (0, 0)))):
                labels["condition"][i] = REQUIRED.index(f"{'I' if k else 'B'}-{name}")
    told = [(s, span) for s, span in here if s.form != "own"]
    for (cue, outer), group in groupby(told, key=lambda pair: (pair[0].cue, pair[0].outer)):
        members = list(group)
        if cue is None:
            piece.unsure.update(i for _, (a, b) in members for i in range(max(0, a - 1), min(size, b + 1)))
            continue
        inner = outer >= 0 and page.statements[outer].form != "own" and page.statements[outer].cue is not None
        contents = _merged(forms, [span for _, span in members], [at(cue), at(members[0][0].mention)])
        assert piece.said is not None
        piece.said.append(Said(at(cue), at(members[0][0].mention), contents, inner))
    return piece


def _merged(forms: list[str], spans: list[Range], others: list[Range | None]) -> list[Range]:
    """Contents with their marks and "that", those that follow each other as one, clear of source and cue."""
    taken = {i for other in others if other for i in range(*other)}
    out: list[Range] = []
    for start, end in sorted(spans):
        while start > 0 and start - 1 not in taken and forms[start - 1].lower() in _MARKS | _OPENING:
            start -= 1
        while end < len(forms) and end not in taken and (forms[end] in _MARKS or _closes(forms, end)):
            end += 1
        if out and start - out[-1][1] <= _BETWEEN and not taken & set(range(out[-1][1], start)):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _closes(forms: list[str], at: int) -> bool:
    """Whether a comma or full stop stands inside the closing mark: ',"'."""
    return forms[at] in ",.!?" and at + 1 < len(forms) and forms[at + 1] in '"”»'


def _relays(page: Page, statement: GoldStatement) -> Iterator[Span]:
    """Where those are named who relay a statement: nearest to its cue, in its paragraph, outside what is said."""
    place = statement.cue or (statement.start, statement.end)
    first = page.text.rfind("\n", 0, place[0]) + 1
    last = page.text.find("\n", place[1])
    paragraph = page.text[first : last if last >= 0 else len(page.text)]
    inner = statement.chain[1 : len(statement.chain) - (statement.chain[-1] == page.outlet)]
    beyond = page.statements[statement.outer].chain if statement.outer >= 0 else ()
    for name in inner:
        forms = {name, *(other for other, known in page.same.items() if known == name)} if name not in beyond else ()
        found = [
            (first + m.start(), first + m.end())
            for form in forms
            for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", paragraph)
        ]
        free = [(s, e) for s, e in found if e <= statement.start or s >= statement.end]
        if free:
            yield min(free, key=lambda span: (min(abs(span[0] - place[1]), abs(place[0] - span[1])), span[0] - span[1]))


def _about(page: Page, statement: GoldStatement) -> Iterator[tuple[Span, int]]:
    """Where a content names those it is about, with the polarity toward them."""
    content = page.text[statement.start : statement.end]
    for name, sign in statement.about:
        known = [c for c in countries() if c.iso3 == name]
        firsts = {name, *(c.name for c in known)}
        forms = firsts | {other for other, first in page.same.items() if first in firsts}
        forms |= {form for c in known for form in (c.adj, c.capital, c.people)}
        for form in forms:
            for found in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", content, re.IGNORECASE):
                yield (statement.start + found.start(), statement.start + found.end()), sign
