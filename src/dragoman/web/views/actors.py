"""Actors: who is named, found by name, type and country; and what people decided about who is who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.digest import Digest
from dragoman.model import Actor, ActorType
from dragoman.record import Decided, Project
from dragoman.web.asked import Asked
from dragoman.web.cards import Named, Page, pages_of
from dragoman.web.people import actors_named, country_name
from dragoman.web.screen import Answer, Screen

SIZE = 50
LAST = 100_000


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor in a list."""

    actor: Named
    type: str
    country: str | None
    aliases: tuple[str, ...]
    """Other names than the one that it goes by."""
    counts: Mapping[str, int]
    """Where there is a digest: events in which it takes part, statements in which it speaks and that are about it. Else:
    documents that name it."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision about actors."""

    number: int
    kind: str
    actor: Named
    other: Named | None
    name: str | None
    """That was given."""
    page: Page | None
    """The document whose actor is another one."""
    made_by: str
    made: str
    undone: str | None


def actors(project: Project, asked: Asked) -> Answer:
    """The screen at "/actors"."""
    words, country = asked.text("name"), asked.text("country")
    page, type_ = asked.number("page", 0, LAST), asked.choice("type", ActorType)
    total, rows = actor_rows(project, words, type_, country, SIZE, page * SIZE)
    return {
        "title": "Actors",
        "total": total,
        "name": words,
        "type": type_,
        "types": [one.value for one in ActorType],
        "country": country,
        "countries": sorted(((code, country_name(code)) for code in _countries(project)), key=lambda pair: pair[1]),
        "actors": rows,
        "decided": sum(one.undone is None for one in project.decisions()),
        "page": page,
        "more": total > (page + 1) * SIZE,
    }


def decided(project: Project, asked: Asked) -> Answer:
    """The screen at "/actors/decisions": the newest first."""
    return {"title": "Decisions about actors", "decisions": decision_rows(project, project.decisions())}


def actor_rows(
    project: Project, words: str | None, type: str | None, country: str | None, limit: int, offset: int
) -> tuple[int, list[ActorRow]]:
    """How many actors there are of these names, type and country, and some of them, the busiest first."""
    if (digest := Digest.open(project)) is not None:
        page = digest.actors(words, limit, offset, type, country)
        return page.total, [
            _row(one.actor, {"events": one.events, "says": one.spoken, "said about": one.about}) for one in page.rows
        ]
    total, found = project.most_named(words, type, country, limit, offset)
    known = {actor.id: actor for actor in project.named(id for id, _ in found)}
    return total, [_row(known[id], {"documents": documents}) for id, documents in found if id in known]


def decision_rows(project: Project, made: Iterable[Decided]) -> list[DecisionRow]:
    """Decisions with the names of whom they are about, the newest first."""
    newest = sorted(made, key=lambda one: one.number, reverse=True)
    pages = pages_of(project, (one.document for one in newest if one.document))
    ids = {id for one in newest for id in (one.actor, one.other) if id}
    names = {**project.read_names(ids), **{id: actor.name for id, actor in actors_named(project, ids).items()}}
    return [
        DecisionRow(
            one.number,
            one.kind,
            Named(one.actor, names.get(one.actor, one.actor)),
            Named(one.other, names.get(one.other, one.other)) if one.other else None,
            one.name,
            pages.get(one.document or ""),
            one.made_by,
            one.made,
            one.undone,
        )
        for one in newest
    ]


def _countries(project: Project) -> list[str]:
    digest = Digest.open(project)
    return digest.countries() if digest is not None else project.countries()


def _row(actor: Actor, counts: Mapping[str, int]) -> ActorRow:
    aliases = tuple(alias for alias in actor.aliases if alias != actor.name)
    country = country_name(actor.country) if actor.country else None
    return ActorRow(Named(actor.id, actor.name), actor.type.value, country, aliases, counts)


SCREENS = (
    Screen("/actors", "actors.html", actors, "/actors"),
    Screen("/actors/decisions", "actor_decisions.html", decided, "/actors"),
)
