"""Stories of `same_events.py` as readings, with the event of each report: as it is coded, and as the reader found it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coded import Coded
from same_events import Story, StoryDocument

from dragoman.encode import LanguageBase
from dragoman.model import Actor, ActorType, Document, Event, EventReport, Published, Reading, Span, Status, content_id
from dragoman.ontology.plover import plover
from dragoman.read import read
from dragoman.record.dates import bounds
from dragoman.resolve.same_actors import same_actors
from dragoman.resolve.same_events import Telling, names_of, telling


@dataclass(frozen=True, slots=True)
class Labelled:
    """A telling and the event of the corpus that it tells of, as story and label."""

    telling: Telling
    event: str


@dataclass(frozen=True, slots=True)
class Read:
    """One document of a story, its reading, and its reports as they are coded."""

    story: str
    coded: StoryDocument
    reading: Reading


def readings(stories: Sequence[Story], base: LanguageBase) -> list[Read]:
    out = []
    for story in stories:
        for number, one in enumerate(story.documents):
            document = Document(
                text=one.text,
                source=f"{story.id}-{number}.txt",
                outlet=one.outlet,
                published=Published(one.date, "metadata"),
                language="en",
                body=((0, len(one.text)),),
            )
            out.append(Read(story.id, one, read(document, base)))
    return out


def as_coded(found: Sequence[Read]) -> list[Labelled]:
    """The tellings as the corpus has them: its types and parties, the reader's actors and dates."""
    meant = _meant(found)
    out = []
    for one in found:
        who, story = _who(one.reading, meant), names_of(one.coded.text)
        for position, told in enumerate(one.coded.told):
            event = _event(told.coded, one.reading, meant)
            out.append(Labelled(_telling(event, position, one, who, story), f"{one.story} {told.label}"))
    return out


def as_read(found: Sequence[Read]) -> tuple[list[Labelled], list[Telling], int]:
    """Of each report that the reader found its telling; all that it told; and how many reports it did not find."""
    meant = _meant(found)
    out: list[Labelled] = []
    everything: list[Telling] = []
    missed = 0
    for one in found:
        who, story = _who(one.reading, meant), names_of(one.coded.text)
        told = []
        for position, event in enumerate(one.reading.events):
            told.append(_telling(_canonical(event, meant), position, one, who, story))
        everything += told
        free = set(range(len(told)))
        for gold in one.coded.told:
            at = next((i for i in sorted(free) if _meets(one.reading.events[i], gold.coded)), None)
            if at is None:
                missed += 1
                continue
            free.discard(at)
            out.append(Labelled(told[at], f"{one.story} {gold.label}"))
    return out, everything, missed


def _meets(event: Event, coded: Coded) -> bool:
    report = event.reports[0]
    same = event.type == coded.type or {event.type, coded.type} <= {"AGREE", "CONSULT", "SUPPORT", "COOPERATE"}
    return report.start < coded.trigger[1] and coded.trigger[0] < report.end and same


def _meant(found: Sequence[Read]) -> dict[str, str]:
    seen = [(one.reading.document.id, actor) for one in found for actor in one.reading.actors]
    return {same.actor: same.meant for same in same_actors(seen)}


def _who(reading: Reading, meant: dict[str, str]) -> dict[str, Actor]:
    return {meant.get(actor.id, actor.id): actor for actor in reading.actors}


def _canonical(event: Event, meant: dict[str, str]) -> Event:
    from dataclasses import replace

    sides = (tuple(meant.get(id, id) for id in ids) for ids in (event.actor, event.recipient))
    actor, recipient = sides
    return replace(event, actor=actor, recipient=recipient)


def _telling(event: Event, position: int, one: Read, who: dict[str, Actor], story: tuple[int, ...]) -> Telling:
    return telling(event, position, one.coded.text, bounds(event.date), one.coded.date, who, story)


def _event(coded: Coded, reading: Reading, meant: dict[str, str]) -> Event:
    start = min(span[0] for span in (*coded.actors, coded.trigger, *coded.recipients))
    end = max(span[1] for span in (*coded.actors, coded.trigger, *coded.recipients))
    document = reading.document
    actor, recipient = (
        tuple(dict.fromkeys(meant.get(id, id) for span in spans for id in _named(span, reading)))
        for spans in (coded.actors, coded.recipients)
    )
    date = next(
        (e for e in reading.events if e.reports[0].start < coded.trigger[1] and coded.trigger[0] < e.reports[0].end),
        None,
    )
    report = EventReport(document.id, start, end, document.text[start:end])
    return Event(
        id=content_id("event", coded.type, coded.mode, sorted(actor), sorted(recipient), report.text),
        type=coded.type,
        mode=coded.mode or None,
        context=(),
        quad=plover().types[coded.type].quad,
        actor=actor,
        recipient=recipient,
        status=Status(coded.status),
        date=date.date if date else None,
        date_basis=date.date_basis if date else None,
        place=None,
        reports=(report,),
    )


def _named(span: Span, reading: Reading) -> Iterator[str]:
    """Whom a phrase names: the person in it, else the first of whatever is named there."""
    inside = [m for m in reading.mentions if span[0] <= m.start and m.end <= span[1]]
    inside = inside or [m for m in reading.mentions if m.start < span[1] and span[0] < m.end]
    types = {actor.id: actor.type for actor in reading.actors}
    persons = [m for m in inside if types.get(m.actor) is ActorType.PERSON]
    yield from (m.actor for m in (persons or inside)[:1])
