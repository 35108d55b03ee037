"""Events of which not all tell the same: somebody denies them, or their reports differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.analyze.accounts import Accounts, accounts_in
from dragoman.analyze.looked import AllRows, Looked
from dragoman.analyze.network import Parties
from dragoman.analyze.voices import SHARED
from dragoman.digest import Digest
from dragoman.digest.documents import documents_read
from dragoman.model import Act, Event, Statement, Status
from dragoman.ontology.stems import stems
from dragoman.record import Filter, Project
from dragoman.record.dates import bounds
from dragoman.record.meant import linked
from dragoman.record.relations import acting
from dragoman.record.stamp import Stamp

LARGE = 10_000
"""Events up to which all are looked at."""
MOST = 60
"""Events that are looked at in a larger record."""
KEPT = 20
"""Answers that are kept."""


@dataclass(frozen=True, slots=True)
class Contested:
    """An event, and who holds what of it; `accounts.silent` is left empty."""

    event: Event
    parties: frozenset[str]
    """Between whom it stands: of an official his state."""
    accounts: Accounts
    asserting: int
    """Texts, copies left out, of those who assert it, and of those who deny it."""
    denying: int


@dataclass(frozen=True, slots=True)
class Contests:
    """The contested events of a project: those first that some assert and others deny, by the number of texts on the side
    that has fewer; then by those who deny, by what reports differ in, and the latest first."""

    events: tuple[Contested, ...]
    looked: int | None
    """How many events were looked at, where the record has too many for all: of those that reports deny the ones that most
    documents report, and what these reports and others like them say; not who denies it elsewhere."""


_kept: dict[tuple[Path, str | None, str | None, str | None], tuple[Stamp, Contests]] = {}


def contests(project: Project, of: str | None = None, since: str | None = None, until: str | None = None) -> Contests:
    """Events that somebody denies, whose reports give it another status, or whose reports contradict each other. Events that
    `accounts` takes together stand once. Where not all can be looked at, only those of a party and a time are, if given.

    What was found is kept until the record changes.
    """
    with project.snapshot():
        digest = Digest.open(project)
        large = digest is not None and digest.totals()["events"] > LARGE
        key = (project.path, of, since, until) if large else (project.path, None, None, None)
        stamp, kept = project.stamp(), _kept.get(key)
        if kept is None or kept[0] != stamp:
            if large and digest is not None:
                from dragoman.analyze.quick_contested import of_most

                found = of_most(digest, *key[1:])
            else:
                found = Contests(_of_all(project), None)
            if len(_kept) >= KEPT:
                _kept.clear()
            kept = _kept[key] = stamp, found
    return kept[1]


def _of_all(project: Project) -> tuple[Contested, ...]:
    with project.snapshot():
        documents = documents_read(project)
        everything = list(project.events())
        denials = list(project.statements(Filter(act=Act.DENY.value)))
        parties = Parties({actor.id: actor for actor in project.actors()})
        near = _Near(project, everything, denials, parties)
        known: set[str] = set()
        out = []
        for event in near.doubtful():
            if event.id in known:
                continue
            rows = AllRows(project, near.events(event), near.statements(event), documents, parties)
            one = told(project, event, rows, parties)
            known |= {other.id for other in one.accounts.events}
            if event.differing or one.denying:
                out.append(one)
    return ordered(out)


def told(project: Project, event: Event, record: Looked, parties: Parties) -> Contested:
    """An event with its accounts."""
    found = replace(accounts_in(project, event, record), silent=())
    return Contested(event, parties.all(acting(event)), found, _texts(found, "asserts"), _texts(found, "denies"))


def ordered(found: Iterable[Contested]) -> tuple[Contested, ...]:
    """The most contested first."""
    return tuple(sorted(sorted(found, key=lambda one: one.event.id), key=_place, reverse=True))


def _texts(found: Accounts, position: str) -> int:
    return sum(one.texts for one in found.accounts if one.position == position)


def _place(one: Contested) -> tuple[bool, int, int, int, str]:
    days = bounds(one.event.date) or bounds(one.accounts.first)
    fewer = min(one.asserting, one.denying)
    return one.accounts.contested, fewer, one.denying, len(one.event.differing), days[1] if days else ""


class _Near:
    """What has to be looked at for the accounts of one event, found without looking at all."""

    def __init__(
        self, project: Project, everything: Iterable[Event], denials: Iterable[Statement], parties: Parties
    ) -> None:
        self._project = project
        self._parties = parties
        self._events = list(everything)
        self._like: dict[tuple[str, frozenset[str]], list[Event]] = defaultdict(list)
        self._rejecting: dict[str, list[Event]] = defaultdict(list)
        for event in self._events:
            self._like[event.type, parties.all(acting(event))].append(event)
            if event.type == "REJECT" and event.status is Status.HAPPENED:
                for report in event.reports:
                    self._rejecting[report.document].append(event)
        self._denials: dict[str, list[Statement]] = defaultdict(list)
        for one in denials:
            for party in parties.all(linked(one)):
                self._denials[party].append(one)
        self._denying = {(one.document, one.id) for one in denials}
        self._words: dict[tuple[str, str], frozenset[str]] = {}
        self._read: dict[str, list[Statement]] = {}

    def doubtful(self) -> list[Event]:
        """Events that may be contested, those first of which their own reports say that they did not happen."""
        found = [event for event in self._events if self._may_be(event)]
        return sorted(found, key=lambda event: event.status is not Status.DENIED)

    def events(self, event: Event) -> list[Event]:
        """Itself, those of its type and parties, and what is rejected in the documents that tell of it."""
        who = self._parties.all(acting(event))
        rejecting = (one for report in event.reports for one in self._rejecting.get(report.document, ()))
        found = {one.id: one for one in (event, *self._like[event.type, who], *rejecting)}
        return list(found.values())

    def statements(self, event: Event) -> list[Statement]:
        """Denials by and about its parties, and the statements in which it and its like are reported."""
        found = {(one.document, one.id): one for one in self._of_parties(event)}
        within = {
            (report.document, report.statement)
            for one in self.events(event)
            for report in one.reports
            if report.statement
        }
        for document in {document for document, _ in within}:
            found |= {(document, one.id): one for one in self._in(document) if (document, one.id) in within}
        return list(found.values())

    def _may_be(self, event: Event) -> bool:
        if event.status is Status.DENIED or event.differing:
            return True
        if any((report.document, report.statement) in self._denying for report in event.reports):
            return True
        if any(self._rejecting.get(report.document) for report in event.reports):
            return True
        said = self._of_parties(event)
        if not said:
            return False
        words = frozenset[str]().union(*(stems(report.text) for report in event.reports))
        return any(len(words & self._stems(one)) >= min(SHARED, len(words)) for one in said)

    def _of_parties(self, event: Event) -> list[Statement]:
        return [one for party in self._parties.all(acting(event)) for one in self._denials.get(party, ())]

    def _stems(self, one: Statement) -> frozenset[str]:
        key = one.document, one.id
        if key not in self._words:
            self._words[key] = stems(one.text)
        return self._words[key]

    def _in(self, document: str) -> list[Statement]:
        if document not in self._read:
            self._read[document] = self._project.statements_in(document)
        return self._read[document]
