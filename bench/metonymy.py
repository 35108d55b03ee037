"""Whether a place's name means the place or those who act for it: ReLocaR (Gritta et al. 2017), cross-validated.

    PYTHONPATH=src python bench/metonymy.py [--data FILE] [--weights DIR] [--errors] [--json]

FILE is an XML file in the format of ReLocaR (default: actors/ReLocaR_Train.xml of $DRAGOMAN_DATA). The head is trained anew
on nine tenths of its sentences and tells the tenth, ten times; the encoder below it never saw the file.

- As shipped: with the names of our coded passages that the head of the weights is trained on beside ReLocaR.
- ReLocaR alone: without them. By preposition: "in", "near" and the like tell a place, as we did before.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from report import bootstrap, finish, interval, table

sys.path.append(str(Path(__file__).resolve().parent.parent / "training" / "base"))
from dragoman.encode import weights
from dragoman.encode.base import Base
from dragoman.read.names import PLACE_CASES
from metonyms import OURS, Floats, Reading, features, fit, ours, relocar

FOLDS = 10


def cross_validated(readings: Sequence[Reading], states: Floats, beside: Floats, labels: Sequence[bool]) -> list[bool]:
    """Whether each name is told right by a head that never saw its sentence; `beside` and `labels` are always learnt from."""
    samples = sorted({one.sample for one in readings})
    random.Random(7).shuffle(samples)
    fold = {sample: number % FOLDS for number, sample in enumerate(samples)}
    gold = np.array([one.metonym for one in readings])
    right = np.zeros(len(readings), bool)
    for number in range(FOLDS):
        held = np.array([fold[one.sample] == number for one in readings])
        learnt = np.concatenate([states[~held], beside]) if len(beside) else states[~held]
        weigh = np.array([1] * int((~held).sum()) + [OURS] * len(beside), np.float32)
        weight, bias = fit(learnt, np.concatenate([gold[~held], np.array(labels, bool)]), weigh)
        right[held] = (states[held] @ weight + bias > 0) == gold[held]
    return right.tolist()


def by_preposition(one: Reading) -> bool:
    before = one.text[: one.name[0]].lower().split()
    while before and before[-1] in ("the", "a"):
        before.pop()
    return not (before and before[-1] in PLACE_CASES | {"of"})


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data = Path(os.environ.get("DRAGOMAN_DATA", "../shared/data"))
    options.add_argument("--data", type=Path, default=data / "actors" / "ReLocaR_Train.xml")
    options.add_argument("--weights", type=Path, default=None, help="data folder of a weights package")
    options.add_argument("--errors", action="store_true", help="print the names that were told wrong")
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    if not args.data.is_file():
        options.error(
            f"{args.data} is no file: give ReLocaR's with --data, or the folder of the data as $DRAGOMAN_DATA"
        )
    base = Base(args.weights or weights.directory())
    readings = list(relocar(args.data))
    states, passages = features(readings, base), ours()
    shipped = cross_validated(readings, states, features(passages, base), [one.metonym for one in passages])
    alone = cross_validated(readings, states, states[:0], [])
    rule = [by_preposition(one) == one.metonym for one in readings]
    if args.errors:
        for one, right in zip(readings, shipped, strict=True):
            if not right:
                start, end = one.name
                print(
                    "metonym" if one.metonym else "place  ",
                    f"{one.text[:start]}[{one.text[start:end]}]{one.text[end:]}".strip(),
                )
    rows: list[list[object]] = [["place or those who act for it", "accuracy", "n", "95%"]]
    for name, told in (("as shipped", shipped), ("ReLocaR alone", alone), ("by preposition", rule)):
        low, high = bootstrap(told, lambda drawn: sum(drawn) / len(drawn))
        rows.append([name, sum(told) / len(told), len(told), interval(low, high)])
    print(table(rows))
    finish(
        args, {"accuracy": sum(shipped) / len(shipped), "relocar_alone": sum(alone) / len(alone), "n": len(readings)}
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
