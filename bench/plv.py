"""How well the type of event between a given pair is told: sentences in the manner of PLV (Hu et al. 2022).

    PYTHONPATH=src python bench/plv.py --data FILE [--weights DIR] [--errors] [--json]
    PYTHONPATH=src python bench/plv.py --folds build/folds [--train FILE] [--errors] [--json]

FILE is a table with tabs and the columns sentence, source, target, root, quad. With `--folds` every sentence of FILE
(default: plv_train.tsv of $DRAGOMAN_DATA) is read with the weights in build/folds/K that were trained without its fold
(training/base/folds.sh makes them). Macro-F1 is the mean of F1 over the classes that occur in the gold, with a bootstrap
interval over rows; `binary` is cooperation (quads 1, 2) or conflict (3, 4). PLV counts CONCEDE and RETREAT as one, YIELD.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from folds import add_options, phrase, readers
from report import bootstrap, finish, interval, table

from dragoman.encode.base import Base
from dragoman.encode.labels import PLV

QUADS = dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1) | dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2)
QUADS |= dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3)
YIELD = frozenset({"CONCEDE", "RETREAT"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A row's gold root and the one told."""

    row: dict[str, str]
    gold: str
    told: str


def answer(row: dict[str, str], base: Base) -> Answer:
    """Reads one row: both parties are given by their words."""
    sides = [[place] if (place := phrase(row[key], row["sentence"])) else [] for key in ("source", "target")]
    told = PLV[int(base.between(row["sentence"], *sides).roots.argmax())]
    return Answer(row, "YIELD" if row["root"] in YIELD else row["root"], told)


def quad(root: str) -> str:
    return str(QUADS.get(root, 4))


def binary(root: str) -> str:
    return "cooperation" if QUADS.get(root, 4) < 3 else "conflict"


def macro_f1(of: Callable[[str], str]) -> Callable[[list[Answer]], float]:
    """The mean of F1 over the gold's classes, where `of` tells the class of a root."""

    def score(answers: list[Answer]) -> float:
        gold, told, hit = Counter[str](), Counter[str](), Counter[str]()
        for one in answers:
            gold[of(one.gold)] += 1
            told[of(one.told)] += 1
            hit[of(one.gold)] += of(one.gold) == of(one.told)
        return sum(2 * hit[name] / (gold[name] + told[name]) for name in gold) / len(gold) if gold else float("nan")

    return score


def root(name: str) -> str:
    return name


def rows(path: Path) -> list[dict[str, str]]:
    """Raises OSError, and ValueError where a column is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = {"sentence", "source", "target", "root"} - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path} lacks the column(s) {', '.join(sorted(missing))}")
        return list(reader)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(options, "plv_train.tsv")
    args = options.parse_args()
    readings = readers(args)
    if readings is None:
        return 1
    path, of = readings
    try:
        found = [answer(row, base) for row in rows(path) if (base := of(row["sentence"])) is not None]
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    if args.errors:
        for one in found:
            if one.gold != one.told:
                print(f"{one.gold} told {one.told}: {one.row['source']} -> {one.row['target']}: {one.row['sentence']}")
    lines: list[Sequence[object]] = [("what", "macro-F1", "n", "of", "95%")]
    figures: dict[str, object] = {}
    for what, of_root in (("binary", binary), ("quad", quad), ("root", root)):
        score = macro_f1(of_root)
        low, high = bootstrap(found, score)
        lines.append((what, score(found), len(found), "sentences", interval(low, high)))
        figures[f"{what}_macro_f1"] = score(found)
        figures |= {"low": low, "high": high}
    print(table(lines))
    by_root: list[Sequence[object]] = [("root", "F1", "n")]
    for name in PLV:
        mine = Counter((one.gold == name, one.told == name) for one in found)
        right, sides = mine[True, True], mine[True, False] + mine[False, True]
        if right + sides:
            by_root.append((name, 2 * right / (2 * right + sides), mine[True, True] + mine[True, False]))
    print(table(by_root))
    finish(args, {**figures, "n": len(found)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
