"""How fast the store is: documents a second in, views beside a writer, and the time that a check takes.

    PYTHONPATH=src python bench/store.py [--n N] [--check-n N ...] [--originals] [--json]

The readings are made before the clock runs: 300 words, 5 statements, 3 events, 6 actors. Each goes in by `Project.add`, one
transaction a document, with full text; `--originals` keeps the source of each, too, which waits for the disk once more.
Then the same readings again, which must add no row; a process that views the project while another one writes, in
milliseconds from question to answer; and `check_project`, once for each size of `--check-n`. Resolving is not measured here
(bench/resolving.py does).
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from report import finish, table

from dragoman.model import (
    About,
    Act,
    Actor,
    ActorType,
    ChainLink,
    Document,
    Event,
    EventReport,
    Form,
    Mention,
    Published,
    Reading,
    Speaker,
    Statement,
    Status,
    content_id,
)
from dragoman.record import Filter, Project
from dragoman.record.integrity import check_project

GOAL = 1_000
"""Documents a second."""
GOAL_CHECK = 60.0
"""Seconds for `CHECKED` documents."""
CHECKED = 100_000
READER = "made 1"

_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()
_STATES = tuple(Actor(f"state:X{a}{b}", f"{a}{b.lower()}land", ActorType.STATE) for a in "ABCDEFGH" for b in "ABCDE")


def made(size: int, seed: int = 7) -> Iterator[Reading]:
    """Readings of invented documents, the same for the same seed."""
    dice = random.Random(seed)
    words = ["".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(40_000)]
    for number in range(size):
        yield _reading(dice, words, number)


def _reading(dice: random.Random, words: list[str], number: int) -> Reading:
    states = dice.sample(_STATES, 3)
    people = [
        Actor(f"person:{name.lower()}", name, ActorType.PERSON, aliases=(name.upper(),))
        for name in (word.title() + str(dice.randrange(500)) for word in dice.sample(words, 3))
    ]
    said = [f"{dice.choice(people).name} said that {' '.join(dice.choices(words, k=32))}" for _ in range(5)]
    done = [
        f"{states[n % 3].name} met {states[(n + 1) % 3].name} as {' '.join(dice.choices(words, k=32))}"
        for n in range(3)
    ]
    text = ". ".join([*said, *done]) + "."
    day = (date(2031, 1, 1) + timedelta(dice.randrange(365))).isoformat()
    document = Document(
        text,
        f"https://outlet{number % 97}.example/{number}",
        f"Outlet {number % 97}",
        " ".join(dice.choices(words, k=8)),
        published=Published(day, "metadata"),
        language="en",
        body=((0, len(text)),),
    )
    actors = {actor.name: actor for actor in (*people, *states)}
    return Reading(
        document,
        READER,
        tuple(actors.values()),
        tuple(_mention(text, actor) for actor in actors.values() if actor.name in text)
        + tuple(Mention(0, 1, actor.id, "name") for actor in actors.values() if actor.name not in text),
        tuple(_statement(document, quote, actors, states[0]) for quote in said),
        tuple(_event(document, clause, states, n, day) for n, clause in enumerate(done)),
    )


def _mention(text: str, actor: Actor) -> Mention:
    start = text.index(actor.name)
    return Mention(start, start + len(actor.name), actor.id, "name")


def _statement(document: Document, quote: str, actors: dict[str, Actor], about: Actor) -> Statement:
    start = document.text.index(quote)
    name = quote.split()[0]
    mention, cue = (start, start + len(name)), (start + len(name) + 1, start + len(name) + 5)
    words = (start + len(name) + 11, start + len(quote))
    return Statement(
        content_id("statement", document.id, *words),
        *(document.id, *words, document.text[slice(*words)], Form.INDIRECT, Act.ASSERT, cue),
        Speaker(actors[name].id, name, "minister", mention),
        (ChainLink(actors[name].id, name, mention),),
        (About(about.id, -1),),
        0.75,
    )


def _event(document: Document, clause: str, states: list[Actor], number: int, day: str) -> Event:
    start = document.text.index(clause)
    one, other = states[number % 3].id, states[(number + 1) % 3].id
    return Event(
        id=content_id("event", "CONSULT", one, other, day),
        type="CONSULT",
        mode="meet",
        context=("diplomatic",),
        quad=1,
        actor=(one,),
        recipient=(other,),
        status=Status.HAPPENED,
        date=day,
        date_basis="text",
        place=None,
        reports=(EventReport(document.id, start, start + len(clause), clause),),
    )


def fill(folder: Path, readings: list[Reading], originals: bool = False) -> tuple[float, float]:
    """Adds all; seconds by the clock and of the processor."""
    with Project(folder) as project:
        run = project.start_run(READER, {})
        began, worked = time.perf_counter(), time.process_time()
        for reading in readings:
            project.add(reading, run, reading.document.text.encode() if originals else None)
        seconds = time.perf_counter() - began, time.process_time() - worked
        project.finish_run(run)
    return seconds


def rows(folder: Path) -> int:
    """Of all tables but that of the runs."""
    with sqlite3.connect(folder / "project.db") as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'")]
        return sum(
            database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in tables
            if table not in ("runs", "sqlite_sequence")
        )


def beside(folder: Path, size: int) -> dict[str, list[float]]:
    """Milliseconds of each view while another process adds as many more documents."""
    command = [sys.executable, __file__, "--write", str(folder), "--n", str(size)]
    asked: dict[str, list[float]] = {}
    with subprocess.Popen(command) as writer, Project(folder) as project:
        first = next(project.documents(Filter(limit=1))).id
        views: dict[str, Callable[[], object]] = {
            "counts": project.counts,
            "one reading": lambda: project.reading(first),
            "20 documents": lambda: list(project.documents(Filter(limit=20))),
            "20 statements": lambda: list(project.statements(Filter(limit=20))),
            "search": lambda: project.search('"said that"', limit=20),
        }
        while writer.poll() is None:
            for name, view in views.items():
                began = time.perf_counter()
                view()
                asked.setdefault(name, []).append((time.perf_counter() - began) * 1000)
    if writer.returncode:
        sys.exit("the writer failed")
    return asked


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--n", type=int, default=10_000, help="documents that go in (default: 10,000)")
    options.add_argument(
        "--check-n",
        type=int,
        nargs="+",
        default=[20_000],
        metavar="N",
        help="documents that are checked (default: 20,000)",
    )
    options.add_argument("--originals", action="store_true", help="keep the source of each document, too")
    options.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    if args.write:
        fill(args.write, list(made(args.n, seed=8)))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        figures = {**_in(Path(scratch) / "in", args), **_checks(Path(scratch) / "checked", args.check_n)}
    finish(args, figures)
    return 0


def _in(folder: Path, args: argparse.Namespace) -> dict[str, object]:
    readings = list(made(args.n))
    seconds, worked = fill(folder, readings, args.originals)
    before = rows(folder)
    again, again_worked = fill(folder, readings, args.originals)
    added = rows(folder) - before
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / args.n / 1000
    print(
        table(
            [
                ["into the store", "documents", "a second", "a CPU second", "rows added", "kB each"],
                ["new", args.n, round(args.n / seconds), round(args.n / worked), before, size],
                ["again", args.n, round(args.n / again), round(args.n / again_worked), added, ""],
            ]
        )
    )
    print(f"goal: {GOAL:,} a second; again adds no row\n")
    found: list[list[object]] = [["viewed beside a writer, ms", "asked", "median", "95th of 100", "longest"]]
    asked = beside(folder, max(args.n // 2, 1))
    for name, times in asked.items():
        times.sort()
        found.append([name, len(times), statistics.median(times), times[int(0.95 * (len(times) - 1))], times[-1]])
    print(table(found))
    return {
        "n": args.n,
        "documents_a_second": args.n / seconds,
        "documents_a_cpu_second": args.n / worked,
        "rows_added_again": added,
        "longest_view_ms": max(max(times) for times in asked.values()),
    }


def _checks(folder: Path, sizes: list[int]) -> dict[str, object]:
    found: list[list[object]] = [["checked", "seconds", "a document, ms", "wrong"]]
    measured: list[tuple[int, float]] = []
    wrong = here = 0
    readings = made(max(sizes))
    for size in sorted(sizes):
        while here < size:
            some = list(islice(readings, min(1000, size - here)))
            fill(folder, some)
            here += len(some)
        began = time.perf_counter()
        findings = [finding for finding in check_project(folder) if finding.wrong]
        seconds = time.perf_counter() - began
        measured.append((size, seconds))
        wrong += len(findings)
        found.append([f"{size:,}", seconds, seconds / size * 1000, len(findings)])
    figures: dict[str, object] = {
        "check_wrong": wrong,
        **{f"check_seconds_{size}": seconds for size, seconds in measured},
    }
    print("\n" + table(found))
    if len(measured) > 1 and measured[-1][0] < CHECKED:
        # Along the line through the two largest sizes.
        (one, first), (other, second) = measured[-2:]
        figures["check_seconds_extrapolated"] = second + (second - first) / (other - one) * (CHECKED - other)
        print(f"extrapolated to {CHECKED:,} documents: {figures['check_seconds_extrapolated']:.1f} seconds")
    print(f"goal: {GOAL_CHECK:g} seconds for {CHECKED:,} documents")
    return figures


if __name__ == "__main__":
    sys.exit(main())
