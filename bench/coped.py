"""How well who did what to whom is found in a sentence, end to end: sentences in the manner of CoPED.

    PYTHONPATH=src python bench/coped.py --data FILE [--weights DIR] [--errors] [--json]
    PYTHONPATH=src python bench/coped.py --folds build/folds [--train FILE] [--errors] [--json]

FILE has a JSON object a line: sentence, pentaclass (quad 0 to 4, 0: no event), sources, targets, reciprocal. Nothing but
the sentence is given to the base. CoPED has one event a sentence, so of those told the surest counts, one of two sides
first; where that one is none by CoPED's convention, the sentence has none. `--folds` reads each sentence of FILE (default:
coped_train.jsonl of $DRAGOMAN_DATA) with weights trained without its fold.

- Pair: some source overlaps an actor told and some target a recipient told; a side that the gold leaves empty is open, and
  what is reciprocal has no direction but both sides among the parties told. F1 over sentences with an event (gold) and
  sentences in which one is told. With quad: the quad is right as well.
- Quad and whether there is an event at all come from a head that learned CoPED's own convention: it counts sanctions as
  verbal conflict, and urging, doubting and agreeing in words as no event.
- No event: share of sentences of class 0 told none.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from folds import FOLDS, fold_of, phrase
from report import bootstrap, finish, interval, table

from dragoman.encode.base import Base
from dragoman.encode.weights import directory
from dragoman.model import Span

ROOT = Path(__file__).parent.parent
TRAIN = Path(os.environ.get("DRAGOMAN_DATA", ROOT.parent / "shared" / "data")) / "events" / "coped_train.jsonl"
UNSURE = 0.5
"""Probability of "no event" from which a pair is told none."""
ONE_SIDED = 0.8
"""What an event of which only one side is named counts beside one of two sides; chosen among three ways, cross-validated."""
Tally = Counter[str]
Score = Callable[[list[Tally]], float]


@dataclass(frozen=True, slots=True)
class Told:
    """The surest event of a sentence: its parties and its quad."""

    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    quad: int
    sure: float
    symmetric: bool


def surest(sentence: str, base: Base) -> Told | None:
    """The event told in a sentence, None where there is none."""
    analysis = base.analyze(sentence, [(0, len(sentence))])

    def spans(ranges: tuple[tuple[int, int], ...]) -> tuple[Span, ...]:
        return tuple((analysis.tokens[a].start, analysis.tokens[b - 1].end) for a, b in ranges)

    found = []
    for one in analysis.happened or ():
        actors, recipients = spans(one.actors), spans(one.recipients)
        if not actors and not recipients:
            continue
        quads = base.between(sentence, actors, recipients).quads
        sure = one.score * (1 if actors and recipients else ONE_SIDED)
        quad = int(quads[1:].argmax()) + 1 if quads[0] < UNSURE else 0
        found.append(Told(actors, recipients, quad, sure, not recipients))
    best = max(found, key=lambda told: told.sure, default=None)
    return best if best is not None and best.quad else None


def measure(row: dict[str, object], base: Base, errors: list[str]) -> Tally:
    sentence = str(row["sentence"])
    quad = int(str(row["pentaclass"]))
    sources, targets, mutual = (_places(row[key], sentence) for key in ("sources", "targets", "reciprocal"))
    told = surest(sentence, base)
    tally: Tally = Counter(n=1, gold=quad > 0, told=told is not None)
    if not quad:
        tally |= Counter(none_n=1, none_right=told is None)
    if told is not None and quad:
        pair = _pair(told, sources, targets, mutual)
        tally |= Counter(pair=pair, both=pair and told.quad == quad, quad_n=1, quad=told.quad == quad)
        if sources and targets:
            tally |= Counter(full_n=1, full=pair)
    if quad and told is None:
        errors.append(f"{quad} told none: {sentence}")
    elif told is not None and not tally["both"]:
        texts = [[sentence[slice(*span)] for span in side] for side in (told.actors, told.recipients)]
        gold = row["sources"], row["targets"], row["reciprocal"]
        errors.append(f"{quad} {gold} told {told.quad} {texts}: {sentence}")
    return tally


def _places(phrases: object, sentence: str) -> list[Span]:
    assert isinstance(phrases, list)
    return [place for words in phrases if (place := phrase(str(words), sentence))]


def _pair(told: Told, sources: Sequence[Span], targets: Sequence[Span], mutual: Sequence[Span]) -> bool:
    if mutual:
        return all(_meet([side], (*told.actors, *told.recipients)) for side in mutual)
    actors, recipients = told.actors, told.recipients
    if told.symmetric and len(actors) > 1 and targets:
        return _meet(sources, actors) and _meet(targets, actors)
    return (not sources or _meet(sources, actors)) and (not targets or _meet(targets, recipients))


def _meet(one: Sequence[Span], two: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in two)


def f1(what: str) -> Score:
    """Of hits over gold and told sentences."""

    def score(tallies: list[Tally]) -> float:
        total = sum((Counter(t) for t in tallies), Counter[str]())
        sides = total["gold"] + total["told"]
        return 2 * total[what] / sides if sides else float("nan")

    return score


def share(what: str, of: str) -> Score:
    def score(tallies: list[Tally]) -> float:
        n = sum(t[of] for t in tallies)
        return sum(t[what] for t in tallies) / n if n else float("nan")

    return score


ROWS = (
    ("pair, F1", "pair_f1", f1("pair"), "gold"),
    ("pair and quad, F1", "pair_quad_f1", f1("both"), "gold"),
    ("class 0 told no event", "no_event_recall", share("none_right", "none_n"), "none_n"),
    ("  pair where both sides are annotated", "full", share("full", "full_n"), "full_n"),
    ("  quad of those told", "quad", share("quad", "quad_n"), "quad_n"),
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, help="sentences as in coped_train.jsonl")
    options.add_argument("--weights", type=Path, help="folder of weights other than the installed ones")
    options.add_argument("--folds", type=Path, help="folder of weights by fold, to cross-validate on --train")
    options.add_argument("--train", type=Path, default=TRAIN)
    options.add_argument("--errors", action="store_true", help="print each sentence told wrongly")
    options.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    args = options.parse_args()
    if args.data is None and args.folds is None:
        args.folds = ROOT / "build" / "folds"
    if args.folds is not None and not (args.folds / "0").is_dir():
        print(
            f"{args.folds} holds no weights by fold: training/base/folds.sh makes them; or name --data", file=sys.stderr
        )
        return 1
    try:
        rows = [json.loads(line) for line in (args.data or args.train).read_text("utf-8").splitlines() if line.strip()]
        folders = [args.folds / str(n) for n in range(FOLDS)] if args.folds else [args.weights or directory()]
        bases = [Base(folder) if folder.is_dir() else None for folder in folders]
        errors: list[str] = []
        tallies = [
            measure(row, base, errors)
            for row in rows
            if (base := bases[fold_of(row["sentence"]) if args.folds else 0]) is not None
        ]
    except (OSError, ValueError, KeyError) as error:
        print(f"{args.data or args.train}: {error!r}", file=sys.stderr)
        return 1
    if args.errors:
        print(*errors, sep="\n")
    lines = [
        (what, score(tallies), sum(t[n] for t in tallies), interval(*bootstrap(tallies, score)))
        for what, _, score, n in ROWS
    ]
    print(table([("what", "value", "n", "95%"), *lines]))
    figures = {key: score(tallies) for _, key, score, _ in ROWS[:3]}
    finish(args, {**figures, "n": len(tallies)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
