"""What accounts look at in a record: all of its rows, or those that a digest picks out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from dragoman.analyze.network import Parties, parties_of
from dragoman.digest.documents import ReadDocument, documents_read
from dragoman.model import Event, Statement
from dragoman.record import Project
from dragoman.record.dates import bounds
from dragoman.record.meant import linked
from dragoman.record.relations import acting, pairs

Pairs = frozenset[tuple[str, str]]


class Looked(Protocol):
    """Each method may give more than it is asked for, but nothing less."""

    @property
    def documents(self) -> Mapping[str, ReadDocument]: ...

    @property
    def parties(self) -> Parties: ...

    def event(self, id: str) -> Event | None: ...

    def like(self, event: Event) -> Iterable[Event]:
        """The events of its type, parties and days that have another status."""
        ...

    def told_in(self, documents: set[str]) -> Iterable[Event]:
        """The events that these documents report."""
        ...

    def said_in(self, documents: set[str]) -> Iterable[Statement]:
        """The statements of these documents."""
        ...

    def denials(self, concerned: frozenset[str], words: frozenset[str], least: int) -> Iterable[Statement]:
        """The denials that tie one of these parties and have at least so many of the words."""
        ...

    def spoken(self, party: str, since: str | None) -> int:
        """How many different texts that were published since a date have words of a party's people; not more."""
        ...

    def covering(self, between: Pairs, without: set[str], since: str | None) -> Mapping[str, tuple[str, int]]:
        """Outlets that tell of other events than those between one of the pairs, by their ids: the name, and in how many
        different texts that were published since a date; not more."""
        ...


class AllRows:
    """All rows of a project, or those that are given; `documents` and `parties`, too, for who has them already."""

    def __init__(
        self,
        project: Project,
        events: Iterable[Event] | None,
        statements: Iterable[Statement] | None,
        documents: Mapping[str, ReadDocument] | None = None,
        parties: Parties | None = None,
    ) -> None:
        self.documents: Mapping[str, ReadDocument] = documents_read(project) if documents is None else documents
        self._events = {one.id: one for one in (project.events() if events is None else events)}
        self._said = list(project.statements() if statements is None else statements)
        ids = {id for one in self._events.values() for id in acting(one)} | {
            id for one in self._said for id in linked(one)
        }
        self.parties = parties_of(project, ids) if parties is None else parties

    def event(self, id: str) -> Event | None:
        return self._events.get(id)

    def like(self, event: Event) -> Iterable[Event]:
        return self._events.values()

    def told_in(self, documents: set[str]) -> Iterable[Event]:
        return self._events.values()

    def said_in(self, documents: set[str]) -> Iterable[Statement]:
        return self._said

    def denials(self, concerned: frozenset[str], words: frozenset[str], least: int) -> Iterable[Statement]:
        return self._said

    def spoken(self, party: str, since: str | None) -> int:
        spoken = {
            one.document for one in self._said if one.speaker.actor and self.parties.of(one.speaker.actor) == party
        }
        return len({self.documents[id].text for id in spoken if self._later(id, since)})

    def covering(self, between: Pairs, without: set[str], since: str | None) -> Mapping[str, tuple[str, int]]:
        found: dict[str, set[str]] = defaultdict(set)
        for other in self._events.values():
            if other.id not in without and between & sides_of(other, self.parties):
                for report in other.reports:
                    outlet = self.documents[report.document].outlet
                    if outlet and self._later(report.document, since):
                        found[outlet].add(report.document)
        return {
            outlet: (
                min(self.documents[id].name or outlet for id in ids),
                len({self.documents[id].text for id in ids}),
            )
            for outlet, ids in found.items()
        }

    def _later(self, document: str, since: str | None) -> bool:
        first, days = bounds(since), bounds(self.documents[document].published)
        return bool(first and days and days[0] >= first[0])


def sides_of(event: Event, parties: Parties) -> Pairs:
    """The pairs of parties that an event stands between; with one alone, that one twice."""
    found = {tuple(sorted((parties.of(x), parties.of(y)))) for x, y in pairs(event)}
    sides = {(x, y) for x, y in found if x != y}
    return frozenset(sides or {(id, id) for id in parties.all(event.actor)})
