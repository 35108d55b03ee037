"""Coverage from a digest: the same as from all documents, without going through them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date as Date
from typing import cast

import numpy as np

from dragoman.analyze.coverage import Coverage, OutletCoverage, by_number, gaps_of, reasons
from dragoman.digest.arrays import different
from dragoman.digest.tables import Tables
from dragoman.ontology.outlets import State
from dragoman.record import Failure


def quick_coverage(tables: Tables, failures: Iterable[Failure]) -> Coverage:
    """What was read, worked out once for all states of the same documents, and what of the failures was not read later."""
    found = tables.once("coverage", lambda: _coverage(tables), lasting=True)
    read = "SELECT 1 FROM documents WHERE source = ?"
    known = {one.source: tables.connection.execute(read, (one.source,)).fetchone() for one in failures}
    return replace(found, not_read=reasons(one for one in failures if known[one.source] is None))


def _coverage(tables: Tables) -> Coverage:
    days = _days(tables)
    everything = sum(days.values(), Counter[str]())
    whole = dict(sorted(everything.items()))
    languages: dict[int, Counter[str]] = defaultdict(Counter)
    query = "SELECT language, number FROM documents"
    outlet_of = tables("documents", "outlet").tolist()
    for language, number in tables.connection.execute(query):
        languages[outlet_of[number]][language or ""] += 1
    named: dict[int, tuple[str, str, str]] = {
        number: (id, name, state)
        for number, id, name, state in tables.connection.execute("SELECT number, id, name, state FROM outlets")
    }
    pairs = np.unique(np.stack((tables("documents", "outlet"), tables("documents", "text"))), axis=1)
    texts = Counter(pairs[0].tolist())
    end = max(whole, default=None)
    outlets = []
    for number, spoken in languages.items():
        mine, many = dict(sorted(days[number].items())), spoken.total()
        id, name, state = named.get(number, (None, None, "unknown"))
        interval, gaps = gaps_of(list(mine), end) if id else (None, ())
        more = (interval, gaps)
        undated = many - sum(mine.values())
        outlets.append(
            OutletCoverage(id, name, cast(State, state), many, texts[number], mine, undated, by_number(spoken), *more)
        )
    many = len(outlet_of)
    return Coverage(
        documents=many,
        texts=len(different(tables("documents", "text"))),
        undated=many - sum(whole.values()),
        languages=by_number(sum(languages.values(), Counter[str]())),
        days=whole,
        outlets=tuple(sorted(outlets, key=lambda one: (-one.documents, one.outlet is None, one.outlet or ""))),
        not_read=(),
    )


def _days(tables: Tables) -> Mapping[int, Counter[str]]:
    """By outlet, how many documents were published on which day."""
    exact = tables("documents", "exact") == 1
    both = np.stack((tables("documents", "outlet")[exact], tables("documents", "first")[exact]))
    keys, counts = np.unique(both, axis=1, return_counts=True)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for outlet, day, n in zip(*keys.tolist(), counts.tolist(), strict=True):
        found[outlet][Date.fromordinal(day).isoformat()] = n
    return found
