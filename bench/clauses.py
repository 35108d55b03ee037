"""How well the base finds events clause by clause: our coded passages against its triggers and parties.

    PYTHONPATH=src python bench/clauses.py [--data training/corpus/events/dev] [--weights DIR] [--errors] [--json]

This measures what reading starts from, before actors are resolved; bench/corpus.py and bench/pages.py measure the record.
A gold event is met by the event told in its sentence that lies within three words of its trigger, one of the same type
first. Found: F1 of events, whatever their type; type: F1 of events with the right type; mode, status: share right of those
met. Actor, recipient: share of events met where every party overlaps one told, and the other way round; nobody is right
where nobody is named. Without event: share of passages without event in which none is told.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from report import bootstrap, finish, interval, table
from said import ROOT, Tally, f1, share

from dragoman.encode.analysis import Analysis, Happened
from dragoman.encode.base import Base
from dragoman.encode.weights import directory
from dragoman.model import Span

sys.path.append(str(ROOT / "training" / "corpus"))
from coded import BrokenPassage, Passage, passages

DATA = ROOT / "training" / "corpus" / "events" / "dev"
NEAR = 3


def measure(passage: Passage, base: Base, errors: list[str]) -> Tally:
    """Reads one passage and tallies it against its gold."""
    analysis = base.analyze(passage.text, [(0, len(passage.text))])
    told = list(analysis.happened or ())
    tally: Tally = Counter()
    if not passage.events:
        tally["none_n"] += 1
        tally["none_right"] += not told
    met = _met(passage, analysis, told)
    for what in ("found", "type"):
        tally[f"{what}_gold"] += len(passage.events)
        tally[f"{what}_found"] += len(told)
    tally["found_hit"] += len(met)
    wrong = [
        f"missed {gold.type} {passage.text[slice(*gold.trigger)]}"
        for n, gold in enumerate(passage.events)
        if n not in met
    ]
    wrong += [
        f"in vain {t.type} {analysis.tokens[t.trigger].text} {t.score:.2f}"
        for m, t in enumerate(told)
        if m not in met.values()
    ]
    for n, m in met.items():
        gold, one = passage.events[n], told[m]
        right = {
            "status": gold.status == one.status,
            "actor": _same(gold.actors, one.actors, analysis),
            "recipient": _same(gold.recipients, one.recipients, analysis),
        }
        if gold.type == one.type:
            tally["type_hit"] += 1
            right["mode"] = gold.mode == (one.mode or "")
        else:
            wrong.append(f"type {gold.type} told {one.type}: {passage.text[slice(*gold.trigger)]}")
        for what, is_right in right.items():
            tally[f"{what}_right"] += is_right
            tally[f"{what}_n"] += 1
            if not is_right:
                wrong.append(f"{what} {gold} told {one.status} {one.mode} {_texts(one, analysis)}")
    if wrong:
        errors += [passage.text, *(f"    {line}" for line in wrong)]
    return tally


def _met(passage: Passage, analysis: Analysis, told: list[Happened]) -> dict[int, int]:
    close = []
    for n, gold in enumerate(passage.events):
        at = [i for i, t in enumerate(analysis.tokens) if t.start < gold.trigger[1] and t.end > gold.trigger[0]]
        for m, one in enumerate(told):
            distance = min(abs(i - one.trigger) for i in at)
            if distance <= NEAR:
                close.append((gold.type != one.type, distance, n, m))
    met: dict[int, int] = {}
    for _, _, n, m in sorted(close):
        if n not in met and m not in met.values():
            met[n] = m
    return met


def _same(gold: tuple[Span, ...], told: tuple[tuple[int, int], ...], analysis: Analysis) -> bool:
    spans = [(analysis.tokens[a].start, analysis.tokens[b - 1].end) for a, b in told]
    meets = [[s < e and a < b and s < b and a < e for s, e in spans] for a, b in gold]
    return all(map(any, meets)) and all(any(row[i] for row in meets) for i in range(len(spans)))


def _texts(one: Happened, analysis: Analysis) -> str:
    def text(ranges: tuple[tuple[int, int], ...]) -> str:
        return "; ".join(analysis.text[analysis.tokens[a].start : analysis.tokens[b - 1].end] for a, b in ranges) or "-"

    return f"{text(one.actors)} | {text(one.recipients)}"


ROWS = (
    ("event found, F1", "found_f1", "events", f1("found"), "found_gold"),
    ("  and its type, F1", "type_f1", "events", f1("type"), "type_gold"),
    ("mode", "mode", "events", share("mode"), "mode_n"),
    ("status", "status", "events", share("status"), "status_n"),
    ("actor", "actor", "events", share("actor"), "actor_n"),
    ("recipient", "recipient", "events", share("recipient"), "recipient_n"),
    ("no event told none", "none", "passages", share("none"), "none_n"),
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DATA, help="a file of coded passages, or a folder of them")
    options.add_argument("--weights", type=Path, help="folder of weights other than the installed ones")
    options.add_argument("--seed", type=int, default=0, help="draws the countries")
    options.add_argument("--errors", action="store_true", help="print each miss")
    options.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    args = options.parse_args()
    try:
        found = passages(sorted(args.data.glob("*.txt")) if args.data.is_dir() else [args.data], args.seed)
    except (BrokenPassage, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    base, errors = Base(args.weights or directory()), list[str]()
    tallies = [measure(passage, base, errors) for passage in found]
    if args.errors:
        print(*errors, sep="\n")
    lines = [
        (what, score(tallies), sum(t[n] for t in tallies), unit, interval(*bootstrap(tallies, score)))
        for what, _, unit, score, n in ROWS
    ]
    print(table([("what", "value", "n", "of", "95%"), *lines]))
    finish(args, {**{key: score(tallies) for _, key, _, score, _ in ROWS}, "n": len(found)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
