"""CSV for spreadsheets: one file a kind, in a folder. Reports of events are rows of their own."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from dragoman.exchange.selection import FORMAT_VERSION, Selection
from dragoman.model import Actor, ChainLink, Document, Event, Statement
from dragoman.record import Kinship

Cell = str | int | float | None

_COLUMNS = {
    "documents": "id source outlet title author published published_basis language story copy_of sha256",
    "actors": "id name type country sector qid aliases",
    "statements": "id document start end text form act cue speaker speaker_name speaker_role chain about confidence condition",
    "events": "id type mode context quad actor recipient status date date_basis place reports documents"
    " independent_sources differing",
    "reports": "event document start end text chain statement confidence",
}
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""


def write(selection: Selection, folder: Path) -> None:
    """Writes the five files and a README.txt that explains their columns."""
    _write(folder, "documents", (_document(*found) for found in selection.documents()))
    _write(folder, "actors", map(_actor, selection.actors()))
    _write(folder, "statements", map(_statement, selection.statements()))
    _write(folder, "events", (_event(event, len(selection.project.sources(event))) for event in selection.events()))
    _write(folder, "reports", (row for event in selection.events() for row in _reports(event)))
    guide = files(__package__).joinpath("csv_readme.txt").read_text("utf-8")
    (folder / "README.txt").write_text(guide.format(version=FORMAT_VERSION), "utf-8", newline="")


def write_rows(path: Path, columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> None:
    """A CSV file in UTF-8. Text that a spreadsheet would run is made inert by a ' before it."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(columns)
        table.writerows([inert(cell) for cell in row] for row in rows)


def inert(cell: Cell) -> Cell:
    """The cell as it may stand in a spreadsheet; numbers stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_ACTIVE) else cell


def _write(folder: Path, kind: str, rows: Iterable[Iterable[Cell]]) -> None:
    write_rows(folder / f"{kind}.csv", _COLUMNS[kind].split(), rows)


def _document(document: Document, kinship: Kinship) -> tuple[Cell, ...]:
    return (
        *(document.id, document.source, document.outlet, document.title, document.author),
        *(document.published.value, document.published.basis, document.language),
        *(kinship.story, kinship.copy_of, document.sha256),
    )


def _actor(actor: Actor) -> tuple[Cell, ...]:
    return actor.id, actor.name, actor.type, actor.country, actor.sector, actor.qid, _list(actor.aliases)


def _statement(statement: Statement) -> tuple[Cell, ...]:
    speaker = statement.speaker
    return (
        *(statement.id, statement.document, statement.start, statement.end, statement.text),
        *(statement.form, statement.act, f"{statement.cue[0]}:{statement.cue[1]}" if statement.cue else None),
        *(speaker.actor, speaker.name, speaker.role, _chain(statement.chain)),
        _list(f"{about.actor} {about.polarity:+d}" if about.polarity else about.actor for about in statement.about),
        statement.confidence,
        statement.condition,
    )


def _event(event: Event, sources: int) -> tuple[Cell, ...]:
    return (
        *(event.id, event.type, event.mode, _list(event.context), event.quad),
        *(_list(event.actor), _list(event.recipient), event.status, event.date, event.date_basis, event.place),
        *(len(event.reports), len({report.document for report in event.reports}), sources),
        _list(f"{one.what}: {' or '.join(value for value, _ in one.accounts)}" for one in event.differing),
    )


def _reports(event: Event) -> Iterable[tuple[Cell, ...]]:
    for report in event.reports:
        span = (report.document, report.start, report.end, report.text)
        yield event.id, *span, _chain(report.chain), report.statement, report.confidence


def _chain(chain: Iterable[ChainLink]) -> str:
    return " > ".join(link.name or link.actor or "?" for link in chain)


def _list(items: Iterable[str]) -> str:
    return "; ".join(items)
