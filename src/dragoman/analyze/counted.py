"""Figures of many groups of events at once, from the columns of a digest: what `figures` counts event by event."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.analyze.figures import CONFLICT, Figures, wilson
from dragoman.digest.arrays import different
from dragoman.digest.rows import STATUSES
from dragoman.digest.tables import Tables
from dragoman.digest.weight import outlets_of
from dragoman.model import Status
from dragoman.ontology.plover import plover

Array = npt.NDArray[Any]


class Told:
    """Events with their reports, cut out of the digest; events have places here, from 0, in the order of their ids."""

    def __init__(self, tables: Tables, events: Array) -> None:
        """`events` are numbers, each once."""
        ids = tables("events", "id")[events]
        order = np.argsort(ids)
        self.numbers = events[order]
        found: list[bytes] = ids[order].tolist()
        self.ids = b"\0".join(found).decode().split("\0") if found else []
        self.names = np.array(self.ids, dtype=np.object_)
        self.status = tables("events", "status")[self.numbers]
        self.quad = tables("events", "quad")[self.numbers]
        self.score = tables("events", "score")[self.numbers]
        place = np.full(len(tables("events", "status")), -1, dtype=np.int32)
        place[self.numbers] = np.arange(len(self.numbers))
        self.reports, self.documents = _rows(tables, "reports", place)
        self.through, self.passed_on = _rows(tables, "through", place)
        agencies = tables("through", "agency")
        self.agency = agencies[_of(tables("through", "event"), place) >= 0]
        self.outlet = tables("documents", "outlet")[self.documents]
        self.text = tables("documents", "text")[self.documents]
        self.passed_outlet = tables("documents", "outlet")[self.passed_on]
        self.passed_text = tables("documents", "text")[self.passed_on]
        known = [state for _, (_, state) in sorted(outlets_of(tables).items())]
        self.known = np.array([state != "unknown" for state in known] + [False])
        self.owned = np.array([state in ("owned", "funded") for state in known] + [False])

    def places(self, numbers: Array) -> Array:
        """The places of some of the events, given by their numbers."""
        order = np.argsort(self.numbers)
        found: Array = order[np.searchsorted(self.numbers, numbers, sorter=order)]
        return found


def figures_of(told: Told, group: Array, many: int) -> list[Figures]:
    """The figures of `many` groups; `group` has that of each event, -1 where it is of none."""
    happened = told.status == STATUSES.index(Status.HAPPENED)
    counted = np.where(happened, group, -1)
    quads = _counts(counted, told.quad, many, max(plover().quads) + 1)
    others = _counts(group, told.status, many, len(STATUSES))
    of_report = counted[told.reports]
    outlets = _different(of_report, told.outlet, many, least=0)
    key = np.where(told.outlet >= 0, told.outlet, len(told.known) + told.text)
    once = _unique(of_report, told.reports, key)
    reports = np.bincount(once[0], minlength=many)
    outlet = np.where(once[2] < len(told.known), once[2], -1)
    known = np.bincount(once[0][told.known[outlet]], minlength=many)
    owned = np.bincount(once[0][told.owned[outlet]], minlength=many)
    sources = _sources(told, counted, many)
    severity = _severity(told, counted, many)
    ids, other_ids = _ids(told, counted, many), _ids(told, np.where(happened, -1, group), many)
    found = []
    for at in range(many):
        by_quad = {quad: int(quads[at, quad]) for quad in sorted(plover().quads)}
        n, conflict = sum(by_quad.values()), sum(by_quad[quad] for quad in CONFLICT)
        found.append(
            Figures(
                n=n,
                quads=by_quad,
                planned=int(others[at, STATUSES.index(Status.PLANNED)]),
                hypothetical=int(others[at, STATUSES.index(Status.HYPOTHETICAL)]),
                denied=int(others[at, STATUSES.index(Status.DENIED)]),
                conflict_share=conflict / n if n else None,
                conflict_interval=wilson(conflict, n) if n else None,
                severity=severity[at],
                outlets=int(outlets[at]),
                sources=int(sources[at]),
                reports=int(reports[at]),
                reports_known=int(known[at]),
                state_share=int(owned[at]) / int(known[at]) if known[at] else None,
                events=ids[at],
                other_events=other_ids[at],
            )
        )
    return found


def _rows(tables: Tables, table: str, place: Array) -> tuple[Array, Array]:
    """The places of the events of a table's rows, and the documents; only of rows of these events."""
    found = _of(tables(table, "event"), place)
    rows = np.flatnonzero(found >= 0)
    return found[rows], tables(table, "document")[rows]


def _of(events: Array, place: Array) -> Array:
    # Rows that were taken out name the event -1, the last: it may be one of those asked for.
    found: Array = np.where(events >= 0, place[events], -1) if len(place) else np.full(len(events), -1)
    return found


def _counts(group: Array, value: Array, many: int, values: int) -> Array:
    """How often each value below `values` is in each group."""
    inside = group >= 0
    flat = group[inside].astype(np.int64) * values + value[inside]
    return np.bincount(flat, minlength=many * values)[: many * values].reshape(many, values)


def _unique(group: Array, *columns: Array) -> tuple[Array, ...]:
    """The different rows of groups, without those of none, sorted."""
    inside = group >= 0
    parts = [group[inside].astype(np.int64), *(column[inside].astype(np.int64) for column in columns)]
    key = np.zeros(len(parts[0]), dtype=np.int64)
    sizes = [int(part.max()) + 1 if len(part) else 1 for part in parts]
    for part, size in zip(parts, sizes, strict=True):
        key = key * size + part
    key = different(key)
    found: list[Array] = []
    for size in reversed(sizes):
        key, rest = np.divmod(key, size)
        found.append(rest)
    return tuple(reversed(found))


def _different(group: Array, value: Array, many: int, least: int) -> Array:
    """How many different values of at least `least` each group has."""
    return np.bincount(_unique(np.where(value >= least, group, -1), value)[0], minlength=many)


def _sources(told: Told, group: Array, many: int) -> Array:
    """Independent sources of each group: outlets, joined where they have one text or pass on one agency. A document that names
    no outlet is one with those of its text alone."""
    of_report, of_passed = group[told.reports], group[told.through]
    node = np.where(told.outlet >= 0, told.outlet, len(told.known) + told.text)
    passed = np.where(told.passed_outlet >= 0, told.passed_outlet, len(told.known) + told.passed_text)
    found = np.bincount(_unique(of_report, node)[0], minlength=many)
    leader: dict[tuple[int, int], tuple[int, int]] = {}

    def root(one: tuple[int, int]) -> tuple[int, int]:
        while (above := leader.get(one, one)) != one:
            one = above
        return one

    for groups, joined, nodes in (_unique(of_report, told.text, node), _unique(of_passed, told.agency, passed)):
        same = np.flatnonzero((groups[1:] == groups[:-1]) & (joined[1:] == joined[:-1]))
        ends = (groups[same].tolist(), nodes[same].tolist(), nodes[same + 1].tolist())
        for at, one, other in zip(*ends, strict=True):
            first, second = root((at, one)), root((at, other))
            if first != second:
                leader[second] = first
                found[at] -= 1
    return found


def _severity(told: Told, group: Array, many: int) -> list[float | None]:
    """The mean score of each group, rounded once."""
    scored = np.where(np.isnan(told.score), -1, group)
    values = different(told.score[scored >= 0])
    counts = _counts(scored, np.searchsorted(values, told.score), many, max(len(values), 1))
    # As whole numbers over one power of two they are added without rounding.
    ratios = [value.as_integer_ratio() for value in values.tolist()]
    below = max((denominator for _, denominator in ratios), default=1)
    exact = [numerator * (below // denominator) for numerator, denominator in ratios]
    found: list[float | None] = []
    for row in counts.tolist():
        n = sum(row)
        total = sum(value * many for value, many in zip(exact, row, strict=False) if many)
        found.append(total / below / n if n else None)
    return found


def _ids(told: Told, group: Array, many: int) -> list[tuple[str, ...]]:
    """The ids of the events of each group, sorted."""
    order = np.argsort(group, kind="stable")
    ends = np.searchsorted(group[order], np.arange(many + 1)).tolist()
    ids = told.names[order].tolist()
    return [tuple(ids[start:end]) for start, end in pairwise(ends)]
