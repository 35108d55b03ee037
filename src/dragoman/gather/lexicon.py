"""The word lists of this room, loaded once from `data/`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_FULL_NAME = r"(?:(?:Dr|Prof)\.? )?[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w.'’-]*){1,3}"


def load(name: str) -> dict[str, Any]:
    """The data file `name`.toml of this room."""
    return tomllib.loads(files("dragoman.gather").joinpath("data", f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Markers:
    """Phrases that mark a line as junk, each with its label."""

    header: dict[str, str]
    comments: frozenset[str]
    """Headers above what readers wrote."""
    bar: frozenset[str]
    """Single words that menus and share bars are made of."""
    pointer: frozenset[str]
    """Phrases that point to one other text."""
    within: re.Pattern[str]
    within_label: dict[str, str]
    """The label, or "note" for what only an editor says of a text."""
    within_words: frozenset[str]
    """One whole word, or sign, of each phrase of `within`: a line without any of them holds none of the phrases."""
    starts: re.Pattern[str]
    start_label: dict[str, str]
    signed: re.Pattern[str]
    """How lines begin that say when a text was published."""
    appeal: frozenset[str]
    money: frozenset[str]
    """Words of an appeal that say little by themselves."""
    persons: frozenset[str]
    spoken: frozenset[str]
    """Words of a text that speaks to its reader, or of those who wrote it."""
    bio: re.Pattern[str]
    """How a line about a writer begins: a name and a verb."""
    bio_words: frozenset[str]


@cache
def markers() -> Markers:
    """The markers of `data/markers.toml`."""
    data = load("markers")
    labels = ("related", "menu", "form", "credit")
    header: dict[str, str] = {}
    start_label: dict[str, str] = {}
    within_label: dict[str, str] = dict.fromkeys(data["note"]["within"], "note")
    for label in labels:
        for phrase in data[label]["header"]:
            header.setdefault(phrase, label)
        for phrase in data[label]["start"]:
            start_label.setdefault(phrase, label)
        for phrase in data[label].get("within", ()):
            within_label.setdefault(phrase, label)
    return Markers(
        header=header,
        comments=frozenset(data["form"]["comments"]),
        bar=frozenset(phrase for phrase, label in header.items() if label in ("menu", "form") and " " not in phrase)
        | frozenset(data["bar"]["words"].split()),
        pointer=frozenset(data["related"]["pointer"]),
        within=_any_of(within_label),
        within_label=within_label,
        within_words=frozenset(_telling_word(phrase) for phrase in within_label),
        starts=_any_of(start_label),
        start_label=start_label,
        signed=_any_of(dict.fromkeys(data["signed"]["start"], "signed")),
        appeal=frozenset(data["appeal"]["words"]),
        money=frozenset(data["appeal"]["money"]),
        persons=frozenset(data["appeal"]["persons"]),
        spoken=frozenset(data["spoken"]["words"]),
        bio=re.compile(rf"{_FULL_NAME}(?:, [^.,]{{1,60}},)? (?:{'|'.join(data['bio']['verbs'])})\b"),
        bio_words=frozenset(data["bio"]["words"]),
    )


def _telling_word(phrase: str) -> str:
    """The longest word after the first, which may be a part of one ("h ago" in "5h ago"); else all there is."""
    words: list[str] = re.findall(r"[^\W_]+(?:['.-][^\W_]+)*", phrase)
    return max(words[1:] or words or [phrase], key=len)


def _any_of(phrases: dict[str, str]) -> re.Pattern[str]:
    """One pattern for all phrases, the longest first; a phrase that ends in a letter ends at the end of a word."""
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(re.escape(phrase) + (r"\b" if phrase[-1].isalnum() else "") for phrase in ordered))


@cache
def stopwords() -> dict[str, frozenset[str]]:
    """Frequent words by language code."""
    return {code: frozenset(words.split()) for code, words in load("stopwords").items()}


@cache
def languages_of() -> dict[str, tuple[str, ...]]:
    """For each frequent word the languages that have it."""
    found: dict[str, list[str]] = {}
    for code, words in stopwords().items():
        for word in words:
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}
