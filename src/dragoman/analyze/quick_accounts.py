"""What accounts look at, picked out by a digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.analyze.looked import Pairs, sides_of
from dragoman.analyze.network import Parties
from dragoman.digest.arrays import different
from dragoman.digest.documents import ReadDocument
from dragoman.digest.events import ids_of
from dragoman.digest.lookups import ActorsById, DocumentsById
from dragoman.digest.rows import ACTS, NO_TYPE, STATUSES, days, hashed, types
from dragoman.digest.tables import Tables
from dragoman.digest.weight import names_of, outlets_of
from dragoman.model import Act, Event, Statement
from dragoman.record import Project

Array = npt.NDArray[Any]


class FromDigest:
    """The rows of a project that may matter, as `Looked` has it."""

    def __init__(self, tables: Tables, project: Project) -> None:
        self._tables, self._project = tables, project
        self.documents: Mapping[str, ReadDocument] = DocumentsById(tables)
        self.parties = Parties(ActorsById(tables))

    def event(self, id: str) -> Event | None:
        return next(self._project.events_with([id]), None)

    def like(self, event: Event) -> Iterable[Event]:
        tables = self._tables
        events = self._between(frozenset(sorted(sides_of(event, self.parties))[:1]))
        status = tables("events", "status")[events]
        alike = tables("events", "type")[events] == types().get(event.type, NO_TYPE)
        first, last = days(event.date)
        if first:
            begins, ends = tables("events", "first")[events], tables("events", "last")[events]
            alike &= (begins == 0) | ((begins <= last) & (ends >= first))
        events = events[alike & (status >= 0) & (status != STATUSES.index(event.status))]
        return self._project.events_with(ids_of(tables, events))

    def told_in(self, documents: set[str]) -> Iterable[Event]:
        numbers = self._numbers(documents)
        events = self._tables("reports", "event")
        told = events[numbers[self._tables("reports", "document")] & (events >= 0)]
        return self._project.events_with(ids_of(self._tables, different(told)))

    def said_in(self, documents: set[str]) -> Iterable[Statement]:
        return [one for document in sorted(documents) for _, one in self._project.statements_of(document)]

    def denials(self, concerned: frozenset[str], words: frozenset[str], least: int) -> Iterable[Statement]:
        tables = self._tables
        act, document = tables("statements", "act"), tables("statements", "document")
        wanted = (act == ACTS.index(Act.DENY)) & (document >= 0)
        of, word = tables("denied", "statement"), tables("denied", "word")
        # Most words are none of them: the last 16 bits tell.
        low = np.zeros(1 << 16, dtype=np.bool_)
        hashes = np.array(sorted(map(hashed, words)), dtype=np.uint32)
        low[hashes & 0xFFFF] = True
        rows = np.flatnonzero(low[word & 0xFFFF] & (of >= 0))
        rows = rows[np.isin(word[rows], hashes)]
        enough = np.bincount(of[rows], minlength=len(act)) >= max(least, 1)
        chosen = np.flatnonzero(wanted & enough)
        chosen = chosen[self._ties(chosen, concerned)]
        ids = tables.documents(different(document[chosen]).tolist())
        positions = tables("statements", "position")[chosen].tolist()
        places = [(ids[number], at) for number, at in zip(document[chosen].tolist(), positions, strict=True)]
        return self._project.statements_at(places)

    def spoken(self, party: str, since: str | None) -> int:
        tables = self._tables
        acting = np.append(self._of_parties([party]), np.False_)
        document = tables("statements", "document")
        spoken = np.zeros(len(tables("documents", "first")), dtype=np.bool_)
        spoken[document[acting[tables("statements", "speaker")] & (document >= 0)]] = True
        return len(different(tables("documents", "text")[spoken & self._later(since)]))

    def covering(self, between: Pairs, without: set[str], since: str | None) -> Mapping[str, tuple[str, int]]:
        tables = self._tables
        chosen = np.zeros(len(tables("events", "status")), dtype=np.bool_)
        chosen[self._between(between)] = True
        for id in without:
            chosen &= tables("events", "id") != id.encode()
        event = tables("reports", "event")
        documents = different(tables("reports", "document")[chosen[event] & (event >= 0)])
        documents = documents[self._later(since)[documents]]
        outlet, text = tables("documents", "outlet")[documents], tables("documents", "text")[documents]
        name = tables("documents", "name")[documents]
        names, outlets = names_of(tables), outlets_of(tables)
        found = {}
        for number in different(outlet[outlet >= 0]).tolist():
            own = outlet == number
            called = min(names[one] for one in different(name[own]).tolist())
            found[outlets[number][0]] = called, len(different(text[own]))
        return found

    def _between(self, between: Pairs) -> Array:
        """The events that stand between one of the pairs of parties; with one party twice, those of it alone."""
        tables = self._tables
        pair, event = tables("dyads", "pair"), tables("dyads", "event")
        numbers = tables.numbers({id for ends in between for id in ends})
        rows = np.zeros(len(event), dtype=np.bool_)
        alone = np.empty(0, dtype=np.int64)
        for one, other in between:
            if one == other:
                alone = np.union1d(alone, self._alone(one))
            elif one in numbers and other in numbers:
                query = "SELECT number FROM pairs WHERE a = ? AND b = ?"
                found = tables.connection.execute(query, (numbers[one], numbers[other])).fetchone()
                if found:
                    rows |= pair == found[0]
        return np.union1d(alone, event[rows & (event >= 0)]).astype(np.int64)

    def _alone(self, party: str) -> Array:
        """The events in which this party acts and which stand between no two."""
        tables = self._tables
        tied = np.zeros(len(tables("events", "status")), dtype=np.bool_)
        event = tables("dyads", "event")
        tied[event[(event >= 0) & (tables("dyads", "pair") >= 0)]] = True
        of, doer = tables("parts", "event"), tables("parts", "roles") & 1 > 0
        events = different(of[doer & (of >= 0) & self._of_parties([party])[tables("parts", "actor")]])
        found: Array = events[~tied[events]]
        return found

    def _of_parties(self, parties: Iterable[str]) -> Array:
        """Which actors, by their numbers, are of one of the parties."""
        found: Array = np.isin(self._tables.party(), list(self._tables.numbers(parties).values()))
        return found

    def _ties(self, statements: Array, parties: Iterable[str]) -> Array:
        """Which of the statements have one of these parties as speaker, in the chain, or as whom they are about."""
        tables = self._tables
        of = np.append(self._of_parties(parties), np.False_)
        tied = of[tables("statements", "speaker")[statements]] | of[tables("statements", "publisher")[statements]]
        chosen = np.zeros(len(tables("statements", "act")), dtype=np.bool_)
        for table in ("about", "relayed"):
            statement = tables(table, "statement")
            chosen[statement[of[tables(table, "actor")] & (statement >= 0)]] = True
        found: Array = tied | chosen[statements]
        return found

    def _later(self, since: str | None) -> Array:
        """Which documents were surely published no earlier than a date may begin."""
        first, begin = self._tables("documents", "first"), days(since)[0]
        found: Array = (first >= begin) & (first > 0) & (begin > 0)
        return found

    def _numbers(self, documents: set[str]) -> Array:
        """Which documents, by their numbers, are these."""
        chosen = np.zeros(len(self._tables("documents", "first")), dtype=np.bool_)
        chosen[list(self._tables.document_numbers(documents).values())] = True
        return chosen
