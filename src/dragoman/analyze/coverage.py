"""What was read: by outlet, day and language, what could not be read and why, and gaps that must not be taken for calm."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from dragoman.digest import Digest
from dragoman.digest.documents import ReadDocument, read_document
from dragoman.model.edtf import has_day
from dragoman.ontology.outlets import State
from dragoman.record import Failure, Project

Cell = str | int | float | None
USUAL_AFTER = 4
"""Days with documents that an outlet must have before an interval is called its usual one."""
LONG = 3
"""A gap is longer than so many times the usual interval."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without a document between two days with one; `until` is the last such day."""

    since: str
    until: str
    days: int
    open: bool
    """Nothing of the outlet came after it, though the project has later documents of others."""


@dataclass(frozen=True, slots=True)
class OutletCoverage:
    """What was read of one outlet; `outlet` is None for the documents that name none, which have no gaps."""

    outlet: str | None
    name: str | None
    state: State
    documents: int
    texts: int
    """Documents that are no copies of each other."""
    days: Mapping[str, int]
    """Documents by ISO day of publication, earliest first."""
    undated: int
    """Documents whose day of publication is not known."""
    languages: Mapping[str, int]
    """Documents by ISO 639-1 code; "" where it could not be told."""
    interval: float | None
    """Days from one day with documents to the next, at the median; None with fewer than `USUAL_AFTER` such days."""
    gaps: tuple[Gap, ...]
    """Longer than `LONG` times that interval."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """Why some sources are not in the record, and which."""

    problem: str
    message: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a project has read, busiest outlet first, and what it could not."""

    documents: int
    texts: int
    undated: int
    languages: Mapping[str, int]
    days: Mapping[str, int]
    """Documents of all outlets by ISO day of publication, earliest first."""
    outlets: tuple[OutletCoverage, ...]
    not_read: tuple[NotRead, ...]
    """Most sources first; a source that was read in a later run is not among them."""


def coverage(project: Project) -> Coverage:
    """What was read and what was not. Raises ProjectError where the project cannot be read."""
    if (digest := Digest.open(project)) is not None:
        from dragoman.analyze.quick_coverage import quick_coverage

        return digest.ask(lambda tables: quick_coverage(tables, project.failures()))
    with project.snapshot():
        sources = set()
        documents = []
        for document in project.documents():
            sources.add(document.source)
            documents.append(read_document(document, project.kinship(document.id).copy_of))
        failures = [failure for failure in project.failures() if failure.source not in sources]
    return coverage_of(documents, failures)


def coverage_of(documents: Iterable[ReadDocument], failures: Iterable[Failure] = ()) -> Coverage:
    """The same of documents and failures that the caller gives."""
    everything = list(documents)
    by_outlet: dict[str | None, list[ReadDocument]] = defaultdict(list)
    for document in everything:
        by_outlet[document.outlet].append(document)
    days = _days(everything)
    end = max(days, default=None)
    outlets = [_outlet(outlet, same, end) for outlet, same in by_outlet.items()]
    return Coverage(
        documents=len(everything),
        texts=len({document.text for document in everything}),
        undated=len(everything) - sum(days.values()),
        languages=_languages(everything),
        days=days,
        outlets=tuple(sorted(outlets, key=lambda one: (-one.documents, one.outlet is None, one.outlet or ""))),
        not_read=reasons(failures),
    )


def rows(found: Coverage) -> Iterator[dict[str, Cell]]:
    """A row for each outlet and day with documents, its undated ones, each of its gaps, and each reason for not reading."""
    for one in found.outlets:
        about: dict[str, Cell] = {"outlet": one.outlet, "name": one.name, "state": one.state}
        languages = "; ".join(f"{language or '?'} {count}" for language, count in one.languages.items())
        more: dict[str, Cell] = {"languages": languages, "usual_interval": one.interval}
        for day, count in one.days.items():
            yield _row("read", **about, since=day, until=day, days=1, documents=count, **more)
        if one.undated:
            yield _row("read", **about, documents=one.undated, **more)
        for gap in one.gaps:
            yield _row("gap", **about, since=gap.since, until=gap.until, days=gap.days, documents=0, **more)
    for why in found.not_read:
        yield _row("not read", sources=len(why.sources), problem=why.problem, message=why.message)


_COLUMNS = "kind outlet name state since until days documents languages usual_interval sources problem message".split()


def _row(kind: str, **cells: Cell) -> dict[str, Cell]:
    return {**dict.fromkeys(_COLUMNS), "kind": kind, **cells}


def _outlet(outlet: str | None, documents: list[ReadDocument], end: str | None) -> OutletCoverage:
    days = _days(documents)
    interval, gaps = gaps_of(list(days), end) if outlet else (None, ())
    return OutletCoverage(
        outlet=outlet,
        name=min((document.name for document in documents if document.name), default=None),
        state=documents[0].state,
        documents=len(documents),
        texts=len({document.text for document in documents}),
        days=days,
        undated=len(documents) - sum(days.values()),
        languages=_languages(documents),
        interval=interval,
        gaps=gaps,
    )


def _days(documents: Iterable[ReadDocument]) -> dict[str, int]:
    published = [document.published for document in documents if document.published]
    return dict(sorted(Counter(day.rstrip("?~%") for day in published if has_day(day)).items()))


def _languages(documents: Iterable[ReadDocument]) -> dict[str, int]:
    return by_number(Counter(document.language or "" for document in documents))


def by_number(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts with the largest first."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def gaps_of(days: list[str], end: str | None) -> tuple[float | None, tuple[Gap, ...]]:
    """The usual interval of an outlet with documents on `days`, and its gaps up to `end`, when the last of all was published."""
    if len(days) < USUAL_AFTER or end is None:
        return None, ()
    at = [date.fromisoformat(day).toordinal() for day in days]
    usual = median(later - earlier for earlier, later in pairwise(at))
    last = date.fromisoformat(end).toordinal()
    stretches = [(earlier, later, False) for earlier, later in pairwise(at)] + [(at[-1], last + 1, True)]
    gaps = [
        Gap(_day(earlier + 1), _day(later - 1), later - earlier - 1, open)
        for earlier, later, open in stretches
        if later - earlier > LONG * usual
    ]
    return float(usual), tuple(gaps)


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def reasons(failures: Iterable[Failure]) -> tuple[NotRead, ...]:
    """Why sources could not be read, most sources first."""
    why: dict[tuple[str, str], set[str]] = defaultdict(set)
    for failure in failures:
        why[failure.problem, failure.message].add(failure.source)
    found = [NotRead(problem, message, tuple(sorted(sources))) for (problem, message), sources in why.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.sources), one.problem, one.message)))
