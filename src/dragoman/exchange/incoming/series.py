"""Event data of others, read for one pair of states, row by row; rows that cannot be read are counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from dragoman.errors import InputError
from dragoman.exchange.incoming import acled, gdelt, icews, polecat
from dragoman.exchange.incoming.coded import CodedEvent, Layout, MalformedRow, Reader
from dragoman.exchange.incoming.packed import BROKEN, members, opened
from dragoman.exchange.incoming.rows import Table, table

READERS: Mapping[Layout, Callable[[Mapping[str, int]], Reader]] = {
    **dict.fromkeys(gdelt.EVENTS, gdelt.reader),
    icews.LAYOUT: icews.reader,
    polecat.LAYOUT: polecat.reader,
    acled.LAYOUT: acled.reader,
}
LAYOUTS = (*READERS, gdelt.MENTIONS)
T = TypeVar("T")


@dataclass(slots=True)
class FileRead:
    """What became of one file, or of one in an archive."""

    name: str
    layout: str | None = None
    """The format; None where its columns are those of none, so that nothing was read."""
    rows: int = 0
    """All rows, of whatever parties."""
    malformed: Counter[str] = field(default_factory=Counter)
    """Rows that could not be read, by what is wrong with them."""
    first_malformed: int | None = None
    """The line of the first of them."""
    broken: str | None = None
    """Why the rest of the file could not be read."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """What files of others say of a pair of states."""

    files: tuple[FileRead, ...]
    events: tuple[CodedEvent, ...]
    """Those between the two, whoever acts, by date."""
    rows_by_day: Mapping[str, int]
    """Rows of whatever parties by ISO day: on which days the files have anything."""


def read_theirs(paths: Iterable[Path], pair: tuple[str, str]) -> Theirs:
    """What the files say of two states, given by their ISO 3166 codes. A row that several files have counts once.

    The pages that a file of mentions counts take the place of those that a file of events does. Raises InputError where a
    file cannot be opened, or none has events.
    """
    wanted = frozenset(pair)
    named = tuple(paths)
    parts = [(path, member) for path in named for member in members(path)]
    files: list[FileRead] = []
    found: list[CodedEvent] = []
    days: Counter[str] = Counter()
    mentioned: list[tuple[Path, str | None, FileRead]] = []
    for path, member in parts:
        file = FileRead(f"{path.name}: {member}" if member else path.name)
        files.append(file)
        for part in _tables(path, member, file):
            if part.layout is gdelt.MENTIONS:
                mentioned.append((path, member, file))
                continue
            for date, between in _read(part, READERS[part.layout](part.at), file):
                days[date] += 1
                found += [event for event in between if {event.source, event.target} == wanted]
    _require_events(named, files)
    pages = _pages(mentioned, {one.id for one in found} if mentioned else set())
    found.sort(key=attrgetter("id"))
    found.sort(key=attrgetter("date"))
    events = (replace(one, reports=len(pages[one.id])) if one.id in pages else one for one in _once(found))
    return Theirs(tuple(files), tuple(events), days)


def _once(events: Iterable[CodedEvent]) -> Iterator[CodedEvent]:
    """Each event once, of those sorted by date and id; one id may be an event both ways."""
    for _, alike in groupby(events, key=attrgetter("date", "id")):
        yield from {(one.source, one.target): one for one in alike}.values()


def _pages(mentioned: Iterable[tuple[Path, str | None, FileRead]], wanted: set[str]) -> Mapping[str, set[str]]:
    """The pages that tell of each event that is wanted."""
    pages: dict[str, set[str]] = defaultdict(set)
    for path, member, file in mentioned:
        for part in _tables(path, member, file):
            for id, page in _read(part, gdelt.mention_reader(part.at), file):
                if id in wanted:
                    pages[id].add(page)
    return pages


def _tables(path: Path, member: str | None, file: FileRead) -> Iterator[Table]:
    """The table of a file, or none; where the file is damaged that is noted."""
    try:
        with opened(path, member) as lines:
            part = table(lines, LAYOUTS)
            if part is not None:
                file.layout = part.layout.name
                yield part
    except BROKEN as error:
        file.broken = str(error) or type(error).__name__


def _read(part: Table, read: Callable[[Sequence[str]], T], file: FileRead) -> Iterator[T]:
    """What `read` makes of each row; rows that it cannot read are counted."""
    try:
        for line, cells in part.rows:
            file.rows += 1
            try:
                if cells is None:
                    raise MalformedRow("another number of columns")
                yield read(cells)
            except MalformedRow as error:
                file.malformed[str(error)] += 1
                file.first_malformed = file.first_malformed or line
    except BROKEN as error:
        file.broken = str(error) or type(error).__name__


def _require_events(paths: Iterable[Path], files: Sequence[FileRead]) -> None:
    if any(file.layout and file.layout != gdelt.MENTIONS.name for file in files):
        return
    names = ", ".join(path.name for path in paths)
    if any(file.layout for file in files):
        raise InputError(f"{names}: mentions name no actors: give the file of events, too")
    known = ", ".join(layout.name for layout in LAYOUTS)
    broken = next((f" ({file.broken})" for file in files if file.broken), "")
    raise InputError(f"{names} has the columns of no known event data{broken}: known are {known}")
