"""What one unit looks like by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.gather.lexicon import languages_of, markers
from dragoman.gather.openings import byline, dateline

_SAMPLE = 3_000
_DATELINE = 40
_BAR = 20
_MENU = 0.3
_NOTE = 45
_BYLINE = 150
_BYLINE_REST = 30
_BRIEF = 5
"""A line of no more words that begins like "More from ..." is a header."""
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_TRUNCATED = re.compile(r"(?:[\w,’\"]|\[)(?:\.\.\.|…)\Z")
"""Dots right after a word break a sentence off; those after its end, or set apart, are the author's."""
_CJK = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CLOSING = "\"”’'»)]*“ \u00a0"
_TERMINAL = ".!?…:;。！？։؟।"
_SEPARATORS = re.compile(r"[|•·›»→←↑↓▶►▼▲▾▸▿✕×✖☰≡]| [/>] |(?<=\w)(?: {2,}|\t)(?=[^\W\d_a-z])")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[A-Za-z]")
_NUMBER = re.compile(r"[\W_]{0,6}\d[\d\W_]{0,10}")
_STAMP = re.compile(
    r"\b\d{4}[./-]\d{1,2}[./-]\d{1,2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{4}\b|"
    r"\b\d{1,2}(?:st|nd|rd|th|\.)?[ -](?:de |of )?[^\W\d_]{3,10}\.?,?[ -](?:de )?\d{4}\b|"
    r"\b[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b"
)
"""A full date, with any word for the month: in a line of few words nothing else looks like it."""
_YEAR = re.compile(r"\d{4}")
_AGENCY_STAMP = re.compile(r"[(/\[][^()]{2,40}, [A-Z][a-z]{2,8}\.? \d{1,2},? \d{1,2}[:.]\d\d[^()]{0,20}[)/\]]")
_SIGNED = 120
_SIGNED_WORDS = 9
"""A line of no more words beside a full date says when, and perhaps who wrote."""
_CLOCK = re.compile(r"\W{0,3}\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[apAP]\.?[mM]\.?)?(?:\s?(?:[A-Z]{2,4}|Uhr|h))?\W{0,3}")
_CLOCKED = re.compile(r"\d{1,2}[:.]\d\d(?:\s?[ap]m)?\s?[-–—|:]?\s+(?=\S)")
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]{0,20}(?: [^\W\d_a-z][\w.'’-]{0,20}){1,3}")
_BIO = 400
_QUOTE = re.compile(r"[“”\"«»„][^“”\"«»„]{40}")
_COMMENTS = re.compile(r"\d+ (?:thoughts?|comments?|responses?|replies) (?:on|to|about) ")
_LABEL = re.compile(r"([A-Z][\w .'’-]{0,30}?)(?: \([^()]{1,30}\))?:(?=\s)")
_TURN = 64
_SPOKEN = re.compile(r"[\"“«„][^\"”»“]*(?:[\"”»“]|\Z)")
_DATE_PARTS = re.compile(r"\d+|[^\W\d_]+")
_DATE_WORD = re.compile(
    r"\d+|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|"
    r"am|pm|gmt|utc|[a-z]{2,3}t|th|st|nd|rd|at|on|t|z|date|published|updated|posted|last|by|ago|hours?|minutes?|days?|weeks?|months?|years?|ago|today|yesterday|min|read|views?"
)
_CAPTION = re.compile(
    r"(?:Photo|PHOTO|Foto|FOTO|Picture|Image|Credit|Фото)s?(?: credit)?(?:\s?:|\s?/| by )[^!?]{2,60}\Z"
)
_CALL = re.compile(r"(?:Support|Donate to|Subscribe to|Follow|Join)(?: [A-Z]\w*){1,3}\W*\Z")
_SCRIPTS = (
    ("latin", re.compile(r"[A-Za-zÀ-ɏ]")),
    ("cyrillic", re.compile(r"[Ѐ-ԯ]")),
    ("armenian", re.compile(r"[Ա-֏]")),
    ("georgian", re.compile(r"[Ⴀ-ჿ]")),
    ("arabic", re.compile(r"[؀-ۿ]")),
    ("hebrew", re.compile(r"[א-ת]")),
    ("greek", re.compile(r"[Ͱ-Ͽ]")),
    ("asian", _CJK),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """Features of a unit's text alone."""

    words: int
    terminal: bool
    """Ends as a sentence does, or with a colon."""
    truncated: bool
    """Ends in three dots."""
    frequent: float
    """Share of words that are frequent in some language we know."""
    separators: int
    address: bool
    date: bool
    number: bool
    rank: int
    """The number that it is, of one or two digits, or 0."""
    script: str
    votes: tuple[tuple[str, int], ...]
    """Words that only one language has, counted by language."""
    marker: str | None
    """Label of the marker that the unit is, or begins with, or holds."""
    marked: str
    """"header", "pointer", "comments", "start", "within" or ""."""
    bar: float
    """Share of words that menus and share bars are made of."""
    signed: bool
    """It is a date, or a byline with one, and no sentence."""
    clock: bool
    """It is a time of day."""
    label: str
    """The name before a colon that it begins with, as the turns of a transcript do."""
    name: bool
    """It might be a name and nothing else."""
    byline: bool
    """It is a byline and nothing else."""
    dateline: bool
    """It begins with a dateline."""
    bio: bool
    """It tells what somebody does, as the line about the author at the end of a page."""
    appeal: int
    """Words of asking for support, where the text speaks to its reader."""


def shape(text: str) -> Shape:
    """The shape of `text`, of which no more than the first 3,000 characters and the end are looked at."""
    head = text[:_SAMPLE]
    found = _WORD.findall(head)
    lowered = [word.lower().replace("’", "'") for word in found]
    asian = 0 if head.isascii() else len(_CJK.findall(head)) // 2
    end = text[-20:].rstrip(_CLOSING)
    owners = [languages_of().get(word) for word in lowered]
    votes: dict[str, int] = {}
    for codes in owners:
        if codes and len(codes) == 1:
            votes[codes[0]] = votes.get(codes[0], 0) + 1
    label, kind = _marker(head[:400], lowered)
    if (
        label is None
        and len(text) <= 400
        and (":" in text or "/" in text or " by " in text)
        and _CAPTION.search(text[-90:])
    ):
        label, kind = "credit", "start"
    truncated = end[-1:] in ".…" and _TRUNCATED.search(end) is not None and not text.startswith(("...", "…"))
    bar = _bar(lowered, owners) if len(found) <= _BAR else 0.0
    terminal = end[-1:] in _TERMINAL and bool(end) and not truncated
    frequent = len(owners) - owners.count(None)
    return Shape(
        words=int(len(text) * (len(found) / len(head))) + asian if len(text) > _SAMPLE else max(len(found), asian),
        terminal=terminal,
        truncated=truncated,
        frequent=frequent / max(1, len(found)),
        separators=_separators(head[:400]),
        address=("@" in head or "/" in head or "www" in head) and _ADDRESS.search(head[:400]) is not None,
        date=len(text) <= 80 and _is_date(text),
        number=bool(_NUMBER.fullmatch(text)),
        rank=int(text.rstrip(".)")) if len(text) <= 3 and text.rstrip(".)").isdecimal() else 0,
        script=_script(head[:200]),
        votes=tuple(votes.items()),
        marker=label,
        marked=kind,
        bar=bar,
        signed=bar < _MENU and len(text) <= _SIGNED and _is_signed(text, terminal, frequent),
        clock=len(text) <= 20 and _CLOCK.fullmatch(text) is not None,
        label=named[1] if ":" in head[:_TURN] and (named := _LABEL.match(head)) else "",
        name=not label and not bar and not frequent and len(found) <= 4 and _is_name(text),
        byline=(lowered[:1] == ["by"] and len(found) <= 2)
        or (len(text) <= _BYLINE and (by := byline(text)) is not None and len(text) - by[0] <= _BYLINE_REST),
        dateline=label is None and len(text) >= _DATELINE and dateline(text) > 0,
        bio=len(text) <= _BIO and _is_bio(text, lowered),
        appeal=_appeal(head, lowered),
    )


def _separators(head: str) -> int:
    plain = head.isascii() and not ("|" in head or ">" in head or " / " in head or "  " in head or "\t" in head)
    return 0 if plain else len(_SEPARATORS.findall(head))


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and all(word[0].isupper() for word in text.split())


def _is_date(text: str) -> bool:
    if _DIGIT.search(text) is None:
        return False
    parts = _DATE_PARTS.findall(text.lower())
    return len(parts) > 1 and all(map(_DATE_WORD.fullmatch, parts))


def _is_signed(text: str, terminal: bool, frequent: int) -> bool:
    if _DIGIT.search(text) is None:
        return False
    if text[0] in "(/[" and _AGENCY_STAMP.fullmatch(text):
        return True
    stamp = _STAMP.search(text) if _YEAR.search(text) else None
    if stamp is None:
        return markers().signed.match(text.lower()) is not None and not terminal and frequent <= 2
    rest = len(_WORD.findall(text[: stamp.start()])) + len(_WORD.findall(text[stamp.end() :]))
    return rest <= _SIGNED_WORDS and frequent <= 3 and not (terminal and rest > 2)


def _bar(words: list[str], owners: list[tuple[str, ...] | None]) -> float:
    held = sum(map(markers().bar.__contains__, words))
    if not held:
        return 0.0
    telling = sum(not (owner or word[0].isdigit()) for word, owner in zip(words, owners, strict=True))
    return held / max(held, telling)


def _marker(head: str, lowered: list[str]) -> tuple[str | None, str]:
    known = markers()
    words = len(lowered)
    plain = head.lower().replace("’", "'").strip(" \t\u00a0")
    if plain[:1].isdigit() and (clock := _CLOCKED.match(plain)):
        plain = plain[clock.end() :]
    bare = plain.strip(" .:!?|•·›»→←↑↓▶►▼▲✕×✖☰«<>-–—*#[]()+")
    bare = bare.rstrip("0123456789 (")
    if bare.lstrip("0123456789 ") in known.comments or (words <= _NOTE and _COMMENTS.match(plain)):
        return "form", "comments"
    if bare in known.pointer:
        return "related", "pointer"
    if bare in known.header:
        return known.header[bare], "header"
    if started := known.starts.match(plain):
        found = known.start_label[started[0]]
        return found, "header" if found == "related" and words <= _BRIEF and bare[
            -1:
        ].isalnum() and ":" not in bare else "start"
    opener, colon, _ = plain.partition(":")
    if colon and known.header.get(opener.strip()) == "related":
        return "related", "start"
    parts = bare.split()
    if 2 <= len(parts) <= _BAR and known.bar.issuperset(parts):
        return "menu", "header"
    if words <= 4 and _CALL.match(head):
        return "form", "start"
    telling = not known.within_words.isdisjoint(lowered) or "©" in plain
    if telling and words <= 2 * _NOTE and (held := known.within.search(plain)):
        found = known.within_label[held[0]]
        if found == "note":
            return "credit", "start"
        if words <= _NOTE:
            return found, "within"
    return None, ""


def _appeal(head: str, words: list[str]) -> int:
    known = markers()
    if known.persons.isdisjoint(words):
        return 0
    own = _WORD.findall(_SPOKEN.sub(" ", head).lower()[:1_500])
    if known.persons.isdisjoint(own):
        return 0
    return len(known.appeal.intersection(own)) + len(known.money.intersection(own)) // 2


def _is_bio(text: str, words: list[str]) -> bool:
    known = markers()
    return _QUOTE.search(text) is None and known.bio.match(text) is not None and not known.bio_words.isdisjoint(words)


def _script(head: str) -> str:
    if head.isascii():
        return "latin" if _LETTER.search(head) else ""
    counts = {name: len(pattern.findall(head)) for name, pattern in _SCRIPTS}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""
