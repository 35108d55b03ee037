"""Mirror: how outlets of one side, of the other and of others tell one relation.

Nothing here says who tells it right. Each group's figures stand beside how much was read of it, because what one side's
outlets leave out can only be seen where its outlets were read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.analyze.coverage import Cell
from dragoman.analyze.series import Side, sides
from dragoman.digest import Digest
from dragoman.digest.documents import ReadDocument, documents_read
from dragoman.digest.tables import period
from dragoman.digest.utterances import utterances
from dragoman.model import Actor, Event, Statement, Status
from dragoman.ontology.actors import actors as listed
from dragoman.ontology.plover import plover
from dragoman.record import Filter, Project
from dragoman.record.meant import linked
from dragoman.record.relations import ordered_pairs

Group = Literal["a", "b", "others", "unknown"]
GROUPS: tuple[Group, ...] = ("a", "b", "others", "unknown")
"""Outlets of A's country, of B's, of other countries, and those of which the lists do not say."""


@dataclass(frozen=True, slots=True)
class Toward:
    """Statements of one act, by their polarity toward one party: -1, 0, 1."""

    act: str
    negative: int
    neutral: int
    positive: int

    @property
    def n(self) -> int:
        return self.negative + self.neutral + self.positive


@dataclass(frozen=True, slots=True)
class Telling:
    """How one group of outlets tells the relation."""

    group: Group
    outlets: tuple[str, ...]
    """Names of those that tell of it, sorted."""
    documents: int
    """Documents that tell of it; the same text counts once for each outlet that has it, here and below."""
    texts: int
    """Those that are no copies of each other."""
    n_read: int
    """All documents of such outlets in the project, whatever they tell; 0 where nothing of the group was read."""
    state_documents: int
    """Of `documents`, those of outlets that a state owns or funds."""
    known_documents: int
    """Of `documents`, those of outlets of which the list says whether a state owns or funds them."""
    n: int
    """Events that it tells as having happened, by the record's account; each once."""
    quads: Mapping[int, int]
    not_happened: Mapping[str, int]
    """Events that it tells and that are planned, hypothetical or denied, by status."""
    n_statements: int
    """Statements that tie both sides: one speaks of the other, or somebody of both; the same words of a speaker count once."""
    toward_a: tuple[Toward, ...]
    """By act, most frequent first."""
    toward_b: tuple[Toward, ...]
    only: tuple[str, ...]
    """Ids of the events that no other group tells, sorted; those of whatever status."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """The relation of two parties as four groups of outlets tell it."""

    a: Actor
    b: Actor
    tellings: tuple[Telling, ...]
    n: int
    """Events between the two that happened, whoever tells them."""
    told_by_both: int
    """Events of whatever status that outlets of both sides tell."""
    both: tuple[str, ...]
    """Their ids, sorted."""
    events: Sequence[Event]
    """All between the two, by id; from a digest they are read when they are looked at."""


def mirror(
    project: Project,
    a: str,
    b: str,
    *,
    events: Iterable[Event] | None = None,
    statements: Iterable[Statement] | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Mirror:
    """How the relation of `a` and `b` (ids, ISO 3166 codes or names; officials count for their state) is told, in the project
    or by the `events` and `statements` given. An outlet's country is that of the lists, the user's own among them.

    `since` and `until` (EDTF) bound what of the project is counted, as `Filter` does; `n_read` counts documents of all times.
    Raises SettingsError where a name means nobody or several, or a date is none.
    """
    time = Filter(since=since, until=until)
    if events is None and statements is None and (digest := Digest.open(project)) is not None:
        from dragoman.analyze.quick_mirror import quick_mirror

        days = period(since, until)
        return digest.ask(lambda tables: quick_mirror(tables, project, digest.sides((a, b)), days))
    with project.snapshot():
        one, other = sides(project, (a, b))
        documents = documents_read(project)
        between = {
            event.id: event
            for event in (project.events(time) if events is None else events)
            if _between(event, one, other)
        }
        said = [
            statement
            for statement in (project.statements(time) if statements is None else statements)
            if not (who := linked(statement)).isdisjoint(one.ids) and not who.isdisjoint(other.ids)
        ]
    group_of = {id: _group(document, one.actor, other.actor) for id, document in documents.items()}
    telling: dict[str, frozenset[Group]] = {
        id: frozenset(group_of[report.document] for report in event.reports) for id, event in between.items()
    }
    both = tuple(id for id in sorted(between) if telling[id] >= {"a", "b"})
    return Mirror(
        a=one.actor,
        b=other.actor,
        tellings=tuple(
            _telling(group, (one, other), documents, group_of, [between[id] for id in sorted(between)], telling, said)
            for group in GROUPS
        ),
        n=sum(event.status is Status.HAPPENED for event in between.values()),
        told_by_both=len(both),
        both=both,
        events=tuple(between[id] for id in sorted(between)),
    )


def rows(result: Mirror) -> Iterator[dict[str, Cell]]:
    """One row for each group, and under it one for each act and party that it is told toward."""
    for one in result.tellings:
        yield _row(
            one,
            "events",
            documents=one.documents,
            texts=one.texts,
            n_read=one.n_read,
            state_documents=one.state_documents,
            known_documents=one.known_documents,
            n=one.n,
            **{plover().quads[quad].replace(" ", "_"): count for quad, count in one.quads.items()},
            **one.not_happened,
            only="; ".join(one.only) or None,
        )
        for actor, towards in ((result.a, one.toward_a), (result.b, one.toward_b)):
            for toward in towards:
                counts = {"negative": toward.negative, "neutral": toward.neutral, "positive": toward.positive}
                yield _row(one, "statements", toward=actor.id, act=toward.act, n=toward.n, **counts)


_COLUMNS = (
    "group outlets kind documents texts n_read state_documents known_documents toward act n verbal_cooperation "
    "material_cooperation verbal_conflict material_conflict planned hypothetical denied negative neutral positive only"
).split()


def _row(one: Telling, kind: str, **cells: Cell) -> dict[str, Cell]:
    outlets = "; ".join(one.outlets) or None
    return {**dict.fromkeys(_COLUMNS), "group": one.group, "outlets": outlets, "kind": kind, **cells}


def country(outlet: str | None) -> str | None:
    """The country of a listed outlet, by its id; None where the lists have none."""
    actor = listed().get(outlet) if outlet else None
    return actor.country if actor else None


def _group(document: ReadDocument, a: Actor, b: Actor) -> Group:
    of = country(document.outlet)
    if of is None:
        return "unknown"
    return "a" if of == a.country else "b" if of == b.country else "others"


def _between(event: Event, a: Side, b: Side) -> bool:
    return any((x in a.ids and y in b.ids) or (x in b.ids and y in a.ids) for x, y in ordered_pairs(event))


def _telling(
    group: Group,
    both: tuple[Side, Side],
    documents: Mapping[str, ReadDocument],
    group_of: Mapping[str, Group],
    events: Sequence[Event],
    telling: Mapping[str, frozenset[Group]],
    said: Iterable[Statement],
) -> Telling:
    told = [event for event in events if group in telling[event.id]]
    stated = [statement for _, statement in utterances(one for one in said if group_of[one.document] == group)]
    ids = {report.document for event in told for report in event.reports} | {
        one.document for one in said if group_of[one.document] == group
    }
    own = _different(documents[id] for id in sorted(ids) if group_of[id] == group)
    quads = dict.fromkeys(sorted(plover().quads), 0)
    for event in told:
        if event.status is Status.HAPPENED:
            quads[event.quad] = quads.get(event.quad, 0) + 1
    others = Counter(event.status for event in told)
    return Telling(
        group=group,
        outlets=tuple(sorted({document.name for document in own if document.name})),
        documents=len(own),
        texts=len({document.text for document in own}),
        n_read=len(_different(documents[id] for id, one in group_of.items() if one == group)),
        state_documents=sum(document.state in ("owned", "funded") for document in own),
        known_documents=sum(document.state != "unknown" for document in own),
        n=others[Status.HAPPENED],
        quads=quads,
        not_happened={status.value: others[status] for status in Status if status is not Status.HAPPENED},
        n_statements=len(stated),
        toward_a=_toward(stated, both[0]),
        toward_b=_toward(stated, both[1]),
        only=tuple(sorted(event.id for event in told if telling[event.id] == {group})),
    )


def _different(documents: Iterable[ReadDocument]) -> list[ReadDocument]:
    return list({(document.outlet, document.text): document for document in documents}.values())


def _toward(statements: Iterable[Statement], side: Side) -> tuple[Toward, ...]:
    """A statement about several of a side's people counts once, with the polarity that it has toward one of them."""
    counts: Counter[tuple[str, int]] = Counter()
    for one in statements:
        found = [about.polarity for about in one.about if about.actor in side.ids]
        if found:
            counts[one.act.value, min(found) if min(found) < 0 else max(found)] += 1
    acts = {act for act, _ in counts}
    towards = [Toward(act, *(counts[act, polarity] for polarity in (-1, 0, 1))) for act in acts]
    return tuple(sorted(towards, key=lambda toward: (-toward.n, toward.act)))
