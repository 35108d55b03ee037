"""Which reports of several documents tell of one event.

Two tellings are compared where they share a party and can be of the same days. What speaks for one event is weighed by a
logistic regression (`same_events.json`; `training/corpus/fit_same_events.py` learns it from stories of ours): parties and
who of them acts, type and mode, dates, words and names of the sentence, names of the whole text. Tellings are then joined, the
surest pairs first, where the mean over what both sides hold still speaks for one event. The result depends on the tellings
alone, not on their order; the same words about the same parties and days count once, however many copies carry them.
What people said about pairs of reports is followed, whatever the weights say.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date as Date
from functools import lru_cache
from importlib import resources
from itertools import combinations

from dragoman.model import Actor, ActorType, Event, content_id
from dragoman.ontology.actors import states
from dragoman.ontology.phrases import normalise
from dragoman.ontology.plover import plover
from dragoman.resolve.order import wording

WINDOW = 21
"""Days between two tellings of one event, at most, where neither gives a date of its own that says otherwise."""
RECENT = 14
"""Days before its publication in which an event lies that a text gives no date."""
PRECEDING = 60
"""Tellings before it, by date, that one is compared with among those of the same parties; beside them those that share names."""
SHARING = 12
"""Tellings that share a name with one, the last so many of each name, that it is compared with."""
RARE, RAREST = 40, 8
"""Documents that a name may stand in to be rare, and the names of a text, rarest first, by which it is compared."""
HELD = 8
"""Tellings by which a group of many is compared."""
JOINED = -0.4
"""Mean log odds from which two groups are one event; set by cross-validation on the development stories."""
ALIKE = 0.5
"""Overlap of words from which reports that name others as having done it plainly tell of one thing."""
KEPT, APART = -2.0, -3.0
"""Log odds above which a pair is kept; and what all others, compared or not, count as."""
Place = tuple[str, int]
"""The document of a telling, and its position there."""
Link = tuple[Place, Place]
_RELATED = (
    frozenset(("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID")),
    frozenset(("CONCEDE", "RETREAT", "AGREE")),
    frozenset(("SANCTION", "COERCE", "REJECT")),
    frozenset(("ASSAULT", "COERCE", "MOBILIZE")),
    frozenset(("ACCUSE", "REJECT", "THREATEN", "REQUEST")),
)
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_ENDINGS = re.compile(r"(?:ations?|ings?|ments?|ers?|ies|ied|es|ed|s|y|e)$")
_COMMON = frozenset(
    "the and that with from for was were been has have had its his her their they which who will would could after before "
    "said says told over into than not but are this these those out off about also more one two first last".split()
)
_ABROAD = re.compile(r"(?:(?<=[^\W\d_] )|(?<=[,;’'\"”)] ))[^\W\d_a-z][^\W\d_]{2,}")
"""A word within a sentence that may be capitalised, behind another or a mark."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one document tells of an event, as far as it is compared. Dates are days since the year 1."""

    document: str
    position: int
    event: str
    """The id that the reading gave the event."""
    type: str
    mode: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    doers: frozenset[str]
    """Whose dealings the actors' are: states where they have one."""
    sufferers: frozenset[str]
    day: tuple[int, int] | None
    """The first and the last day on which the text has the event."""
    published: int | None
    words: tuple[int, ...]
    """Hashed stems of the sentence, and its names; sorted, which takes a tenth of the room of a set."""
    names: tuple[int, ...]
    story: tuple[int, ...]
    """Names in the whole text, in its order."""
    wording: int = 0
    """What `order.wording` gives of the sentence."""

    @property
    def parties(self) -> frozenset[str]:
        return self.doers | self.sufferers

    @property
    def span(self) -> tuple[int, int]:
        """The days in which the event lies."""
        if self.day:
            return self.day
        if self.published:
            return self.published - RECENT, self.published
        return 0, 0

    def order(self) -> tuple[int, int, int, int, int, int, str, str]:
        """By days and wording; ids, which hang on names, last."""
        told = self.wording, self.position, len(self.story)
        return (*self.span, self.published or 0, *told, self.event, self.document)


def telling(
    event: Event,
    position: int,
    text: str,
    days: tuple[str, str] | None,
    published: str | None,
    who: Mapping[str, Actor],
    story: tuple[int, ...],
) -> Telling:
    """The telling of an event by one report in a document's `text`. `days` are the first and last day of the event's date,
    `published` the document's day, `who` the actors by id, `story` what `names_of` gives of the text."""
    report = event.reports[0]
    sentence = sentence_around(text, report.start, report.end)
    listed = {word for id in (*event.actor, *event.recipient) for name in _names(who, id) for word in _stems(name)}
    return Telling(
        document=report.document,
        position=position,
        event=event.id,
        type=event.type,
        mode=event.mode,
        actors=_shared(frozenset(event.actor)),
        recipients=_shared(frozenset(event.recipient)),
        doers=_shared(frozenset(side(who[id]) if id in who else id for id in event.actor)),
        sufferers=_shared(frozenset(side(who[id]) if id in who else id for id in event.recipient)),
        day=(_ordinal(days[0]), _ordinal(days[1])) if days and _near(days) else None,
        published=_ordinal(published) if published else None,
        words=tuple(sorted({*_stems(sentence)} - listed)),
        names=tuple(sorted({*names_of(sentence)} - _states(who.values()))),
        story=story,
        wording=wording(sentence),
    )


@lru_cache(maxsize=100_000)
def _shared(ids: frozenset[str]) -> frozenset[str]:
    """The one copy of a set that many tellings have."""
    return ids


def side(actor: Actor) -> str:
    """Whose dealings an actor's are when reports are compared: his state's, if it is known."""
    own = f"state:{actor.country}"
    return own if actor.country and own in states() and actor.type is not ActorType.OUTLET else actor.id


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence, by its stops, that a span lies in."""
    before = max(
        (match.end() for match in re.finditer(r"[.!?]\s+(?=[\"“A-Z])|\n", text[max(0, start - 400) : start])), default=0
    )
    after = re.search(r"[.!?](?=\s|$)|\n", text[end : end + 400])
    first = max(0, start - 400) + before
    return text[first : end + (after.start() if after else 0)]


def names_of(text: str) -> tuple[int, ...]:
    """Capitalised words that do not begin a sentence, hashed, each once, in the order of the text."""
    found = (
        match for match in _ABROAD.finditer(text) if match[0][0].isupper() and not text[match.start() - 2].isupper()
    )
    return tuple(dict.fromkeys(_named(match[0]) for match in found))


def same_events(
    tellings: Iterable[Telling], together: Iterable[Link] = (), apart: Iterable[Link] = ()
) -> dict[Place, str]:
    """The event of each telling, by document and position. A group of one keeps the id that its reading gave.

    The events of two tellings that stand `together` become one; two that stand `apart` never are. Where these contradict
    each other, `apart` is followed.
    """
    ordered = sorted(tellings, key=Telling.order)
    parted = list(apart)
    firsts, alike = _once(ordered, {place for link in parted for place in link})
    odds = {pair: score for pair in _pairs(firsts) if (score := log_odds(firsts[pair[0]], firsts[pair[1]])) > KEPT}
    number = {(one.document, one.position): i for i, same in enumerate(alike) for one in same}
    groups = _grouped(firsts, odds, Bonds(len(firsts), _numbered(together, number), _numbered(parted, number)))
    taken: set[str] = set()
    found = {}
    for group in sorted(groups, key=lambda group: min(firsts[i].order() for i in group)):
        first = min((firsts[i] for i in group), key=Telling.order)
        id, again = first.event, 0
        while id in taken:
            id = content_id("event", first.event, first.span, *([again] if again else []))
            again += 1
        taken.add(id)
        for i in group:
            for other in alike[i]:
                found[other.document, other.position] = id
    return found


def _numbered(links: Iterable[Link], number: Mapping[Place, int]) -> list[tuple[int, int]]:
    """The links between two different ones of those that have a number, in one order."""
    known = ((number[a], number[b]) for a, b in links if a in number and b in number)
    return sorted({(min(pair), max(pair)) for pair in known if pair[0] != pair[1]})


class Bonds:
    """Which of `size` tellings must and must not be one event, kept up while groups are joined."""

    def __init__(self, size: int, together: Iterable[tuple[int, int]], apart: Iterable[tuple[int, int]]) -> None:
        self._above = list(range(size))
        self._foes: dict[int, set[int]] = defaultdict(set)
        for a, b in apart:
            self._foes[a].add(b)
            self._foes[b].add(a)
        for a, b in together:
            if self.may_join(a, b):
                self.join(a, b)

    def bound(self, one: int) -> int:
        """The same number for all that are one event."""
        while self._above[one] != one:
            self._above[one] = one = self._above[self._above[one]]
        return one

    def may_join(self, one: int, other: int) -> bool:
        """Whether nothing says that these, and what is bound to them, are apart."""
        return not self._foes or self.bound(other) not in self._foes.get(self.bound(one), ())

    def join(self, one: int, other: int) -> None:
        """Makes these, and what is bound to them, one."""
        one, other = sorted((self.bound(one), self.bound(other)))
        if one == other:
            return
        self._above[other] = one
        for foe in self._foes.pop(other, ()):
            self._foes[foe].discard(other)
            self._foes[foe].add(one)
            self._foes[one].add(foe)


def _once(ordered: Sequence[Telling], alone: Set[Place] = frozenset()) -> tuple[list[Telling], list[list[Telling]]]:
    """The tellings without repetitions, and for each those that it stands for: copies, and one told twice in a document.
    Those that are to be kept `alone` stand for themselves."""
    known: dict[object, int] = {}
    firsts: list[Telling] = []
    alike: list[list[Telling]] = []
    for one in ordered:
        place = one.document, one.position
        key = (one.event, one.words, one.span, place if place in alone else None)
        if key not in known:
            known[key] = len(firsts)
            firsts.append(one)
            alike.append([])
        alike[known[key]].append(one)
    return firsts, alike


def _pairs(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: of a common party, or from texts that share rare names, and of days not too far apart."""
    spread = Counter(name for names in {one.document: one.story for one in tellings}.values() for name in names)
    alone: dict[str, list[int]] = defaultdict(list)
    """Tellings of one party."""
    both: dict[tuple[str, str], list[int]] = defaultdict(list)
    named: dict[tuple[str, int], list[int]] = defaultdict(list)
    """Tellings of a party whose sentence has a name."""
    rare: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(tellings):
        near: set[int] = set()
        parties = sorted(one.parties)
        for party in parties:
            near.update(alone[party][-PRECEDING:])
            for name in one.names:
                near.update(named[party, name][-SHARING:])
                named[party, name].append(number)
            if len(parties) == 1:
                alone[party].append(number)
        for pair in combinations(parties, 2):
            near.update(both[pair][-PRECEDING:])
            both[pair].append(number)
        known = sorted((name for name in one.story if 1 < spread[name] <= RARE), key=lambda name: spread[name])
        for name in known[:RAREST]:
            near.update(rare[name][-PRECEDING:])
            rare[name].append(number)
        for other in sorted(near):
            if _distance(tellings[other], one) <= WINDOW:
                yield other, number


def _grouped(tellings: Sequence[Telling], odds: Mapping[tuple[int, int], float], bonds: Bonds) -> list[list[int]]:
    """Groups by mean linkage over the surest pairs first; those that are bound to each other are brought together last,
    so that an event that was made one with another keeps all its reports."""
    members = {i: [i] for i in range(len(tellings))}
    group = list(range(len(tellings)))
    for (a, b), score in sorted(odds.items(), key=lambda item: (-item[1], item[0])):
        if score <= JOINED:
            break
        one, other = sorted((group[a], group[b]))
        if one == other or not bonds.may_join(one, other) or _mean(members[one], members[other], odds) <= JOINED:
            continue
        if any(contradict(tellings[i], tellings[j]) for i in members[one][:HELD] for j in members[other][:HELD]):
            continue
        bonds.join(one, other)
        members[one] = sorted(members[one] + members[other])
        for i in members.pop(other):
            group[i] = one
    bound: dict[int, list[int]] = defaultdict(list)
    for one, those in members.items():
        bound[bonds.bound(one)] += those
    return list(bound.values())


def _mean(ours: Sequence[int], theirs: Sequence[int], odds: Mapping[tuple[int, int], float]) -> float:
    pairs = [(min(a, b), max(a, b)) for a in ours[:HELD] for b in theirs[:HELD]]
    return sum(odds.get(pair, APART) for pair in pairs) / len(pairs)


def contradict(one: Telling, other: Telling) -> bool:
    """Whether two tellings name other states as acting, and so tell of two events; not where they plainly differ about who it
    was, with one day, one target and alike words, nor of what both sides do, as a meeting. Somebody whose state is not known
    may be of any."""
    if not (one.doers and other.doers) or one.doers & other.doers or not one.doers | other.doers <= states().keys():
        return False
    if any(plover().types[type].symmetric for type in (one.type, other.type)) and one.parties & other.parties:
        return False
    one_day = one.day and other.day and _distance(one, other) == 0
    differing = one_day and one.sufferers & other.sufferers and one.document != other.document
    return not (differing and _overlap(one.words, other.words) >= ALIKE)


def log_odds(one: Telling, other: Telling) -> float:
    """How much speaks for one event, as log odds; nothing does where both give a day, not the same, and others act."""
    if contradict(one, other):
        return APART
    weights = _weights()
    found = features(one, other)
    other_days = one.day and other.day and not found.get("one day") and not found.get("days overlap")
    if other_days and (found.get("other doer") or found.get("turned")):
        return APART
    return sum(weights.get(name, 0.0) * value for name, value in found.items())


def features(one: Telling, other: Telling) -> dict[str, float]:
    """What is weighed of a pair of tellings."""
    types = {one.type, other.type}
    known = plover().types
    quads = {known[type].quad for type in types}
    symmetric = any(known[type].symmetric for type in types)
    straight = bool(one.doers & other.doers), bool(one.sufferers & other.sufferers)
    crossed = bool(one.doers & other.sufferers), bool(one.sufferers & other.doers)
    found = {
        "bias": 1.0,
        "same type": float(len(types) == 1),
        "related type": float(len(types) == 2 and any(types <= related for related in _RELATED)),
        "other side": float(len({quad > 2 for quad in quads}) > 1),
        "same mode": float(one.mode is not None and one.mode == other.mode),
        "other mode": float(None not in (one.mode, other.mode) and one.mode != other.mode),
        "same parties": float(one.parties == other.parties and len(one.parties) > 1),
        "common parties": float(len(one.parties & other.parties) > 1),
        "same doer": float(straight[0]),
        "same sufferer": float(straight[1]),
        "other doer": float(bool(one.doers and other.doers) and not straight[0] and not (symmetric and any(crossed))),
        "other sufferer": float(
            bool(one.sufferers and other.sufferers) and not straight[1] and not (symmetric and any(crossed))
        ),
        "turned": float(all(crossed) and not any(straight) and not symmetric),
        "same actor": float(bool(_persons(one.actors) & _persons(other.actors))),
        "same recipient": float(bool(_persons(one.recipients) & _persons(other.recipients))),
        "one text": float(one.document == other.document),
        "words": 0.0 if one.document == other.document else _overlap(one.words, other.words),
        "names": 0.0 if one.document == other.document else _overlap(one.names, other.names),
        "no common name": float(
            one.document != other.document and bool(one.names and other.names) and not _common(one.names, other.names)
        ),
        "story": 0.0 if one.document == other.document else _overlap(one.story, other.story),
    }
    return {name: value for name, value in {**found, **_dated(one, other)}.items() if value}


def _dated(one: Telling, other: Telling) -> dict[str, float]:
    if one.day and other.day:
        apart = _distance(one, other)
        exact = one.day[0] == one.day[1] and other.day[0] == other.day[1]
        return {
            "one day": float(exact and apart == 0),
            "days overlap": float(not exact and apart == 0),
            "next day": float(apart == 1),
            "days apart": float(1 < apart <= 4),
            "far apart": float(apart > 4),
        }
    apart = abs(one.published - other.published) if one.published and other.published else WINDOW
    open_ = one if other.day else other
    outside = bool(one.day or other.day) and _distance(one, other) > 0
    return {
        "undated": 1.0,
        "outside": float(outside and open_.published is not None),
        "published together": float(apart <= 2),
        "published apart": min(apart, WINDOW) / WINDOW,
    }


def _distance(one: Telling, other: Telling) -> int:
    """Days between two spans of days, 0 where they overlap."""
    (a, b), (c, d) = one.span, other.span
    return max(0, c - b, a - d)


def _overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """Cosine of two sets."""
    return _common(one, other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    return len({*one}.intersection(other))


def _persons(ids: frozenset[str]) -> frozenset[str]:
    return frozenset(id for id in ids if id.startswith(("person-", "group-", "org")))


def _stems(text: str) -> Iterator[int]:
    for word in _WORD.findall(text.casefold()):
        if word not in _COMMON:
            yield hashed(_ENDINGS.sub("", word) if len(word) > 4 else word)


def _states(who: Iterable[Actor]) -> set[int]:
    """The words of the names of those who are states, hashed: other names tell one happening from another."""
    names = (name for actor in who if actor.type is ActorType.STATE for name in (actor.name, *actor.aliases))
    return {_named(word) for name in names for word in _WORD.findall(name)}


@lru_cache(maxsize=500_000)
def _named(word: str) -> int:
    return hashed(normalise(word))


def _names(who: Mapping[str, Actor], id: str) -> tuple[str, ...]:
    return (who[id].name, *who[id].aliases) if id in who else ()


@lru_cache(maxsize=500_000)
def hashed(word: str) -> int:
    """The same number for a word on every machine."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _ordinal(day: str) -> int:
    try:
        return Date.fromisoformat(day).toordinal()
    except ValueError:
        return 0


def _near(days: tuple[str, str]) -> bool:
    """Whether a date says more than a year."""
    return 0 <= _ordinal(days[1]) - _ordinal(days[0]) < 100


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    text = resources.files("dragoman.resolve").joinpath("same_events.json").read_text(encoding="utf-8")
    loaded: dict[str, float] = json.loads(text)["weights"]
    return loaded
