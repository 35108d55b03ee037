"""Demands: who wants what of whom, since when, on what condition, and whether the record has what would meet it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.analyze.demands import Demand, Tied, demands
from dragoman.model import Statement
from dragoman.record import Project
from dragoman.record.dates import bounds
from dragoman.web.asked import Asked
from dragoman.web.cards import EventCard, Named, Names, Words, event_cards, statement_cards
from dragoman.web.people import one_actor
from dragoman.web.screen import Answer, Screen

SIZE = 15
TELLINGS, FURTHER = 3, 20
"""Tellings of a demand that its card shows at once, and that can be opened there."""
BUSIEST = 8
STANDINGS = ("may be met", "not in the record")
ORDERS = ("last", "texts")


@dataclass(frozen=True, slots=True)
class Party:
    """Who demands, or of whom it is demanded, and in how many demands."""

    id: str
    name: str
    n: int


@dataclass(frozen=True, slots=True)
class DemandCard:
    """A demand with the words in which it is told."""

    by: Named
    of: Named | None
    """None where it is not known of whom."""
    of_report: bool
    """It is read from the report of a request, and not from whom the words are about."""
    what: str
    otherwise: bool
    speakers: tuple[Named, ...]
    first: str | None
    last: str | None
    texts: int
    days: int
    outlets: tuple[str, ...]
    conditions: tuple[Words, ...]
    promised: tuple[Words, ...]
    threatened: tuple[Words, ...]
    told: tuple[Words, ...]
    """Tellings, those in different words first."""
    n_told: int
    """All tellings."""
    standing: str
    met_by: EventCard | None
    met_why: str | None
    candidates: int


def demands_made(project: Project, asked: Asked) -> Answer:
    """The screen at "/demands"."""
    since, until = asked.day("since"), asked.day("until")
    by, of = (one_actor(project, given) if (given := asked.text(name)) else None for name in ("by", "of"))
    standing, order = asked.choice("standing", STANDINGS), asked.choice("order", ORDERS) or "last"
    page = asked.number("page", 0, 100_000)
    everything = [
        one
        for one in demands(project, of.id if of else None, by.id if by else None)
        if _within(one, since, until) and (standing is None or one.standing.startswith(standing))
    ]
    if order == "texts":
        everything.sort(key=lambda one: -one.texts)
    shown = everything[page * SIZE : (page + 1) * SIZE]
    return {
        "title": "Demands",
        "found": len(everything),
        "unknown": sum(one.of is None for one in everything),
        "by": Named(by.id, by.name) if by else None,
        "of": Named(of.id, of.name) if of else None,
        "standing": standing,
        "standings": STANDINGS,
        "order": order,
        "askers": _busiest(((one.by, one.by_name) for one in everything), by is not None),
        "asked_of": _busiest(((one.of, one.of_name) for one in everything), of is not None),
        "tellings": TELLINGS,
        "demands": _cards(project, shown),
        "page": page,
        "more": len(everything) > (page + 1) * SIZE,
    }


def _within(one: Demand, since: str | None, until: str | None) -> bool:
    """Whether it was told in this time; what has no date was only where no time is asked for."""
    low, high, first, last = bounds(since), bounds(until), bounds(one.first), bounds(one.last)
    if not low and not high:
        return True
    return bool(first and last and (not low or last[1] >= low[0]) and (not high or first[0] <= high[1]))


def _busiest(found: Iterable[tuple[str | None, str | None]], chosen: bool) -> tuple[Party, ...]:
    if chosen:
        return ()
    counts = Counter((id, name or id) for id, name in found if id)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Party(id, name, n) for (id, name), n in ordered[:BUSIEST])


def _cards(project: Project, some: Sequence[Demand]) -> list[DemandCard]:
    ids = [id for one in some for id in (one.by, one.of, *_speaking(one))]
    names = Names(project, ids)
    firsts = [_first(one) for one in some]
    told = [*(said for same in firsts for said in same), *_hanging(project, some)]
    words = {card.id: card.words for card in statement_cards(project, told)}
    meeting = list(project.events_with([one.met_by.event for one in some if one.met_by]))
    met = {card.id: card for card in event_cards(project, meeting)}

    def tied(things: Iterable[Tied]) -> tuple[Words, ...]:
        return tuple(words[one.statement] for one in things if one.statement in words)

    return [
        DemandCard(
            by=names.of(one.by if _speaking(one) else None, one.by_name),
            of=names.of(one.of) if one.of else None,
            of_report=one.of_basis == "report",
            what=one.what,
            otherwise=one.otherwise,
            speakers=tuple(names.of(id) for id in _speaking(one) if id != one.by),
            first=one.first,
            last=one.last,
            texts=one.texts,
            days=one.days,
            outlets=one.outlets,
            conditions=tied(one.conditions),
            promised=tied(one.promised),
            threatened=tied(one.threatened),
            told=tuple(words[said.id] for said in same),
            n_told=len(one.statements),
            standing=one.standing,
            met_by=met.get(one.met_by.event) if one.met_by else None,
            met_why=one.met_by.why if one.met_by else None,
            candidates=one.candidates,
        )
        for one, same in zip(some, firsts, strict=True)
    ]


def _speaking(one: Demand) -> tuple[str, ...]:
    """Ids of the actors that voice it."""
    return tuple(dict.fromkeys(said.speaker.actor for said in one.statements if said.speaker.actor))


def _first(one: Demand) -> list[Statement]:
    different: dict[str, Statement] = {}
    for said in one.statements:
        different.setdefault(said.text, said)
    others = [said for said in one.statements if different[said.text] is not said]
    return [*different.values(), *others][:FURTHER]


def _hanging(project: Project, some: Iterable[Demand]) -> list[Statement]:
    """The statements that are tied with the demands."""
    wanted = {tied.statement for one in some for tied in (*one.conditions, *one.promised, *one.threatened)}
    documents = {said.document for one in some for said in one.statements if one.conditions}
    return [said for document in sorted(documents) for said in project.statements_in(document) if said.id in wanted]


SCREENS = (Screen("/demands", "demands.html", demands_made, "/demands"),)
