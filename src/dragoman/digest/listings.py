"""Actors, outlets, documents and months: what the record holds and how much of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date

import numpy as np

from dragoman.digest.answers import ActorRow, DocumentRow, Month, OutletRow, Page
from dragoman.digest.loaded import Array
from dragoman.digest.tables import Days, Tables, actor_of, page, within
from dragoman.ontology.fold import fold


@dataclass(frozen=True, slots=True)
class Named:
    """Which actors are wanted; all that is given must hold."""

    query: str | None = None
    """Words of one of its names, in their order, or its id."""
    type: str | None = None
    country: str | None = None


def actors(tables: Tables, wanted: Named, limit: int, offset: int) -> Page[ActorRow]:
    """The actors that are wanted, those of most events and statements first."""
    events, spoken, about = (
        tables.once(("actors", name), _counting(tables, name)) for name in ("parts", "said", "about")
    )
    words = (fold(wanted.query) or "").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    sql = """SELECT number FROM actors WHERE used AND (:all OR folded LIKE :like ESCAPE '\\' OR id = :id)
        AND (:type IS NULL OR type = :type) AND (:country IS NULL OR country = :country)"""
    values = {
        "all": not words,
        "like": f"%{words}%",
        "id": (wanted.query or "").strip(),
        "type": wanted.type,
        "country": wanted.country,
    }
    found = np.array([number for (number,) in tables.connection.execute(sql, values)], dtype=np.int64)
    shown = page(found, -(events + spoken + about)[found], offset, limit)
    query_ = """SELECT a.*, p.id FROM actors a JOIN actors p ON p.number = a.party
        WHERE a.number IN (SELECT value FROM json_each(?))"""
    rows = {row[0]: row for row in tables.connection.execute(query_, (str(shown.tolist()),))}
    return Page(
        len(found),
        tuple(
            ActorRow(actor_of(rows[number]), rows[number][-1], *(int(n[number]) for n in (events, spoken, about)))
            for number in shown.tolist()
        ),
    )


def outlets(tables: Tables) -> tuple[OutletRow, ...]:
    """Those of most documents first; those that name no outlet last."""
    return tables.once("outlet rows", lambda: _outlets(tables), lasting=True)


def _outlets(tables: Tables) -> tuple[OutletRow, ...]:
    outlet, text = tables("documents", "outlet"), tables("documents", "text")
    first, last = tables("documents", "first").astype(np.int64), tables("documents", "last").astype(np.int64)
    known = {row[0]: row[1:] for row in tables.connection.execute("SELECT * FROM outlets")}
    n = np.bincount(outlet + 1, minlength=len(known) + 1)
    texts = np.bincount(np.unique(np.stack((outlet + 1, text)), axis=1)[0], minlength=len(known) + 1)
    earliest = np.full(len(n), Date.max.toordinal() + 1, dtype=np.int64)
    latest = np.zeros(len(n), dtype=np.int64)
    np.minimum.at(earliest, (outlet + 1)[first > 0], first[first > 0])
    np.maximum.at(latest, outlet + 1, last)
    rows = []
    for number in range(len(n)):
        id, name, state = known.get(number - 1, (None, None, "unknown"))
        span = (_iso(earliest[number]), _iso(latest[number])) if latest[number] else (None, None)
        if n[number]:
            rows.append(OutletRow(id, name, state, int(n[number]), int(texts[number]), *span))
    return tuple(sorted(rows, key=lambda row: (row.id is None, -row.documents, row.id or "")))


def documents(tables: Tables, outlet: int | None, time: Days | None, limit: int, offset: int) -> Page[DocumentRow]:
    """The latest first, those without a date last."""
    first, last = tables("documents", "first"), tables("documents", "last")
    chosen = np.ones(len(first), dtype=np.bool_) if outlet is None else tables("documents", "outlet") == outlet
    if time is not None:
        chosen &= within(first, last, time)
    found = np.flatnonzero(chosen)
    keys = np.where(first[found] == 0, np.iinfo(np.int64).max, -first[found].astype(np.int64))
    shown = page(found, keys, offset, limit, tables("documents", "id"))
    rows = {
        row[0]: row[1:]
        for row in tables.connection.execute(
            "SELECT * FROM documents WHERE number IN (SELECT value FROM json_each(?))", (str(shown.tolist()),)
        )
    }
    texts = tables("documents", "text")
    originals = tables.documents(texts[shown].tolist())
    told, said = (tables.once(("documents", name), _holding(tables, name)) for name in ("reports", "statements"))
    listed = []
    for number in shown.tolist():
        id, source, title, name, published, language = rows[number]
        copy_of = originals[int(texts[number])] if texts[number] != number else None
        counts = int(told[number]), int(said[number])
        listed.append(DocumentRow(id, source, title, name, published, language, copy_of, *counts))
    return Page(len(found), tuple(listed))


def months(tables: Tables) -> tuple[Month, ...]:
    """From the first to the last that has a document or an event, without a hole."""

    def count() -> tuple[Month, ...]:
        first, last = tables("documents", "first"), tables("documents", "last")
        published = _months(first)
        published = published[(first > 0) & (published == _months(last))]
        begins = _months(tables.event_days()[0][tables("events", "status") >= 0])
        begins = begins[begins >= 0]
        both = np.concatenate((published, begins))
        if not len(both):
            return ()
        low, many = int(both.min()), int(both.max() - both.min()) + 1
        counts = [np.bincount(some - low, minlength=many) for some in (published, begins)]
        return tuple(
            Month(f"{(low + at) // 12:04}-{(low + at) % 12 + 1:02}", int(counts[0][at]), int(counts[1][at]))
            for at in range(many)
        )

    return tables.once("months", count)


def _counting(tables: Tables, name: str) -> Callable[[], Array]:
    """Counts, for each actor, the events that it takes part in, the statements that it makes, or those about it."""

    def count() -> Array:
        many = len(tables.party())
        if name == "said":
            speaker = tables("statements", "speaker")
            return np.bincount(speaker[(speaker >= 0) & (tables("statements", "document") >= 0)], minlength=many)
        of = {"parts": "event", "about": "statement"}[name]
        return np.bincount(tables(name, "actor")[tables(name, of) >= 0], minlength=many)

    return count


def _holding(tables: Tables, name: str) -> Callable[[], Array]:
    """Counts the events that each document reports, or its statements."""

    def count() -> Array:
        many = len(tables("documents", "first"))
        documents = tables(name, "document")
        if name == "statements":
            return np.bincount(documents[documents >= 0], minlength=many)
        both = np.stack((documents, tables("reports", "event")))[:, tables("reports", "event") >= 0]
        return np.bincount(np.unique(both, axis=1)[0], minlength=many)

    return count


def _months(days: Array) -> Array:
    """Months since the year 0 of ordinals, -1 for 0."""
    dates = (days.astype(np.int64) - Date(1970, 1, 1).toordinal()).astype("datetime64[D]").astype("datetime64[M]")
    found: Array = np.where(days > 0, dates.astype(np.int64) + 1970 * 12, -1)
    return found


def _iso(ordinal: int) -> str:
    return Date.fromordinal(int(ordinal)).isoformat()
