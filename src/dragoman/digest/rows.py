"""Makes columns of the nouns of the model: events with their reports and parties, statements with those they tie."""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date as Date
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from dragoman.digest import columns
from dragoman.digest.actors import Actors
from dragoman.digest.utterances import utterance
from dragoman.model import Act, Event, Form, Statement, Status
from dragoman.model.edtf import has_day
from dragoman.ontology.actors import agencies
from dragoman.ontology.plover import plover
from dragoman.ontology.stems import stems
from dragoman.record.dates import bounds
from dragoman.record.relations import acting, ordered_pairs

STATUSES, ACTS, FORMS = tuple(Status), tuple(Act), tuple(Form)
NO_TYPE = 99
"""The number of a type that PLOVER does not have."""


@lru_cache(maxsize=1)
def types() -> Mapping[str, int]:
    """PLOVER's types by name, with their numbers."""
    return {name: number for number, name in enumerate(sorted(plover().types))}


class Seen(NamedTuple):
    """Of a document: its number, the first and the last day on which it may have been published, 0 where unknown, and where its
    sentences start."""

    number: int
    first: int
    last: int
    starts: array[int]


class Batch:
    """Rows that wait to be written together."""

    def __init__(
        self, connection: sqlite3.Connection, version: int, actors: Actors, seen: Callable[[str], Seen]
    ) -> None:
        """`seen` tells what is known of a document by its id."""
        self._connection, self._version, self._actors, self._seen = connection, version, actors, seen
        self._actor = actors.number
        self._rows: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
        self._next = {table: columns.size(connection, table) for table in ("events", "statements")}
        self.waiting = 0

    def event(self, event: Event) -> None:
        """Adds an event, with its reports and parties."""
        number = self._number("events")
        seen = [self._seen(report.document) for report in event.reports]
        first, last = days(event.date)
        known = event.type in plover().types
        self._add(
            "events",
            id=event.id,
            status=STATUSES.index(event.status),
            quad=event.quad,
            type=types().get(event.type, NO_TYPE),
            exact=event.date is not None and has_day(event.date),
            first=first,
            last=last,
            seen_first=min((one.first for one in seen if one.first), default=0),
            seen_last=max(one.last for one in seen),
            score=plover().score(event.type, event.mode) if known else float("nan"),
            doubt=millionths(sum(1 - report.confidence for report in event.reports)),
            told=len(event.reports),
            date=event.date or "",
        )
        for report, one in zip(event.reports, seen, strict=True):
            sentence = bisect_right(one.starts, report.start) - 1
            self._add("reports", event=number, document=one.number, sentence=sentence)
            for agency in {link.actor for link in report.chain if link.actor} & agencies():
                self._add("through", event=number, document=one.number, agency=self._actor(agency))
        between = set()
        for doer, done_to in sorted(ordered_pairs(event)):
            source, target = self._actor(doer), self._actor(done_to)
            pair = self._actors.pair(source, target)
            more = {"pair": pair, "once": pair not in between, "mutual": not event.recipient}
            self._add("dyads", event=number, source=source, target=target, **more)
            between.add(pair)
        for id in sorted(set(acting(event))):
            self._add(
                "parts", event=number, actor=self._actor(id), roles=(id in event.actor) + 2 * (id in event.recipient)
            )

    def statement(self, position: int, one: Statement) -> None:
        """Adds the statement at a position of its document's reading."""
        number = self._number("statements")
        links = [link.actor for link in one.chain if link.actor]
        publisher = one.chain[-1].actor if one.chain else None
        self._add(
            "statements",
            document=self._seen(one.document).number,
            position=position,
            speaker=self._actor(one.speaker.actor) if one.speaker.actor else -1,
            publisher=self._actor(publisher) if publisher else -1,
            act=ACTS.index(one.act),
            form=FORMS.index(one.form),
            utterance=int.from_bytes(hashlib.blake2b(utterance(one).encode(), digest_size=8).digest(), "little"),
            doubt=millionths(1 - one.confidence),
        )
        for about in one.about:
            self._add("about", statement=number, actor=self._actor(about.actor), polarity=about.polarity)
        others = {one.speaker.actor, publisher, *(about.actor for about in one.about)}
        for id in sorted(set(links) - others):
            self._add("relayed", statement=number, actor=self._actor(id))

        if one.act is Act.DENY:
            for word in sorted(stems(one.text)):
                self._add("denied", statement=number, word=hashed(word))

    def flush(self) -> None:
        """Writes what waits."""
        for table, found in self._rows.items():
            columns.append(self._connection, table, found, self._version)  # type: ignore[arg-type]
        self._rows.clear()
        self.waiting = 0

    def _number(self, table: str) -> int:
        self.waiting += 1
        self._next[table] += 1
        return self._next[table] - 1

    def _add(self, table: str, **values: object) -> None:
        rows = self._rows[table]
        for name, value in values.items():
            rows[name].append(value)


def hashed(word: str) -> int:
    """A number below 2**32 for a word."""
    return crc32(word.encode())


def millionths(doubt: float) -> int:
    """How many rows are expected to be wrong, as a whole number."""
    return min(round(doubt * 1_000_000), 2**31 - 1)


@lru_cache(maxsize=65_536)
def days(edtf: str | None) -> tuple[int, int]:
    """The ordinals of the first and the last day that a date may mean; 0 where it is not known."""
    found = bounds(edtf)
    return (Date.fromisoformat(found[0]).toordinal(), Date.fromisoformat(found[1]).toordinal()) if found else (0, 0)
