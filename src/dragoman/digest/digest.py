"""A digest: what the views need of a record, made from it once, brought up to date, and asked in place of all its rows."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Literal, TypeVar
from weakref import WeakKeyDictionary

from dragoman.digest import doubts, events, listings, relations, statements
from dragoman.digest.answers import (
    ActorRow,
    DocumentRow,
    EventRow,
    Month,
    OutletRow,
    Page,
    RelationRow,
    StatementPage,
)
from dragoman.digest.build import APPLICATION, NAME, Progress, build
from dragoman.digest.corrections import catch_up
from dragoman.digest.loaded import Moved, forget, loaded
from dragoman.digest.sides import Sides, named, sides_of
from dragoman.digest.state import made, parts_of, state_of
from dragoman.digest.tables import Tables, period
from dragoman.digest.weight import weighed
from dragoman.errors import ProjectError, SettingsError
from dragoman.model import Act, Actor, Event, Form, Statement, Status
from dragoman.ontology.fold import fold
from dragoman.ontology.outlets import publisher
from dragoman.record import Project
from dragoman.record.database import plain_errors, writing

T = TypeVar("T")
Order = Literal["earliest", "latest"]


class Digest:
    """Answers from `digest.db` in the folder of a project. Like the project, it is for one thread; `open` costs little, so ask
    for it anew for each question, and what was corrected meanwhile is in the answer.

    Times are EDTF dates, `until` included. An actor is named by an id, an ISO 3166 code or a name; whoever acts for a state is
    meant with it. Methods raise SettingsError where a name means nobody or several, or a date is none.
    """

    def __init__(self, project: Project, connection: sqlite3.Connection, identity: str, behind: bool) -> None:
        self.project = project
        self.behind = behind
        """Whether the record has more than the digest: documents were read, or resolved anew, since it was made."""
        self._connection, self._identity = connection, identity
        self._tables = Tables(connection, loaded(connection, identity))

    @classmethod
    def open(cls, project: Project, *, behind_too: bool = False) -> Digest | None:
        """The digest of a project, with all that people corrected up to now; None where there is none or, unless `behind_too`
        or within `also_behind`, where the record has more than it. Makes none."""
        behind_too = behind_too or _also_behind.get()
        try:
            found = _connected(project)
            if found is None:
                return None
            connection, identity = found
            now, kept = state_of(project), parts_of(connection)
            if kept.get("form") != now["form"]:
                return None
            behind = kept != now and not _caught_up(connection, project)
            return cls(project, connection, identity, behind) if behind_too or not behind else None
        except (sqlite3.Error, OSError):
            return None

    @classmethod
    def make(cls, project: Project, progress: Progress = lambda what, done: None) -> Digest:
        """Makes the digest of a project anew: some minutes for a large one. `progress` is told what is written and how many
        there are of it so far.

        Raises ProjectError where the folder cannot be written.
        """
        with plain_errors(project.path / NAME):
            build(project, progress)
        digest = cls.open(project, behind_too=True)
        if digest is None:
            raise ProjectError(f"{project.path / NAME} cannot be read though it was written: try again")
        return digest

    def relations(
        self,
        actor: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Page[RelationRow]:
        """Pairs of parties, those with most events first; an `actor` takes part in the events that count. The total is of
        pairs. An event lies in a period by the days it may be of, or by those of the documents that tell it."""
        time = period(since, until)

        def answer(tables: Tables) -> Page[RelationRow]:
            only = None
            if actor is not None:
                only = frozenset(tables.numbers(self.project.ids(actor)).values())
            return relations.relations(tables, time, only, limit, offset)

        return self.ask(answer)

    def events(
        self,
        pair: tuple[str, str] | None = None,
        actor: str | None = None,
        type: str | None = None,
        status: str | None = None,
        since: str | None = None,
        until: str | None = None,
        order: Order = "earliest",
        limit: int = 50,
        offset: int = 0,
        *,
        direction: events.Direction | None = None,
        quad: int | None = None,
    ) -> Page[EventRow]:
        """Events between two parties, or in which one takes part, of a PLOVER type, a quad and a status; those without a date
        by when they were told, those without either last. With a `direction` those that one of the pair does toward the
        other."""
        time = period(since, until)

        def answer(tables: Tables) -> tuple[int, list[str]]:
            wanted = events.Wanted(
                between=sides_of(tables, self.project, pair) if pair else None,
                direction=direction,
                quad=quad,
                taking_part=self._side(tables, actor),
                type=type.upper() if type else None,
                status=_known(status, [one.value for one in Status], "status"),
                time=time,
            )
            found = events.find(tables, wanted)
            return len(found), events.ids_of(tables, events.ordered(tables, found, order, limit, offset))

        total, ids = self.ask(answer)
        rows = list(self.project.events_with(ids))
        return Page(total, self.ask(lambda tables: weighed(tables, rows)))

    def statements(
        self,
        speaker: str | None = None,
        about: str | None = None,
        act: str | None = None,
        form: str | None = None,
        polarity: int | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        order: Order = "latest",
        limit: int = 50,
        offset: int = 0,
    ) -> StatementPage:
        """Statements by the publication of their documents, and how many of those found have which speaker, act and so on.
        `polarity` (-1, 0, 1) is toward `about`, else toward anybody; `outlet` is an id or a name."""
        time = period(since, until)

        def answer(tables: Tables) -> tuple[StatementPage, list[tuple[str, int]]]:
            said = statements.Said(
                speaker=self._side(tables, speaker),
                about=self._side(tables, about),
                act=_known(act, [one.value for one in Act], "act"),
                form=_known(form, [one.value for one in Form], "form"),
                polarity=polarity,
                outlet=_outlet(tables, outlet),
                time=time,
            )
            found = statements.find(tables, said)
            shown = statements.ordered(tables, found, order, limit, offset)
            documents = tables("statements", "document")[shown].tolist()
            ids = tables.documents(documents)
            positions = tables("statements", "position")[shown].tolist()
            places = [(ids[document], position) for document, position in zip(documents, positions, strict=True)]
            if speaker or about or time:
                counts = statements.facets(tables, found)
            else:
                counts = tables.once(("facets", said), lambda: statements.facets(tables, found))
            return StatementPage(len(found), (), counts), places

        page, places = self.ask(answer)
        return StatementPage(page.total, tuple(self.project.statements_at(places)), page.facets)

    def actors(
        self,
        query: str | None = None,
        limit: int = 50,
        offset: int = 0,
        type: str | None = None,
        country: str | None = None,
    ) -> Page[ActorRow]:
        """Actors, those with most events and statements first, all or those of whose names `query` is a part, and of a type
        and a country."""
        wanted = listings.Named(query, type, country)
        return self.ask(lambda tables: listings.actors(tables, wanted, limit, offset))

    def named(self, ids: Iterable[str]) -> list[Actor]:
        """By id, those of the actors with these ids that the record has."""
        wanted = sorted(set(ids))
        return self.ask(lambda tables: list(named(tables, wanted)))

    def countries(self) -> list[str]:
        """The codes of all countries that actors have."""
        query = "SELECT DISTINCT country FROM actors WHERE used AND country IS NOT NULL ORDER BY country"
        return self.ask(lambda tables: [country for (country,) in tables.connection.execute(query)])

    def outlets(self) -> tuple[OutletRow, ...]:
        """Outlets, those with most documents first."""
        return self.ask(listings.outlets)

    def documents(
        self,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> Page[DocumentRow]:
        """Documents of an outlet (an id or a name) and a period, the latest first."""
        time = period(since, until)
        return self.ask(lambda tables: listings.documents(tables, _outlet(tables, outlet), time, limit, offset))

    def months(self) -> tuple[Month, ...]:
        """How many documents and events there are of each month, without a hole."""
        return self.ask(listings.months)

    def totals(self) -> Mapping[str, int]:
        """How many there are of each kind, as `Project.counts` has it."""

        def answer(tables: Tables) -> dict[str, int]:
            counts = dict(made(tables.connection)["counts"])
            for name, column in (("statements", "document"), ("events", "status")):
                counts[name] = int((tables(name, column) >= 0).sum())
            return counts

        return self.ask(answer)

    def names(self, actors: Iterable[str]) -> Mapping[str, str]:
        """The names of those of the actors with these ids that the record has, by id."""
        wanted = sorted(actors)
        return self.ask(lambda tables: {actor.id: actor.name for actor in named(tables, wanted)})

    def to_review(self, limit: int = 20, offset: int = 0) -> list[Statement | Event]:
        """What to look at first, as `Project.to_review` has it."""
        applied = self.project.applied()
        found = self.ask(lambda tables: doubts.most(tables, applied, limit, offset))
        events_ = {one.id: one for one in self.project.events_with([row for row in found if isinstance(row, str)])}
        said = iter(self.project.statements_at([row for row in found if not isinstance(row, str)]))
        return [events_[row] if isinstance(row, str) else next(said) for row in found]

    def ask(self, question: Callable[[Tables], T]) -> T:
        """The answer to a question to the columns of the digest."""
        while True:
            try:
                return question(self._tables)
            except Moved:
                self._tables = Tables(self._connection, loaded(self._connection, self._identity))

    def sides(self, wanted: Sequence[str]) -> Sides:
        """The parties that are meant, each with all who act for it."""
        return self.ask(lambda tables: sides_of(tables, self.project, wanted))

    def _side(self, tables: Tables, actor: str | None) -> Sides | None:
        return None if actor is None else sides_of(tables, self.project, (actor,))


_also_behind: ContextVar[bool] = ContextVar("also_behind", default=False)


@contextmanager
def also_behind() -> Iterator[None]:
    """All that is asked within takes a digest also where the record has more than it: an answer at once, of a moment ago."""
    before = _also_behind.set(True)
    try:
        yield
    finally:
        _also_behind.reset(before)


_open: WeakKeyDictionary[Project, tuple[sqlite3.Connection, str]] = WeakKeyDictionary()


def _connected(project: Project) -> tuple[sqlite3.Connection, str] | None:
    """A connection to the digest of a project, and what tells this digest from any other; None where there is none."""
    file = project.path / NAME
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    identity = f"{file.resolve()} {found.st_dev} {found.st_ino}"
    known = _open.get(project)
    if known is not None and known[1] == identity:
        return known
    if known is not None:
        known[0].close()
        forget(known[1])
        del _open[project]
    connection = _connect(file)
    if connection is None:
        return None
    _open[project] = connection, identity
    return connection, identity


def _connect(file: Path) -> sqlite3.Connection | None:
    writable = os.access(file.parent, os.W_OK) and os.access(file, os.W_OK)
    address = f"{file.resolve().as_uri()}?mode={'rw' if writable else 'ro'}"
    connection = sqlite3.connect(address, uri=True, timeout=10, isolation_level=None)
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
    except sqlite3.Error:
        application = 0
    if application != APPLICATION:
        connection.close()
        return None
    return connection


def _caught_up(connection: sqlite3.Connection, project: Project) -> bool:
    with writing(connection):
        return catch_up(connection, project)


def _outlet(tables: Tables, outlet: str | None) -> int | None:
    """The number of an outlet; that of nobody where the record has none of this id or name."""
    if outlet is None:
        return None
    query = "SELECT number FROM outlets WHERE id IN (?, ?, ?)"
    row = tables.connection.execute(query, (outlet, publisher(outlet)[0], fold(outlet))).fetchone()
    return int(row[0]) if row else -2


def _known(value: str | None, words: list[str], what: str) -> str | None:
    if value is not None and value not in words:
        raise SettingsError(f"'{value}' is no {what}: choose from {', '.join(words)}")
    return value
