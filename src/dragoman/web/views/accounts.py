"""Accounts: events of which not all tell the same, and of one of them who asserts it, who denies it, and who is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.analyze.accounts import Account, Accounts, accounts
from dragoman.analyze.contested import Contested, contests
from dragoman.analyze.voices import Evidence, Position
from dragoman.model import Event
from dragoman.record import Project
from dragoman.record.dates import bounds
from dragoman.web.asked import Asked
from dragoman.web.cards import EventCard, Named, Names, Page, event_cards, pages_of
from dragoman.web.people import actors_named, one_actor
from dragoman.web.screen import Answer, Missing, Screen

SIZE = 15
WORDS = 12
"""Different words of one account that are shown, and how many times as many of its places are looked at for them."""
READ = 4
SIDES: tuple[Position, ...] = ("asserts", "denies", "expects", "supposes")
BUSIEST = 8


@dataclass(frozen=True, slots=True)
class Said:
    """Words in which an account is told."""

    page: Page
    row: str | None
    """The statement that they are or stand in, else the event."""
    start: int
    end: int
    text: str
    repeats: tuple[Page, ...]
    """Further pages with the same words."""


@dataclass(frozen=True, slots=True)
class Held:
    """An account with its words."""

    position: Position
    holder: Named
    kind: str
    """actor, outlet or unknown."""
    party: Named | None
    """For whom the holder acts, where that is another."""
    first: str | None
    n_undated: int
    texts: int
    outlets: tuple[str, ...]
    independent_sources: int
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """The accounts of one position."""

    position: Position
    accounts: tuple[Held, ...]
    texts: int


@dataclass(frozen=True, slots=True)
class Row:
    """A contested event in the list."""

    event: EventCard
    sides: tuple[Side, ...]
    contested: bool
    """Some assert it and others deny it."""
    more: int
    """Further events that tell of the same with another status."""


def shown(project: Project, asked: Asked) -> Answer:
    """The screen at "/accounts": of an event or a question, where one is asked for; else the list."""
    event, question = asked.text("event"), asked.text("question")
    if event or question:
        return _rivals(project, event, question)
    return _list(project, asked)


def _list(project: Project, asked: Asked) -> Answer:
    since, until = bounds(asked.day("since")), bounds(asked.day("until"))
    party = one_actor(project, given) if (given := asked.text("actor")) else None
    page = asked.number("page", 0, 100_000)

    def wanted(one: Contested) -> bool:
        days = bounds(one.event.date) or bounds(one.accounts.first)
        timely = bool(days and (not since or days[1] >= since[0]) and (not until or days[0] <= until[1]))
        return (timely or not (since or until)) and (party is None or party.id in {*one.parties, *one.event.actor})

    these = contests(project, party.id if party else None, asked.day("since"), asked.day("until"))
    everything = [one for one in these.events if wanted(one)]
    some = everything[page * SIZE : (page + 1) * SIZE]
    cards = event_cards(project, [one.event for one in some])
    sides = _sides(project, [one.accounts for one in some], words=1)
    who = Counter(id for one in everything for id in one.parties)
    busiest = sorted(who, key=lambda id: (-who[id], id))[:BUSIEST]
    names = Names(project, busiest)
    return {
        "title": "Accounts",
        "accounts": None,
        "found": len(everything),
        "looked": these.looked,
        "both": sum(one.accounts.contested for one in everything),
        "of": Named(party.id, party.name) if party else None,
        "parties": [(names.of(id), who[id]) for id in busiest] if party is None else [],
        "rows": [
            Row(card, side, one.accounts.contested, len(one.accounts.events) - 1)
            for card, side, one in zip(cards, sides, some, strict=True)
        ],
        "page": page,
        "more": len(everything) > (page + 1) * SIZE,
    }


def _rivals(project: Project, event: str | None, question: str | None) -> Answer:
    known = list(project.events_with([event])) if event else []
    if event and not known:
        raise Missing(
            f"There is no event {event} in the project: it may be another one since a correction or a reading."
        )
    found = accounts(project, known[0] if known else question or "")
    (sides,) = _sides(project, [found], words=WORDS)
    names = Names(project, (one.holder for one in found.silent))
    return {
        "title": "Accounts",
        "accounts": found.question,
        "question": question,
        "contested": found.contested,
        "events": event_cards(project, _first(found.events, event)),
        "sides": sides,
        "silent": [
            (names.of(one.holder) if one.kind == "party" else Named(None, one.name), one) for one in found.silent
        ],
        "first": found.first,
        "outlets": found.outlets,
        "independent_sources": found.independent_sources,
    }


def _first(events: Sequence[Event], asked: str | None) -> list[Event]:
    """The event that is asked for before those that tell of the same."""
    return sorted(events, key=lambda one: one.id != asked)[:SIZE]


def _sides(project: Project, some: Sequence[Accounts], words: int) -> list[tuple[Side, ...]]:
    """Of each, the accounts by position, with so many words of each account."""
    everything = [one for found in some for one in found.accounts]
    who = {id for one in everything for id in (one.holder, one.party) if id}
    called = {id: actor.name for id, actor in actors_named(project, who).items()}
    pages = pages_of(project, (said.document for one in everything for said in one.evidence[: READ * words]))

    def side(position: Position, same: Sequence[Account], row: str | None) -> Side:
        held = tuple(_held(one, called, pages, words, row) for one in same)
        return Side(position, held, sum(one.texts for one in same))

    return [
        tuple(
            side(position, same, found.events[0].id if found.events else None)
            for position in SIDES
            if (same := [one for one in found.accounts if one.position == position])
        )
        for found in some
    ]


def _held(one: Account, called: Mapping[str, str], pages: Mapping[str, Page], words: int, row: str | None) -> Held:
    by_words: dict[str, list[Evidence]] = {}
    for said in one.evidence[: READ * words]:
        by_words.setdefault(" ".join(said.text.split()).casefold(), []).append(said)
    known = one.holder if one.holder in called else None
    apart = one.party if one.party in called and one.party != one.holder else None
    return Held(
        position=one.position,
        holder=Named(known, one.name or "nobody is named"),
        kind=one.kind,
        party=Named(apart, called[apart]) if apart else None,
        first=one.first,
        n_undated=one.n_undated,
        texts=one.texts,
        outlets=one.outlets,
        independent_sources=one.independent_sources,
        said=tuple(
            Said(
                pages[same[0].document],
                same[0].statement or row,
                same[0].start,
                same[0].end,
                same[0].text,
                tuple(pages[id] for id in dict.fromkeys(said.document for said in same) if id != same[0].document),
            )
            for same in list(by_words.values())[:words]
        ),
    )


SCREENS = (Screen("/accounts", "accounts.html", shown, "/accounts"),)
