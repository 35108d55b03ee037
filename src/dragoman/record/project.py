"""A project: the folder that keeps what was read."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from dragoman.errors import InputError, ProjectError, SettingsError
from dragoman.model import Actor, Document, Event, Mention, Reading, Span, Statement
from dragoman.ontology.actors import states
from dragoman.record import chosen, decisions, listing, naming, page, review, view, writer
from dragoman.record.applying import applied
from dragoman.record.blobs import Blobs
from dragoman.record.check import check
from dragoman.record.corrections import Applied
from dragoman.record.database import connect, plain_errors, viewing, writing
from dragoman.record.dates import now
from dragoman.record.decisions import Decided
from dragoman.record.filter import Filter, actor_ids, for_documents, for_reports, for_statements
from dragoman.record.listing import Listed, Wanted
from dragoman.record.meant import Meant, linked, meant_by
from dragoman.record.naming import Imprint, Naming
from dragoman.record.page import Provenance
from dragoman.record.rehearsal import rehearsed
from dragoman.record.relations import Relation, acting, by_pair, party, relation
from dragoman.record.resolving import resolution
from dragoman.record.reviewed import Reviewed, Words
from dragoman.record.search import Hit, search
from dragoman.record.stamp import Stamp, stamp_of
from dragoman.record.standing import find
from dragoman.record.view import Failure, Kinship, Run
from dragoman.resolve.actors import merge_actors
from dragoman.resolve.events import merge_events
from dragoman.resolve.sources import IndependentSource, independent_sources

EVERYTHING = Filter()


class Project:
    """A folder with `project.db` (SQLite) and `blobs/` (the originals). Not to be shared between threads.

    Any number of processes may view it while others write; each writer waits for its turn. Every method raises
    ProjectError where the disk, the folder or the database refuses.
    """

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        """Opens the project in the folder `path`; makes it, and the folder, where there is none and `create` allows it.

        Raises ProjectError where there is none to open, for another program's database, for one of a newer version, and
        where the folder cannot be written.
        """
        self.path = Path(path)
        file = self.path / "project.db"
        if self.path.exists() and not self.path.is_dir():
            raise ProjectError(f"{self.path} is a file: a project is a folder")
        with plain_errors(file):
            if not create and not file.is_file():
                raise ProjectError(f"there is no project in {self.path}: 'dragoman read ... --project' makes one")
            self.path.mkdir(parents=True, exist_ok=True)
        self._file = file
        self._connection = connect(file)
        self._blobs = Blobs(self.path / "blobs")
        self._known: tuple[tuple[int, int], Meant, Applied] | None = None
        self._stamp: tuple[tuple[int, int], Stamp] | None = None
        self._applied: tuple[Stamp, Applied] | None = None

    def start_run(self, reader: str, options: dict[str, object]) -> str:
        """Notes that a run begins; returns its id. `options` must be plain JSON values."""
        run = f"run-{secrets.token_hex(8)}"
        with plain_errors(self._file), writing(self._connection):
            values = (run, reader, json.dumps(options, ensure_ascii=False, sort_keys=True), now())
            self._connection.execute("INSERT INTO runs (id, reader, options, started) VALUES (?, ?, ?, ?)", values)
        return run

    def finish_run(self, run: str) -> None:
        """Notes that a run has come to its end."""
        with plain_errors(self._file), writing(self._connection):
            self._connection.execute("UPDATE runs SET finished = ? WHERE id = ?", (now(), run))

    def has(self, document: str, reader: str) -> bool:
        """Whether the document with this id was read by this reader."""
        return self._one("SELECT 1 FROM documents WHERE id = ? AND reader = ?", document, reader) is not None

    def add(self, reading: Reading, run: str, original: bytes | None = None) -> bool:
        """Keeps the reading, whole or not at all; False where this reader's reading of the document is there already.

        A reading by another reader (or version of it) replaces the rows of the one before. `original` is what the
        source held. Raises InputError, naming the row, where the reading does not stand in its text.
        """
        check(reading)
        document = reading.document.id
        if self.has(document, reading.reader):
            return False
        with plain_errors(self._file):
            digest = self._blobs.put(original) if original is not None else None
            try:
                with writing(self._connection):
                    if self.has(document, reading.reader):
                        return False
                    writer.write_reading(self._connection, reading, run, digest)
            except UnicodeEncodeError as error:
                message = (
                    f"{reading.document.source}: a row of the reading holds half of a surrogate pair ({error.object!r})"
                )
                raise InputError(message) from error
        return True

    def fail(self, run: str, source: str, problem: str, message: str) -> None:
        """Notes that a source could not be read in this run, and why."""
        values = tuple(text.encode("utf-8", "backslashreplace").decode() for text in (run, source, problem, message))
        with plain_errors(self._file), writing(self._connection):
            self._connection.execute("INSERT OR IGNORE INTO failures VALUES (?, ?, ?, ?)", values)

    def resolve(self) -> None:
        """Finds copies and stories, which actors are one, and which reports tell of one event, among all documents.

        The result depends on what was read and decided, not on its order.
        """
        self._resolve(lambda: 0)

    def decide(self, decided: Decided) -> int:
        """Keeps a person's decision about actors, and what follows from it, at once; returns its number. It holds for
        documents that are read later, too. Raises SettingsError where it names an actor or a document that the project does
        not have."""
        return self._resolve(lambda: decisions.add(self._connection, decided), "actor_decisions")

    def undo(self, number: int) -> None:
        """Takes a decision back. Raises SettingsError where there is none of that number that holds."""
        self._resolve(lambda: decisions.undo(self._connection, number), "actor_decisions")

    def _resolve(self, change: Callable[[], int], *tables: str) -> int:
        """Makes a change in these tables together with the resolution that follows from it, all of it or nothing."""
        with plain_errors(self._file):
            with rehearsed(self._connection, *tables):
                state = self._state()
                change()
                found = resolution(self._connection)
            with writing(self._connection):
                # What other processes added while this was sought is sought again, while they wait.
                same = self._state() == state
                number = change()
                writer.write_resolution(self._connection, found if same else resolution(self._connection))
        return number

    def decisions(self) -> list[Decided]:
        """All decisions that were made, those that were undone too."""
        with plain_errors(self._file):
            return decisions.all_decisions(self._connection)

    def review(self, reviewed: Reviewed) -> int:
        """Keeps what a person said of a row; returns its number, the old one where the same was said before. It holds for
        the same words in every later reading. Resolves anew where it says which events are one.

        Raises SettingsError where it names what the project does not have, or contradicts another review.
        """
        return self._review(reviewed.kind, lambda: review.add(self._connection, reviewed, self._meant()))

    def undo_review(self, number: int) -> None:
        """Takes a review back. Raises SettingsError where there is none of that number that holds."""
        with plain_errors(self._file):
            kind = review.kind_of(self._connection, number)
        self._review(kind, lambda: review.undo(self._connection, number))

    def _review(self, kind: str, change: Callable[[], int]) -> int:
        """Makes a change of the reviews, with what follows from one that says which events are one."""
        if kind in ("same", "apart"):
            return self._resolve(change, "reviews")
        with plain_errors(self._file), writing(self._connection):
            return change()

    def reviews(self) -> list[Reviewed]:
        """All that was reviewed, also what was undone, each with the row that it is applied to now, or why it is not."""
        with plain_errors(self._file), viewing(self._connection):
            return review.all_reviews(self._connection, self._meant())

    def words(self, id: str, document: str | None = None) -> list[Words]:
        """Where the words of a statement or of each report of an event stand, as its reading has them; empty where the
        project has nothing of that id. `ID/2` is the second report alone. The `document` of a statement, where it is known,
        makes it quick in a large project."""
        with plain_errors(self._file):
            return find(self._connection, id, document)

    def to_review(self, limit: int = 20, offset: int = 0) -> list[Statement | Event]:
        """What to look at first: statements and events that nobody accepted or corrected, those with most reports of
        least confidence first; `offset` leaves out so many."""
        with plain_errors(self._file), viewing(self._connection):
            meant, reviewed = self._corrected()
            found = view.doubtful(self._connection, limit, offset, meant, reviewed)
            return [merge_events(one) if isinstance(one, list) else one for one in found]

    def why(self, actor: str) -> list[tuple[str, str]]:
        """The actors of documents that are this actor, and why each is."""
        rows = "SELECT actor, why FROM same_actors WHERE meant = ? ORDER BY actor, document"
        with plain_errors(self._file):
            return [(actor, why) for actor, why in self._connection.execute(rows, (actor,))]

    def sources(self, event: Event) -> tuple[IndependentSource, ...]:
        """The independent sources behind an event's reports, as many as there are, and why documents count as one."""
        with plain_errors(self._file):
            return independent_sources(view.origins(self._connection, event))

    def documents(self, filter: Filter = EVERYTHING, *, newest: bool = False) -> Iterator[Document]:
        """Documents by publication date, those without one last; with `newest` the latest first."""
        with plain_errors(self._file):
            _, reviewed = self._corrected()
            yield from view.documents(self._connection, for_documents(filter, self._connection), reviewed, newest)

    def document(self, id: str) -> Document | None:
        """The document with this id, or None."""
        with plain_errors(self._file):
            return view.document(self._connection, id)

    def imprints(self, documents: Iterable[str] | None = None) -> dict[str, Imprint]:
        """What is known of documents beside their texts, by id: of all, or of those with these ids."""
        with plain_errors(self._file):
            return naming.imprints(self._connection, documents)

    def list_documents(self, wanted: Wanted, limit: int, offset: int = 0) -> tuple[int, list[Listed]]:
        """How many documents are wanted, and those from `offset` on without their texts, the newest first. Raises
        SettingsError where a query cannot be understood."""
        with plain_errors(self._file), viewing(self._connection):
            return listing.documents(self._connection, wanted, limit, offset, self._corrected()[1])

    def documents_by_run(self) -> dict[str, int]:
        """How many documents each run read, by its id."""
        with plain_errors(self._file):
            return listing.by_run(self._connection)

    def has_more_than(self, documents: int) -> bool:
        """Whether the record has more documents than so many; counts no further."""
        return self._one("SELECT 1 FROM documents LIMIT 1 OFFSET ?", str(documents)) is not None

    def months(self) -> dict[str | None, int]:
        """How many documents each month of publication has ("2031-05"); None stands for those without one."""
        with plain_errors(self._file):
            return view.months(self._connection)

    def kinship(self, document: str) -> Kinship:
        """The story of a document, and what it is a copy of."""
        row = self._one("SELECT story, copy_of FROM documents WHERE id = ?", document)
        return Kinship(*row) if row else Kinship(None, None)

    def original(self, document: str) -> bytes | None:
        """The source of a document as it was fetched, or None where it was not kept."""
        row = self._one("SELECT original FROM documents WHERE id = ?", document)
        with plain_errors(self._file):
            return self._blobs.get(row[0]) if row and row[0] else None

    def reading(self, document: str) -> Reading:
        """All that was read from the document, as it was added: what people corrected does not change it. Raises
        ProjectError where there is no such document."""
        with plain_errors(self._file), viewing(self._connection):
            found = view.reading(self._connection, document)
        if found is None:
            raise ProjectError(f"there is no document {document} in {self.path}")
        return found

    def actors(self, filter: Filter = EVERYTHING) -> Iterator[Actor]:
        """By id, the actors that mentions, statements and events of the documents have, with all their aliases."""
        with plain_errors(self._file):
            ids = None if filter.actor is None else actor_ids(filter.actor, self._connection)
            condition = for_documents(filter, self._connection)
            yield from map(merge_actors, view.actors(self._connection, condition, ids, *self._corrected()))

    def named(self, actors: Iterable[str]) -> Iterator[Actor]:
        """By id, those of the actors with these ids that the record has."""
        with plain_errors(self._file):
            yield from map(merge_actors, view.named_actors(self._connection, actors, self._meant()))

    def actor_called(self, words: str) -> Actor:
        """The one actor that an id or a name means. Raises SettingsError where it is nobody, or may be one of several."""
        found = list(self.actors(Filter(actor=words)))
        exact = [actor for actor in found if actor.id == words]
        if not found:
            raise SettingsError(f"no actor in {self.path} is called '{words}': 'dragoman actors {self.path}' lists all")
        if len(found) > 1 and not exact:
            ids = ", ".join(f"{actor.id} ({actor.name})" for actor in found[:5])
            raise SettingsError(f"'{words}' may be {ids}: give the id")
        return (exact or found)[0]

    def most_named(
        self,
        words: str | None = None,
        type: str | None = None,
        country: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[int, list[tuple[str, int]]]:
        """How many actors have a name with these words, the last of which may go on, and are of this type and country; and
        of `limit` of them the id and how many documents name it, most first."""
        with plain_errors(self._file), viewing(self._connection):
            return naming.most_named(self._connection, self._meant(), words, type, country, limit, offset)

    def namings(self, actor: str, limit: int = 20) -> tuple[int, list[Naming]]:
        """How many documents name the actor with this id, and the newest of them."""
        with plain_errors(self._file):
            return naming.namings(self._connection, actor, limit)

    def read_names(self, actors: Iterable[str]) -> dict[str, str]:
        """By id, what documents call actors with these ids, also those that resolve or a person found to be another."""
        with plain_errors(self._file):
            return naming.read_names(self._connection, actors)

    def countries(self) -> list[str]:
        """The codes of all countries that actors have."""
        with plain_errors(self._file):
            return naming.countries(self._connection)

    def statements(self, filter: Filter = EVERYTHING) -> Iterator[Statement]:
        """Statements in the order of documents and text; an actor's are those it speaks, relays or is spoken of in."""
        with plain_errors(self._file):
            meant, reviewed = self._corrected()
            wanted = meant.wanted(filter.actor, self._connection)
            condition = for_statements(filter, self._connection)
            for statement in view.statements(self._connection, condition, meant, reviewed):
                if wanted is None or wanted & linked(statement):
                    yield statement

    def events(self, filter: Filter = EVERYTHING) -> Iterator[Event]:
        """Events by date, those without one last, each with all its reports, not only those that the filter names."""
        with plain_errors(self._file):
            meant, reviewed = self._corrected()
            ids = view.event_ids(self._connection, for_reports(filter, self._connection), reviewed)
            wanted = meant.wanted(filter.actor, self._connection)
            for event in map(merge_events, view.event_reports(self._connection, ids, meant, reviewed)):
                if wanted is None or not wanted.isdisjoint(acting(event)):
                    yield event

    def statements_in(self, document: str, within: Span | None = None) -> list[Statement]:
        """The statements of one document, or of a part of its text, in the order of the text."""
        with plain_errors(self._file):
            wanted, meant = page.statements_of(document, within), meant_by(self._connection, [document])
            return list(view.statements(self._connection, wanted, meant, self.applied()))

    def events_in(self, document: str, within: Span | None = None) -> list[Event]:
        """The events that one document, or a part of its text, reports, by date, each with all its reports."""
        start, end = within or page.EVERYWHERE
        with plain_errors(self._file), viewing(self._connection):
            found = list(self.events_with(page.event_ids(self._connection, document, within)))
        return [
            event
            for event in found
            if any(one.document == document and one.start < end and one.end > start for one in event.reports)
        ]

    def mentions_in(self, document: str, within: Span) -> list[Mention]:
        """Who is named in a part of a document's text, in its order, each with the actor that is meant."""
        with plain_errors(self._file), viewing(self._connection):
            return page.mentions(self._connection, document, within, meant_by(self._connection, [document]))

    def place_in(self, document: str, row: str) -> Span | None:
        """Where the words of a statement or event stand in a document, or first stand; None where they do not."""
        with plain_errors(self._file):
            return page.place(self._connection, document, row)

    def provenance(self, document: str) -> Provenance | None:
        """By which reader and when a document was read, and what was not; None where there is no such document."""
        with plain_errors(self._file):
            return page.provenance(self._connection, document)

    def kin(self, document: str, limit: int = 20) -> tuple[int, list[Imprint]]:
        """How many other documents the story of a document has, its copies too, and the first of them by date."""
        with plain_errors(self._file), viewing(self._connection):
            return page.kin(self._connection, document, limit)

    def events_with(self, ids: Sequence[str]) -> Iterator[Event]:
        """Those of the events with these ids that the record has, in the order of the ids."""
        with plain_errors(self._file):
            yield from chosen.events_with(self._connection, ids, self.applied())

    def events_of(self, documents: Iterable[str]) -> list[str]:
        """The ids of all events that one of the documents reports, those too of which every report was rejected."""
        with plain_errors(self._file):
            return chosen.events_of(self._connection, documents)

    def statements_at(self, places: Sequence[tuple[str, int]]) -> Iterator[Statement]:
        """The statements at these places, each a document and a position in its reading, in their order."""
        with plain_errors(self._file):
            yield from chosen.statements_at(self._connection, places, self.applied())

    def statements_of(self, document: str) -> Iterator[tuple[int, Statement]]:
        """The statements of a document in the order of the text, each with its position in the reading."""
        with plain_errors(self._file):
            yield from chosen.statements_of(self._connection, document, self.applied())

    def applied(self) -> Applied:
        """What the reviews that hold change in the rows as they are now."""
        with plain_errors(self._file):
            stamp = self.stamp()
            if self._applied is None or self._applied[0] != stamp:
                self._applied = stamp, chosen.applied(self._connection)
            return self._applied[1]

    def stamp(self) -> Stamp:
        """The state of the record in a few values, which change when it does."""
        with plain_errors(self._file):
            at = self._state(), self._connection.total_changes
            if self._stamp is None or self._stamp[0] != at:
                self._stamp = at, stamp_of(self._connection)
            return self._stamp[1]

    def ids(self, actor: str) -> set[str]:
        """Ids of the actors that an id, an ISO 3166 code or a name means, and of all that are the same actor."""
        with plain_errors(self._file):
            return actor_ids(actor, self._connection)

    def relations(self, filter: Filter = EVERYTHING) -> list[Relation]:
        """For each pair of actors their events, busiest first; `limit` counts pairs, `actor` must be one of the two."""
        # Whoever acts for a state does so under a name of his own, so that all events are looked at.
        unlimited = replace(filter, limit=None, actor=None)
        with plain_errors(self._file), viewing(self._connection):
            only = None if filter.actor is None else actor_ids(filter.actor, self._connection)
            events = list(self.events(unlimited))
            actors = {actor.id: actor for actor in self.named({id for event in events for id in acting(event)})}
            parties = {id: party(actor) for id, actor in actors.items()}
            found = list(by_pair(events, only, parties).items())[: filter.limit]
            actors |= {id: states()[id] for pair, _ in found for id in pair if id not in actors}
        return [relation(actors[a], actors[b], events) for (a, b), events in found]

    def search(self, query: str, limit: int = 20, offset: int = 0) -> list[Hit]:
        """Documents that a query of the query language finds, the most relevant first. Raises SettingsError where it
        cannot be understood."""
        with plain_errors(self._file):
            return search(self._connection, query, limit, offset, self._corrected()[1])

    def failures(self, run: str | None = None) -> list[Failure]:
        """What could not be read, in one run or in all."""
        with plain_errors(self._file):
            return view.failures(self._connection, run)

    def runs(self) -> list[Run]:
        """All runs, the earliest first."""
        with plain_errors(self._file):
            return view.runs(self._connection)

    def counts(self) -> dict[str, int]:
        """How many there are of each kind; `events` counts an event once however many `reports` it has."""
        with plain_errors(self._file), viewing(self._connection):
            return view.counts(self._connection, self._corrected()[1])

    def snapshot(self) -> AbstractContextManager[None]:
        """All that is viewed within sees one state of the project, whatever other processes write meanwhile."""
        return viewing(self._connection)

    def close(self) -> None:
        """Lets go of the files."""
        self._connection.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Project({str(self.path)!r})"

    def _repr_html_(self) -> str:
        from dragoman.record.html import table

        return table(self.path, self.counts(), self.relations(Filter(limit=10)))

    def _one(self, query: str, *values: str) -> sqlite3.Row | None:
        with plain_errors(self._file):
            row: sqlite3.Row | None = self._connection.execute(query, values).fetchone()
            return row

    def _state(self) -> int:
        """A number that changes when another connection has written."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def _meant(self) -> Meant:
        return meant_by(self._connection)

    def _corrected(self) -> tuple[Meant, Applied]:
        """Who the actors of documents are, and what people corrected."""
        seen = (self._state(), self._connection.total_changes)
        if self._known is None or self._known[0] != seen:
            meant = self._meant()
            self._known = seen, meant, applied(self._connection, meant)
        return self._known[1:]
