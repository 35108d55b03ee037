"""What was read, and what was not, so that silence is not taken for calm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.analyze.coverage import Coverage, coverage, coverage_of
from dragoman.brief import dates
from dragoman.brief.english import begun, called, counted, have, numeral
from dragoman.brief.material import Material
from dragoman.brief.parts import Figure, Section, Sentence
from dragoman.brief.wording import say
from dragoman.digest.documents import ReadDocument

GAPS = 4
"""Gaps that a brief tells, at most: those of the outlets with most documents."""
REASONS = 2
"""Reasons for not reading that it tells, at most."""


def covered(material: Material) -> Section:
    whole = coverage(material.project)
    telling = {report.document for event in material.events for report in event.reports}
    timed = [one for one in material.documents.values() if material.within(one.published)]
    sentences = [
        _read(whole),
        *_time(timed, material),
        *_relation(telling, material),
        *_lacking(whole),
        *_gaps(timed, telling, material),
        *_not_read(whole),
        Sentence(say("silence"), figures=(Figure("documents read", whole.documents),)),
    ]
    return Section(say("section_coverage"), tuple(sentences))


def _read(whole: Coverage) -> Sentence:
    named = sum(one.outlet is not None for one in whole.outlets)
    numbers = {"documents": whole.documents, "texts": whole.texts, "outlets": named}
    outlets = (
        say("read_outlets", outlets=counted(named, "named outlet"))
        if named or not whole.documents
        else say("read_unnamed")
    )
    fields = {"documents": counted(whole.documents, "document"), "outlets": outlets}
    copies = whole.texts < whole.documents
    text = say("read_copies", texts=numeral(whole.texts), **fields) if copies else say("read", **fields)
    figures = [Figure(f"{what} read", number) for what, number in numbers.items()]
    if whole.days:
        first, last = min(whole.days), max(whole.days)
        text += f" {say('published', first=dates.named(first), last=dates.named(last))}"
        figures.append(Figure("days read", len(whole.days), f"{first}/{last}"))
    return Sentence(text, figures=tuple(figures))


def _time(timed: Sequence[ReadDocument], material: Material) -> Iterator[Sentence]:
    """How much was read from the time of the brief, where it has a beginning and an end."""
    if material.since and material.until:
        fields = {"first": dates.named(material.since), "last": dates.named(material.until)}
        figure = Figure("documents of the time", len(timed), f"{material.since}/{material.until}")
        text = say(
            "read_from", documents=counted(len(timed), "document"), be="was" if len(timed) == 1 else "were", **fields
        )
        yield Sentence(begun(text), figures=(figure,))


def _relation(telling: set[str], material: Material) -> Iterator[Sentence]:
    outlets = {material.documents[id].outlet for id in telling} - {None}
    if not telling:
        return
    numbers = {"documents": len(telling), "named outlets": len(outlets)}
    fields = {"documents": counted(len(telling), "document"), "tell": "tells" if len(telling) == 1 else "tell"}
    if outlets:
        text = say("read_relation", outlets=counted(len(outlets), "named outlet"), **material.called, **fields)
    else:
        text = say("read_relation_unnamed", **material.called, **fields)
    yield Sentence(begun(text), figures=tuple(Figure(f"{what} on the two", number) for what, number in numbers.items()))


def _lacking(whole: Coverage) -> Iterator[Sentence]:
    nameless = sum(one.documents for one in whole.outlets if one.outlet is None)
    if 0 < nameless < whole.documents:
        text = say("no_outlet", documents=counted(nameless, "document"), name="names" if nameless == 1 else "name")
        yield Sentence(begun(text), figures=(Figure("documents without an outlet", nameless),))
    if whole.undated:
        text = say("undated_documents", documents=counted(whole.undated, "document"), have=have(whole.undated > 1))
        yield Sentence(begun(text), figures=(Figure("documents without a date", whole.undated),))


def _gaps(timed: Sequence[ReadDocument], telling: set[str], material: Material) -> Iterator[Sentence]:
    """The longest gaps of outlets that tell of the two."""
    concerned = {material.documents[id].outlet for id in telling} - {None}
    found = [
        (gap, called(one.name or ""))
        for one in coverage_of(material.documents.values()).outlets
        if one.outlet in concerned
        for gap in one.gaps
        if material.within(f"{gap.since}/{gap.until}")
    ]
    for gap, outlet in sorted(found, key=lambda item: (-item[0].days, item[0].since, item[1]))[:GAPS]:
        since, until = dates.named(gap.since), dates.named(gap.until)
        text = (
            say("gap_open", outlet=outlet, since=since)
            if gap.open
            else say("gap", outlet=outlet, since=since, until=until, days=counted(gap.days, "day"))
        )
        yield Sentence(
            begun(text), figures=(Figure(f"gap of {outlet} since {gap.since}", gap.days, f"{gap.since}/{gap.until}"),)
        )


def _not_read(whole: Coverage) -> Iterator[Sentence]:
    for why in whole.not_read[:REASONS]:
        many = len(why.sources)
        text = say("not_read", sources=counted(many, "source"), why=called(why.problem))
        yield Sentence(begun(text), figures=(Figure(f"not read: {called(why.problem)}: {called(why.message)}", many),))
