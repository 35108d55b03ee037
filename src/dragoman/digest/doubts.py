"""The rows that nobody has looked at, those first of which most reports can be expected to be wrong."""

from __future__ import annotations

import numpy as np

from dragoman.digest.events import ids_of
from dragoman.digest.loaded import Array
from dragoman.digest.tables import Tables
from dragoman.record.corrections import Applied

_BINS = 4096
"""Of a thousandth of a row each; all that is above is in the last."""
Row = str | tuple[str, int]
"""An event by its id, or a statement by its document and position."""


def most(tables: Tables, applied: Applied, limit: int, offset: int) -> list[Row]:
    """At most `limit` rows, after the first `offset`, in the order of `Project.to_review`."""
    wanted = limit + offset + len(applied.seen)
    alive = np.flatnonzero(tables("events", "status") >= 0), np.flatnonzero(tables("statements", "document") >= 0)
    doubt = tables("events", "doubt")[alive[0]], tables("statements", "doubt")[alive[1]]
    least = _least(doubt, wanted)
    events, statements = (rows[some >= least] for rows, some in zip(alive, doubt, strict=True))
    seen = {(document, one.position) for (document, id), one in applied.statements.items() if id in applied.seen}
    found = [
        *(one for one in _events(tables, events, wanted) if one[-1] not in applied.seen),
        *(one for one in _statements(tables, statements, wanted) if one[-1] not in seen),
    ]
    return [row for *_, row in sorted(found, key=lambda one: one[:-1])[offset : offset + limit]]


Found = tuple[int, int, str, int, Row]
"""What a row is ordered by, and the row."""


def _events(tables: Tables, rows: Array, wanted: int) -> list[Found]:
    doubt, told, ids = (tables("events", name)[rows] for name in ("doubt", "told", "id"))
    order = np.lexsort((ids, -told, -doubt))[:wanted]
    values = zip(ids_of(tables, rows[order]), doubt[order].tolist(), told[order].tolist(), strict=True)
    return [(-doubt, -told, id, 0, id) for id, doubt, told in values]


def _statements(tables: Tables, rows: Array, wanted: int) -> list[Found]:
    doubt, number, position = (tables("statements", name)[rows] for name in ("doubt", "document", "position"))
    documents = tables("documents", "id")
    order = np.lexsort((position, documents[number], -doubt))[:wanted]
    ids = tables.documents(set(number[order].tolist()))
    values = zip(number[order].tolist(), position[order].tolist(), doubt[order].tolist(), strict=True)
    return [(-doubt, -1, ids[number], position, (ids[number], position)) for number, position, doubt in values]


def _least(doubts: tuple[Array, ...], wanted: int) -> int:
    """A doubt that at least so many rows have, and not many more."""
    bins = np.zeros(_BINS, dtype=np.int64)
    for one in doubts:
        bins += np.bincount(np.minimum(one // 1000, _BINS - 1), minlength=_BINS)
    enough = np.flatnonzero(np.cumsum(bins[::-1]) >= wanted)
    return (_BINS - 1 - int(enough[0])) * 1000 if len(enough) else 0
