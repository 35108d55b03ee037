"""Evidence: the words of rows as a brief cites them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dragoman.analyze.network import Parties, parties_of
from dragoman.brief.english import listed
from dragoman.brief.parts import Evidence
from dragoman.brief.wording import say
from dragoman.digest.tying import sentences
from dragoman.errors import SettingsError
from dragoman.exchange.plain import clean
from dragoman.model import ChainLink, Document, Event, EventReport, Statement
from dragoman.record import Project
from dragoman.record.dates import sort_key

MOST = 4
"""Words of one event or demand that a sentence cites."""
FEW = 12
"""Words of a report that are enough to tell what it was."""


def cite(project: Project, ids: Iterable[str]) -> tuple[Evidence, ...]:
    """The evidence that rows give a sentence that a person writes: the words of statements, and of events one report of each
    independent source. Raises SettingsError where the record has no row of an id."""
    wanted = list(dict.fromkeys(ids))
    with project.snapshot():
        documents = {words.document for id in wanted for words in project.words(id)}
        rows = rows_of(project, wanted, documents)
        if missing := next((id for id in wanted if id not in rows), None):
            raise SettingsError(f"the record has no statement or event {missing}: 'dragoman show --ids' lists them")
        chains = [
            report.chain for row in rows.values() for report in (row.reports if isinstance(row, Event) else (row,))
        ]
        citer = Citer(project, parties_of(project, {link.actor for chain in chains for link in chain if link.actor}))
        return tuple(one for id in wanted for one in citer.row(rows[id]))


def rows_of(project: Project, ids: Iterable[str], documents: Iterable[str]) -> dict[str, Statement | Event]:
    """By id, the events, and the statements of some documents, that the record has of these ids, as people corrected them."""
    wanted = set(ids)
    said = [one for document in sorted(set(documents)) for one in project.statements_in(document) if one.id in wanted]
    rows: list[Statement | Event] = [*said, *project.events_with(sorted(wanted))]
    return {row.id: row for row in rows}


def told(row: Statement | Event) -> str:
    """What a row is taken for, in one line."""
    if isinstance(row, Statement):
        return f"{row.act.value} by {row.speaker.actor or row.speaker.name or '?'}"
    kind = " ".join(filter(None, (row.type, row.mode, row.status.value)))
    return f"{kind}: {' + '.join(sorted(row.actor))} -> {' + '.join(sorted(row.recipient)) or '?'}"


def chain(links: Iterable[ChainLink], outlet: str | None, parties: Parties) -> str:
    """The way of the words in words, innermost first: "Chizhov, through Kerimov and JAMnews"."""
    named = [clean(link.name or (parties.name(link.actor) if link.actor else "")) for link in links]
    mouths = list(dict.fromkeys([name or say("not_named") for name in named] + ([clean(outlet)] if outlet else [])))
    return say("chain", who=mouths[0], relays=listed(mouths[1:], 9)) if len(mouths) > 1 else "".join(mouths)


class Citer:
    """Cites rows of a project; `parties` has the actors of their chains."""

    def __init__(self, project: Project, parties: Parties) -> None:
        self._project, self._parties = project, parties
        self.document = lru_cache(maxsize=None)(self._document)
        """The document with an id. Raises KeyError where there is none."""
        self._sentences = lru_cache(maxsize=None)(lambda id: sentences(self.document(id).text))

    def row(self, row: Statement | Event) -> tuple[Evidence, ...]:
        return self.event(row) if isinstance(row, Event) else (self.statement(row),)

    def statement(self, said: Statement) -> Evidence:
        return self._cited(said, said.document, said.start, said.end, said.chain)

    def report(self, event: Event, report: EventReport) -> Evidence:
        """The words of a report, and those up to the end of their sentence where they are too few to tell what it was."""
        end = report.end if len(report.text.split()) >= FEW else self._end(report)
        return self._cited(event, report.document, report.start, end, report.chain)

    def around(self, event: Event, document: str, start: int, end: int) -> Evidence:
        """Wider words of a document that hold a report of an event."""
        return self._cited(event, document, start, end, ())

    def event(self, event: Event) -> tuple[Evidence, ...]:
        """One report of each independent source of an event, the surest of each, at most `MOST`; the earliest first."""
        best = []
        for source in self._project.sources(event):
            told = [report for report in event.reports if report.document in source.documents]
            best.append(min(told, key=lambda report: (-report.confidence, *self.place(report))))
        best.sort(key=lambda report: (-report.confidence, *self.place(report)))
        return tuple(self.report(event, report) for report in sorted(best[:MOST], key=self.place))

    def statements(self, said: Iterable[Statement]) -> tuple[Evidence, ...]:
        """Statements of different documents, at most `MOST`; the earliest first."""
        ordered = sorted(said, key=self.place)
        first = {one.document: one for one in reversed(ordered)}
        return tuple(self.statement(one) for one in ordered if first[one.document] is one)[:MOST]

    def place(self, row: Statement | EventReport) -> tuple[tuple[str, str], str, int, int]:
        """Sorts by publication, source and place in the text."""
        document = self.document(row.document)
        return sort_key(document.published.value), document.source, row.start, row.end

    def _end(self, report: EventReport) -> int:
        """Where the sentence of a report ends, without blanks."""
        text = self.document(report.document).text
        end = next((end for start, end in self._sentences(report.document) if start <= report.start < end), report.end)
        return max(report.end, report.start + len(text[report.start : end].rstrip()))

    def _document(self, id: str) -> Document:
        found = self._project.document(id)
        if found is None:
            raise KeyError(id)
        return found

    def _cited(
        self, row: Statement | Event, document: str, start: int, end: int, links: Iterable[ChainLink]
    ) -> Evidence:
        of = self.document(document)
        return Evidence(
            kind="event" if isinstance(row, Event) else "statement",
            row=row.id,
            document=document,
            start=start,
            end=end,
            text=of.text[start:end],
            chain=chain(links, of.outlet, self._parties),
            outlet=of.outlet,
            title=of.title,
            author=of.author,
            published=of.published.value,
            source=of.source,
            language=of.language,
            told=told(row),
        )
