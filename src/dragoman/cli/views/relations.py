"""Each pair of actors with its events by date: what, whether it happened, the words, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.cli.report import number
from dragoman.cli.terminal import plain, short, styled, width, wrapped
from dragoman.cli.views.names import ARROW, actor_names, chain, page, quoted
from dragoman.model import Event, EventReport, Status
from dragoman.ontology.plover import plover
from dragoman.record import Filter, Project, Relation

_INDENT = " " * 14
_STATUS = {Status.HAPPENED: "cyan", Status.PLANNED: "green", Status.HYPOTHETICAL: "yellow", Status.DENIED: "red"}


def lines(project: Project, filter: Filter, ids: bool) -> Iterator[str]:
    """The busiest pair first."""
    names = actor_names(project)
    pages = {document.id: page(document) for document in project.documents()}
    for item in project.relations(filter):
        yield from _head(item, ids)
        for event in item.events:
            yield from _event(event, names, pages, ids, len(project.sources(event)))
        yield ""


def _head(item: Relation, ids: bool) -> Iterator[str]:
    pair = f"{plain(item.a.name)} and {plain(item.b.name)}"
    when = f", {item.first}" + (f" to {item.last}" if item.last != item.first else "") if item.first else ""
    yield from wrapped(f"{pair}: {number(len(item.events), 'event')}{when}", width(), style="bold")
    known = plover().quads
    quads = [f"{known[quad].replace('_', ' ')} {many}" for quad, many in sorted(item.quads.items()) if many]
    if quads:
        yield styled(f"  happened: {', '.join(quads)}", "dim")
    if ids:
        yield styled(f"  {item.a.id} {item.b.id}", "dim")


def _event(event: Event, names: Mapping[str, str], pages: Mapping[str, str], ids: bool, sources: int) -> Iterator[str]:
    who = " + ".join(names.get(actor, actor) for actor in event.actor)
    whom = " + ".join(names.get(actor, actor) for actor in event.recipient)
    what = event.type.lower() + (f" ({event.mode})" if event.mode else "")
    dealt = f"{who}{ARROW}{whom}" if whom else who
    lines = wrapped(f"{dealt}: {what}, {event.status.value}", width(), _INDENT)
    lines[0] = f"  {event.date or 'undated':<10}  {lines[0].lstrip()}"
    yield from (styled(line, _STATUS[event.status]) for line in lines)
    report = event.reports[0]
    room = width() - len(_INDENT)
    yield _INDENT + quoted(short(report.text, room - 2))
    yield _INDENT + styled(short(_says(event.reports, names, pages), room), "dim")
    if more := _others(event.reports, sources):
        yield _INDENT + styled(more, "dim")
    for one in event.differing:
        if one.what == "date" or one.what.startswith("number"):
            told = " or ".join(value for value, _ in one.accounts)
            yield _INDENT + styled(short(f"reports differ, {one.what}: {told}", room), "dim")
    if ids:
        yield f"{_INDENT}{styled(event.id, 'dim')}"
        yield f"{_INDENT}{styled(f'{report.document} [{report.start}:{report.end}]', 'dim')}"


def _says(reports: tuple[EventReport, ...], names: Mapping[str, str], pages: Mapping[str, str]) -> str:
    """Who says so first."""
    first = reports[0]
    said = [chain(first.chain, names), pages.get(first.document, first.document)]
    return f"says {', in '.join(filter(None, said))}"


def _others(reports: tuple[EventReport, ...], sources: int) -> str:
    """How many more documents say so, and how many independent sources all of them are."""
    others = len({report.document for report in reports}) - 1
    return f"and {number(others, 'other document')}; {number(sources, 'independent source')}" if others else ""
