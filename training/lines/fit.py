"""Learns what speaks for and against a line's being the article, and writes `gather/data/weights.toml`.

    PYTHONPATH=src python training/lines/fit.py [--pull 3 ...] [--folds 5] [--write]

From all of examples.py, starting at the weights that were set by hand (prior.toml) and pulled back to them by `--pull`, the
inverse variance of a Gaussian prior. Prints for each pull how many units are told rightly article or junk in pages that were
not learnt from (by page; a page in two layouts is in one fold), beside the weights set by hand, which were set on most of these
pages. `--write` learns from all pages with the first pull and writes.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from crf import CHANGES, COUNT, Batch, Floats, batch, best, loss, lowest
from examples import ROOT, Example, examples

from dragoman.gather.labels import STATES

PRIOR = Path(__file__).with_name("prior.toml")
TARGET = ROOT / "src" / "dragoman" / "gather" / "data" / "weights.toml"
_HEADER = """\
# Scores of a line by state; features.py, manner.py and neighbours.py say what each feature means. A page is labelled by the
# sequence of states with the highest sum, less what each change of state costs. Written by training/lines/fit.py, do not edit:
# a linear-chain conditional random field from {pages} pages and {units} units of training/pages, training/corpus/train,
# tests/gather and bench/extraction, with a prior around weights set by hand (training/lines/prior.toml).
"""


def by_hand() -> dict[str, dict[str, float]]:
    """The weights set by hand, by state, and those of changes."""
    return tomllib.loads(PRIOR.read_text("utf-8"))


def prior(names: Sequence[str]) -> Floats:
    """The weights set by hand, in the order of the fields of the model; 0 for features that they do not know."""
    data = by_hand()
    scores = [[data[state].get(name, 0.0) for state in STATES] for name in ("bias", *names)]
    return np.array([*np.ravel(scores), *(data["changes"][name] for name in CHANGES)])


def learnt(given: Batch, start: Floats, pull: float) -> Floats:
    return lowest(lambda theta: loss(theta, given, start, pull), start)


def told(pages: Sequence[Example], paths: Sequence[list[int]]) -> Counter[str]:
    """How many units of each kind of page there are, and how many are told rightly."""
    found: Counter[str] = Counter()
    for page, path in zip(pages, paths, strict=True):
        for allowed, state in zip(page.allowed, path, strict=True):
            if len(allowed) < COUNT:
                right = (state == 0) == (STATES[0] in allowed)
                found += Counter({page.kind: 1, "all": 1, f"{page.kind} right": right, "all right": right})
    return found


def shown(what: str, found: Counter[str]) -> str:
    kinds = [kind for kind in sorted(found) if not kind.endswith(" right")]
    return f"{what:<14}" + "  ".join(
        f"{kind} {found[f'{kind} right'] / found[kind]:.4f} ({found[kind]})" for kind in kinds
    )


def crossed(pages: Sequence[Example], given: Batch, start: Floats, pull: float, folds: int) -> Counter[str]:
    """As `told`, each page by weights that were learnt without it."""
    fold = np.array([random.Random(page.name).randrange(folds) for page in pages])
    found: Counter[str] = Counter()
    for number in range(folds):
        out = fold == number
        theta = learnt(given.of(~out), start, pull)
        found += told([page for page, left in zip(pages, out, strict=True) if left], best(theta, given.of(out)))
    return found


def written(theta: Floats, names: Sequence[str], pages: Sequence[Example]) -> str:
    scores = theta[:-3].reshape(-1, COUNT)
    lines = [_HEADER.format(pages=len(pages), units=sum(len(page.features) for page in pages))]
    lines += ["[changes]", *(f"{name} = {value:.3f}" for name, value in zip(CHANGES, theta[-3:], strict=True))]
    for place, state in enumerate(STATES):
        column = zip(("bias", *names), scores[:, place], strict=True)
        lines += [
            "",
            f"[{state}]",
            *(f"{name} = {value:.3f}" for name, value in column if name == "bias" or abs(value) >= 0.005),
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pull", type=float, nargs="+", default=[3.0])
    options.add_argument("--folds", type=int, default=5)
    options.add_argument("--write", action="store_true")
    args = options.parse_args()
    pages = examples()
    known = {name for state in STATES for name in by_hand()[state]} - {"bias"}
    names = sorted(known.union(*(found for page in pages for found in page.features)))
    given, start = batch(pages, names), prior(names)
    print(f"{len(pages)} pages, {int(given.there.sum())} units, {len(names)} features")
    print(shown("set by hand", told(pages, best(start, given))))
    for pull in args.pull:
        print(shown(f"pull {pull:g}", crossed(pages, given, start, pull, args.folds)), flush=True)
    if args.write:
        TARGET.write_text(written(learnt(given, start, args.pull[0]), names, pages), "utf-8")


if __name__ == "__main__":
    main()
