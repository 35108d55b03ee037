"""Statements found by facets, picked out by a digest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.analyze.statements import FACETS, HITS, MOST, NOBODY, Facet, Found, Grouping, Told, Wanted, words_of
from dragoman.digest.rows import ACTS, FORMS
from dragoman.digest.tables import Tables, period, within
from dragoman.digest.weight import outlets_of
from dragoman.model import Act, Form, Statement
from dragoman.ontology.actors import states
from dragoman.record import Project
from dragoman.record.ngrams import folding

Array = npt.NDArray[Any]
_NONE = -1
_POLARITIES = ("-1", "0", "1")


class Finder:
    """Finds statements in one version of a digest."""

    def __init__(self, tables: Tables, project: Project, wanted: Wanted) -> None:
        self._tables, self._project, self._wanted = tables, project, wanted
        self._document = tables("statements", "document")
        self._utterance, self._many = tables.once("utterances", self._numbered)
        self.cut = False

    def found(self, group: Grouping | None, limit: int, offset: int) -> Found:
        """As `statements.found` has it."""
        rows = self._rows()
        unfiltered = self._wanted == Wanted(words=self._wanted.words) and self._wanted.words is None
        counted: Callable[[], tuple[int, int, dict[Facet, Array]]] = lambda: self._counted(rows)  # noqa: E731
        total, documents, counts = self._tables.once("statement facets", counted) if unfiltered else counted()
        tellings = self._by_time(rows)
        groups: Mapping[str, int] = {}
        if group:
            shown, groups = self._grouped(rows, tellings, counts[group], group, limit, offset)
        else:
            shown = [(one, None) for one in self._first(rows, tellings, limit + offset)[offset:]]
        facets = {facet: self._facet(facet, counts[facet]) for facet in FACETS}
        return Found(
            total=total,
            tellings=len(rows),
            documents=documents,
            some=self._told(rows, shown),
            facets=facets,
            different={facet: int(np.count_nonzero(counts[facet])) for facet in FACETS},
            groups=groups,
            outlets=self._called(facets["outlet"]),
            cut=self.cut,
        )

    def _numbered(self) -> tuple[Array, int]:
        """A number from 0 for each utterance, the same for statements that say the same."""
        values, numbers = np.unique(self._tables("statements", "utterance"), return_inverse=True)
        return numbers.astype(np.int32), len(values)

    def _rows(self) -> Array:
        """The numbers of the statements that are wanted."""
        tables, wanted = self._tables, self._wanted
        chosen = self._document >= 0
        speaker = tables("statements", "speaker")
        if wanted.speaker is not None:
            chosen &= speaker == (_NONE if wanted.speaker == NOBODY else self._actor(wanted.speaker))
        if wanted.side is not None:
            chosen &= self._sides()[speaker] == self._actor(wanted.side)
        if wanted.act is not None:
            chosen &= tables("statements", "act") == ACTS.index(Act(wanted.act))
        if wanted.form is not None:
            chosen &= tables("statements", "form") == FORMS.index(Form(wanted.form))
        if wanted.about is not None or wanted.polarity is not None:
            toward = np.zeros(len(chosen), dtype=np.bool_)
            toward[tables("about", "statement")[self._toward()]] = True
            chosen &= toward
        read = self._read()
        if read is not None:
            chosen &= np.append(read, np.False_)[self._document]
        rows = np.flatnonzero(chosen)
        return rows if wanted.words is None else self._saying(rows, wanted.words)

    def _read(self) -> Array | None:
        """The documents of the outlet and the time that are wanted; None for all."""
        tables, wanted = self._tables, self._wanted
        time = period(wanted.since, wanted.until)
        if wanted.outlet is None and time is None:
            return None
        found: Array = np.ones(len(tables("documents", "first")), dtype=np.bool_)
        if wanted.outlet is not None:
            numbers = {id: number for number, (id, _) in outlets_of(tables).items()}
            found &= tables("documents", "outlet") == numbers.get(
                wanted.outlet, _NONE if wanted.outlet == NOBODY else -2
            )
        if time is not None:
            found &= within(tables("documents", "first"), tables("documents", "last"), time)
        return found

    def _toward(self) -> Array:
        """Which rows of those that tell whom statements are about are wanted."""
        tables, wanted = self._tables, self._wanted
        rows: Array = tables("about", "statement") >= 0
        if wanted.about is not None:
            rows = rows & (tables("about", "actor") == self._actor(wanted.about))
        if wanted.polarity is not None:
            rows = rows & (tables("about", "polarity") == int(wanted.polarity))
        return rows

    def _saying(self, rows: Array, words: str) -> Array:
        """Those of the statements that have the words, in the documents that a search for these finds."""
        pattern = words_of(words)
        quoted = " ".join(words.translate(dict.fromkeys(map(ord, '"“”„«»'), " ")).split())
        hits = [hit.document for hit in self._project.search(f'"{quoted}"', HITS)]
        self.cut = len(hits) == HITS
        read = np.zeros(len(self._tables("documents", "first")) + 1, dtype=np.bool_)
        read[list(self._tables.document_numbers(hits).values())] = True
        rows = rows[read[self._document[rows]]]
        kept = [bool(pattern.search(folding(one.text))) for one in self._statements(rows)]
        found: Array = rows[np.array(kept, dtype=np.bool_)]
        return found

    def _counted(self, rows: Array) -> tuple[int, int, dict[Facet, Array]]:
        """How many different statements and documents these are, and by facet how many have each value, by its number; of
        speakers and outlets the first is nobody."""
        tables, told = self._tables, self._utterance[rows]
        # The speaker and the act are the same each time that a statement is told.
        last = np.zeros(self._many, dtype=np.int64)
        last[told] = np.arange(len(rows))
        one = rows[last[told] == np.arange(len(rows))]
        speaker = tables("statements", "speaker")[one]
        outlet = np.append(tables("documents", "outlet"), np.int32(_NONE))[self._document[rows]]
        of, actor = tables("about", "statement"), tables("about", "actor")
        chosen = np.zeros(len(self._document), dtype=np.bool_)
        chosen[rows] = True
        about = np.flatnonzero((of >= 0) & chosen[of])
        toward = about if self._wanted.about is None else about[actor[about] == self._actor(self._wanted.about)]
        counts: dict[Facet, Array] = {
            "speaker": np.bincount(speaker + 1),
            "side": np.bincount(self._sides()[speaker] + 1)[1:],
            "about": _distinct(actor[about], self._utterance[of[about]]),
            "polarity": _distinct(tables("about", "polarity")[toward] + 1, self._utterance[of[toward]]),
            "act": np.bincount(tables("statements", "act")[one]),
            "form": _distinct(tables("statements", "form")[rows], told),
            "outlet": _distinct(outlet + 1, told),
        }
        documents = np.zeros(len(tables("documents", "first")), dtype=np.bool_)
        documents[self._document[rows]] = True
        return len(one), int(documents.sum()), counts

    def _facet(self, facet: Facet, counts: Array) -> dict[str, int]:
        """The values with their counts, most first, at most `MOST`."""
        values = np.flatnonzero(counts)
        if facet in ("polarity", "act", "form"):
            words = {"polarity": _POLARITIES, "act": [one.value for one in ACTS], "form": [one.value for one in FORMS]}[
                facet
            ]
            return _ordered({words[value]: int(counts[value]) for value in values.tolist()})
        if facet == "outlet":
            ids = {number: id for number, (id, _) in outlets_of(self._tables).items()}
            return dict(
                list(_ordered({ids.get(value - 1, NOBODY): int(counts[value]) for value in values.tolist()}).items())[
                    :MOST
                ]
            )
        shift = 1 if facet == "speaker" else 0
        least = np.partition(counts[values], -MOST)[-MOST] if len(values) > MOST else 0
        values = values[counts[values] >= least]
        ranks = np.append(self._tables.actor_ranks(), len(self._tables.actor_ranks()))
        values = values[np.lexsort((ranks[values - shift], -counts[values]))][: MOST + 1]
        actors = self._tables.actors((values - shift)[values >= shift].tolist())
        named = {
            (actors[value - shift].id if value >= shift else NOBODY): int(counts[value]) for value in values.tolist()
        }
        return dict(list(_ordered(named).items())[:MOST])

    def _called(self, outlets: Mapping[str, int]) -> dict[str, str]:
        """What outlets are called."""
        names = dict(self._tables.connection.execute("SELECT id, name FROM outlets"))
        return {id: names.get(id, id) for id in outlets}

    def _by_time(self, rows: Array) -> Array:
        """A number for each of these statements, the less the newer; in a document as the text goes."""

        def ranks() -> Array:
            last, ids = self._tables("documents", "last").astype(np.int64), self._tables("documents", "id")
            rank = np.empty(len(last), dtype=np.int64)
            rank[np.lexsort((ids, np.where(last == 0, np.iinfo(np.int64).max, -last)))] = np.arange(len(last))
            return rank

        rank = self._tables.once(("statements", "newest"), ranks, lasting=True)
        found: Array = (rank[self._document[rows]] << 32) + self._tables("statements", "position")[rows]
        return found

    def _first(self, rows: Array, by_time: Array, many: int) -> list[int]:
        """The newest of these statements, different ones."""
        tried = min(len(rows), 2 * many + 200)
        while True:
            if not tried:
                return []
            some = np.argpartition(by_time, tried - 1)[:tried] if tried < len(rows) else np.arange(len(rows))
            some = some[np.argsort(by_time[some])]
            _, first = np.unique(self._utterance[rows[some]], return_index=True)
            if len(first) >= many or tried == len(rows):
                newest: list[int] = rows[some[np.sort(first)[:many]]].tolist()
                return newest
            tried = min(len(rows), 4 * tried)

    def _grouped(
        self, rows: Array, by_time: Array, counts: Array, group: Grouping, limit: int, offset: int
    ) -> tuple[list[tuple[int, str | None]], Mapping[str, int]]:
        """A page of statements group by group, each with its group, and how many are in these groups."""
        values = self._tables("statements", group)[rows]
        shift = 1 if group == "speaker" else 0
        numbers = np.flatnonzero(counts)
        if group == "speaker":
            ranks = self._tables.actor_ranks()
            actors = ranks[np.maximum(numbers - 1, 0)].astype(np.float64)
            nobody = self._tables.connection.execute("SELECT count(*) FROM actors WHERE id < ?", (NOBODY,)).fetchone()[
                0
            ]
            ties = np.where(numbers == 0, nobody - 0.5, actors)
        else:
            words = np.array([ACTS[number].value for number in numbers])
            ties = np.argsort(np.argsort(words))
        numbers = numbers[np.lexsort((ties, -counts[numbers]))]
        shown: list[tuple[int, str | None]] = []
        groups: dict[str, int] = {}
        before = 0
        for number in numbers.tolist():
            n = int(counts[number])
            if before + n > offset:
                own = np.flatnonzero(values == number - shift)
                some = self._first(rows[own], by_time[own], offset + limit - before)[max(offset - before, 0) :]
                name = self._group(group, number - shift)
                shown += [(row, name) for row in some]
                groups[name] = n
            before += n
            if before >= offset + limit:
                break
        return shown, groups

    def _group(self, group: Grouping, number: int) -> str:
        if group == "act":
            return ACTS[number].value
        return self._tables.actors([number])[number].id if number >= 0 else NOBODY

    def _told(self, rows: Array, shown: list[tuple[int, str | None]]) -> tuple[Told, ...]:
        """The statements at these places, each with its others, the newest first."""
        if not shown:
            return ()
        wanted = np.zeros(self._many, dtype=np.bool_)
        wanted[self._utterance[[row for row, _ in shown]]] = True
        told = rows[wanted[self._utterance[rows]]]
        told = told[np.argsort(self._by_time(told))]
        statements = dict(zip(told.tolist(), self._statements(told), strict=True))
        same: dict[int, list[int]] = {}
        for row in told.tolist():
            same.setdefault(int(self._utterance[row]), []).append(row)
        return tuple(
            Told(
                statements[row],
                tuple(statements[other] for other in same[int(self._utterance[row])] if other != row),
                group,
            )
            for row, group in shown
        )

    def _statements(self, rows: Array) -> list[Statement]:
        documents = self._document[rows].tolist()
        ids = self._tables.documents(set(documents))
        positions = self._tables("statements", "position")[rows].tolist()
        places = [(ids[document], position) for document, position in zip(documents, positions, strict=True)]
        return list(self._project.statements_at(places))

    def _sides(self) -> Array:
        """The state for which each actor speaks, by their numbers, -1 where there is none; the last place is nobody's."""

        def work_out() -> Array:
            party = self._tables.party()
            known = list(self._tables.numbers(states()).values())
            return np.append(np.where(np.isin(party, known), party, _NONE), np.int32(_NONE))

        return self._tables.once("sides of speakers", work_out)

    def _actor(self, id: str) -> int:
        """The number of an actor; that of nobody where the digest has none of this id."""
        return self._tables.numbers([id]).get(id, -2)


def _distinct(values: Array, told: Array) -> Array:
    """How many different things that are told have each value, a whole number from 0."""
    many = int(values.max(initial=-1)) + 1
    if not many:
        return np.empty(0, dtype=np.int64)
    pairs = told.astype(np.int64) * many + values
    pairs.sort()
    different = np.append(np.True_, pairs[1:] != pairs[:-1])
    return np.bincount(pairs[different] % many, minlength=many)


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
