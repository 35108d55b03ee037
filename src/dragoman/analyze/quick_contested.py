"""Contested events of a large record, picked out by a digest."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.analyze.contested import MOST, Contests, ordered, told
from dragoman.analyze.quick_accounts import FromDigest
from dragoman.digest import Digest
from dragoman.digest.events import Wanted, find, ids_of, most_told
from dragoman.digest.tables import Tables, period
from dragoman.model import Statement, Status


class Reports(FromDigest):
    """What accounts look at, without the denials in other documents, which take too long to be found for many events."""

    def denials(self, concerned: frozenset[str], words: frozenset[str], least: int) -> Iterable[Statement]:
        return ()


def of_most(digest: Digest, of: str | None, since: str | None, until: str | None) -> Contests:
    """The events, of a party and a time, that reports deny and most documents report, with who holds what."""
    side = digest.sides((of,)) if of else None

    def answer(tables: Tables) -> Contests:
        record = Reports(tables, digest.project)
        wanted = Wanted(taking_part=side, status=Status.DENIED.value, time=period(since, until))
        ids = ids_of(tables, most_told(tables, find(tables, wanted), MOST))
        events = list(digest.project.events_with(ids))
        return Contests(ordered(told(digest.project, one, record, record.parties) for one in events), len(events))

    return digest.ask(answer)
