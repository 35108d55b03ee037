"""Which reports tell of one event: stories in which reports of one event carry one label.

    PYTHONPATH=src python bench/same_event.py [--data FILE] [--seeds N] [--errors] [--json]

FILE is in the format of training/corpus/same_events.py (default: training/corpus/same/test.txt, whose author saw neither
the development part nor the resolver). All documents of the file are one project. Countries are drawn anew for each seed.

- As coded: reports with the corpus's types and parties, named as the reader resolves them, with the reader's dates.
- As read: the reports that the reader found by itself; those it missed are told in `found`, and are no part of the score.
- B-cubed (Bagga and Baldwin 1998): precision and recall of each report's group, averaged over reports, and their F1.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from report import bootstrap, finish, interval, table

sys.path.append(str(Path(__file__).resolve().parent.parent / "training" / "corpus"))
from same_events import FOLDER, stories
from same_readings import Labelled, as_coded, as_read, readings

from dragoman.encode import load
from dragoman.resolve.same_events import same_events

Scored = tuple[str, float, float]
"""The story of a report, and its precision and recall."""


def score(labelled: Sequence[Labelled], told: dict[tuple[str, int], str]) -> list[Scored]:
    groups: dict[str, set[int]] = defaultdict(set)
    gold: dict[str, set[int]] = defaultdict(set)
    for number, one in enumerate(labelled):
        groups[told[one.telling.document, one.telling.position]].add(number)
        gold[one.event].add(number)
    out = []
    for one in labelled:
        ours, theirs = groups[told[one.telling.document, one.telling.position]], gold[one.event]
        both = len(ours & theirs)
        out.append((one.event.split()[0], both / len(ours), both / len(theirs)))
    return out


def f1(scored: Sequence[Scored]) -> float:
    if not scored:
        return float("nan")
    precision = sum(p for _, p, _ in scored) / len(scored)
    recall = sum(r for _, _, r in scored) / len(scored)
    return 2 * precision * recall / (precision + recall)


def by_story(scored: Sequence[Scored]) -> list[list[Scored]]:
    found: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        found[one[0]].append(one)
    return list(found.values())


def errors(labelled: Sequence[Labelled], told: dict[tuple[str, int], str]) -> None:
    groups: dict[str, list[Labelled]] = defaultdict(list)
    gold: dict[str, list[Labelled]] = defaultdict(list)
    for one in labelled:
        groups[told[one.telling.document, one.telling.position]].append(one)
        gold[one.event].append(one)
    for group in groups.values():
        if len({one.event for one in group}) > 1:
            print(
                "joined:",
                *(f"{one.event} {one.telling.type} {sorted(one.telling.parties)}" for one in group),
                sep="\n    ",
            )
    for event, same in gold.items():
        if len({told[one.telling.document, one.telling.position] for one in same}) > 1:
            parts = (
                f"{one.telling.type} {sorted(one.telling.doers)} {sorted(one.telling.sufferers)} {one.telling.span}"
                for one in same
            )
            print(f"parted: {event}", *parts, sep="\n    ")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=FOLDER / "test.txt")
    options.add_argument("--seeds", type=int, default=3, help="draws of countries")
    options.add_argument("--errors", action="store_true", help="print what was wrongly joined or parted")
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    base = load()
    coded: list[Scored] = []
    read: list[Scored] = []
    alone: list[Scored] = []
    found = reports = events = 0
    for seed in range(args.seeds):
        documents = readings(stories(args.data, seed), base)
        given = as_coded(documents)
        told = same_events(one.telling for one in given)
        coded += score(given, told)
        alone += score(given, {(one.telling.document, one.telling.position): str(n) for n, one in enumerate(given)})
        if args.errors and not seed:
            errors(given, told)
        met, everything, missed = as_read(documents)
        read += score(met, same_events(everything))
        found, reports = found + len(met), reports + len(met) + missed
        events = len({one.event for one in given})
    rows: list[list[object]] = [["reports of one event", "precision", "recall", "B-cubed F1", "n", "95%"]]
    for name, scored in (("as coded", coded), ("as read", read), ("every report alone", alone)):
        low, high = bootstrap(by_story(scored), lambda drawn: f1([one for story in drawn for one in story]))
        precision, recall = (sum(side) / len(scored) for side in list(zip(*scored, strict=True))[1:])
        rows.append([name, precision, recall, f1(scored), len(scored) // args.seeds, interval(low, high)])
    print(table(rows))
    print(
        f"{events} events in {args.data.name}; the reader found {found} of {reports} reports ({args.seeds} draws of countries)"
    )
    finish(args, {"bcubed_f1": f1(coded), "read_bcubed_f1": f1(read), "found": found / reports, "n": events})
    return 0


if __name__ == "__main__":
    sys.exit(main())
