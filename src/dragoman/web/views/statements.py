"""Who said what: statements found by speaker, whom they are about, act, form, outlet and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dragoman.analyze.statements import FACETS, GROUPINGS, HITS, NOBODY, Facet, Found, Grouping, Told, Wanted, found
from dragoman.model import Act, Form
from dragoman.record import Project
from dragoman.web.asked import Asked
from dragoman.web.cards import Names, StatementCard, pages_of, statement_cards
from dragoman.web.people import one_actor
from dragoman.web.screen import Answer, Screen
from dragoman.web.words import POLARITIES

SIZE = 20
FIRST = 8
"""Values of a facet that are shown at once."""
CALLED: Mapping[Facet, str] = {
    "speaker": "Speaker",
    "side": "For the state",
    "about": "About",
    "polarity": "Polarity",
    "act": "Act",
    "form": "Form",
    "outlet": "Outlet",
}
_ACTORS = ("speaker", "side", "about")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet."""

    value: str
    name: str
    n: int
    """Statements that have it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet: its values, most first, and the one that is chosen."""

    facet: str
    name: str
    values: tuple[Value, ...]
    more: int
    """Values that are not among these."""
    chosen: Value | None


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of the page that belong together."""

    value: str | None
    """None where they are not grouped."""
    name: str | None
    n: int
    """Statements of the group, on all pages."""
    statements: tuple[StatementCard, ...]


def statements(project: Project, asked: Asked) -> Answer:
    """The screen at "/statements"."""
    wanted = _wanted(project, asked)
    chosen = asked.choice("group", GROUPINGS)
    group = next((one for one in GROUPINGS if one == chosen), None)
    page = asked.number("page", 0, 1_000_000)
    these = found(project, wanted, group, limit=SIZE, offset=page * SIZE)
    called = _names(project, these, wanted)
    facets = tuple(_choice(facet, these, getattr(wanted, facet), called) for facet in FACETS)
    return {
        "title": "Statements",
        "total": these.total,
        "tellings": these.tellings,
        "documents": these.documents,
        "facets": facets,
        "first": FIRST,
        "words": wanted.words,
        "looked": HITS if these.cut else None,
        "group": group,
        "groupings": GROUPINGS,
        "groups": _groups(project, these, group, called),
        "page": page,
        "more": these.total > (page + 1) * SIZE,
    }


def told_cards(project: Project, some: Sequence[Told]) -> list[StatementCard]:
    """The cards of statements; the other pages that tell one are folded into it."""
    cards = statement_cards(project, [one.statement for one in some])
    pages = pages_of(project, (other.document for one in some for other in one.others))
    return [
        replace(card, words=replace(card.words, copies=tuple(pages[id] for id in _others(one))))
        for card, one in zip(cards, some, strict=True)
    ]


def _others(told: Told) -> list[str]:
    return [id for id in dict.fromkeys(one.document for one in told.others) if id != told.statement.document]


def _wanted(project: Project, asked: Asked) -> Wanted:
    def actor(name: str) -> str | None:
        given = asked.text(name)
        return given if given is None or given == NOBODY else one_actor(project, given).id

    return Wanted(
        speaker=actor("speaker"),
        side=actor("side"),
        about=actor("about"),
        polarity=asked.choice("polarity", ("-1", "0", "1")),
        act=asked.choice("act", Act),
        form=asked.choice("form", Form),
        outlet=asked.text("outlet"),
        since=asked.day("since"),
        until=asked.day("until"),
        words=asked.text("q"),
    )


def _names(project: Project, these: Found, wanted: Wanted) -> dict[tuple[str, str], str]:
    """What the values of facets are called, by facet and value."""
    ids = {id for facet in FACETS if facet in _ACTORS for id in (*these.facets[facet], getattr(wanted, facet))}
    ids |= {one.group for one in these.some}
    names = Names(project, ids - {NOBODY})
    called = {(facet, id): names.name(id) for facet in _ACTORS for id in ids if id}
    called |= {("outlet", outlet): name for outlet, name in these.outlets.items()}
    called |= {("polarity", str(polarity)): word for polarity, word in POLARITIES.items()}
    return called | {("speaker", NOBODY): "not known", ("outlet", NOBODY): "not known"}


def _choice(facet: Facet, these: Found, chosen: str | None, called: Mapping[tuple[str, str], str]) -> Choice:
    counts = these.facets[facet]

    def value(one: str) -> Value:
        return Value(one, called.get((facet, one), one), counts.get(one, 0))

    more = these.different[facet] - len(counts)
    return Choice(facet, CALLED[facet], tuple(map(value, counts)), more, value(chosen) if chosen else None)


def _groups(
    project: Project, these: Found, group: Grouping | None, called: Mapping[tuple[str, str], str]
) -> tuple[Group, ...]:
    cards = zip(these.some, told_cards(project, these.some), strict=True)
    return tuple(
        Group(
            value,
            called.get((group or "", value or ""), value),
            these.groups.get(value or "", these.total),
            tuple(card for _, card in same),
        )
        for value, same in groupby(cards, key=lambda pair: pair[0].group)
    )


SCREENS = (Screen("/statements", "statements.html", statements, "/statements"),)
