"""Which row has the words of a review now, and which reviews of two events contradict each other."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from dragoman.record.reviewed import Place


class Match(NamedTuple):
    """The row that has the words of a review."""

    document: str
    position: int
    row: str
    """The id that the reading gave it."""
    now: str
    """The id that it has in the views."""

    @property
    def place(self) -> Place:
        return self.document, self.position


_MATCHING = """WITH ends (number, side, row_kind, row, document, start, end) AS MATERIALIZED (
        SELECT number, 0, row_kind, row, document, start, end FROM reviews WHERE undone IS NULL
        UNION ALL SELECT number, 1, row_kind, other, other_document, other_start, other_end FROM reviews
        WHERE undone IS NULL AND other_document IS NOT NULL
    ), near AS (
        SELECT e.*, t.position, t.id AS own, t.id AS now, t.start AS t_start, t.end AS t_end
        FROM ends e CROSS JOIN statements t ON t.document = e.document AND t.start < e.end AND t.end > e.start
        WHERE e.row_kind = 'statement'
        UNION ALL SELECT e.*, t.position, t.event, coalesce(t.same, t.event), t.start, t.end
        FROM ends e CROSS JOIN event_reports t ON t.document = e.document AND t.start < e.end AND t.end > e.start
        WHERE e.row_kind = 'event'
    )
    SELECT number, side, document, position, own, now,
        1.0 * (min(end, t_end) - max(start, t_start)) / max(end - start, t_end - t_start) AS share, row = own AS kept
    FROM near ORDER BY number, side, share DESC, kept DESC, position"""


def matched(connection: sqlite3.Connection) -> dict[tuple[int, int], Match]:
    """The row of each review that holds, by its number, and 0 or, for the other event, 1: the one that stands where the
    review does, else the one that shares most with it, and at least half of the longer of both."""
    found: dict[tuple[int, int], Match] = {}
    for row in connection.execute(_MATCHING):
        if row["share"] >= 0.5:
            match = Match(row["document"], row["position"], row["own"], row["now"])
            found.setdefault((row["number"], row["side"]), match)
    return found


def links(connection: sqlite3.Connection) -> tuple[list[tuple[Place, Place]], list[tuple[Place, Place]]]:
    """Reports that are said to be of one event, and those said not to be, for resolve."""
    found = matched(connection)
    contrary = contradicted(connection, found)
    pairs = _pairs(connection, found)
    together = [(a, b) for _, kind, a, b in pairs if kind == "same"]
    return together, [(a, b) for number, kind, a, b in pairs if kind == "apart" and number not in contrary]


def _pairs(
    connection: sqlite3.Connection, found: Mapping[tuple[int, int], Match]
) -> list[tuple[int, str, Place, Place]]:
    """Number and kind of each review of two reports that both have a row of their own now, and the rows."""
    held = "SELECT number, kind FROM reviews WHERE undone IS NULL AND kind IN ('same', 'apart') ORDER BY number"
    pairs = []
    for number, kind in connection.execute(held):
        one, other = found.get((number, 0)), found.get((number, 1))
        if one and other and one.place != other.place:
            pairs.append((number, kind, one.place, other.place))
    return pairs


def contradicted(connection: sqlite3.Connection, found: Mapping[tuple[int, int], Match]) -> dict[int, list[int]]:
    """Reviews that say that two are apart which others make one, and these others."""
    pairs = _pairs(connection, found)
    group: dict[Place, Place] = {}
    beside: dict[Place, list[Place]] = defaultdict(list)
    for _, kind, a, b in pairs:
        if kind == "same":
            one, other = group.setdefault(a, a), group.setdefault(b, b)
            if one != other:
                for place in (other, *beside.pop(other, ())):
                    group[place] = one
                    beside[one].append(place)
    return {
        number: [n for n, k, x, _ in pairs if k == "same" and group[x] == group[a]]
        for number, kind, a, b in pairs
        if kind == "apart" and a in group and group[a] == group.get(b)
    }
