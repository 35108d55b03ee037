"""Checks the annotated texts of this folder and counts what is in them.

    PYTHONPATH=src python training/corpus/load.py [--only PREFIX] [--seed N]

Each text is loaded with three draws of countries; the first fault of each broken text is printed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from annotated import BrokenPage, frame, paths, text

HERE = Path(__file__).parent


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", default="", help="texts whose names begin so")
    options.add_argument("--folder", type=Path, default=HERE)
    options.add_argument("--seed", type=int, default=0)
    args = options.parse_args()
    found, broken = [], 0
    for path in paths(args.folder):
        if path.name.startswith(args.only):
            try:
                draws = [text(path, args.seed + n) for n in range(3)]
                found.append(draws[0])
            except BrokenPage as error:
                print(error, file=sys.stderr)
                broken += 1
    said = [(page, statement) for page in found for statement in page.statements]
    sizes = sorted(len(page.text.split()) for page in found)
    if not found:
        print("no sound text was found")
        return 1
    print(f"{len(found)} texts ({broken} broken), {sum(sizes)} words, {sizes[0]} to {sizes[-1]} a text")
    print("kinds", *sorted(Counter(page.kind for page in found).items()))
    print(f"{len(said)} statements, {sum(s.outer >= 0 for _, s in said)} inside another")
    print("acts", *Counter(s.act for _, s in said).most_common())
    print("forms", *Counter(s.form for _, s in said).most_common())
    print("chain lengths", *sorted(Counter(len(s.chain) for _, s in said).items()))
    print("polarity", *sorted(Counter(sign for _, s in said for _, sign in s.about).items()))
    cues = Counter(p.text[slice(*s.cue)].lower() for p, s in said if s.cue)
    frames = Counter(frame(p, s) for p, s in said if s.cue)
    for name, counted in (("cues", cues), ("frames", frames)):
        total = max(1, sum(counted.values()))
        print(f"{name}: {len(counted)} types in {total} ({len(counted) / total:.2f}), most:", *counted.most_common(8))
    print(f"{sum(len(p.conditions) for p in found)} conditions in {sum(bool(p.conditions) for p in found)} texts")
    print(
        f"{sum(len(p.events) for p in found)} events", *Counter(e.type for p in found for e in p.events).most_common()
    )
    print("labels", *Counter(label.name for p in found for label in p.labels).most_common())
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
