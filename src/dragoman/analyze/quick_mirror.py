"""Mirror from a digest: the same as from all events, statements and documents, without going through them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.analyze.counted import Told
from dragoman.analyze.mirror import GROUPS, Group, Mirror, Telling, Toward, country
from dragoman.analyze.quick_network import first_told
from dragoman.digest.arrays import different
from dragoman.digest.events import Wanted
from dragoman.digest.events import find as find_events
from dragoman.digest.later import EventsLater
from dragoman.digest.rows import ACTS, STATUSES
from dragoman.digest.sides import Sides
from dragoman.digest.statements import Said, linked_to_both
from dragoman.digest.statements import find as find_statements
from dragoman.digest.tables import Days, Tables
from dragoman.digest.weight import names_of, outlets_of
from dragoman.model import Status
from dragoman.ontology.plover import plover
from dragoman.record import Project

Array = npt.NDArray[Any]


def quick_mirror(tables: Tables, project: Project, sides: Sides, time: Days | None = None) -> Mirror:
    """How the relation of two parties, or what of it lies in a time, is told."""
    told = Told(tables, find_events(tables, Wanted(between=sides, time=time)))
    group_of_outlet = _groups(tables, sides)
    group_of = group_of_outlet[tables("documents", "outlet")]
    of_report = group_of[told.documents]
    telling = np.zeros((len(GROUPS), len(told.ids)), dtype=np.bool_)
    telling[of_report, told.reports] = True
    said = linked_to_both(tables, sides)
    if time:
        said = np.intersect1d(said, find_statements(tables, Said(time=time)), assume_unique=True)
    about = _about(tables, said)
    of_statement = group_of[tables("statements", "document")[said]]
    read = tables.once("texts of outlets", lambda: _texts(tables), lasting=True)
    tellings = []
    for number, group in enumerate(GROUPS):
        own = said[of_statement == number]
        documents = np.concatenate((told.documents[of_report == number], tables("statements", "document")[own]))
        n_read = int(read[np.append(group_of_outlet[:-1] == number, group_of_outlet[-1] == number)].sum())
        tellings.append(_telling(tables, sides, group, told, telling, different(documents), own, about, n_read))
    both = telling[GROUPS.index("a")] & telling[GROUPS.index("b")]
    return Mirror(
        a=sides.actors[0],
        b=sides.actors[1],
        tellings=tuple(tellings),
        n=int((told.status == STATUSES.index(Status.HAPPENED)).sum()),
        told_by_both=int(both.sum()),
        both=tuple(sorted(told.ids[place] for place in np.flatnonzero(both).tolist())),
        events=EventsLater(project, told.ids),
    )


def _groups(tables: Tables, sides: Sides) -> Array:
    """The group of each outlet by its number; the last is that of documents that name none."""
    a, b = (actor.country for actor in sides.actors)
    found = []
    for _, (id, _) in sorted(outlets_of(tables).items()):
        of = country(id)
        group: Group = "unknown" if of is None else "a" if of == a else "b" if of == b else "others"
        found.append(GROUPS.index(group))
    return np.array([*found, GROUPS.index("unknown")], dtype=np.int8)


def _texts(tables: Tables) -> Array:
    """How many different texts each outlet has, by its number; last those of documents that name none."""
    both = np.unique(np.stack((tables("documents", "outlet"), tables("documents", "text"))), axis=1)
    counts = np.bincount(both[0] + 1, minlength=len(outlets_of(tables)) + 1)
    return np.append(counts[1:], counts[0])


def _telling(
    tables: Tables,
    sides: Sides,
    group: Group,
    told: Told,
    telling: Array,
    documents: Array,
    said: Array,
    about: Array,
    n_read: int,
) -> Telling:
    number = GROUPS.index(group)
    here = telling[number]
    own = _different(tables, documents)
    outlet, text = tables("documents", "outlet")[own], tables("documents", "text")[own]
    happened = here & (told.status == STATUSES.index(Status.HAPPENED))
    counts = np.bincount(told.quad[happened], minlength=max(plover().quads) + 1)
    others = np.bincount(told.status[here], minlength=len(STATUSES))
    stated = first_told(tables, said)
    only = np.flatnonzero(here & (telling.sum(axis=0) == 1))
    return Telling(
        group=group,
        outlets=_names(tables, own),
        documents=len(own),
        texts=len(different(text)),
        n_read=n_read,
        state_documents=int(told.owned[outlet].sum()),
        known_documents=int(told.known[outlet].sum()),
        n=int(happened.sum()),
        quads={quad: int(counts[quad]) for quad in sorted(plover().quads)},
        not_happened={
            status.value: int(others[at]) for at, status in enumerate(STATUSES) if status is not Status.HAPPENED
        },
        n_statements=len(stated),
        toward_a=_toward(tables, sides, 0, stated, about),
        toward_b=_toward(tables, sides, 1, stated, about),
        only=tuple(told.ids[place] for place in only.tolist()),
    )


def _different(tables: Tables, documents: Array) -> Array:
    """Of documents of one outlet and text the last by id."""
    ordered = documents[np.argsort(-tables.document_ranks()[documents])]
    outlet, text = tables("documents", "outlet")[ordered].astype(np.int64), tables("documents", "text")[ordered]
    _, first = np.unique((outlet + 1) * (int(text.max(initial=0)) + 1) + text, return_index=True)
    found: Array = ordered[first]
    return found


def _names(tables: Tables, documents: Array) -> tuple[str, ...]:
    """By what names these documents call their outlets."""
    numbers = different(tables("documents", "name")[documents]).tolist()
    return tuple(sorted(names_of(tables)[number] for number in numbers if number >= 0))


def _about(tables: Tables, statements: Array) -> Array:
    """The rows that tell whom these statements are about."""
    chosen = np.zeros(len(tables("statements", "document")), dtype=np.bool_)
    chosen[statements] = True
    of = tables("about", "statement")
    rows = np.flatnonzero(chosen[of])
    return rows[of[rows] >= 0]


def _toward(tables: Tables, sides: Sides, side: int, statements: Array, about: Array) -> tuple[Toward, ...]:
    """A statement about several of a side's people counts once, with the polarity that it has toward one of them."""
    of = tables("about", "statement")
    rows = about[np.isin(of[about], statements, kind="table")]
    rows = rows[sides.side(tables("about", "actor")[rows]) == side]
    if not len(rows):
        return ()
    numbers, place = np.unique(of[rows], return_inverse=True)
    least, most = np.full(len(numbers), 1, dtype=np.int8), np.full(len(numbers), -1, dtype=np.int8)
    np.minimum.at(least, place, tables("about", "polarity")[rows])
    np.maximum.at(most, place, tables("about", "polarity")[rows])
    polarity = np.where(least < 0, least, most)
    acts = tables("statements", "act")[numbers].astype(np.int64)
    counts = np.bincount(3 * acts + polarity + 1, minlength=3 * len(ACTS)).reshape(-1, 3).tolist()
    found = [Toward(act.value, *row) for act, row in zip(ACTS, counts, strict=True) if any(row)]
    return tuple(sorted(found, key=lambda toward: (-toward.n, toward.act)))
