"""What the evidence of a sentence gives it to name: words, dates, numbers and names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dragoman.analyze.network import Parties
from dragoman.brief.deeds import agreeing
from dragoman.brief.names import Row, concerned
from dragoman.brief.naming import dates_in, numbers_in, plain, words_in
from dragoman.brief.parts import Brief, Evidence, Sentence
from dragoman.model import Differing, Event, Statement
from dragoman.model.edtf import edtf_bounds
from dragoman.ontology.actors import state_words
from dragoman.resolve.sources import IndependentSource


@dataclass(frozen=True, slots=True)
class Ground:
    """What a sentence may name."""

    texts: tuple[str, ...]
    """Of each evidence, as quotations are compared."""
    dates: frozenset[str]
    numbers: frozenset[float]
    counts: frozenset[float]
    """Of reports, documents and independent sources."""
    names: frozenset[str]

    def quotes(self, pieces: Iterable[str]) -> bool:
        """Whether the pieces of a quotation stand in one text, in their order."""
        return any(_in_order(tuple(pieces), text) for text in self.texts)

    def date(self, date: str) -> bool:
        """Whether a date, or a finer one within it, stands in the evidence; one without a year needs day and month."""
        if date.startswith("XXXX"):
            return any(known[4:] == date[4:] for known in self.dates)
        return any(known == date or known.startswith(f"{date}-") for known in self.dates)


def ground(
    sentence: Sentence,
    brief: Brief,
    rows: Mapping[str, Row],
    parties: Parties,
    sources: Callable[[Event], tuple[IndependentSource, ...]],
) -> Ground:
    """The ground of a sentence of a brief; `rows` are those of the record under the ids that its evidence names."""
    cited = {id: rows[id] for id in (one.row for one in sentence.evidence) if id in rows}
    events = [row for row in cited.values() if isinstance(row, Event)]
    actors = {id for row in cited.values() for id in concerned(row)}
    if sentence.figures:
        actors |= {brief.a, brief.b}
    told = [*_told(sentence.evidence, cited.values()), *_called(actors, parties)]
    texts = [dates_in(text) for text in (*told, *(figure.what for figure in sentence.figures))]
    dates = {date for found, _ in texts for date in found}
    dates |= _edtf([one.published for one in sentence.evidence])
    dates |= _edtf([*(event.date for event in events), *(one.when for one in sentence.figures)])
    dates |= _edtf([brief.since, brief.until]) if sentence.figures else set()
    dates |= {date for event in events for one in event.differing if one.what == "date" for date in _edtf(_values(one))}
    numbers = {number for _, rest in texts for number in numbers_in(rest)}
    numbers |= {one.value for one in sentence.figures}
    counts = {float(number) for event in events for number in _counts(event, parties, sources)}
    names = frozenset[str]().union(*map(words_in, told), *(words_in(figure.what) for figure in sentence.figures))
    return Ground(
        texts=tuple(plain(one.text) for one in sentence.evidence),
        dates=frozenset(dates),
        numbers=frozenset(numbers),
        counts=frozenset(numbers | counts),
        names=names,
    )


def _told(evidence: Iterable[Evidence], rows: Iterable[Row]) -> Iterable[str]:
    for one in evidence:
        yield from filter(None, (one.text, one.chain, one.outlet, one.title, one.author, one.source))
    for row in rows:
        if isinstance(row, Statement):
            yield from filter(None, (row.speaker.name, row.speaker.role))
            continue
        yield from (value for one in row.differing if one.what != "date" for value in _values(one))
        yield from (link.name for report in row.reports for link in report.chain if link.name)


def _called(ids: Iterable[str], parties: Parties) -> Iterable[str]:
    """All names of actors and of the states for which they act."""
    every = {*ids, *(parties.of(id) for id in ids)}
    for id in every:
        if actor := parties.actor(id):
            yield from (actor.name, *actor.aliases)
    for id, kinds in state_words():
        if id in every:
            yield from (name for kind in kinds for name in kind)


def _counts(event: Event, parties: Parties, sources: Callable[[Event], tuple[IndependentSource, ...]]) -> Iterable[int]:
    return (
        number
        for one in (event, agreeing(event, parties))
        for number in (len(sources(one)), len(one.reports), len({report.document for report in one.reports}))
    )


def _edtf(dates: Iterable[str | None]) -> set[str]:
    """The single dates of EDTF dates and intervals, without qualifiers; also the years that an open one lies between."""
    found = {side.rstrip("?~%") for date in dates if date for side in date.split("/")} - {"..", ""}
    open = {side[:4] for date in found if "X" in date[:4] for side in edtf_bounds(date) or ()}
    return {date.removesuffix("-XX").removesuffix("-XX") for date in found} | open


def _values(one: Differing) -> list[str]:
    return [value for value, _ in one.accounts]


def _in_order(pieces: tuple[str, ...], text: str) -> bool:
    at = 0
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return bool(pieces)
