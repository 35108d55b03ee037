"""What resolving costs: seconds and memory for made projects of 1,000, 10,000 and 100,000 documents.

    PYTHONPATH=src python bench/resolving.py [--sizes N ...] [--json]

Each size is a project of its own, resolved in a process of its own: copies and stories, persons of several documents, and
reports of one event. The documents are invented: a year of news about 120 states, some pairs much more often than others,
300 words each, with three to six events, persons that no list knows, one in five a copy. Time is compared with n log n.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from report import finish, table

from dragoman.model import (
    Actor,
    ActorType,
    Document,
    Event,
    EventReport,
    Mention,
    Published,
    Reading,
    Status,
    content_id,
)
from dragoman.ontology.actors import states
from dragoman.ontology.offices import person_id
from dragoman.ontology.plover import plover
from dragoman.record import Project
from dragoman.record.database import writing
from dragoman.record.writer import write_reading

SIZES = (1_000, 10_000, 100_000)
MOST_MB = 2_000
VERBS = (
    "met accused praised shelled warned helped expelled visited blamed joined left cut raised signed refused".split()
)


def made(size: int, seed: int = 7) -> Iterator[Reading]:
    """Readings of invented documents, the same for the same seed."""
    dice = random.Random(seed)
    known = [actor for id, actor in sorted(states().items()) if len(id) == 9][:120]
    words = ["".join(dice.choices("abcdefghiklmnoprstuvz", k=dice.randint(3, 9))) for _ in range(30_000)]
    people = [f"{dice.choice(words).title()} {dice.choice(words).title()}" for _ in range(max(200, size // 20))]
    towns = [dice.choice(words).title() for _ in range(max(200, size // 10))]
    earlier: list[str] = []
    for number in range(size):
        day = date(2031, 1, 1) + timedelta(dice.randrange(365))
        if earlier and dice.random() < 0.2:
            text = dice.choice(earlier[-2000:]) + f" Filed as {number}."
        else:
            text = _text(dice, known, people, towns, words)
            earlier.append(text)
        yield _reading(text, number, day, known, people)


def _text(dice: random.Random, known: list[Actor], people: list[str], towns: list[str], words: list[str]) -> str:
    def country() -> Actor:
        return known[int(len(known) * dice.random() ** 3)]

    lines = []
    for _ in range(dice.randint(3, 6)):
        town, person = (pool[int(len(pool) * dice.random() ** 2)] for pool in (towns, people))
        said = " ".join(dice.choices(words, k=12))
        lines.append(f"{country().name} {dice.choice(VERBS)} {country().name} near {town} as {person} {said}.")
        lines.append(f"The {' '.join(dice.choices(words, k=35))}.")
    return " ".join(lines)


def _reading(text: str, number: int, day: date, known: list[Actor], people: list[str]) -> Reading:
    document = Document(
        text, f"{number}.txt", f"Outlet {number % 97}", published=Published(day.isoformat(), "metadata"), language="en"
    )
    by_name = {actor.name: actor for actor in known}
    actors: dict[str, Actor] = {}
    events = []
    for sentence in text.split(". ")[::2]:
        verb = next((word for word in VERBS if f" {word} " in sentence), None)
        if verb is None or " near " not in sentence:
            continue
        left, right = sentence.split(f" {verb} ", 1)
        one, other = by_name.get(left), by_name.get(right.split(" near ")[0])
        person = " ".join(sentence.split(" as ")[1].split()[:2])
        someone = Actor(person_id(person, None), person, ActorType.PERSON, aliases=(person,))
        actors[someone.id] = someone
        if one is None or other is None or one is other:
            continue
        actors |= {one.id: one, other.id: other}
        kind = list(plover().types)[VERBS.index(verb) % len(plover().types)]
        start = text.index(sentence)
        report = EventReport(document.id, start, start + len(sentence), sentence)
        when = day - timedelta(number % 3) if number % 2 else None
        events.append(
            Event(
                id=content_id("event", kind, one.id, other.id, str(when), sentence if when is None else ""),
                type=kind,
                mode=None,
                context=(),
                quad=plover().types[kind].quad,
                actor=(one.id,),
                recipient=(other.id,),
                status=Status.HAPPENED,
                date=when.isoformat() if when else None,
                date_basis="text" if when else None,
                place=None,
                reports=(report,),
            )
        )
    mentions = tuple(Mention(0, 1, actor, "name") for actor in sorted(actors))
    return Reading(document, "made 1", tuple(actors[id] for id in sorted(actors)), mentions, events=tuple(events))


def fill(folder: Path, size: int) -> None:
    with Project(folder) as project:
        run = project.start_run("made 1", {})
        batch: list[Reading] = []
        for reading in made(size):
            batch.append(reading)
            if len(batch) == 1000:
                _write(project, batch, run)
        _write(project, batch, run)


def _write(project: Project, batch: list[Reading], run: str) -> None:
    with writing(project._connection):
        for reading in batch:
            write_reading(project._connection, reading, run, None)
    batch.clear()


def resolve(folder: Path) -> dict[str, float]:
    """Seconds of the processor, memory at most in MB, and what was found; in this process."""
    with Project(folder) as project:
        began = time.process_time()
        project.resolve()
        seconds = time.process_time() - began
        counts = project.counts()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {
        "seconds": seconds,
        "mb": memory,
        **{key: counts[key] for key in ("stories", "events", "reports", "actors")},
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    options.add_argument("--only", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    if args.only:
        print(json.dumps(resolve(args.only)))
        return 0
    rows: list[list[object]] = [["documents", "seconds", "per n log n", "MB at most", "reports", "events", "stories"]]
    found: dict[str, object] = {}
    first = 0.0
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            fill(Path(folder) / "project", size)
            command = [sys.executable, __file__, "--only", str(Path(folder) / "project")]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
        told = json.loads(done.stdout)
        pace = told["seconds"] / (size * math.log(size))
        first = first or pace
        numbers = (f"{told[key]:,}" for key in ("reports", "events", "stories"))
        rows.append([f"{size:,}", told["seconds"], pace / first, round(told["mb"]), *numbers])
        found |= {f"seconds_{size}": told["seconds"], f"mb_{size}": told["mb"]}
    print(table(rows))
    finish(args, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
