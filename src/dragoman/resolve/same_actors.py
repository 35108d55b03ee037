"""One actor of several documents' persons, organisations and groups that no list knows, and why they are one.

A surname alone never makes two one. Full names do where they are written alike and of one country, or where one text leaves
the country open and both keep the same company; a bare surname joins the one full name of its country that keeps its company.
In copies of one text one name is one actor, also a surname or a role, so that to read a text twice makes nobody twice.
A person's decisions come before all of that. The result depends on what was read and decided, not on its order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from dragoman.model import Actor, ActorType, content_id
from dragoman.ontology.offices import holders
from dragoman.ontology.phrases import normalise

ALIKE = 0.84
"""Similarity of two full names from which they may be spellings of one."""
COMPANY = 2
"""Other actors that both must be named with where only a name's spelling, or a surname, speaks for one person."""
_SOUNDS = (
    ("kh", "h"),
    ("ph", "f"),
    ("zh", "j"),
    ("dj", "j"),
    ("sch", "sh"),
    ("tch", "ch"),
    ("ts", "c"),
    ("q", "k"),
    ("w", "v"),
    ("y", "i"),
    ("ck", "k"),
)
_KINDS = frozenset((ActorType.PERSON, ActorType.ORGANISATION, ActorType.GROUP))
_MADE = ("person-", "org-", "group-")
"""What ids begin with that readings make; those of lists have a colon."""


"""Two actors that are one, and why."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about two actors: that they are one ("merge"), or that they are not ("split"); a split with a
    document says that the actor of that document is another one."""

    kind: str
    actor: str
    other: str
    by: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Same:
    """An actor as documents have it, the actor that it is, and why."""

    actor: str
    meant: str
    why: str
    document: str = ""
    """The document in which it is that; empty: everywhere."""


@dataclass(slots=True)
class _Entry:
    id: str
    type: ActorType
    names: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    documents: list[str] = field(default_factory=list)

    @property
    def country(self) -> str | None:
        return min(self.countries) if len(self.countries) == 1 else None


def same_actors(
    seen: Iterable[tuple[str, Actor]], decisions: Sequence[Decision] = (), copies: Mapping[str, str] | None = None
) -> list[Same]:
    """Of the actors that documents have, given with the documents' ids, those that are other actors than their ids say.

    `copies` gives the text that a document has in common with others, for those that have one.
    """
    parted = {
        (decision.document, decision.actor): Same(
            decision.actor,
            content_id("person", decision.actor, decision.document),
            f"split off by {decision.by}",
            decision.document,
        )
        for decision in decisions
        if decision.document
    }
    entries, company, repeated = _collect(seen, parted, copies or {})
    groups = _Groups(entries, [decision for decision in decisions if not decision.document])
    groups.keep_alone(split.meant for split in parted.values())
    for decision in decisions:
        if decision.kind == "merge":
            groups.join(decision.actor, decision.other, f"merged by {decision.by}", forced=True)
    for one, other, why in repeated:
        groups.join(one, other, why)
    again = {other for _, other, _ in repeated}
    different = [entry for entry in entries.values() if entry.id not in again]
    people = [entry for entry in different if entry.type is ActorType.PERSON]
    bodies = _bodies(entry for entry in different if entry.type is not ActorType.PERSON)
    for _, one, other, why in sorted((*_full_names(people, company), *_surnames(people, company), *bodies)):
        groups.join(one, other, why)
    return sorted((*parted.values(), *groups.same()), key=lambda same: (same.actor, same.document))


def _collect(
    seen: Iterable[tuple[str, Actor]], parted: Mapping[tuple[str, str], Same], copies: Mapping[str, str]
) -> tuple[dict[str, _Entry], Mapping[str, set[str]], list[tuple[str, str, str]]]:
    """The entries by id, whom each document names, and pairs of one name in copies of one text."""
    entries: dict[str, _Entry] = {}
    company: dict[str, set[str]] = defaultdict(set)
    alike_in: dict[tuple[str, ActorType, str, str | None], set[str]] = defaultdict(set)
    for document, actor in seen:
        other = parted.get((document, actor.id))
        id = other.meant if other else actor.id
        company[document].add(id)
        if actor.type not in _KINDS or not id.startswith(_MADE):
            continue
        entry = entries.setdefault(id, _Entry(id, actor.type))
        entry.names.add(actor.name)
        entry.documents.append(document)
        if actor.country:
            entry.countries.add(actor.country)
        if document in copies:
            alike_in[copies[document], actor.type, normalise(actor.name), actor.country].add(id)
    repeated = [(min(ids), id, "one name, in copies of one text") for ids in alike_in.values() for id in ids]
    return entries, company, sorted(pair for pair in repeated if pair[0] != pair[1])


class _Groups:
    """Actors that are one, with the reason that joined each to the others."""

    def __init__(self, entries: Mapping[str, _Entry], decisions: Iterable[Decision]) -> None:
        self._entries = entries
        self._parent: dict[str, str] = {}
        self._why: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for decision in decisions:
            if decision.kind == "split":
                self.part(decision.actor, decision.other)
        self._members: dict[str, set[str]] = {}
        self._alone: set[str] = set()

    def keep_alone(self, ids: Iterable[str]) -> None:
        """Keeps actors from being joined to any other but by a person."""
        self._alone |= set(ids)

    def part(self, one: str, other: str) -> None:
        """Keeps two actors from ever being joined."""
        self._apart[one].add(other)
        self._apart[other].add(one)

    def join(self, one: str, other: str, why: str, *, forced: bool = False) -> None:
        """Makes two actors one, unless a person has said of any two of theirs that they are not."""
        first, second = self._root(one), self._root(other)
        if first == second:
            return
        ours, theirs = self._of(first), self._of(second)
        if any(self._apart[id] & theirs for id in ours if id in self._apart):
            return
        if not forced and (self._alone & (ours | theirs) or self._foreign(ours, theirs)):
            return
        self._parent[second] = first
        self._members[first] = ours | theirs
        for id in (one, other):
            self._why.setdefault(id, why)

    def same(self) -> list[Same]:
        found = []
        for root in {self._root(id) for id in self._parent}:
            members = self._of(root)
            meant = min(members, key=self._rank)
            found += [Same(id, meant, self._why.get(id, "")) for id in members if id != meant]
        return found

    def _rank(self, id: str) -> tuple[bool, bool, bool, str]:
        """Listed actors before made ones, those in offices before others, full names with a country before the rest."""
        entry = self._entries.get(id)
        if entry is None:
            return False, False, False, id
        known = any(one.person.id == id for name in entry.names for one in holders(name))
        bare = all(" " not in normalise(name) for name in entry.names)
        return True, not known, bare or not entry.countries, id

    def _foreign(self, ours: Iterable[str], theirs: Iterable[str]) -> bool:
        """Whether two groups are of states, and of no common one."""
        one, other = (
            {c for id in ids if id in self._entries for c in self._entries[id].countries} for ids in (ours, theirs)
        )
        return bool(one and other) and not one & other

    def _of(self, root: str) -> set[str]:
        return self._members.get(root, {root})

    def _root(self, id: str) -> str:
        while (above := self._parent.get(id, id)) != id:
            id = above
        return id


Pair = tuple[tuple[int, int, int], str, str, str]
"""How sure it is, the surest first, two ids, and why they are one."""


def _pair(rank: int, shared: int, one: _Entry, other: _Entry, why: str) -> Pair:
    """A pair by the rank of its reason, then by how much speaks for it; ids, which hang on names, come last."""
    sure = rank, -shared, -len(one.documents) - len(other.documents)
    return sure, min(one.id, other.id), max(one.id, other.id), why


def _full_names(people: Sequence[_Entry], company: Mapping[str, set[str]]) -> list[Pair]:
    """Pairs of persons whose full names are one name, or spellings of it."""
    blocks: dict[str, list[_Entry]] = defaultdict(list)
    for entry in people:
        for key in {_skeleton(word) for name in entry.names for word in normalise(name).split()[1:]}:
            blocks[key].append(entry)
    found = []
    for block in blocks.values():
        for at, one in enumerate(block):
            for other in block[at + 1 :]:
                if reason := _one_person(one, other, block, company):
                    rank, shared, why = reason
                    found.append(_pair(rank, shared, one, other, why))
    return found


def _one_person(
    one: _Entry, other: _Entry, block: Sequence[_Entry], company: Mapping[str, set[str]]
) -> tuple[int, int, str] | None:
    """Why two persons with full names are one, with its rank and how many are named beside both; None where they are not or
    nobody can tell."""
    if one.country and other.country and one.country != other.country:
        return None
    exact = bool({normalise(name) for name in one.names} & {normalise(name) for name in other.names})
    if not exact and not any(alike(a, b) for a in one.names for b in other.names):
        return None
    if one.country and one.country == other.country:
        return (0, 0, "one name and country") if exact else (2, 0, "spellings of one name, of one country")
    shared = _shared(one, other, company)
    homes = {entry.country for entry in block if entry.country and _named_alike(entry, one, other)}
    if len(homes) > 1 or len(shared) < (1 if exact else COMPANY):
        return None
    rank, name = (1, "one name") if exact else (3, "spellings of one name")
    return rank, len(shared), f"{name}, named beside the same actors ({len(shared)})"


def _named_alike(entry: _Entry, one: _Entry, other: _Entry) -> bool:
    return any(alike(a, b) for a in entry.names for b in (*one.names, *other.names))


def _surnames(people: Sequence[_Entry], company: Mapping[str, set[str]]) -> list[Pair]:
    """Pairs of a bare surname and the one full name that it can mean."""
    full: dict[str, list[_Entry]] = defaultdict(list)
    bare = []
    for entry in people:
        words = [normalise(name).split() for name in entry.names]
        if all(len(one) < 2 for one in words):
            bare.append((entry, {one[0] for one in words if one}))
        for surname in {one[-1] for one in words if len(one) > 1}:
            full[surname].append(entry)
    found = []
    for entry, surnames in bare:
        fitting = []
        for other in {other.id: other for surname in surnames for other in full.get(surname, ())}.values():
            shared = len(_shared(entry, other, company))
            if entry.country and entry.country == other.country and shared:
                why = f"a surname, a country, and named beside the same actors ({shared})"
                fitting.append(_pair(4, shared, entry, other, why))
            elif not (entry.country and other.country) and shared >= COMPANY:
                fitting.append(
                    _pair(5, shared, entry, other, f"a surname, and named beside the same actors ({shared})")
                )
        if len(fitting) == 1:
            found += fitting
    return found


def _bodies(entries: Iterable[_Entry]) -> list[Pair]:
    """Pairs of organisations or groups of one name, where one text leaves open whose it is and no two are of others."""
    blocks: dict[tuple[ActorType, str], list[_Entry]] = defaultdict(list)
    for entry in entries:
        for name in {normalise(name) for name in entry.names}:
            blocks[entry.type, name].append(entry)
    found = []
    for block in blocks.values():
        homes = {entry.country for entry in block if entry.country}
        if len(homes) > 1:
            continue
        first = min(block, key=lambda entry: entry.id)
        found += [_pair(0, 0, first, entry, "one name, of one country") for entry in block if entry is not first]
    return found


def _shared(one: _Entry, other: _Entry, company: Mapping[str, set[str]]) -> set[str]:
    """Whom both are named with, other than in one document of both."""
    ours = set().union(*(company[document] for document in one.documents))
    theirs = set().union(*(company[document] for document in other.documents))
    return (ours & theirs) - {one.id, other.id}


def alike(one: str, other: str) -> bool:
    """Whether two full names may be spellings of one, "Dmytro Orlenko" and "Dmitri Orlenco", or "D. Orlenko"."""
    ours, theirs = normalise(one).split(), normalise(other).split()
    if min(len(ours), len(theirs)) > 1 and ours[: len(theirs)] == theirs[: len(ours)]:
        return True  # "Celso Acuña" and "Celso Acuña Ferreira"
    if len(ours) < 2 or len(theirs) < 2 or _skeleton(ours[-1]) != _skeleton(theirs[-1]):
        return False
    if SequenceMatcher(None, ours[-1], theirs[-1]).ratio() < ALIKE - 0.1:
        return False
    first, second = ours[0], theirs[0]
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    return first == second or (
        _skeleton(first) == _skeleton(second) and SequenceMatcher(None, first, second).ratio() >= ALIKE - 0.2
    )


@lru_cache(maxsize=65536)
def _skeleton(word: str) -> str:
    """The consonants of a normalised word, as several ways of writing them in Latin letters agree on them."""
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    word = re.sub(r"c(?![eihy])|ck", "k", re.sub(r"ff?$", "v", word))
    plain = word[:1] + re.sub("[aeiou]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", plain)
