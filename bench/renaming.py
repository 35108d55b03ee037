"""One text told of other countries and other persons: names exchanged word by word, with a map between both texts."""

from __future__ import annotations

import random
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.encode import Analysis
from dragoman.encode.tokens import tokenize
from dragoman.encode.weights import directory
from dragoman.model import ActorType, Reading, Span
from dragoman.ontology.actors import find_names, names, state
from dragoman.ontology.offices import holders
from dragoman.ontology.phrases import normalise
from dragoman.ontology.roles import roles
from dragoman.ontology.table import Row, read_table

FIRST_NAMES = tuple(
    """
    Aigerim Aino Amara Anjali Anselm Arjun Asel Ayesha Bahar Bogdan Bronislava Caoimhe Chidi Ciara Dilnoza Eero Efua
    Eleni Emeka Farid Fatou Goran Hakan Halima Hiroko Ignacio Ilse Imani Ingrid Iskander Jelena Joaquim Jomo Kaveh
    Kenji Khadija Kofi Lamin Leila Liesel Lwazi Madina Magnus Mariam Mateo Meera Milos Nadira Ngozi Nikhil Olena
    Oluchi Paavo Parisa Pilar Rashida Rosalind Sabela Sanjay Sibusiso Siobhan Tamar Tendai Thandiwe Tomasz Wanjiru
    Xiomara Zainab Zoltan
    """.split()
)
SURNAMES = tuple(
    """
    Abenov Abenovich Achterberg Adeyemi Adomako Adomakor Agbaria Agbariam Akhmetova Alcantara Aldecoa Amankwah
    Amundarain Andrade Anttolainen Anttonen Arkhipenko Arvanitis Asante Aslanbek Avetian Balogun Barzhaksy Batsukh
    Bekzhan Bergstrom Bertolucci Bielski Boateng Bojanic Bondarenko Brannigan Brodsky Bystrom Castellano Cavalcante
    Chaudhary Chimombo Cissokho Czajka Dahlgren Danquah Dembinski Desimone Desrosiers Dolidze Dragomir Dumitrascu
    Ekholm Eklund Ekwueme Engstrom Erdogdu Escobedo Eskelinen Ezeokoli Fagbenle Fagerlund Farooqi Ferrandiz Gachanja
    Gallego Ganbold Gebreselassie Gruszka Haapala Hallberg Haraldsen Hatakeyama Havlicek Hietanen Hlongwane Iwanow
    Jankauskas Karlsson Kazantzis Kimathi Kuznetsova Laaksonen Lindqvist Lukaszewicz Mahlangu Makinen Marchetti
    Mehrotra Mensah Mikkelsen Nakamura Nandakumar Ndlovu Nguyen Nkemelu Novakova Nyambura Obradovic Odhiambo Ogunleye
    Okafor Okonkwo Olofsson Orlandini Osei Oyelaran Papadakis Paszek Pereyra Petrosyan Rautio Revilla Salgueiro
    Santangelo Sepulveda Srinivasan Stojanovic Takahashi Temirkhan Thorsen Torgersen Tshabalala Urbanek Vassiliou
    Weissmann Zielinski Zwane
    """.split()
)
NOT_DRAWN = frozenset(
    "America Chad Dominica Georgia Guinea India Israel Jersey Jordan Micronesia Niger Samoa Sudan "
    "Georgetown Hamilton Kingston Roseau Santiago Sofia Victoria Washington Wellington "
    "Anguilla Aruba Bermuda Curaçao Gibraltar Greenland Guadeloupe Guam Guernsey Macao Martinique Mayotte Montserrat Niue "
    "Réunion Tokelau".split()
)
"""Names that are also a person's or another country's, or that of no state of its own."""
_SLOTS = ("name", "adjective", "person", "people", "capital")
_COLUMNS = "id iso3 qid name kind sector names acronyms adjectives people plurals capitals".split()
_NO_NAMES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday mrs miss prof pope sheikh sheikha haji sayyid hajja abu bin ibn ben bint ould mint "
    "umm mac van von der den del della dos das the".split()
)
"""Capitalised words that stand in or beside names and are none: the calendar, titles, particles."""
_SPOKEN_YOU = ("uk", "ug", "ur", "eu")

Forms = Mapping[str, tuple[str, ...]]
"""The one-word forms of a country by what they are: name, adjective, person, people, capital."""


@dataclass(frozen=True, slots=True)
class Side:
    """How one of the two texts calls what both speak of: a key for each word and each code that was exchanged."""

    words: Mapping[str, str]
    codes: Mapping[str, str]

    def told(self, phrase: str | None) -> str | None:
        """`phrase` with the keys in the places of names, tokens apart by a blank, and "an" as "a"."""
        if phrase is None:
            return None
        tokens = [phrase[start:end] for start, end in tokenize(phrase)]
        keyed = [self.words.get(token.casefold(), token) if token[0].isupper() else token for token in tokens]
        return " ".join(token[0] if token.casefold() == "an" else token for token in keyed)

    def code(self, iso3: str | None) -> str | None:
        return self.codes.get(iso3, iso3) if iso3 else iso3


@dataclass(frozen=True, slots=True)
class Offsets:
    """The places of replaced words in both texts, in order."""

    old: tuple[Span, ...]
    new: tuple[Span, ...]

    def at(self, offset: int) -> int:
        """Where an offset of the first text lies in the second; below 0, and its own, within a word that was replaced."""
        n = bisect_right(self.old, offset, key=lambda span: span[0]) - 1
        if n >= 0 and self.old[n][0] == offset:
            return self.new[n][0]
        if n >= 0 and offset < self.old[n][1]:
            return -1 - offset
        return offset + (self.new[n][1] - self.old[n][1] if n >= 0 else 0)

    def span(self, span: Span) -> Span:
        return self.at(span[0]), self.at(span[1])


@dataclass(frozen=True, slots=True)
class Swap:
    """The second text, the way to it from the first, and what was exchanged."""

    text: str
    offsets: Offsets
    first: Side
    second: Side
    countries: Mapping[str, str]
    persons: Mapping[str, str]


@cache
def countries() -> Mapping[str, Forms]:
    """The forms of each country by its ISO3 that are one word and name nobody else."""
    found: dict[str, Forms] = {}
    for row in read_table("states.csv", _COLUMNS):
        if row.choice("kind", ("country", "entity", "region")) == "country":
            demonyms = [row.many(column) for column in ("adjectives", "people", "plurals")]
            if not any(demonyms[1:]):  # "Chinese" is all three
                demonyms = [demonyms[0]] * 3
            called = (row.text("name"), *row.many("names"))
            demonyms = [tuple(form for form in forms if form not in called) for forms in demonyms]
            listed = (called, *demonyms, row.many("capitals"))
            found[row.text("iso3")] = {
                slot: tuple(form for form in forms if _is_plain(form, row))
                for slot, forms in zip(_SLOTS, listed, strict=True)
            }
    return found


@cache
def drawable() -> tuple[str, ...]:
    """The ISO3 of countries that may stand for others: with a name of one word and one meaning, and without "the"."""
    rows = [row for row in read_table("states.csv", _COLUMNS) if row.text("iso3") != "UKR"]
    the = {row.text("iso3") for row in rows for name in row.many("names") if name.lower().startswith("the ")}
    return tuple(
        iso3
        for iso3, forms in sorted(countries().items())
        if iso3 not in the and forms["name"][:1] == (state(iso3).name,) and forms["name"][0] not in NOT_DRAWN
    )


def _is_plain(form: str, row: Row) -> bool:
    return (
        form.isalpha() and form.istitle() and {name.actor.id for name in names()[normalise(form)]} == {row.text("id")}
    )


@cache
def _by_word() -> Mapping[str, tuple[str, frozenset[str]]]:
    """The country of each form and all that the form is of it."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for iso3, forms in countries().items():
        for word in {form for same in forms.values() for form in same}:
            found[word.casefold()] = iso3, frozenset(slot for slot in _SLOTS if word in forms[slot])
    return found


def swap(text: str, reading: Reading, analysis: Analysis, dice: random.Random) -> Swap | None:
    """`text` with other countries and persons, drawn with `dice`; None where it names none that can be exchanged.

    `reading` tells the persons, `analysis` (of the whole text) where a demonym is an adjective. A country keeps its name
    where the text also names it, somebody of it or a place in it by a form that is not one unambiguous word.
    """
    spans = tokenize(text)
    words = [text[start:end] for start, end in spans]
    adjectives = {token.start for token in analysis.tokens if token.xpos == "JJ"}
    found, fixed = _named(words, [start in adjectives for start, _ in spans])
    new: dict[int, str] = {}
    drawn: dict[str, str] = {}
    taken = {word.casefold() for word in words}
    there = fixed | {iso3 for iso3, _ in found.values()}
    pool = [iso3 for iso3 in drawable() if iso3 not in there]
    dice.shuffle(pool)
    for iso3 in dict.fromkeys(iso for iso, _ in found.values() if iso not in fixed):
        slots = {i: slot for i, (iso, slot) in found.items() if iso == iso3}
        fitting = ((other, {i: _form(other, slot) for i, slot in slots.items()}) for other in pool)
        for other, forms in fitting:
            fits = {i: form for i, form in forms.items() if form and form.casefold() not in taken}
            if len(fits) == len(slots):
                drawn[iso3] = other
                pool.remove(other)
                new |= fits
                break
    persons = _persons(text, words, reading, dice)
    new |= {
        i: persons[word.casefold()] for i, word in enumerate(words) if word[0].isupper() and word.casefold() in persons
    }
    if not new:
        return None
    return Swap(*_written(text, spans, new), *_sides(drawn, persons), drawn, persons)


def _named(words: Sequence[str], adjectives: Sequence[bool]) -> tuple[dict[int, tuple[str, frozenset[str]]], set[str]]:
    """By token the countries that one word names, with what it may be of them; and the countries that must stay."""
    found: dict[int, tuple[str, frozenset[str]]] = {}
    fixed: set[str] = set()
    for start, end, listed in find_names(words):
        form = _by_word().get(words[start].casefold()) if end - start == 1 else None
        if form is None:
            fixed |= {name.actor.country for name in listed if name.actor.country}
        else:
            adjective = adjectives[start] and "adjective" in form[1]
            found[start] = form[0], frozenset(["adjective"]) if adjective else form[1]
    for i, word in enumerate(words):
        if i not in found and word[0].isupper() and (form := _by_word().get(word.casefold())):
            fixed.add(form[0])
    return found, fixed


def _form(iso3: str, slots: Collection[str]) -> str | None:
    """The one word of a country that is all of `slots`, or None."""
    drawable = {slot: [form for form in countries()[iso3][slot] if form not in NOT_DRAWN] for slot in slots}
    first = {forms[0] if forms else "" for forms in drawable.values()}
    return first.pop() or None if len(first) == 1 else None


def _persons(text: str, words: Sequence[str], reading: Reading, dice: random.Random) -> dict[str, str]:
    """Other names for the single words of the full names of persons; not for words that are also anything else."""
    type_of = {actor.id: actor.type for actor in reading.actors}
    other = {word.casefold() for word in words if word.islower()}
    surname: dict[str, bool] = {}
    for mention in (mention for mention in reading.mentions if mention.kind == "name"):
        parts = [text[start:end] for start, end in tokenize(text, mention.start, mention.end)]
        named = [part.casefold() for part in parts if part.isalpha() and (part.istitle() or part.isupper())]
        if type_of[mention.actor] is not ActorType.PERSON:
            other |= set(named)
        elif len(named) > 1:
            for n, word in enumerate(named, 1):
                surname[word] = surname.get(word, False) or n == len(named)
    taken = {word.casefold() for word in words}
    pools = {last: [name for name in kind if name.casefold() not in taken] for last, kind in _KINDS.items()}
    for pool in pools.values():
        dice.shuffle(pool)
    found = [word for word in surname if len(word) > 2 and word not in other and not _is_known(word)]
    return {word: pools[surname[word]].pop() for word in found if pools[surname[word]]}


_KINDS = {False: FIRST_NAMES, True: SURNAMES}


@cache
def _ordinary() -> frozenset[str]:
    """Words of the table of lemmas."""
    rows = (directory() / "lemmas.tsv").read_text("utf-8").splitlines()
    return frozenset(word for row in rows for word in row.split("\t")[1:])


def _is_known(word: str) -> bool:
    """Whether a word is an ordinary one, or names somebody whom the ontology knows."""
    key = normalise(word)
    return key in names() or key in roles() or bool(holders(word)) or word in _ordinary() | _NO_NAMES


def _written(text: str, spans: Sequence[Span], new: Mapping[int, str]) -> tuple[str, Offsets]:
    """The text with new words in the places of tokens, "a" and "an" before them put right."""
    changed: dict[int, str] = {}
    for i, form in sorted(new.items()):
        old = text[slice(*spans[i])]
        changed[i] = form.upper() if old.isupper() else form
        before = text[slice(*spans[i - 1])] if i else ""
        if before.casefold() in ("a", "an") and _vowel(old) != _vowel(form):
            shout = before.isupper() and old.isupper()
            changed[i - 1] = before[0] + (("N" if shout else "n") if _vowel(form) else "")
    out: list[str] = []
    places: list[Span] = []
    at = size = 0
    for i in sorted(changed):
        start, end = spans[i]
        out += [text[at:start], changed[i]]
        size += start - at
        places.append((size, size + len(changed[i])))
        at, size = end, size + len(changed[i])
    return "".join([*out, text[at:]]), Offsets(tuple(spans[i] for i in sorted(changed)), tuple(places))


def _vowel(word: str) -> bool:
    """Whether "an" stands before a word."""
    plain = unicodedata.normalize("NFKD", word).lower()
    return plain[0] in "aeiou" and not plain.startswith(_SPOKEN_YOU)


def _sides(drawn: Mapping[str, str], persons: Mapping[str, str]) -> tuple[Side, Side]:
    sides: list[Side] = []
    for second in (False, True):
        codes = {(new if second else old): f"<{old}>" for old, new in drawn.items()}
        words = {(new if second else old).casefold(): f"<{old}>" for old, new in persons.items()}
        for iso3, key in codes.items():
            for slot, forms in countries()[iso3].items():
                kind = slot if slot in ("name", "capital") else "demonym"
                words |= {form.casefold(): f"{key[:-1]} {kind}>" for form in forms}
        sides.append(Side(words, codes))
    return sides[0], sides[1]
