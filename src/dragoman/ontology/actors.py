"""Who acts: states, their seats of power, organisations, groups and outlets, and every form of their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dragoman.errors import OntologyError
from dragoman.model import Actor, ActorType
from dragoman.ontology.offices import people
from dragoman.ontology.own import own_rows
from dragoman.ontology.phrases import PhraseBook, capitalised_as, normalise, pieces
from dragoman.ontology.table import ABOVE_STATES, Row, read_table

NameKind = Literal["name", "acronym", "demonym", "capital", "seat", "person"]
Match = tuple[int, int, tuple["Name", ...]]
"""A span of words `[start, end)` and all that it may name."""

_STATES = (
    "id",
    "iso3",
    "qid",
    "name",
    "kind",
    "sector",
    "names",
    "acronyms",
    "adjectives",
    "people",
    "plurals",
    "capitals",
)
_SEATS = ("phrase", "actor", "sector", "place", "aliases")
_LISTED = ("id", "name", "country", "sector", "qid", "names", "acronyms")
_OUTLETS = ("id", "name", "country", "kind", "names", "acronyms", "domains", "state", "source")
_LISTS: tuple[tuple[str, ActorType], ...] = (
    ("organisations.csv", ActorType.ORGANISATION),
    ("groups.csv", ActorType.GROUP),
)


@dataclass(frozen=True, slots=True)
class Name:
    """One form of an actor's name. A text names the actor where it capitalises the form at least as `phrase` does."""

    phrase: str
    actor: Actor
    kind: NameKind
    plural: bool = False
    """It means people: "Azerbaijanis"."""
    case_sensitive: bool = False
    """The text must have exactly these capitals: "WHO", not "Who"."""
    sector: str | None = None
    """The sector of a seat of power, e.g. MIL for the Pentagon."""
    place: bool = False
    """It can also be where something happens: capitals, and seats that are buildings or quarters."""


@lru_cache(maxsize=1)
def states() -> Mapping[str, Actor]:
    """All states, territories, partly recognised entities and regions under their ids."""
    return {actor.id: actor for actor, _ in _state_rows()}


def state(iso3: str) -> Actor:
    """The state with an ISO 3166 alpha-3 code (XKX for Kosovo). Raises `OntologyError` where there is none."""
    if (actor := states().get(f"state:{iso3}")) is None:
        raise OntologyError(f"no state has the code {iso3!r}: give an ISO 3166 alpha-3 code, e.g. AZE")
    return actor


@lru_cache(maxsize=1)
def actors() -> Mapping[str, Actor]:
    """Every listed actor under its id: states, organisations, groups and outlets."""
    everyone = dict(states())
    for actor, row in (*_listed_rows(), *_outlet_rows(), *_own_rows()):
        if everyone.setdefault(actor.id, actor) is not actor:
            raise row.fail(f"the id {actor.id} is taken")
    return everyone


@lru_cache(maxsize=1)
def state_words() -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """Each state's id with its names, adjectives, persons, their plurals, and capitals."""
    columns = ("adjectives", "people", "plurals", "capitals")
    return tuple(
        (actor.id, ((actor.name, *row.many("names")), *(row.many(column) for column in columns)))
        for actor, row in _state_rows()
    )


@lru_cache(maxsize=1)
def names() -> Mapping[str, tuple[Name, ...]]:
    """Every name under its normalised phrase. Several where the phrase may mean several actors."""
    found: dict[str, dict[tuple[str, bool], Name]] = defaultdict(dict)
    for name in _all_names():
        found[normalise(name.phrase)].setdefault((name.actor.id, name.case_sensitive), name)
    return {key: tuple(same.values()) for key, same in found.items()}


def longest_name() -> int:
    """The number of words in the longest name."""
    return _book().longest


def find_names(words: Sequence[str]) -> list[Match]:
    """The names in a document's words, longest first, without overlap; "South China Sea" and the like name nobody."""
    return _book().find(words, _stands)


@lru_cache(maxsize=4096)
def outlet_of_domain(domain: str) -> Actor | None:
    """The outlet that publishes under a host name, or under a domain above it: "www.example.org" is "example.org"."""
    labels = domain.casefold().rstrip(".").split(".")
    return next((found for at in range(len(labels)) if (found := _domains().get(".".join(labels[at:])))), None)


@lru_cache(maxsize=1)
def agencies() -> frozenset[str]:
    """Ids of the listed news agencies."""
    return frozenset(actor.id for actor, row in _outlet_rows() if row.text("kind") == "agency")


@lru_cache(maxsize=1)
def _book() -> PhraseBook[Name]:
    decoys = {normalise(row.text("phrase")): () for row in read_table("decoys.csv", ["phrase"])}
    return PhraseBook({**decoys, **names()})


@lru_cache(maxsize=1)
def _lookalikes() -> frozenset[str]:
    return frozenset(row.text("acronym") for row in read_table("lookalikes.csv", ["acronym"]))


def _stands(name: Name, cased: Sequence[str], start: int, end: int) -> bool:
    written = cased[start:end]
    if not name.case_sensitive:
        return capitalised_as(name.phrase, written)
    if tuple(written) != pieces(name.phrase):
        return False
    return written[0] not in _lookalikes() or not _shouted(cased, start, end)


def _shouted(cased: Sequence[str], start: int, end: int) -> bool:
    """Whether the words around are in capitals too, so that "WHO" may be the pronoun."""
    around = [word for word in (*cased[max(0, start - 2) : start], *cased[end : end + 2]) if word.isalpha()]
    return bool(around) and all(word.isupper() for word in around)


@lru_cache(maxsize=1)
def _state_rows() -> tuple[tuple[Actor, Row], ...]:
    rows = []
    for row in read_table("states.csv", _STATES):
        kind = row.choice("kind", ("country", "entity", "region"))
        iso3 = row.text("iso3")
        if (row.text("id") == f"state:{iso3}") != (kind == "country" or iso3 == "ESH"):
            raise row.fail(f"{row.text('id')} is not the id of a {kind} with the code {iso3}")
        qid, sector = row.optional("qid"), row.sector()
        rows.append((Actor(row.text("id"), row.text("name"), ActorType.STATE, iso3, sector, qid), row))
    return tuple(rows)


@lru_cache(maxsize=1)
def _listed_rows() -> tuple[tuple[Actor, Row], ...]:
    rows = []
    for file, type_ in _LISTS:
        for row in read_table(file, _LISTED):
            country = _country(row)
            actor = Actor(row.text("id"), row.text("name"), type_, country, row.sector(), row.optional("qid"))
            rows.append((actor, row))
    return tuple(rows)


@lru_cache(maxsize=1)
def _outlet_rows() -> tuple[tuple[Actor, Row], ...]:
    rows = []
    for row in read_table("outlets.csv", _OUTLETS):
        row.choice("kind", ("agency", "broadcaster", "newspaper", "site", "magazine"))
        if row.choice("state", ("owned", "funded", "none", "unknown")) in ("owned", "funded"):
            row.text("source")
        rows.append((Actor(row.text("id"), row.text("name"), ActorType.OUTLET, _country(row), "JRN"), row))
    return tuple(rows)


def _country(row: Row) -> str | None:
    if (country := row.optional("country")) and country not in ABOVE_STATES and f"state:{country}" not in states():
        raise row.fail(f"{country} is neither a state's code nor one of {', '.join(sorted(ABOVE_STATES))}")
    return country


@lru_cache(maxsize=1)
def _own_rows() -> tuple[tuple[Actor, Row], ...]:
    rows = []
    for row in own_rows():
        name, type_ = row.text("name"), ActorType(row.choice("type", [type_.value for type_ in ActorType]))
        slug = normalise(name).replace(" ", "-")
        rows.append((Actor(f"own:{slug}", name, type_, _country(row), row.sector(), row.optional("qid")), row))
    return tuple(rows)


def forget() -> None:
    """Lets go of what was loaded, because the user's own actors are others now."""
    for cached in (actors, names, _book, _own_rows):
        cached.cache_clear()


@lru_cache(maxsize=1)
def _domains() -> Mapping[str, Actor]:
    return {domain: actor for actor, row in _outlet_rows() for domain in row.many("domains")}


def _all_names() -> Iterator[Name]:
    for actor, row in _state_rows():
        yield from _proper(actor, row)
        for column in ("adjectives", "people", "plurals"):
            for phrase in row.many(column):
                yield Name(phrase, actor, "demonym", plural=column == "plurals")
        for phrase in row.many("capitals"):
            yield Name(phrase, actor, "capital", place=True)
    for actor, row in (*_listed_rows(), *_outlet_rows()):
        yield from _proper(actor, row)
    for row in read_table("seats.csv", _SEATS):
        if (seated := actors().get(row.text("actor"))) is None:
            raise row.fail(f"no actor has the id {row.text('actor')}")
        for phrase in (row.text("phrase"), *row.many("aliases")):
            exact = phrase.isupper()
            yield Name(phrase, seated, "seat", case_sensitive=exact, sector=row.sector(), place=row.flag("place"))
    for actor, row in _own_rows():
        kind: NameKind = "person" if actor.type is ActorType.PERSON else "name"
        for phrase in (actor.name, *row.many("aliases")):
            yield Name(phrase, actor, kind, case_sensitive=phrase.isupper())
    for phrase, person in people():
        yield Name(phrase, person, "person")


def _proper(actor: Actor, row: Row) -> Iterator[Name]:
    for phrase in (actor.name, *row.many("names")):
        acronym = phrase.isupper()
        yield Name(phrase, actor, "acronym" if acronym else "name", case_sensitive=acronym)
    for phrase in row.many("acronyms"):
        yield Name(phrase, actor, "acronym", case_sensitive=True)
