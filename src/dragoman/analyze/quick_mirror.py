"""Mirror from a digest: the same as from all events, statements and documents, without going through them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.analyze.counted import Told
from dragoman.analyze.mirror import GROUPS, Group, Mirror, Telling, Toward, country
from dragoman.analyze.quick_network import first_told
from dragoman.digest.events import between
from dragoman.digest.later import EventsLater
from dragoman.digest.rows import ACTS, STATUSES
from dragoman.digest.sides import Sides
from dragoman.digest.statements import linked_to
from dragoman.digest.tables import Tables
from dragoman.digest.weight import names_of, outlets_of
from dragoman.model import Status
from dragoman.ontology.plover import plover
from dragoman.record import Project

Array = npt.NDArray[Any]


def quick_mirror(tables: Tables, project: Project, sides: Sides) -> Mirror:
    """How the relation of two parties is told."""
    told = Told(tables, between(tables, sides))
    group_of_outlet = _groups(tables, sides)
    group_of = group_of_outlet[tables("documents", "outlet")]
    of_report = group_of[told.documents]
    telling = np.zeros((len(GROUPS), len(told.ids)), dtype=np.bool_)
    telling[of_report, told.reports] = True
    said = np.flatnonzero(linked_to(tables, sides, 0) & linked_to(tables, sides, 1))
    of_statement = group_of[tables("statements", "document")[said]]
    read = tables.once("texts of outlets", lambda: _texts(tables), lasting=True)
    tellings = []
    for number, group in enumerate(GROUPS):
        own = said[of_statement == number]
        documents = np.concatenate((told.documents[of_report == number], tables("statements", "document")[own]))
        n_read = int(read[np.append(group_of_outlet[:-1] == number, group_of_outlet[-1] == number)].sum())
        tellings.append(_telling(tables, sides, group, told, telling, np.unique(documents), own, n_read))
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
        texts=len(np.unique(text)),
        n_read=n_read,
        state_documents=int(told.owned[outlet].sum()),
        known_documents=int(told.known[outlet].sum()),
        n=int(happened.sum()),
        quads={quad: int(counts[quad]) for quad in sorted(plover().quads)},
        not_happened={
            status.value: int(others[at]) for at, status in enumerate(STATUSES) if status is not Status.HAPPENED
        },
        n_statements=len(stated),
        toward_a=_toward(tables, sides, 0, stated),
        toward_b=_toward(tables, sides, 1, stated),
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
    numbers = np.unique(tables("documents", "name")[documents]).tolist()
    return tuple(sorted(names_of(tables)[number] for number in numbers if number >= 0))


def _toward(tables: Tables, sides: Sides, side: int, statements: Array) -> tuple[Toward, ...]:
    """A statement about several of a side's people counts once, with the polarity that it has toward one of them."""
    chosen = np.zeros(len(tables("statements", "document")), dtype=np.bool_)
    chosen[statements] = True
    of = tables("about", "statement")
    rows = np.flatnonzero((of >= 0) & chosen[of])
    rows = rows[sides.side(tables("about", "actor")[rows]) == side]
    if not len(rows):
        return ()
    numbers, place = np.unique(of[rows], return_inverse=True)
    least, most = np.full(len(numbers), 1, dtype=np.int8), np.full(len(numbers), -1, dtype=np.int8)
    np.minimum.at(least, place, tables("about", "polarity")[rows])
    np.maximum.at(most, place, tables("about", "polarity")[rows])
    polarity = np.where(least < 0, least, most)
    acts = tables("statements", "act")[numbers]
    counts = Counter(zip(acts.tolist(), polarity.tolist(), strict=True))
    found = [Toward(ACTS[act].value, *(counts[act, one] for one in (-1, 0, 1))) for act in set(acts.tolist())]
    return tuple(sorted(found, key=lambda toward: (-toward.n, toward.act)))
