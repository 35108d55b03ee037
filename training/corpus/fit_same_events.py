"""Learns what speaks for one event of two tellings, from `same/dev.txt`, and writes `resolve/same_events.json`.

    PYTHONPATH=src python training/corpus/fit_same_events.py [--seeds 3]

A logistic regression with decayed weights on pairs of tellings that resolving would compare, those that the corpus codes and
those that the reader finds, with countries drawn anew for each seed. `bench/same_event.py` measures on `same/test.txt`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from same_events import FOLDER, stories
from same_readings import Labelled, as_coded, as_read, readings

from dragoman.encode import load
from dragoman.resolve import same_events

TARGET = Path(__file__).parents[2] / "src" / "dragoman" / "resolve" / "same_events.json"
DECAY = 0.0005
STEPS = 4000


def pairs(labelled: Sequence[Labelled]) -> list[tuple[dict[str, float], bool]]:
    ordered = sorted(labelled, key=lambda one: one.telling.order())
    found = []
    for a, b in same_events._pairs([one.telling for one in ordered]):
        one, other = ordered[a], ordered[b]
        found.append((same_events.features(one.telling, other.telling), one.event == other.event))
    return found


def fit(examples: Sequence[tuple[dict[str, float], bool]]) -> dict[str, float]:
    names = sorted({name for found, _ in examples for name in found})
    x = np.array([[found.get(name, 0.0) for name in names] for found, _ in examples])
    y = np.array([same for _, same in examples], float)
    decay = np.array([0.0 if name == "bias" else DECAY for name in names])
    weight = ahead = np.zeros(len(names))
    step, pace = 1 / (0.25 * np.linalg.norm(x, 2) ** 2 / len(y) + DECAY), 1.0
    for _ in range(STEPS):
        wrong = 1 / (1 + np.exp(-(x @ ahead))) - y
        new = ahead - step * (x.T @ wrong / len(y) + decay * ahead)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead, weight, pace = new + (pace - 1) / faster * (new - weight), new, faster
    return dict(zip(names, np.round(weight, 3).tolist(), strict=True))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seeds", type=int, default=3)
    args = options.parse_args()
    base = load()
    examples = []
    for seed in range(1, args.seeds + 1):
        found = readings(stories(FOLDER / "dev.txt", seed), base)
        examples += pairs(as_coded(found)) + pairs(as_read(found)[0])
    weights = fit(examples)
    TARGET.write_text(
        json.dumps({"learnt from": "training/corpus/same/dev.txt", "weights": weights}, indent=1) + "\n", "utf-8"
    )
    print(f"{len(examples)} pairs, {sum(same for _, same in examples)} of one event")
    for name, weight in sorted(weights.items(), key=lambda item: item[1]):
        print(f"{weight:7.2f}  {name}")


if __name__ == "__main__":
    main()
