"""Passages of one or two sentences with the events coded in them: `training/corpus/events/*.txt`.

    PYTHONPATH=src python training/corpus/coded.py [FILE ...]

checks them, says what is broken and where, and counts types, modes and statuses. A passage is one line; under it stands,
indented, one line an event, or `-` where there is none; an empty line parts passages:

    {A.capital} expelled two {B.adj} diplomats on Monday after the Tarn League had raided its consulate.
        SANCTION/expel | happened | {A.capital} | expelled | two {B.adj} diplomats
        ASSAULT | happened | the Tarn League | raided | its consulate

TYPE[/mode] | STATUS | ACTORS | TRIGGER | RECIPIENTS: words as they stand in the passage, several parted by `;`, none `-`;
` #2` at the end is the second place where they stand. Countries are slots, filled anew on every load.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from slots import fill

from dragoman.model import Span
from dragoman.ontology.plover import plover

FOLDER = Path(__file__).parent / "events"
STATUSES = ("happened", "planned", "hypothetical", "denied")


class BrokenPassage(ValueError):
    """A passage that the checker refuses; says where and why."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One event: PLOVER type and mode (empty: none), status, and where actors, trigger and recipients stand."""

    type: str
    mode: str
    status: str
    actors: tuple[Span, ...]
    trigger: Span
    recipients: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    text: str
    events: tuple[Coded, ...]
    place: str


def passages(paths: list[Path], seed: int = 0) -> list[Passage]:
    """All passages with countries drawn by `seed`. Raises BrokenPassage at the first that is broken."""
    found = []
    for path in paths:
        for number, block in _blocks(path.read_text("utf-8")):
            found.append(_passage(block, f"{path.name}:{number}", seed))
    return found


def _blocks(raw: str) -> list[tuple[int, list[str]]]:
    out: list[tuple[int, list[str]]] = []
    for number, line in enumerate(raw.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            if not out:
                raise BrokenPassage(f"line {number}: an event before any passage")
            out[-1][1].append(line.strip())
        else:
            out.append((number, [line.strip()]))
    return out


def _passage(block: list[str], place: str, seed: int) -> Passage:
    raw, *lines = block
    if not lines:
        raise BrokenPassage(f"{place}: no event line; write '-' where there is no event")
    filled, _ = fill("\x00".join(block), random.Random(f"{seed} {place}"))
    text, *lines = filled.split("\x00")
    if re.search(r"[{}<>]", text):
        raise BrokenPassage(f"{place}: a slot that is none: {raw[:60]!r}")
    events = [] if lines == ["-"] else [coded_event(line, text, place) for line in lines]
    return Passage(text, tuple(events), place)


def coded_event(line: str, text: str, place: str) -> Coded:
    """The event of a line `TYPE[/mode] | STATUS | ACTORS | TRIGGER | RECIPIENTS` about `text`; `place` is for errors."""
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != 5:
        raise BrokenPassage(f"{place}: {len(cells)} cells instead of 5: {line!r}")
    code, status, actors, trigger, recipients = cells
    kind, _, mode = code.partition("/")
    known = plover().types.get(kind)
    if known is None or (mode and mode not in known.modes):
        raise BrokenPassage(f"{place}: no such type or mode: {code}")
    if status not in STATUSES:
        raise BrokenPassage(f"{place}: no such status: {status}")
    return Coded(
        kind,
        mode,
        status,
        _places(actors, text, place),
        _places(trigger, text, place)[0],
        _places(recipients, text, place),
    )


def _places(cell: str, text: str, place: str) -> tuple[Span, ...]:
    if cell == "-":
        return ()
    return tuple(_place(words.strip(), text, place) for words in cell.split(";"))


def _place(words: str, text: str, place: str) -> Span:
    number = re.search(r" #(\d)$", words)
    words = re.sub(r" #\d$", "", words)
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    wanted = int(number[1]) if number else 1
    if not words or len(found) < wanted:
        raise BrokenPassage(f"{place}: {words!r} does not stand {wanted} time(s) in the passage")
    return found[wanted - 1]


def main() -> int:
    paths = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.txt"))
    broken, kept = [], []
    for path in paths:
        for number, block in _blocks(path.read_text("utf-8")):
            try:
                kept.append(_passage(block, f"{path.name}:{number}", 0))
            except BrokenPassage as problem:
                broken.append(str(problem))
    print(*broken, sep="\n")
    events = [event for passage in kept for event in passage.events]
    print(
        f"{len(kept)} passages, {sum(not p.events for p in kept)} without event; {len(events)} events; {len(broken)} broken"
    )
    print("types  ", *(f"{k} {n}" for k, n in Counter(e.type for e in events).most_common()))
    print("modes  ", *(f"{k} {n}" for k, n in Counter(f"{e.type}/{e.mode}" for e in events if e.mode).most_common()))
    print("status ", *(f"{k} {n}" for k, n in Counter(e.status for e in events).most_common()))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
