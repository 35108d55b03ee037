"""Stories of several documents in which the reports of one event carry one label: `training/corpus/same/*.txt`.

    PYTHONPATH=src python training/corpus/same_events.py [FILE ...]

checks them, says what is broken and where, and counts. A story begins with `== id description`, a document with
`@ date | outlet` and one line of text; under it stands, indented, one line for each event that it reports:

    == s01 an expulsion and its answer
    @ 2024-03-12 | The Harbour Gazette
    {A} expelled two {B.adj} diplomats on Tuesday.
        e1 | SANCTION/expel | happened | {A} | expelled | two {B.adj} diplomats

LABEL | TYPE[/mode] | STATUS | ACTORS | TRIGGER | RECIPIENTS as in `coded.py`. Reports of one event have one label in all
documents of their story. Countries are drawn anew for each story; persons, towns, outlets are invented.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coded import BrokenPassage, Coded, coded_event
from slots import fill

FOLDER = Path(__file__).parent / "same"


@dataclass(frozen=True, slots=True)
class Told:
    """One report of an event in a document: which event of the story, and how the document has it."""

    label: str
    coded: Coded


@dataclass(frozen=True, slots=True)
class StoryDocument:
    date: str
    outlet: str
    text: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Story:
    id: str
    documents: tuple[StoryDocument, ...]


def stories(path: Path, seed: int = 0) -> list[Story]:
    """The stories of a file with countries drawn by `seed`. Raises BrokenPassage at the first that is broken."""
    return [_story(block, f"{path.name}:{number}", seed) for number, block in _blocks(path.read_text("utf-8"))]


def _blocks(raw: str) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    began = 0
    for number, line in enumerate(raw.splitlines(), 1):
        if line.startswith("== "):
            if block:
                yield began, block
            block, began = [], number
        elif not block and line.strip():
            raise BrokenPassage(f"line {number}: no story before it")
        if line.strip():
            block.append(line)
    if block:
        yield began, block


def _story(block: list[str], place: str, seed: int) -> Story:
    head, *lines = fill("\n".join(block), random.Random(f"{seed} {place}"))[0].split("\n")
    documents: list[StoryDocument] = []
    at = 0
    while at < len(lines):
        match = re.fullmatch(r"@ (\d{4}-\d\d-\d\d) \| (.+)", lines[at])
        if not match or at + 1 >= len(lines):
            raise BrokenPassage(f"{place}: no document begins with {lines[at]!r}")
        text, told = lines[at + 1], []
        at += 2
        while at < len(lines) and lines[at][0].isspace():
            label, _, rest = lines[at].strip().partition(" | ")
            told.append(Told(label, coded_event(rest, text, f"{place}, {label}")))
            at += 1
        documents.append(StoryDocument(match[1], match[2], text, tuple(told)))
    return Story(head.split()[1], tuple(documents))


def main() -> int:
    broken = 0
    for path in [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.txt")):
        kept: list[Story] = []
        for number, block in _blocks(path.read_text("utf-8")):
            try:
                kept.append(_story(block, f"{path.name}:{number}", 0))
            except BrokenPassage as problem:
                print(problem)
                broken += 1
        reports = Counter((story.id, told.label) for story in kept for one in story.documents for told in one.told)
        print(
            f"{path.name}: {len(kept)} stories, {sum(len(story.documents) for story in kept)} documents, "
            f"{len(reports)} events, {sum(reports.values())} reports, {sum(n > 1 for n in reports.values())} events of several"
        )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
