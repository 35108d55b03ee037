"""Statements by who speaks, of whom, how and where, page by page, with the values that the ones found have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dragoman.digest.answers import Facet
from dragoman.digest.loaded import Array, Bools
from dragoman.digest.rows import ACTS, FORMS
from dragoman.digest.sides import Sides
from dragoman.digest.tables import Days, Tables, page, within
from dragoman.digest.weight import outlets_of
from dragoman.model import Act, Form

Order = Literal["earliest", "latest"]
MOST = 15
"""Values of a facet that are told."""


@dataclass(frozen=True, slots=True)
class Said:
    """All conditions that are given must hold."""

    speaker: Sides | None = None
    """One party: it speaks itself, or somebody who acts for it does."""
    about: Sides | None = None
    act: str | None = None
    form: str | None = None
    polarity: int | None = None
    """Toward `about`, else toward anybody whom the statement is about."""
    outlet: int | None = None
    """Number of the outlet that published it."""
    time: Days | None = None
    """Of publication."""


def find(tables: Tables, said: Said) -> Array:
    """The numbers of the statements."""
    documents = tables("statements", "document")
    chosen: Bools | None = None

    def add(more: Bools) -> None:
        nonlocal chosen
        chosen = more if chosen is None else chosen & more

    if said.act is not None:
        add(tables("statements", "act") == ACTS.index(Act(said.act)))
    if said.form is not None:
        add(tables("statements", "form") == FORMS.index(Form(said.form)))
    if said.speaker is not None:
        add(said.speaker.has(tables("statements", "speaker")))
    if said.outlet is not None or said.time is not None:
        read = np.ones(len(tables("documents", "first")), dtype=np.bool_)
        if said.outlet is not None:
            read &= tables("documents", "outlet") == said.outlet
        if said.time is not None:
            read &= within(tables("documents", "first"), tables("documents", "last"), said.time)
        # What was taken out has no document: -1 is the last place, which holds nothing.
        add(np.append(read, np.False_)[documents])
    if said.about is not None or said.polarity is not None:
        add(_toward(tables, said, len(documents)))
    return np.flatnonzero(documents >= 0 if chosen is None else chosen & (documents >= 0))


def ordered(tables: Tables, statements: Array, order: Order, limit: int, offset: int) -> Array:
    """A page of statements by the publication of their documents, those without one last, and in them as the text goes."""

    def ranks() -> Array:
        first, ids = tables("documents", "first").astype(np.int64), tables("documents", "id")
        unknown = np.where(first == 0, np.iinfo(np.int64).max, first if order == "earliest" else -first)
        rank = np.empty(len(first), dtype=np.int32)
        rank[np.lexsort((ids, unknown))] = np.arange(len(first))
        return rank

    rank = tables.once(("documents", order), ranks, lasting=True)
    return page(statements, rank[tables("statements", "document")[statements]], offset, limit)


def facets(tables: Tables, statements: Array) -> Mapping[str, tuple[Facet, ...]]:
    """The most frequent values of what was found."""
    everything = len(statements) == len(tables("statements", "document"))

    def values(name: str) -> Array:
        column = tables("statements", name)
        return column if everything else column[statements]

    outlets = outlets_of(tables)
    outlet = np.append(tables("documents", "outlet"), np.int32(-1))
    by_outlet = outlet[np.repeat(np.arange(len(outlet)), np.bincount(values("document"), minlength=len(outlet)))]
    about, polarity = _about(tables, statements, everything)
    names: dict[str, tuple[Facet, ...]] = {
        "speaker": _actors(tables, values("speaker")),
        "about": _actors(tables, about),
        "act": _words(values("act"), [act.value for act in ACTS]),
        "form": _words(values("form"), [form.value for form in FORMS]),
        "polarity": _words(polarity + 1, ["-1", "0", "1"]),
    }
    ids = {number: id for number, (id, _) in outlets.items()}
    called = dict(tables.connection.execute("SELECT id, name FROM outlets"))
    names["outlet"] = tuple(Facet(ids[number], called[ids[number]], n) for number, n in _most(by_outlet))
    return names


def linked_to_both(tables: Tables, sides: Sides) -> Array:
    """The statements that tie people of the first and of the second party, as speaker, in the chain, or as whom they are
    about."""
    # A bit for each party, both at once.
    bits = np.append(np.where(sides.of == 0, 1, np.where(sides.of == 1, 2, 0)), 0).astype(np.uint8)
    found = bits[tables("statements", "speaker")]
    if bits[:-1][_publishers(tables)].any():
        found |= bits[tables("statements", "publisher")]
    for table in ("about", "relayed"):
        statements, tied = tables(table, "statement"), bits[tables(table, "actor")]
        rows = np.flatnonzero(tied)
        rows = rows[statements[rows] >= 0]
        for bit in (1, 2):
            found[statements[rows[tied[rows] == bit]]] |= bit
    both = np.flatnonzero(found == 3)
    return both[tables("statements", "document")[both] >= 0]


def _publishers(tables: Tables) -> Array:
    """The numbers of the actors that stand last in some chain: mostly outlets, whom few ask for."""

    def find() -> Array:
        publisher = tables("statements", "publisher")
        return np.flatnonzero(np.bincount(publisher[publisher >= 0], minlength=1))

    return tables.once("publishers", find)


def _toward(tables: Tables, said: Said, many: int) -> Bools:
    statements = tables("about", "statement")
    rows = statements >= 0
    if said.about is not None:
        rows = rows & said.about.has(tables("about", "actor"))
    if said.polarity is not None:
        rows = rows & (tables("about", "polarity") == said.polarity)
    found = np.zeros(many, dtype=np.bool_)
    found[statements[rows]] = True
    return found


def _about(tables: Tables, statements: Array, everything: bool) -> tuple[Array, Array]:
    """Whom these statements are about, and with what polarity; each actor of a statement counts."""
    of = tables("about", "statement")
    rows = of >= 0
    if not everything:
        chosen = np.zeros(len(tables("statements", "document")), dtype=np.bool_)
        chosen[statements] = True
        rows &= chosen[of]
    return tables("about", "actor")[rows], tables("about", "polarity")[rows]


def _most(values: Array) -> list[tuple[int, int]]:
    """The most frequent of whole numbers, those under 0 left out, and how frequent they are."""
    counts = np.bincount(values[values >= 0])
    found = np.argsort(-counts, kind="stable")[:MOST]
    return [(int(value), int(counts[value])) for value in found if counts[value]]


def _actors(tables: Tables, values: Array) -> tuple[Facet, ...]:
    most = _most(values)
    actors = tables.actors(number for number, _ in most)
    return tuple(Facet(actors[number].id, actors[number].name, n) for number, n in most)


def _words(values: Array, words: list[str]) -> tuple[Facet, ...]:
    return tuple(Facet(words[value], words[value], n) for value, n in _most(values))
