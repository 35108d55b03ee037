"""What a reading must hold before it is kept: every row stands in the text, and every actor it names is listed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from dragoman.errors import InputError
from dragoman.model import ChainLink, Event, Reading, Span, Statement


def check(reading: Reading) -> None:
    """Raises InputError naming the first row that breaks the rule."""
    document = reading.document
    _check_unicode(reading)
    id = document.id
    for row, problem in _problems(reading, id):
        raise InputError(f"{document.source} ({id}): {row} {problem}: the reading by {reading.reader} is not kept")


def used_actors(reading: Reading) -> set[str]:
    """Ids of the actors that a mention, a statement or an event of the reading has."""
    used = {mention.actor for mention in reading.mentions}
    for statement in reading.statements:
        used |= {about.actor for about in statement.about} | _linked(statement.chain)
        used |= {statement.speaker.actor} if statement.speaker.actor else set()
    for event in reading.events:
        used |= {*event.actor, *event.recipient}.union(*(_linked(report.chain) for report in event.reports))
    return used


def _linked(chain: Iterable[ChainLink]) -> set[str]:
    return {link.actor for link in chain if link.actor}


def _check_unicode(reading: Reading) -> None:
    # Half of a surrogate pair has no UTF-8, so that neither SQLite nor any export could hold it.
    document = reading.document
    for name in ("source", "text", "outlet", "title", "author"):
        try:
            (getattr(document, name) or "").encode()
        except UnicodeEncodeError as error:
            source = document.source.encode("utf-8", "backslashreplace").decode()
            raise InputError(
                f"{source}: the {name} holds half of a surrogate pair at {error.start}: decode it with errors replaced"
            ) from error


def _problems(reading: Reading, id: str) -> Iterator[tuple[str, str]]:
    document = reading.document
    size = len(document.text)
    boilerplate = tuple((block.start, block.end) for block in document.boilerplate)
    both = tuple(sorted(document.body + boilerplate))
    for label, spans in (("body", document.body), ("boilerplate", boilerplate), ("body and boilerplate", both)):
        yield from ((label, problem) for problem in _ordered(spans, size))
    for part in document.parts:
        yield from _inside(part.label, (part.start, part.end), size)
    listed = {actor.id for actor in reading.actors}
    if len(listed) < len(reading.actors):
        yield "actors", "hold the same id twice"
    for mention in reading.mentions:
        yield from _inside(f"mention of {mention.actor}", (mention.start, mention.end), size)
    ids = {statement.id for statement in reading.statements}
    if len(ids) < len(reading.statements):
        yield "statements", "hold the same id twice"
    for statement in reading.statements:
        yield from _statement(statement, reading, id)
        if statement.condition is not None and statement.condition not in ids:
            yield f"statement {statement.id}", f"hangs on {statement.condition}, which the reading does not have"
    for event in reading.events:
        yield from _event(event, reading, id, ids)
    for missing in sorted(used_actors(reading) - listed):
        yield f"actor {missing}", "is named by a row and not listed among the actors"


def _statement(statement: Statement, reading: Reading, id: str) -> Iterator[tuple[str, str]]:
    row = f"statement {statement.id}"
    size = len(reading.document.text)
    yield from _belongs(row, statement.document, id)
    yield from _quoted(row, (statement.start, statement.end), statement.text, reading.document.text)
    yield from _inside(f"{row} (cue)", statement.cue, size)
    yield from _inside(f"{row} (speaker)", statement.speaker.mention, size)
    yield from _chain(row, statement.chain, size)
    yield from _confidence(row, statement.confidence)
    for about in statement.about:
        if about.polarity not in (-1, 0, 1):
            yield row, f"has polarity {about.polarity} toward {about.actor}, which is not -1, 0 or 1"


def _event(event: Event, reading: Reading, id: str, statements: set[str]) -> Iterator[tuple[str, str]]:
    row = f"event {event.id}"
    if not event.actor:
        yield row, "has no actor"
    if len(event.reports) != 1:
        yield row, f"has {len(event.reports)} reports in one reading, not 1"
    for report in event.reports:
        yield from _belongs(row, report.document, id)
        yield from _quoted(row, (report.start, report.end), report.text, reading.document.text)
        yield from _chain(row, report.chain, len(reading.document.text))
        yield from _confidence(row, report.confidence)
        if report.statement is not None and report.statement not in statements:
            yield row, f"is reported in statement {report.statement}, which the reading does not have"


def _belongs(row: str, document: str, id: str) -> Iterator[tuple[str, str]]:
    if document != id:
        yield row, f"belongs to another document ({document})"


def _quoted(row: str, span: Span, words: str, text: str) -> Iterator[tuple[str, str]]:
    yield from _inside(row, span, len(text))
    found = text[span[0] : span[1]]
    if found != words:
        yield row, f"says {words[:60]!r} where the text [{span[0]}:{span[1]}] has {found[:60]!r}"


def _chain(row: str, chain: Sequence[ChainLink], size: int) -> Iterator[tuple[str, str]]:
    for link in chain:
        yield from _inside(f"{row} (chain: {link.name})", link.mention, size)


def _inside(row: str, span: Span | None, size: int) -> Iterator[tuple[str, str]]:
    if span is not None and not 0 <= span[0] < span[1] <= size:
        yield row, f"has the span [{span[0]}:{span[1]}], which is empty or outside the text (0 to {size})"


def _ordered(spans: Sequence[Span], size: int) -> Iterator[str]:
    end = 0
    for span in spans:
        if not end <= span[0] <= span[1] <= size:
            yield f"has the span [{span[0]}:{span[1]}], outside the text (0 to {size}) or overlapping the one before"
        end = span[1]


def _confidence(row: str, value: float) -> Iterator[tuple[str, str]]:
    if not math.isfinite(value) or not 0 <= value <= 1:
        yield row, f"has confidence {value}, which is not from 0 to 1"
