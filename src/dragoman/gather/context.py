"""What the units around it say about a unit: before or after the article, under which header, how often repeated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.gather.lexicon import languages_of
from dragoman.gather.shape import Shape
from dragoman.gather.units import Unit

_CONTENT = re.compile(r"[^\W\d_]{4,}")
_NAMES = re.compile(r"[^\W\d_a-z][\w'’-]+ [^\W\d_a-z][\w'’-]+")
_BIO = 60
_TITLE = 3
_SAID = 0.2
_APART = 3
"""So many lines a subtitle may stand below its headline."""
_TURNS = 3
_SENTENCE = 0.2
"""A sentence is seldom a headline."""
_OPENING = 3
_STRENGTH = {
    ("related", "header"): 1.0,
    ("related", "pointer"): 0.5,
    ("related", "start"): 0.5,
    ("form", "header"): 1.0,
    ("form", "start"): 0.5,
}
_FADING = {"related": 0.97, "form": 0.5}
"""How the hold of a header fades from one short line below it to the next."""
_COMMENTS = 1.4
_WRITTEN = 3
"""After so many paragraphs a header "Comments" holds all that comes below it, and more strongly than others."""
_GOVERNED = 0.6
"""Paragraphs held so strongly by a header such as "Related" may be the summaries of other articles."""
APPEAL = 3
_BLOCK = 0.98
_LOG = 2
"""So many times of day on lines of their own make a live blog."""
_NEAR_END = 3
_GAP = 4
"""So many lines from one paragraph to the next, the last of them may be a heading."""
_POINTED = 0.5
_CLAUSE = 5
"""Titles of other articles seldom end in a full stop."""
_PARAGRAPH = 12
_LONG = 18
_LEAD = 2
"""So many lines right before the article may be its headline and subtitle."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What an HTML page says about a line."""

    tag: str = ""
    region: str | None = None
    links: float = 0.0
    title: bool = False
    """The line is a title that the metadata claim."""
    stated: bool | None = None
    """The line is in the article's text as the metadata state it; None where they state none."""


@dataclass(slots=True)
class Context:
    """Features of a unit's surroundings."""

    paragraph: bool = False
    """By itself it looks like a paragraph of an article."""
    repeats: int = 1
    zone: str = ""
    """Before the first paragraph: "above" or "under" its headline, or "headline"; "tail" after the last paragraph."""
    signed: bool = False
    """A date or a name beside the headline: by whom and when the article was written."""
    log: bool = False
    """A time of day over an entry of a live blog."""
    ranked: bool = False
    """One of a numbered list of headlines."""
    bio: bool = False
    """At the end, it begins with the name that stands under the headline."""
    lead: int = 0
    """Before the first paragraph: 1 for the last line that may be a headline, 2 for the one before; 0 elsewhere."""
    echo: float = 0.0
    """Before the first paragraph: the share of its words that come back in the first paragraphs, as a headline's do."""
    between: bool = False
    """Right between two paragraphs."""
    governed: float = 0.0
    """How strongly the unit stands under a header such as "Most read", from 0 to 1, and more under "Comments"."""
    governor: str = ""
    headers: int = 0
    """How many headers that govern stand before it."""
    turn: bool = False
    """It begins with a name and a colon, as several lines do: a turn of a transcript."""
    appealing: bool = False
    """A short line beside an appeal."""
    foreign: bool = False
    continues: bool = False
    """The unit before it broke off, and this one goes on in lower case."""


def contexts(units: Sequence[Unit], shapes: Sequence[Shape], hints: Sequence[Hint]) -> list[Context]:
    """The surroundings of each unit."""
    counts = Counter(unit.text for unit in units)
    found = [Context(repeats=counts[unit.text]) for unit in units]
    for context, given, hint in zip(found, shapes, hints, strict=True):
        context.paragraph = _is_paragraph(given, context, hint)
    _rank(found, shapes)
    _govern(units, found, shapes)
    _place(units, found, shapes, hints)
    _tongues(found, shapes)
    for index, given in enumerate(shapes):
        if given.appeal >= APPEAL:
            for beside in range(max(0, index - 1), min(len(units), index + 3)):
                found[beside].appealing = not shapes[beside].terminal
    for (before, unit), context in zip(pairwise(units), found[1:], strict=False):
        context.continues = unit.text[:1].islower() and before.text[-1:].isalnum() and unit.line - before.line <= 2
    return found


def _is_paragraph(given: Shape, context: Context, hint: Hint) -> bool:
    if (
        given.marker
        or given.truncated
        or (context.repeats > 1 and not given.terminal)
        or hint.links > 0.6
        or given.separators > 2
    ):
        return False
    if hint.region not in (None, "article") or given.appeal >= APPEAL or given.signed:
        return False
    return (given.words >= _PARAGRAPH and given.terminal) or given.words >= 2 * _LONG


def _govern(units: Sequence[Unit], found: list[Context], shapes: Sequence[Shape]) -> None:
    """Headers rule the short lines below them; each paragraph below weakens them, several in a row end them."""
    strength, governor, row, fading = 0.0, "", 0, 1.0
    line, written, headers = -1, 0, 0
    spaced = sum(after.line - before.line > 1 for before, after in pairwise(units)) * 5 >= len(units)
    for unit, context, given in zip(units, found, shapes, strict=True):
        inline, joined, line = unit.line == line, spaced and unit.line - line <= 1, unit.line
        hold = _STRENGTH.get((given.marker or "", given.marked), 0.0)
        written += context.paragraph
        if given.marked == "comments" and written >= _WRITTEN:
            strength, governor, row, fading, headers = _COMMENTS, "form", 0, 1.0, headers + 1
            context.headers = headers
            continue
        if given.marker and hold > strength and not (inline and given.marked == "pointer"):
            strength, governor, row, headers = hold, given.marker, 0, headers + 1
            context.headers = headers
            fading = 0.3 if given.marked == "pointer" else _FADING[given.marker]
            continue
        sentence = (
            governor == "related"
            and strength <= _POINTED
            and given.words >= _CLAUSE
            and unit.text.rstrip('”"’)').endswith(".")
        )
        context.governed, context.governor, context.headers = strength * (0.4 if sentence else 1.0), governor, headers
        if context.paragraph and given.words >= _LONG:
            row += 1
            strength *= 1.0 if strength > 1.0 else 0.5 if row == 1 else 0.2
        elif not given.number:
            row = 0
            strength *= _BLOCK if joined else fading


def _rank(found: list[Context], shapes: Sequence[Shape]) -> None:
    """Short lines between the numbers 1, 2, 3 are the entries of a list such as "Most read", under its header."""
    last, value = -9, 0
    for index, given in enumerate(shapes):
        if not given.rank:
            continue
        between = found[last + 1 : index]
        if given.rank == value + 1 and 0 < len(between) <= 2 and not any(context.paragraph for context in between):
            for context in found[max(0, last - (value == 1)) : index + 2]:
                context.ranked = True
        last, value = index, given.rank


def _content(unit: Unit) -> set[str]:
    return {word for word in _CONTENT.findall(unit.text[:3_000].lower()) if word not in languages_of()}


def _place(units: Sequence[Unit], found: list[Context], shapes: Sequence[Shape], hints: Sequence[Hint]) -> None:
    turns = Counter(given.label for given in shapes)
    for context, given in zip(found, shapes, strict=True):
        context.turn = bool(given.label) and turns[given.label] >= _TURNS
    logs = [index for index, (a, b) in enumerate(pairwise(shapes)) if a.clock and b.terminal]
    for index in logs if len(logs) >= _LOG else ():
        found[index].log = True
    strong = _strong(found)
    if not strong:
        return
    first = next((index for index in logs if found[index].log and index < strong[0]), strong[0])
    opening = set().union(*(_content(units[index]) for index in strong[:_OPENING]))
    for index in range(first):
        words = _content(units[index])
        found[index].echo = len(words & opening) / len(words) if len(words) >= 2 else 0.0
    _head(found, shapes, [hint.region in (None, "article") for hint in hints[:first]])
    _lives(units, found, shapes, strong)
    last = max((index for index, context in enumerate(found) if context.turn), default=0)
    for context in found[max(strong[-1], last) + 1 :]:
        context.zone = "tail"
    for before, after in pairwise(strong):
        if after - before == 2 or (2 < after - before <= _GAP and not shapes[after - 1].marker):
            found[after - 1].between = True


def _strong(found: Sequence[Context]) -> list[int]:
    """The paragraphs of the article, without the summaries below it."""
    paragraphs = [index for index, context in enumerate(found) if context.paragraph]
    free = [index for index in paragraphs if found[index].governed < _GOVERNED]
    return [index for index in paragraphs if not free or index < free[0]] + free


def _head(found: list[Context], shapes: Sequence[Shape], free: Sequence[bool]) -> None:
    """The headline is the line before the article that says most of what its first paragraphs say.

    `free` tells for each unit before the article whether the page's markup leaves it open what it is.
    """
    first = len(free)
    near, best, headline = 0, 0.0, -1
    for index in range(first - 1, -1, -1):
        given, context = shapes[index], found[index]
        if given.signed or given.name or given.byline or given.clock:
            continue
        bare = given.marker or given.number or given.truncated or given.words < _TITLE or given.bar >= 0.5
        if bare or not free[index]:
            continue
        near = min(near + 1, _LEAD + 1)
        context.lead = near
        followed = shapes[index + 1].signed or shapes[index + 1].name
        worth = context.echo + 0.3 / near + 0.3 * followed - _SENTENCE * (given.terminal and given.words > 3)
        if worth > best:
            best, headline = worth, index
    twin = headline - 1
    while twin > 0 and headline - twin < _APART and (shapes[twin].marker or shapes[twin].bar >= 0.5):
        twin -= 1
    for index in range(first):
        context = found[index]
        title = index == headline or (index == twin and _is_twin(shapes[index], context))
        context.zone = "headline" if title else "above" if index < headline else "under"
        beside = headline < 0 or index >= headline - 1
        context.signed = beside and (shapes[index].signed or shapes[index].byline)
    if headline >= 0:
        for context in found[headline:]:
            if context.headers > found[headline].headers:
                break
            context.governed = 0.0
    for index in range(max(headline, 0), first):
        if shapes[index].name:
            found[index].signed = True


def _is_twin(given: Shape, context: Context) -> bool:
    """A headline right above a subtitle that says more."""
    return (
        context.lead > 0 and context.echo >= _SAID and given.words > _TITLE and given.bar < 0.3 and given.separators < 2
    )


def _lives(units: Sequence[Unit], found: list[Context], shapes: Sequence[Shape], strong: list[int]) -> None:
    names = {words for index in range(strong[0]) if found[index].signed for words in _NAMES.findall(units[index].text)}
    for index in range(max(strong[0] + 1, strong[-1] - 1), min(len(units), strong[-1] + _NEAR_END)):
        words = _NAMES.match(units[index].text)
        named = words is not None and words[0] in names and shapes[index].words <= _BIO
        found[index].bio = named or shapes[index].bio
    while len(strong) > 1 and found[strong[-1]].bio:
        strong.pop()


def _tongues(found: list[Context], shapes: Sequence[Shape]) -> None:
    """A unit in another language or script than most of the text is foreign."""
    votes: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    for given in shapes:
        votes.update(dict(given.votes))
        scripts[given.script] += min(given.words, 100)
    del scripts[""]
    main = votes.most_common(1)[0][0] if votes else ""
    script = scripts.most_common(1)[0][0] if scripts else ""
    for context, given in zip(found, shapes, strict=True):
        own = dict(given.votes)
        others = sum(count for code, count in own.items() if code != main)
        context.foreign = bool(given.script and given.script != script) or (others >= 2 and main not in own)
