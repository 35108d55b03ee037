"""Trains the head that tells whether a place's name means those who act for it, on the word states of finished weights.

    PYTHONPATH=src python training/base/metonyms.py --data ../shared/data WEIGHTS

WEIGHTS is the data folder of a weights package; its heads.npz gets `metonym.weight` and `metonym.bias`. A logistic regression
on the states of the name's last word for language, statements and events, learnt from ReLocaR's training part and from our
coded passages: a name or capital that is by itself a party of an event means the government, one behind "in" or "near" that
belongs to no party is a place. Needs numpy alone, half a minute on two cores. `bench/metonymy.py` cross-validates it.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt

CORPUS = Path(__file__).parent.parent / "corpus"
sys.path.append(str(CORPUS))

from coded import passages  # noqa: E402
from slots import countries  # noqa: E402

from dragoman.encode.base import Base  # noqa: E402
from dragoman.model import Span  # noqa: E402

Floats = npt.NDArray[np.float32]
WEIGHT_DECAY = 0.1
STEPS = 300
OURS = 0.25
"""What a name of ours counts beside one of ReLocaR."""
METONYMS = 2
"""Of our names so many metonyms to a place, of the eight that there are."""
_PLACES = frozenset("in at near outside inside around across throughout from into".split())


@dataclass(frozen=True, slots=True)
class Reading:
    """A place's name in a sentence: where it stands, and whether it means those who act for the place."""

    text: str
    name: Span
    metonym: bool
    sample: str
    """Which sentence it is from: names of one sentence stay on one side of a split."""


def relocar(path: Path) -> Iterator[Reading]:
    """The names of a file of ReLocaR (Gritta et al. 2017)."""
    for sample in ElementTree.parse(path).getroot().iter("sample"):
        text, found = sample.text or "", []
        for place in sample:
            start = len(text)
            text += place.text or ""
            found.append(((start, len(text)), place.get("reading") == "met"))
            text += place.tail or ""
        for name, metonym in found:
            yield Reading(text.replace("\n", " "), name, metonym, sample.get("number") or text)


def coded(folder: Path, seed: int) -> Iterator[Reading]:
    """The countries and capitals of our coded passages whose reading their coding tells."""
    names = {form for country in countries() for form in (country.name, country.capital)}
    for passage in passages(sorted(folder.glob("*.txt")), seed):
        parties = [span for event in passage.events for span in (*event.actors, *event.recipients)]
        for match in re.finditer(r"\w+", passage.text):
            if match[0] not in names:
                continue
            before = passage.text[: match.start()].split()[-1:]
            inside = any(start < match.end() and match.start() < end for start, end in parties)
            if match.span() in parties or (not inside and before and before[0] in _PLACES):
                yield Reading(passage.text, match.span(), match.span() in parties, passage.place)


def ours(seed: int = 0) -> list[Reading]:
    """The names of our passages that the head is trained on: all places and a part of the metonyms."""
    found = list(coded(CORPUS / "events", seed))
    random.Random(7).shuffle(found)
    places = [one for one in found if not one.metonym]
    metonyms = [one for one in found if one.metonym]
    return [*places, *metonyms[: METONYMS * len(places)]]


def features(readings: Sequence[Reading], base: Base) -> Floats:
    """The states of the last word of each name, [readings, 3 * width]."""
    out, known = [], ("", [(0, 0)], np.empty((0, 0), np.float32))
    for one in readings:
        if one.text != known[0]:
            known = (one.text, *base.word_states(one.text))
        _, tokens, states = known
        out.append(states[max(i for i, (start, _) in enumerate(tokens) if start < one.name[1])])
    return np.stack(out)


def fit(states: Floats, metonym: npt.NDArray[np.bool_], weigh: npt.NDArray[np.float32]) -> tuple[Floats, float]:
    """Weight and bias of a logistic regression with decayed weights, by Nesterov's gradient method; `weigh` says how much
    each example counts."""
    mean, spread = states.mean(0), states.std(0) + 1e-5
    x, y = (states - mean) / spread, metonym.astype(np.float32)
    step = 1 / (0.25 * float(np.linalg.norm(x, 2)) ** 2 / len(y) + WEIGHT_DECAY)
    weight = ahead = np.zeros(x.shape[1], np.float32)
    bias, pace = 0.0, 1.0
    for _ in range(STEPS):
        wrong = weigh * (1 / (1 + np.exp(-(x @ ahead + bias))) - y)
        bias -= 2 * float(wrong.mean())
        new = ahead - step * (x.T @ wrong / len(y) + WEIGHT_DECAY * ahead)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = new + (pace - 1) / faster * (new - weight)
        weight, pace = new, faster
    plain = (weight / spread).astype(np.float32)
    return plain, bias - float(mean @ plain)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("weights", type=Path)
    options.add_argument("--data", type=Path, required=True)
    args = options.parse_args()
    beside = ours()
    readings = [*relocar(args.data / "actors" / "ReLocaR_Train.xml"), *beside]
    base = Base(args.weights)
    weigh = np.array([1] * (len(readings) - len(beside)) + [OURS] * len(beside), np.float32)
    weight, bias = fit(features(readings, base), np.array([one.metonym for one in readings]), weigh)
    with np.load(args.weights / "heads.npz") as stored:
        heads = {name: stored[name] for name in stored.files}
    heads["metonym.weight"] = np.stack([-weight, weight], 1).astype(np.float16) / 2
    heads["metonym.bias"] = np.array([-bias / 2, bias / 2], np.float16)
    np.savez_compressed(args.weights / "heads.npz", **heads)
    print(f"learnt from {len(readings)} names, {sum(one.metonym for one in readings)} of them metonyms")


if __name__ == "__main__":
    main()
