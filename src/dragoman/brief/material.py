"""What a brief is written from: the events, statements and documents of two parties in a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dragoman.analyze.network import parties_of
from dragoman.analyze.series import Side, sides
from dragoman.brief.english import with_article
from dragoman.brief.evidence import Citer
from dragoman.brief.names import Names, concerned
from dragoman.brief.parts import Figure, Sentence
from dragoman.brief.wording import say
from dragoman.digest.documents import ReadDocument, documents_read
from dragoman.model import Event, EventReport, Statement
from dragoman.record import Filter, Project
from dragoman.record.dates import bounds, sort_key
from dragoman.record.meant import linked
from dragoman.record.relations import ordered_pairs


@dataclass(frozen=True)
class Material:
    """Rows of the record; those that people rejected are not among them."""

    project: Project
    a: Side
    b: Side
    since: str | None
    until: str | None
    between: tuple[Event, ...]
    """Events in which one of the two deals with the other, of any time, by date and place in the texts."""
    events: tuple[Event, ...]
    """Those of the time."""
    statements: tuple[Statement, ...]
    """What people of the two say, and what is said of them, at any time."""
    documents: Mapping[str, ReadDocument]
    names: Names
    cite: Citer

    @cached_property
    def called(self) -> dict[str, str]:
        """The two names as fields of a sentence."""
        return {key: with_article(side.actor, side.actor.name) for key, side in (("a", self.a), ("b", self.b))}

    def within(self, date: str | None) -> bool:
        """Whether something of that date may lie in the time; what has none does where the time is open."""
        days, since, until = bounds(date), bounds(self.since), bounds(self.until)
        if days is None:
            return since is None and until is None
        return (since is None or days[1] >= since[0]) and (until is None or days[0] <= until[1])

    def outlets(self, rows: Iterable[EventReport | Statement]) -> list[str]:
        """Who brings the words of rows to the reader, by publication; pages that name no outlet last."""
        ordered = sorted(rows, key=self.cite.place)
        names = dict.fromkeys(self.names.outlet(row, self.documents[row.document].name) for row in ordered)
        return sorted(names, key=lambda name: name == say("no_outlet_named"))

    def none(self, template: str) -> Sentence:
        """A sentence that says that the record has nothing of a kind: the figure 0."""
        return Sentence(say(template, **self.called), figures=(Figure(template, 0),))


def material(project: Project, a: str, b: str, since: str | None, until: str | None) -> Material:
    """The same from ids, ISO 3166 codes or names, and EDTF dates. Raises SettingsError where one is not understood."""
    wanted = Filter(since=since, until=until)
    one, other = sides(project, (a, b))
    between = [event for event in project.events() if deal(event, one, other)]
    meant = {event.id for event in (between if since is None and until is None else project.events(wanted))}
    both = one.ids | other.ids
    statements = tuple(said for said in project.statements() if not both.isdisjoint(linked(said)))
    ids = {id for said in statements for id in linked(said)}
    told = {id for event in between for id in concerned(event)}
    names = Names(one, other, parties_of(project, ids | both | told))
    cite = Citer(project, names.parties)
    between.sort(key=_place(cite))
    events = tuple(event for event in between if event.id in meant)
    return Material(
        project, one, other, since, until, tuple(between), events, statements, documents_read(project), names, cite
    )


def deal(event: Event, a: Side, b: Side) -> bool:
    """Whether one of two parties acts toward the other."""
    return any((x in a.ids and y in b.ids) or (x in b.ids and y in a.ids) for x, y in ordered_pairs(event))


def _place(cite: Citer) -> Callable[[Event], tuple[object, ...]]:
    return lambda event: (sort_key(event.date), min(cite.place(report) for report in event.reports), event.type)
