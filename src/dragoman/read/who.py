"""Who: the actors of a document, each with one id however the document names them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from dataclasses import replace

from dragoman.encode import Analysis
from dragoman.model import Actor, ActorType, content_id
from dragoman.ontology.actors import state, states
from dragoman.ontology.offices import Holder, holder, holders, office_kinds, person_id
from dragoman.ontology.phrases import normalise

from .actor_map import OFFICIAL
from .cast import Cast
from .coreference import Coreference
from .index import Index
from .names import PLACE_CASES, Named, case_of, countries_in, head_of, named, outlet_id
from .people import Person, RoleMention, persons, role_mentions, unnamed, without_portfolios

METONYM = 0.5
"""Probability from which a place's name means those who govern it."""
HIGH = 2
"""Rank of an office whose holder the press calls by his surname alone."""
GOVERNS = frozenset(("government", "authorities", "administration", "regime", "leadership", "side", "cabinet"))
"""Role nouns that stand for a state as such."""


def cast(
    analysis: Analysis, index: Index, quoted: Set[int], date: str | None, document: str, home: str | None = None
) -> Cast:
    """The actors of an analyzed document; `quoted` are the tokens within quotation marks, `date` (EDTF or None) is when
    its roles and offices held, `home` (ISO3 or None) where it was written. Whom only a surname or a description names has
    an id of this `document` (its id) alone."""
    out = Cast(analysis, quoted)
    names = named(analysis)
    roles = role_mentions(analysis, names)
    names = without_portfolios(analysis, names, roles)
    people = persons(analysis, names, roles)
    homes = _Homes(analysis, index, names, document, home)
    ids = _add_persons(out, people, homes, date)
    attached = {(r.start, r.end) for person in people for r in person.roles}
    roles = [replace(role, country=role.country or homes.of_role(role)) for role in roles]
    _add_institutions(out, [r for r in roles if r.role.kind != "person" and not _within_name(r, names)])
    _add_listed(out, names)
    loose = [r for r in roles if r.role.kind == "person" and (r.start, r.end) not in attached]
    described_only = unnamed(analysis, loose)
    ids |= _add_persons(out, described_only, homes, date)
    introduced = [role for person in described_only for role in person.roles]
    loose = [role for role in loose if role not in introduced]
    people = [*people, *described_only]
    described, pronouns = Coreference(analysis, index, people, quoted).resolve(loose)
    for role, person in described:
        out.add(out.actors[ids[id(person)]], role.first, role.end, "role")
        loose.remove(role)
    _add_officials(out, loose, people, ids, date)
    for token, person in pronouns:
        out.add(out.actors[ids[id(person)]], token, token + 1, "pronoun")
    return out


class _Homes:
    """Whose officials are meant where their role names no country: "Sofia welcomed the step. Transport Minister X said"."""

    def __init__(
        self, analysis: Analysis, index: Index, names: Iterable[Named], document: str, written_in: str | None
    ) -> None:
        self._index = index
        self._written_in = written_in
        self.document = document
        self._subjects: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self._counts: Counter[str] = Counter()
        self._in_sentence: dict[int, set[str]] = defaultdict(set)
        self._named: set[str | None] = set()
        self.own: dict[tuple[int, int], Actor] = {}
        """The user's own persons, by where they are named."""
        for item in names:
            listed = item.listed
            self._named.add(listed.actor.country if listed else None)
            if listed and listed.actor.id.startswith("own:"):
                self.own[item.start, item.end] = listed.actor
            head = head_of(analysis, item.start, item.end)
            if listed is None or listed.actor.type is not ActorType.STATE or listed.actor.country is None:
                continue
            self._counts[listed.actor.country] += 1
            self._in_sentence[index.sentence(head)].add(listed.actor.country)
            if analysis.tokens[head].relation.startswith(("nsubj", "root")):
                self._subjects[index.sentence(head)].append((head, listed.actor.country))

    def known(self, person: Person, country: str | None, date: str | None) -> Holder | None:
        """The one holder of an office whom a person's name means, if there is one.

        A surname is too little: his country must be named in the text, and his office too unless it is one of the highest.
        """
        found = [one for one in holders(person.name, date) if country in (None, one.iso3[:3], one.person.country)]
        if len(person.tokens) == 1:
            offices = {role.role.office for role in person.roles if role.role.office}
            found = [
                one
                for one in found
                if {one.iso3[:3], one.person.country} & self._named
                and (one.office in offices or (not person.roles and office_kinds()[one.office].rank <= HIGH))
            ]
        return found[0] if len({one.person.id for one in found}) == 1 else None

    def of(self, person: Person) -> str | None:
        """Whose official a person is whose roles name no state: whose "its" says; else the state that is the last subject
        before him in his paragraph, at most two sentences away; else the one where the text was written; else, in a text about
        two states, the one that the sentences that give his roles do not name."""
        official = [role for role in person.roles if role.role.sector in OFFICIAL and role.role.kind == "person"]
        found = (self._owner(role) or self._before(role) or self._written_in or self._other(role) for role in official)
        return next((country for country in found if country is not None), None)

    def of_role(self, role: RoleMention) -> str | None:
        """Whose a body or office is that a text written in a state names as the only one: "the ministry", "the president"."""
        before = self._index.analysis.tokens[role.first - 1].text.lower() if role.first else ""
        if role.plural or role.role.sector not in OFFICIAL or before != "the":
            return None
        return self._written_in

    def _owner(self, role: RoleMention) -> str | None:
        before = self._index.analysis.tokens[role.first - 1].text.lower() if role.first else ""
        first = self._index.analysis.tokens[role.first].text.lower()
        return self._last_subject(role, paragraphs=1) if {before, first} & {"its", "their"} else None

    def _before(self, role: RoleMention) -> str | None:
        here, paragraph = self._index.sentence(role.start), self._index.paragraph(role.start)
        for sentence in (here, here - 1, here - 2):
            if sentence < 0 or self._index.paragraph(self._index.analysis.sentences[sentence][0]) != paragraph:
                continue
            subjects = [country for token, country in self._subjects.get(sentence, ()) if token < role.start]
            if subjects:
                return subjects[-1]
        return None

    def _last_subject(self, role: RoleMention, paragraphs: int) -> str | None:
        """The last state before a role that is a subject, so many paragraphs back at most."""
        for sentence in range(self._index.sentence(role.start), -1, -1):
            first = self._index.analysis.sentences[sentence][0]
            if self._index.paragraph(role.start) - self._index.paragraph(first) > paragraphs:
                return None
            subjects = [country for token, country in self._subjects.get(sentence, ()) if token < role.start]
            if subjects:
                return subjects[-1]
        return None

    def _other(self, role: RoleMention) -> str | None:
        most = self._counts.most_common(3)
        if len(most) < 2 or (len(most) > 2 and most[1][1] < 2) or (len(most) > 2 and most[2][1] * 2 > most[1][1]):
            return None
        pair = {country for country, _ in most[:2]}
        named = self._in_sentence.get(self._index.sentence(role.start), set()) & pair
        return (pair - named).pop() if len(named) == 1 else None


def _add_persons(out: Cast, people: Iterable[Person], homes: _Homes, date: str | None) -> dict[int, str]:
    ids: dict[int, str] = {}
    for person in people:
        country = next((r.country for r in person.roles if r.country), None)
        sector = next((r.role.sector for r in person.roles if r.role.sector), None)
        known = None if person.unnamed else homes.known(person, country, date)
        name = person.name
        if known is not None:
            country, name = known.person.country, known.name
            sector = sector or known.sector
        if country is None:
            country = homes.of(person)
        if own := next((homes.own[at] for at in person.mentions if at in homes.own), None):
            key, name, country, sector = own.id, own.name, own.country, own.sector or sector
        elif person.unnamed:
            key = content_id("person", normalise(name), country, "role", homes.document)
        elif known is None and len(person.tokens) == 1:
            key = content_id("person", normalise(name), country, homes.document)
        else:
            key = person_id(name, country)
        actor = Actor(key, name, ActorType.PERSON, country, sector)
        for start, end in person.mentions:
            out.add(actor, start, end, "role" if person.unnamed else "name")
        ids[id(person)] = actor.id
        out.call(actor.id, person.name)
        if person.roles:
            role = person.roles[0]
            out.describe(actor.id, role.first, role.last, " ".join(out.words(role.first, role.last).split()))
            for other in person.roles[1:]:
                out.describe(actor.id, other.first, other.last, "")
    return ids


def _add_institutions(out: Cast, roles: Iterable[RoleMention]) -> None:
    """Ministries, parliaments, armies of a state; its government, side or authorities are the state itself."""
    for role in roles:
        if role.country is None:
            continue
        if role.role.noun in GOVERNS and f"state:{role.country}" in states():
            out.add(state(role.country), role.first, role.end, "role")
            continue
        name = " ".join(out.words(role.first, role.end).split())
        noun = normalise(role.role.noun)
        actor = Actor(
            content_id("org", noun, role.country), name, ActorType.ORGANISATION, role.country, role.role.sector
        )
        out.add(actor, role.first, role.end, "role")


def _within_name(role: RoleMention, names: Iterable[Named]) -> bool:
    """Whether an institution's noun is part of a longer name that the entity head or the lists know."""
    return any(
        n.label == "ORG" and n.start < role.end and role.start < n.end and n.end - n.start > role.end - role.start
        for n in names
    )


def _add_listed(out: Cast, names: Iterable[Named]) -> None:
    for item in names:
        if item.listed is None:
            if item.label == "OUTLET":
                name = " ".join(out.words(item.start, item.end).split())
                out.add(Actor(outlet_id(name), name, ActorType.OUTLET, None, "JRN"), item.start, item.end, "name")
            elif item.label == "ORG":
                name = " ".join(out.words(item.start, item.end).split())
                countries = {n.actor.country for n in countries_in(out.analysis, item.start, item.end)}
                country = countries.pop() if len(countries) == 1 else None
                actor = Actor(content_id("org", normalise(name), country or ""), name, ActorType.ORGANISATION, country)
                out.add(actor, item.start, item.end, "name")
            continue
        if item.listed.kind == "person":
            continue
        head = head_of(out.analysis, item.start, item.end)
        place = item.listed.kind in ("name", "capital", "seat") and _is_place(out.analysis, head)
        out.add(item.listed.actor, item.start, item.end, item.listed.kind, place=place)


def _is_place(analysis: Analysis, head: int) -> bool:
    """Whether a state's, capital's or seat's name stands for the place: as the base reads it, else by its preposition."""
    if analysis.metonyms is None:
        return case_of(analysis, head) in PLACE_CASES
    return float(analysis.metonyms[head]) < METONYM


def _add_officials(
    out: Cast, roles: Iterable[RoleMention], people: list[Person], ids: dict[int, str], date: str | None
) -> None:
    """Roles without a name: the holder of a dated office where the lists know him, else an actor of that role's name."""
    for role in roles:
        if role.country is None or role.role.sector is None:
            continue
        name = " ".join(out.words(role.first, role.last).split())
        if role.plural:
            group = content_id("group", normalise(name), role.country)
            actor = Actor(group, name, ActorType.GROUP, role.country, role.role.sector)
        else:
            same = [
                p
                for p in people
                for r in p.roles
                if r.country == role.country and normalise(r.role.noun) == normalise(role.role.noun)
            ]
            if same:
                out.add(out.actors[ids[id(same[0])]], role.first, role.last, "role")
                continue
            held = holder(role.country, role.role.office, date) if role.role.office and date else None
            if held:
                actor = Actor(person_id(held.name, held.iso3), held.name, ActorType.PERSON, held.iso3, held.sector)
            else:
                unnamed = content_id("person", normalise(role.role.noun), role.country, "role")
                actor = Actor(unnamed, name, ActorType.PERSON, role.country, role.role.sector)
        out.add(actor, role.first, role.last, "role")
        out.describe(actor.id, role.first, role.last, name)
