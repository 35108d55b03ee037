"""One actor: its names and offices, what it says and does, what is said about it, and why several are one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.analyze.series import sides
from dragoman.analyze.statements import Facet, Wanted, found
from dragoman.digest import Digest
from dragoman.model import Actor, ActorType, Event
from dragoman.ontology.actors import states
from dragoman.ontology.offices import OPEN, Holder, holders
from dragoman.record import Filter, Project
from dragoman.record.account import account
from dragoman.record.dates import bounds
from dragoman.record.relations import acting, party
from dragoman.web.asked import Asked
from dragoman.web.cards import Named, Names, Page, StatementCard, event_cards, pages_of
from dragoman.web.people import actors_named, country_name
from dragoman.web.screen import Answer, Missing, Screen
from dragoman.web.views.actors import ActorRow, DecisionRow, actor_rows, decision_rows
from dragoman.web.views.relations import pair_rows
from dragoman.web.views.statements import told_cards

RELATIONS, STATEMENTS, EVENTS, PAGES, ALIKE = 8, 4, 4, 10, 10
MADE = (ActorType.PERSON, ActorType.ORGANISATION, ActorType.GROUP)
"""Types of which documents may have several that are one, or one that is several."""


@dataclass(frozen=True, slots=True)
class Held:
    """An office, with the dates that sources give; None where they give none."""

    office: str
    of: Named
    """The state or organisation."""
    since: str | None
    until: str | None
    now: bool
    """In office when the source was last checked."""


@dataclass(frozen=True, slots=True)
class Joined:
    """An actor as documents have it that is this one, and why."""

    id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class NamedIn:
    """A document that names the actor, and by which id and name its reading has it."""

    page: Page
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """Statements of or about the actor."""

    total: int
    newest: list[StatementCard]
    kinds: Mapping[str, int]
    """Of those that it speaks, by act; of those about it, by polarity."""


@dataclass(frozen=True, slots=True)
class Done:
    """A decision that was made just now."""

    decision: DecisionRow
    nothing: bool
    """It changes nothing: another decision keeps the two apart."""


def actor(project: Project, asked: Asked) -> Answer:
    """The screen at "/actor/{id}"."""
    one = known(project, asked.parts["id"])
    since, until = asked.day("since"), asked.day("until")
    why = project.why(one.id)
    ids = {one.id, *(id for id, _ in why)}
    called = project.read_names(ids)
    documents, pages = _named_in(project, one)
    n_events, events = _newest(project, one, since, until)
    alike, whose = asked.text("with"), party(one)
    return {
        "title": one.name,
        "actor": one,
        "country": country_name(one.country) if one.country else None,
        "party": Names(project, [whose]).of(whose) if whose != one.id else None,
        "offices": _offices(project, one, ids),
        "joined": [Joined(id, called.get(id, id), reason) for id, reason in why],
        "relations": pair_rows(project, Filter(one.id, since, until, limit=RELATIONS))[1],
        "spoken": _said(project, Wanted(speaker=one.id, since=since, until=until), "act"),
        "about": _said(project, Wanted(about=one.id, since=since, until=until), "polarity"),
        "events": event_cards(project, events),
        "n_events": n_events,
        "documents": documents,
        "pages": pages,
        "with": alike,
        "alike": _alike(project, alike, one, ids) if alike else [],
        "decisions": decision_rows(project, (made for made in project.decisions() if ids & {made.actor, made.other})),
        "done": _done(project, asked.number("done", 0, 1_000_000_000), ids),
        "by": asked.text("by") or account(),
    }


def known(project: Project, id: str) -> Actor:
    """The actor with this id, or whom the one with this id is by now. Raises Missing where there is none."""
    found = actors_named(project, [id]).get(id)
    if found is None:
        others = project.actors(Filter(id))
        found = next(
            (one for one in others if any(id == joined for joined, _ in project.why(one.id))), states().get(id)
        )
    if found is None:
        raise Missing(f"No document names an actor with the id {id}.")
    return found


def _offices(project: Project, one: Actor, ids: set[str]) -> list[Held]:
    """The offices of a person whom the list of holders knows, the latest first."""
    held = {holder: None for name in (one.name, *one.aliases) for holder in holders(name) if holder.person.id in ids}
    names = Names(project, (f"state:{holder.iso3}" for holder in held))
    return [_office(holder, names) for holder in sorted(held, key=lambda holder: holder.first_day, reverse=True)]


def _office(holder: Holder, names: Names) -> Held:
    state = f"state:{holder.iso3}"
    of = names.of(state) if state in states() else Named(None, holder.iso3)
    until = None if holder.valid_to == OPEN else holder.valid_to
    return Held(holder.office.replace("_", " "), of, holder.valid_from, until, holder.valid_to == OPEN)


def _named_in(project: Project, one: Actor) -> tuple[int | None, list[NamedIn]]:
    """How many documents name an actor, and the newest of them; not told of those of lists, who are the same everywhere."""
    if one.type not in MADE:
        return None, []
    total, found = project.namings(one.id, PAGES)
    pages = pages_of(project, (naming.document for naming in found))
    return total, [NamedIn(pages[naming.document], naming.actor, naming.name) for naming in found]


def _newest(project: Project, one: Actor, since: str | None, until: str | None) -> tuple[int, list[Event]]:
    """How many events it takes part in, itself or through those who act for it; and some, the latest first."""
    if (digest := Digest.open(project)) is not None:
        page = digest.events(actor=one.id, since=since, until=until, order="latest", limit=EVENTS)
        return page.total, [row.event for row in page.rows]
    (side,) = sides(project, (one.id,))
    events = [event for event in project.events(Filter(None, since, until)) if not side.ids.isdisjoint(acting(event))]
    dated = [event for event in events if bounds(event.date)]
    return len(events), [*reversed(dated), *(event for event in events if not bounds(event.date))][:EVENTS]


def _said(project: Project, wanted: Wanted, kind: Facet) -> Said:
    these = found(project, wanted, limit=STATEMENTS)
    return Said(these.total, told_cards(project, these.some), these.facets[kind])


def _alike(project: Project, words: str, one: Actor, ids: set[str]) -> list[ActorRow]:
    """Others that are called so, those of the same type first."""
    _, rows = actor_rows(project, words, None, None, 2 * ALIKE, 0)
    others = [row for row in rows if row.actor.id not in ids]
    return sorted(others, key=lambda row: row.type != one.type.value)[:ALIKE]


def _done(project: Project, number: int, ids: set[str]) -> Done | None:
    """What was decided just now."""
    (row,) = decision_rows(project, (made for made in project.decisions() if made.number == number)) or (None,)
    if row is None:
        return None
    apart = (
        row.kind == "merge" and row.undone is None and not {row.actor.id, row.other.id if row.other else None} <= ids
    )
    return Done(row, apart)


SCREENS = (Screen("/actor/{id}", "actor.html", actor, "/actors"),)
