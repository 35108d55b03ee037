"""Whether each sentence of a brief is supported: its rows still stand in the record, and what it names stands in them.

This says nothing of what the words between the names make of them: that a sentence tells its evidence rightly is for people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dragoman.analyze.network import parties_of
from dragoman.brief.draft import draft
from dragoman.brief.english import decimal
from dragoman.brief.evidence import rows_of, told
from dragoman.brief.ground import Ground, ground
from dragoman.brief.names import Row, concerned
from dragoman.brief.naming import Named, named
from dragoman.brief.parts import Brief, Evidence, Sentence
from dragoman.brief.wording import say
from dragoman.errors import SettingsError
from dragoman.model import Event
from dragoman.ontology.actors import names
from dragoman.ontology.fold import fold
from dragoman.ontology.phrases import normalise
from dragoman.record import Filter, Project


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of one sentence."""

    section: int
    sentence: int
    """Its number in the section, from 0."""
    reasons: tuple[str, ...]
    """Why it is unsupported; none where it is supported."""

    @property
    def supported(self) -> bool:
        return not self.reasons


def check(project: Project, brief: Brief, fresh: Brief | None = None) -> tuple[Checked, ...]:
    """Every sentence of a brief, in its order. `fresh` is the draft of the same two and time as the record is now, if the
    caller has it; figures are compared with it."""
    evidence = [one for _, _, sentence in brief.sentences() for one in sentence.evidence]
    with project.snapshot():
        rows = rows_of(project, {one.row for one in evidence}, {one.document for one in evidence})
        texts = {id: document.text for id in {one.document for one in evidence} if (document := project.document(id))}
        ids = {id for row in rows.values() for id in concerned(row)}
        parties = parties_of(project, {*ids, brief.a, brief.b})
        figures = _figures(project, brief, fresh)
        found = []
        for section, number, sentence in brief.sentences():
            reasons = list(_standing(sentence, rows, texts, figures))
            given = ground(sentence, brief, rows, parties, project.sources)
            if sentence.evidence or sentence.figures:
                reasons += _unfounded(named(sentence.text), given, project)
            found.append(Checked(section, number, tuple(dict.fromkeys(reasons))))
    return tuple(found)


def _figures(project: Project, brief: Brief, fresh: Brief | None) -> Mapping[str, float]:
    """The figures that a draft has now; none where the record does not know the two any more."""
    if not any(sentence.figures for _, _, sentence in brief.sentences()):
        return {}
    try:
        now = fresh or draft(project, brief.a, brief.b, brief.since, brief.until)
    except SettingsError:
        return {}
    return {one.what: one.value for _, _, sentence in now.sentences() for one in sentence.figures}


def _standing(
    sentence: Sentence, rows: Mapping[str, Row], texts: Mapping[str, str], figures: Mapping[str, float]
) -> Iterator[str]:
    if not sentence.evidence and not sentence.figures:
        yield say("why_nothing")
    for one in sentence.evidence:
        if one.document not in texts:
            yield say("why_document", document=one.document)
        elif one.row not in rows:
            yield say("why_row", kind=one.kind, row=one.row)
        elif texts[one.document][one.start : one.end] != one.text or not _holds(one, rows[one.row]):
            yield say("why_words", row=one.row)
        elif told(rows[one.row]) != one.told:
            yield say("why_told", row=one.row, told=one.told, now=told(rows[one.row]))
    for figure in sentence.figures:
        now = figures.get(figure.what)
        if now is None:
            yield say("why_figure", what=figure.what, value=decimal(figure.value))
        elif now != figure.value:
            yield say("why_figure_now", what=figure.what, value=decimal(figure.value), now=decimal(now))


def _holds(one: Evidence, row: Row) -> bool:
    """Whether the words of evidence are those of the row, or hold them."""
    spans = row.reports if isinstance(row, Event) else (row,)
    kind = "event" if isinstance(row, Event) else "statement"
    return one.kind == kind and any(
        span.document == one.document and one.start <= span.start and span.end <= one.end for span in spans
    )


def _unfounded(said: Named, given: Ground, project: Project) -> Iterator[str]:
    """What a sentence names and its evidence does not."""
    if said.unpaired:
        yield say("why_unpaired")
    for pieces in said.quotes:
        if pieces and not given.quotes(pieces):
            yield say("why_quote", quote=" … ".join(pieces))
    yield from (say("why_date", date=date) for date in said.dates if not given.date(date))
    numbers = [number for number in said.numbers if number not in given.numbers]
    numbers += [number for number in said.counts if number not in given.counts]
    yield from (say("why_number", number=decimal(number)) for number in numbers)
    unknown = [name for name in said.names if not _known(name, given)]
    unknown += [name for name in said.begins if not _known(name, given) and _is_name(name, project)]
    yield from (say("why_name", name=name) for name in unknown)


def _known(name: str, given: Ground) -> bool:
    return (fold(name) or "") in given.names


def _is_name(word: str, project: Project) -> bool:
    """Whether a word names somebody that the ontology or the record knows."""
    listed = any(not name.case_sensitive or name.phrase == word for name in names().get(normalise(word), ()))
    return listed or next(project.actors(Filter(actor=word, limit=1)), None) is not None
