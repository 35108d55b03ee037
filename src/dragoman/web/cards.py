"""Events and statements as screens show them: with names in place of ids, and each with the way to its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.digest import Digest
from dragoman.model import ChainLink, Document, Event, EventReport, Statement
from dragoman.ontology.actors import states
from dragoman.ontology.plover import plover
from dragoman.record import Imprint, Project
from dragoman.record.relations import acting

SHOWN = 5
"""Reports of one event that its card shows."""


@dataclass(frozen=True, slots=True)
class Named:
    """An actor by its id, None where the text names somebody whom the record does not know, and what it is called."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """The document in which words stand."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    """EDTF."""
    source: str
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a page: `document_text[start:end] == text`."""

    page: Page
    row: str
    """Id of the event or statement that was read from them."""
    start: int
    end: int
    text: str
    chain: tuple[Named, ...]
    """Who says so, innermost first; the outlet of the page is the last."""
    confidence: float
    copies: tuple[Page, ...] = ()
    """Further pages that repeat the same text."""


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event with where it stands."""

    id: str
    date: str | None
    date_basis: str | None
    type: str
    mode: str | None
    context: tuple[str, ...]
    quad: int
    score: float | None
    """PLOVER's severity of the type or mode."""
    status: str
    actors: tuple[Named, ...]
    recipients: tuple[Named, ...]
    place: str | None
    words: tuple[Words, ...]
    """The first reports, copies folded."""
    documents: int
    sources: int
    """Independent ones."""
    sources_why: tuple[str, ...]
    """Why documents count as one source."""
    differing: tuple[tuple[str, tuple[str, ...]], ...]
    """What reports tell differently, and each value."""


@dataclass(frozen=True, slots=True)
class StatementCard:
    """A statement with where it stands."""

    id: str
    words: Words
    speaker: Named
    role: str | None
    act: str
    form: str
    about: tuple[tuple[Named, int], ...]
    """With the polarity."""
    condition: str | None
    """Id of the condition that it hangs on."""


class Names:
    """What actors are called. Asks the project once for all the ids that it is given."""

    def __init__(self, project: Project, ids: Iterable[str | None]) -> None:
        wanted = {id for id in ids if id}
        digest = Digest.open(project) if wanted else None
        named = digest.names(wanted) if digest else {actor.id: actor.name for actor in project.named(wanted)}
        self._names: Mapping[str, str] = named

    def name(self, id: str) -> str:
        """The actor's name; a state's also where no page names it; else the id itself."""
        known = self._names.get(id)
        return known if known is not None else states()[id].name if id in states() else id

    def of(self, id: str | None, otherwise: str | None = None) -> Named:
        """The actor, or who has only the words of the page for a name, or nobody that is known."""
        return Named(id, self.name(id)) if id else Named(None, otherwise or "unknown")


def event_cards(project: Project, events: Sequence[Event]) -> list[EventCard]:
    """The cards of events, in their order."""
    pages = pages_of(project, (report.document for event in events for report in event.reports))
    links = [link for event in events for report in event.reports for link in report.chain]
    told = [
        id
        for event in events
        for one in event.differing
        if one.what in ("actor", "recipient")
        for value, _ in one.accounts
        for id in value.split("; ")
    ]
    names = Names(project, [*(id for event in events for id in acting(event)), *(link.actor for link in links), *told])
    return [_event(project, event, names, pages) for event in events]


def statement_cards(project: Project, statements: Sequence[Statement]) -> list[StatementCard]:
    """The cards of statements, in their order."""
    pages = pages_of(project, (statement.document for statement in statements))
    ids = [link.actor for one in statements for link in one.chain] + [one.speaker.actor for one in statements]
    names = Names(project, [*ids, *(about.actor for one in statements for about in one.about)])
    return [_statement(one, names, pages) for one in statements]


def pages_of(project: Project, documents: Iterable[str]) -> dict[str, Page]:
    """The pages with these ids that the project has."""
    return {one.id: titled_page(one) for one in project.imprints(documents).values()}


def titled_page(one: Imprint) -> Page:
    """What is said of a document in a list."""
    return Page(one.id, one.title or one.source, one.outlet, one.published, one.source, one.copy_of)


def page_of(document: Document, copy_of: str | None) -> Page:
    """What is said of a document wherever its words are shown."""
    title = document.title or document.source
    return Page(document.id, title, document.outlet, document.published.value, document.source, copy_of)


def chain_of(links: Iterable[ChainLink], names: Names) -> tuple[Named, ...]:
    """The way of the words, innermost first."""
    return tuple(names.of(link.actor, link.name) for link in links)


def place_name(place: str | None) -> str | None:
    """A place's name without its id."""
    return place.partition(" ")[2] if place and ":" in place else place


def _event(project: Project, event: Event, names: Names, pages: Mapping[str, Page]) -> EventCard:
    sources = project.sources(event)
    known = event.type in plover().types
    return EventCard(
        id=event.id,
        date=event.date,
        date_basis=event.date_basis,
        type=event.type,
        mode=event.mode,
        context=event.context,
        quad=event.quad,
        score=plover().score(event.type, event.mode) if known else None,
        status=event.status.value,
        actors=tuple(names.of(id) for id in event.actor),
        recipients=tuple(names.of(id) for id in event.recipient),
        place=place_name(event.place),
        words=_folded(event, names, pages),
        documents=len({report.document for report in event.reports}),
        sources=len(sources),
        sources_why=tuple(dict.fromkeys(why for source in sources for why in source.why)),
        differing=tuple(
            (one.what, tuple(_told(one.what, value, names) for value, _ in one.accounts)) for one in event.differing
        ),
    )


def _told(what: str, value: str, names: Names) -> str:
    """What a report tells differently, with names in place of ids."""
    if what not in ("actor", "recipient"):
        return value
    return " and ".join(names.name(id) for id in value.split("; ") if id) or "nobody"


def _folded(event: Event, names: Names, pages: Mapping[str, Page]) -> tuple[Words, ...]:
    """The first reports; those of copies of one text stand under the first of them."""
    by_text: dict[str, list[EventReport]] = defaultdict(list)
    for report in event.reports:
        page = pages.get(report.document)
        if page:
            by_text[page.copy_of or page.id].append(report)
    shown = []
    for reports in list(by_text.values())[:SHOWN]:
        first = reports[0]
        others = dict.fromkeys(report.document for report in reports if report.document != first.document)
        chain = chain_of(first.chain, names)
        copies = tuple(pages[id] for id in others)
        page = pages[first.document]
        shown.append(Words(page, event.id, first.start, first.end, first.text, chain, first.confidence, copies))
    return tuple(shown)


def _statement(one: Statement, names: Names, pages: Mapping[str, Page]) -> StatementCard:
    page, chain = pages[one.document], chain_of(one.chain, names)
    return StatementCard(
        id=one.id,
        words=Words(page, one.id, one.start, one.end, one.text, chain, one.confidence),
        speaker=names.of(one.speaker.actor, one.speaker.name),
        role=one.speaker.role,
        act=one.act.value,
        form=one.form.value,
        about=tuple((names.of(about.actor), about.polarity) for about in one.about),
        condition=one.condition,
    )
