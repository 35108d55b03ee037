"""The wording of briefs, read from the ontology's data files and checked: templates, and verbs for events and acts."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from string import Formatter

from dragoman.errors import OntologyError
from dragoman.model import Act
from dragoman.ontology.plover import plover
from dragoman.ontology.table import Row, read_table

TEMPLATES = ("name", "fields", "text")
_FORMS = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")


@dataclass(frozen=True, slots=True)
class Deed:
    """What an event of a type is called, after "have" and after "will"; "{whom}" stands for the recipient."""

    did: str
    does: str


@dataclass(frozen=True, slots=True)
class Words:
    """Single words of English that sentences need."""

    numbers: tuple[str, ...]
    """From 0; greater numbers are written in digits."""
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    seasons: Mapping[str, str]
    quads: Mapping[int, str]
    counted: frozenset[str]
    """What may stand behind a number of those who tell of something: "two independent sources"."""
    with_the: frozenset[str]
    """Nouns before which a name has its article: "the Senate"."""


def say(template: str, **fields: str) -> str:
    """The sentence of that name with its fields filled in. Raises KeyError where there is none or a field is missing."""
    return _templates()[template].format(**fields)


@lru_cache(maxsize=1024)
def deed(type: str, mode: str | None, toward: bool) -> Deed:
    """How to say an event of a type and mode, with a recipient or without; a mode that is not known is left out."""
    known = _deeds()
    return known.get((type, mode, toward)) or known[type, None, toward]


def doing(act: Act) -> str:
    """What a speaker does who is quoted as doing it: "accusing"."""
    return _acts()[act]


@lru_cache(maxsize=1)
def words() -> Words:
    """The single words. Raises OntologyError where the data file breaks its schema."""
    data = json.loads(files("dragoman.ontology").joinpath("data", "brief_words.json").read_text("utf-8"))
    try:
        found = Words(
            numbers=tuple(data["numbers"]),
            months=tuple(data["months"]),
            weekdays=tuple(data["weekdays"]),
            seasons=dict(data["seasons"]),
            quads={int(quad): name for quad, name in data["quads"].items()},
            counted=frozenset(data["counted"]),
            with_the=frozenset(data["with_the"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OntologyError(f"brief_words.json: {type(error).__name__}: {error}") from error
    if len(found.months) != 12 or set(found.quads) != set(plover().quads) or len(found.numbers) < 2:
        raise OntologyError(
            "brief_words.json: there must be twelve months, a name for each quad, and the first numbers"
        )
    return found


def templates(rows: Iterable[Row]) -> Mapping[str, str]:
    """The text of each template. Raises OntologyError where its fields are not those that its row lists."""
    found: dict[str, str] = {}
    for row in rows:
        used = {field for _, field, _, _ in Formatter().parse(row.text("text")) if field is not None}
        if used != set(row.many("fields")):
            raise row.fail(f"the fields in the text are {', '.join(sorted(used)) or 'none'}")
        _once(row, row.text("name"), found)
        found[row.text("name")] = row.text("text")
    return found


@lru_cache(maxsize=1)
def _templates() -> Mapping[str, str]:
    return templates(read_table("brief_sentences.csv", TEMPLATES))


@lru_cache(maxsize=1)
def _deeds() -> Mapping[tuple[str, str | None, bool], Deed]:
    found: dict[tuple[str, str | None, bool], Deed] = {}
    for row in read_table("brief_events.csv", ("type", "mode", "toward", "alone")):
        key = row.text("type"), row.optional("mode")
        if not plover().has(*key):
            raise row.fail(f"PLOVER has no {key[0]} {key[1]}")
        for column, toward in (("toward", True), ("alone", False)):
            text = row.text(column)
            if text.count("{whom}") != toward or not _FORMS.search(text):
                raise row.fail(f"{column} must have {'one' if toward else 'no'} {{whom}} and a [participle|infinitive]")
            _once(row, (*key, toward), found)
            found[*key, toward] = Deed(_FORMS.sub(r"\1", text), _FORMS.sub(r"\2", text))
    every = {(type.name, mode) for type in plover().types.values() for mode in (None, *type.modes)}
    if missing := every - {key[:2] for key in found}:
        raise OntologyError(f"brief_events.csv: no words for {sorted(map(str, missing))}")
    return found


@lru_cache(maxsize=1)
def _acts() -> Mapping[Act, str]:
    found = {
        Act(row.choice("act", list(Act))): row.text("doing") for row in read_table("brief_acts.csv", ("act", "doing"))
    }
    if missing := set(Act) - set(found):
        raise OntologyError(f"brief_acts.csv: no words for {', '.join(sorted(missing))}")
    return found


def _once(row: Row, key: object, found: Collection[object]) -> None:
    if key in found:
        raise row.fail(f"{key} is there twice")
