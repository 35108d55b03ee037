"""How fast a large record answers: what each view of the workbench asks first, over a digest of a made record.

    PYTHONPATH=src python bench/workbench.py [--events N] [--keep DIR] [--only WORD] [--json]

The record (bench/made_record.py) has N events, five statements an event and a document for five events. Each question is asked
once so that its columns are in memory, as in a server that runs, then for different pairs of parties, actors and filters:
the twenty busiest, and others drawn by chance. Milliseconds from question to answer
by the clock, and of the processor, which other work on the machine disturbs less; and the most memory of this process.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from made_record import make
from report import finish, table

from dragoman.analyze.accounts import accounts
from dragoman.analyze.balance import balance
from dragoman.analyze.change_points import change_points
from dragoman.analyze.coverage import coverage
from dragoman.analyze.demands import demands
from dragoman.analyze.mirror import mirror
from dragoman.analyze.network import network
from dragoman.analyze.reactions import reactions
from dragoman.analyze.series import relation_series
from dragoman.digest import Digest
from dragoman.record import Project

GOAL_MS, GOAL_MB = 100.0, 500.0
ASKED = 40
"""How often each question is asked, at most."""

Question = Callable[[], object]


def questions(project: Project, dice: random.Random) -> dict[str, list[Question]]:
    """What is asked, by the view that asks it."""
    digest = _digest(project)
    relations = digest.relations(limit=5000).rows
    drawn = [*relations[:20], *dice.sample(relations, min(20, len(relations)))]
    pairs = [(row.a.id, row.b.id) for row in drawn]
    actors = [row.actor.id for row in digest.actors(limit=2000).rows]
    some = [*actors[:20], *dice.sample(actors, min(20, len(actors)))]
    outlets = [row.id for row in digest.outlets() if row.id]
    times = [(f"20{year}-0{month}", f"20{year}-0{month + 3}") for year in (21, 24, 27) for month in (1, 4)]

    states = [id for id in actors if id.startswith("state:")]
    events = [row.event.id for pair in pairs[::2] for row in digest.events(pair, limit=2).rows]

    def ask(method: str, **arguments: object) -> Question:
        return lambda: getattr(_digest(project), method)(**arguments)

    return {
        "relations": [ask("relations", limit=20, offset=at) for at in range(0, 400, 20)],
        "relations in a period": [ask("relations", since=since, until=until) for since, until in times],
        "relations of an actor": [ask("relations", actor=id) for id in some],
        "events of a pair": [ask("events", pair=pair) for pair in pairs],
        "events of an actor": [ask("events", actor=id, order="latest") for id in some],
        "events of a type": [ask("events", type=type) for type in ("CONSULT", "COERCE", "AID", "ASSAULT")],
        "events, all": [ask("events", offset=at) for at in (0, 50, 5000)],
        "statements, all": [ask("statements", offset=at) for at in (0, 50, 5000)],
        "statements of a speaker": [ask("statements", speaker=id) for id in some],
        "statements about": [ask("statements", about=id, polarity=-1) for id in some],
        "statements of an act": [ask("statements", act=act) for act in ("demand", "deny", "assert", "praise")],
        "statements in a period": [ask("statements", act="demand", since=since, until=until) for since, until in times],
        "statements of an outlet": [ask("statements", outlet=id) for id in outlets[:10] + outlets[-10:]],
        "actors": [ask("actors", query=query) for query in (None, "ba", "land", "zuzu", "a")],
        "outlets": [ask("outlets")],
        "documents": [ask("documents", outlet=id) for id in outlets[:20]],
        "months": [ask("months")],
        "totals": [ask("totals")],
        "to review": [ask("to_review", limit=1, offset=at) for at in (0, 1, 50, 1000)],
        "series": [partial(relation_series, project, *pair) for pair in pairs],
        "change points": [partial(_changes, project, *pair) for pair in pairs],
        "balance": [
            partial(balance, project, a, [b, *powers]) for a, b in pairs for powers in (_others(states, a, b),)
        ],
        "coverage": [partial(coverage, project)],
        "network": [partial(network, project, minimum) for minimum in (1, 10, 100)],
        "mirror": [partial(mirror, project, *pair) for pair in pairs],
        "accounts": [partial(accounts, project, id) for id in events],
        "reactions": [partial(reactions, project, *pair) for pair in pairs],
        "demands": [partial(demands, project, *pair) for pair in pairs],
    }


def _others(states: Sequence[str], a: str, b: str) -> list[str]:
    """Two more powers."""
    return [id for id in states if id not in (a, b)][:2]


def _changes(project: Project, a: str, b: str) -> object:
    return change_points(relation_series(project, a, b).both)


def timed(asked: Iterable[Question]) -> tuple[list[float], list[float]]:
    """Milliseconds of each question by the clock and of the processor, sorted, the first one asked once before."""
    clock, worked = [], []
    for number, question in enumerate(asked):
        if not number:
            question()
        began, started = time.perf_counter(), time.process_time()
        question()
        clock.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - started) * 1000)
    return sorted(clock), sorted(worked)


def p95(values: Sequence[float]) -> float:
    """The 95th of a hundred sorted values."""
    return values[min(len(values) - 1, int(0.95 * len(values)))]


def peak() -> float:
    """The most memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _digest(project: Project) -> Digest:
    digest = Digest.open(project)
    assert digest is not None, "the digest was just made"
    return digest


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--events", type=int, default=10_000, help="events of the record (default: 10,000)")
    options.add_argument(
        "--keep", type=Path, help="a folder in which the record is kept, and used again if it is there"
    )
    options.add_argument("--only", default="", help="only the questions with this word in their name")
    options.add_argument("--each", action="store_true", help="print each line when it is known, too")
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        return _run(args, args.keep or Path(scratch) / "made")


def _run(args: argparse.Namespace, folder: Path) -> int:
    figures: dict[str, object] = {"events": args.events}
    if not (folder / "project.db").is_file():
        began = time.perf_counter()
        counts = make(folder, args.events)
        print(f"made in {time.perf_counter() - began:.0f} s: {counts}")
    with Project(folder) as project:
        if Digest.open(project) is None:
            began = time.perf_counter()
            Digest.make(project)
            figures |= {"build_seconds": time.perf_counter() - began, "build_mb": peak()}
            size = (folder / "digest.db").stat().st_size / 1e6
            print(f"digest in {figures['build_seconds']:.0f} s, {size:.0f} MB, at most {peak():.0f} MB of memory")
        found: list[list[object]] = [["asked first, ms", "asked", "median", "95th of 100", "longest", "95th, CPU"]]
        for name, asked in questions(project, random.Random(7)).items():
            if args.only in name:
                times, worked = timed(asked[:ASKED])
                found.append([name, len(times), times[len(times) // 2], p95(times), times[-1], p95(worked)])
                figures |= {f"{name}, ms": p95(times), f"{name}, CPU ms": p95(worked)}
                if args.each:
                    print(table([found[0], found[-1]]), flush=True)
        print(table(found))
    print(f"at most {peak():.0f} MB of memory; goals: {GOAL_MS:g} ms, {GOAL_MB:g} MB")
    finish(args, {**figures, "mb": peak()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
