"""Whom a phrase names: an actor, a country and a PLOVER sector, at the date of the text that has the phrase.

Only the words of the phrase are looked at. What they leave open stays open: "the ministry", a surname that two ministers of
that day share, a town of which there are several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from dragoman.model import Actor, ActorType
from dragoman.ontology.actors import Name, find_names, state, states
from dragoman.ontology.offices import Holder, holder, holders, office_kinds
from dragoman.ontology.places import place
from dragoman.ontology.roles import Role, find_roles

_WORD = re.compile(r"(?:[A-Z]\.){2,}|\w+(?:[’'](?!s\b)\w+)*|[’']s?\b|[^\w\s]")
_HYPHENS = frozenset("-‐‑–")
_SIDES = frozenset(
    "led backed born made funded occupied controlled held aligned trained bound speaking allied origin descent owned".split()
)
"""After a hyphen: whose somebody's backer or tongue is, not whose he is."""
_OTHERS = frozenset("to with against on over toward towards versus about between from vs".split())
"""What stands behind these is somebody else: "ambassador to Poland"."""
_OPPOSITES = frozenset(("counterpart", "counterparts", "colleague", "colleagues"))
"""Whose these are, the word before them says: "the Turkish minister's Greek counterpart"."""
_OWN = frozenset("of in at for across".split())
_FORMER = frozenset("former ex retired ousted deposed late onetime one-time erstwhile then disgraced".split())
_KINDS = {"person": 0, "name": 1, "acronym": 1, "seat": 2, "demonym": 3, "capital": 4}
_PARTICLES = frozenset("al el bin ibn von van der de da dos le".split())
COMMON = 3
"""Countries whose officials, of all times, may share a surname that still means somebody by itself."""
KNOWN, NEAR = 3, 1
"""The lowest rank of an office whose holder goes by his surname alone; and ranks between two of one surname that leave open
which of them is meant."""
SHORTEST_PLACE = 4
"""Letters of a place's name, at least: shorter ones are syllables of other names too often."""
LONGEST_PLACE = 4
"""Words of a place's name, at most."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a phrase names. All None where it names nobody that the lists know."""

    actor: Actor | None = None
    """The listed actor, e.g. the holder of an office at the date; None where only a country or sector is known."""
    country: str | None = None
    """ISO 3166 alpha-3, or PLOVER's code above states."""
    sector: str | None = None
    why: str = "nothing known"
    """What decided, for people to read."""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    country: str
    why: str
    actor: Actor | None
    sector: str | None = None
    kind: str = ""


def resolve_mention(phrase: str, date: str | None = None) -> Resolved:
    """Whom `phrase` names in a text of `date` (EDTF; None: unknown), by names, dated offices and places alone."""
    words = _words(phrase)
    if not words:
        return Resolved()
    roles = [found for found in find_roles(words) if not _within_other(words, found[0])]
    sector = _sector(words, roles)
    titled = {end for _, end, role in roles if role.kind == "person" and end < len(words)}
    named = [one for one in _named(words, roles, date) if not (one.start in titled and one.kind in ("capital", "seat"))]
    if person := next((one for one in named if one.actor and one.actor.type is ActorType.PERSON), None):
        return _person(person, words, roles, named, sector, date)
    if owner := _owner(words, named, roles):
        role = roles[0][2] if roles else None
        if role and role.office and owner.start != owner.end and not _FORMER & {word.lower() for word in words}:
            held = _in_office(owner.country, role, date)
            if held is not None:
                return Resolved(held.person, owner.country, held.sector, f"{role.noun} on {date}")
        whole = owner.end - owner.start == len(words) or not roles
        return Resolved(owner.actor if whole else None, owner.country, sector or owner.sector, owner.why)
    if bare := _surname(words, roles, date):
        return Resolved(bare.person, _serves(bare), sector or bare.sector, f"{bare.name}, {bare.office} ({date})")
    if (where := _place(words, roles)) and where.start not in titled:
        return Resolved(None, where.country, sector, where.why)
    return Resolved(sector=sector, why="a role without a country" if sector else "nothing known")


def _words(phrase: str) -> list[str]:
    words = _WORD.findall(phrase)
    if len(words) > 1 and all(word.isupper() or not word.isalpha() for word in words) and len(phrase) > 5:
        words = [word.title() if len(word) > 3 else word for word in words]
    elif len(words) == 1 and words[0].isupper() and len(words[0]) > 5:
        words = [words[0].title()]
    return words


def _within_other(words: Sequence[str], at: int) -> bool:
    """Whether a word stands behind a preposition that leads to somebody else."""
    return any(word.lower() in _OTHERS for word in words[:at])


def _sector(words: Sequence[str], roles: Sequence[tuple[int, int, Role]]) -> str | None:
    found = next((role.sector for _, _, role in roles if role.sector), None)
    if found in ("GOV", "MIL", "LEG", "SPY") and any(word.lower() in _FORMER for word in words):
        return "ELI"
    return found


def _named(words: Sequence[str], roles: Sequence[tuple[int, int, Role]], date: str | None) -> list[_Found]:
    """The listed names of the phrase that are not somebody else's, in order."""
    out = []
    found = find_names(words)
    known = {at for start, end, _ in (*found, *roles) for at in range(start, end)}
    for start, end, names in found:
        if _within_other(words, start) or _side(words, end):
            continue
        name = _chosen(names, date)
        if name is None or name.actor.country is None or _part_of_longer(words, start, end, name, known):
            continue
        why = f"{' '.join(words[start:end])}: {name.kind} of {name.actor.name}"
        sector = name.sector or name.actor.sector
        out.append(_Found(start, end, name.actor.country, why, name.actor, sector, name.kind))
    return out


def _part_of_longer(words: Sequence[str], start: int, end: int, name: Name, known: Set[int]) -> bool:
    """Whether a person's name goes on behind, or an organisation's begins before: "Juan Carlos" of "Juan Carlos Jobet"."""
    at = end if name.kind == "person" else start - 1
    if not 0 <= at < len(words) or at in known or (name.kind != "person" and (name.kind != "name" or end - start < 2)):
        return False
    return name.actor.type is not ActorType.STATE and words[at][:1].isupper() and words[at] not in ("The", "A", "An")


def _side(words: Sequence[str], end: int) -> bool:
    """Whether a name is half of "Kurdish-led" or "US-backed"."""
    return len(words) > end + 1 and words[end] in _HYPHENS and words[end + 1].lower() in _SIDES


def _chosen(names: Sequence[Name], date: str | None) -> Name | None:
    """Of several that go by one name a state before others, a person in office at the date before others; none where
    they are of several countries."""
    best = sorted(names, key=lambda name: (name.actor.type is not ActorType.STATE, _KINDS[name.kind]))
    people = [name for name in best if name.kind == "person"]
    if len({name.actor.country for name in people}) > 1 and len(people) == len(best):
        held = {one.person.id for name in people for one in holders(name.phrase, date)}
        people = [name for name in people if name.actor.id in held]
        return people[0] if len({name.actor.country for name in people}) == 1 else None
    if best[0].kind in ("name", "acronym") and best[0].actor.type is not ActorType.STATE:
        same = [name for name in best if _KINDS[name.kind] == 1]
        if len({name.actor.country for name in same}) > 1:
            return None
    return best[0]


def _person(
    person: _Found,
    words: Sequence[str],
    roles: Sequence[tuple[int, int, Role]],
    named: Sequence[_Found],
    sector: str | None,
    date: str | None,
) -> Resolved:
    """A known person, unless the phrase gives him a country that is not his."""
    before = [one for one in named if one.end <= person.start and one is not person]
    if before and not {one.country for one in before} & {person.country, "EUR", "UNO", "IGO"}:
        return Resolved(None, before[-1].country, sector or before[-1].sector, before[-1].why)
    behind = [start for start, _, _ in roles if start >= person.end]
    if behind and any(word in ("'s", "’s") for word in words[person.end : behind[0]]):
        return Resolved(None, person.country, sector, f"somebody of {person.why}")
    assert person.actor
    served = {_serves(one) for one in holders(person.actor.name, date) if one.person.id == person.actor.id}
    country = served.pop() if date and len(served) == 1 else person.country
    return Resolved(person.actor, country, sector or person.sector, person.why)


def _serves(held: Holder) -> str:
    """The country, or PLOVER's code above states, that an office is of."""
    return held.iso3[:3]


def _owner(words: Sequence[str], named: Sequence[_Found], roles: Sequence[tuple[int, int, Role]]) -> _Found | None:
    """Whose the phrase is: the name before its role noun or at its head, else the one behind "of", else behind "in"."""
    if not named:
        return None
    head = roles[0][0] if roles else len(words)
    if any(word in _OPPOSITES for word in words):
        at = next(i for i, word in enumerate(words) if word in _OPPOSITES)
        beside = [one for one in named if one.end == at]
        return beside[0] if beside else None
    before = [one for one in named if one.start <= head and not _behind(words, one.start)]
    if before:
        countries = {one.country for one in before}
        return before[-1] if len(countries) == 1 or not roles else before[0]
    behind = [one for one in named if _behind(words, one.start)]
    return behind[0] if behind else named[0]


def _behind(words: Sequence[str], at: int) -> bool:
    """Whether "of", "in", "at" or "for" stands somewhere before."""
    return any(word.lower() in _OWN for word in words[:at])


def _in_office(country: str, role: Role, date: str | None) -> Holder | None:
    if date is None or role.office is None or not office_kinds()[role.office].one_at_a_time:
        return None
    return holder(country, role.office, date) if f"state:{country}" in states() or country == "EUR" else None


def _surname(words: Sequence[str], roles: Sequence[tuple[int, int, Role]], date: str | None) -> Holder | None:
    """The one whom a bare surname means, alone or behind his title: in office at the date, else who had been before."""
    taken = {at for start, end, _ in roles for at in range(start, end)}
    rest = [
        word for at, word in enumerate(words) if at not in taken and word.lower() not in ("the", "mr", "mrs", "ms", ".")
    ]
    if not rest or not all(word[:1].isupper() or word.lower() in _PARTICLES for word in rest if word.isalpha()):
        return None
    name = " ".join(word for word in rest if word.isalpha() or word in _HYPHENS)
    everyone = holders(name)
    if not roles and len({one.person.country for one in everyone}) > COMMON:
        return None
    for found in (holders(name, date), _left(everyone, date)):
        fitting = [one for one in found if _fits(one, roles)]
        if fitting:
            rank = min(office_kinds()[one.office].rank for one in fitting)
            rivals = [one for one in fitting if office_kinds()[one.office].rank <= rank + NEAR]
            return rivals[0] if len({one.person.country for one in rivals}) == 1 else None
    return None


def _fits(held: Holder, roles: Sequence[tuple[int, int, Role]]) -> bool:
    """Whether an office agrees with a title; without one it must be among the higher ones."""
    if not roles:
        return office_kinds()[held.office].rank <= KNOWN
    offices = {role.office for _, _, role in roles if role.office}
    if offices:
        return held.office in offices
    role = roles[0][2]
    if role.noun in ("minister", "secretary", "ambassador", "governor", "speaker"):
        return role.noun in held.office or (role.noun == "governor" and held.office == "regional_leader")
    return role.sector is not None and role.sector == held.sector


def _left(everyone: Sequence[Holder], date: str | None) -> list[Holder]:
    """Those who held office before a date, the last of each country."""
    return [one for one in everyone if date is None or str(one.first_day) <= date]


def _place(words: Sequence[str], roles: Sequence[tuple[int, int, Role]]) -> _Found | None:
    """The first city or region that the phrase names. A part of a longer name ("Ho" of "Ho-jen", "Jam" of a man) is none."""
    plain = {at for start, end, _ in roles for at in range(start, end)}
    plain |= {at for at, word in enumerate(words) if not word[:1].isupper() and word not in _HYPHENS}
    for start, end in _runs(words):
        if _within_other(words, start) or _side(words, end):
            continue
        if not {start - 1, end} <= plain | {-1, len(words)} and words[start - 1 : start] != ["The"]:
            continue
        name = " ".join(words[start:end])
        if len(name) >= SHORTEST_PLACE and (found := place(name)):
            return _Found(start, end, found.iso3, f"{found.name}, a place in {_state_name(found.iso3)}", None)
    return None


def _runs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words, longer ones first."""
    for size in range(LONGEST_PLACE, 0, -1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            if run[0][:1].isupper() and run[-1][:1].isupper():
                yield start, start + size


def _state_name(iso3: str) -> str:
    return state(iso3).name if f"state:{iso3}" in states() else iso3
