"""Learns who of a sentence is a party of an event of it, and writes `read/links.json`.

    PYTHONPATH=src python training/corpus/fit_links.py [--folds DIR] [--data DIR]

From the passages of `events/`, the texts of `train/` and CoPED, each sentence of which is read with those weights of `--folds`
(training/base/folds.sh) that were trained without it; without `--folds` CoPED is left out. Logistic regressions with decayed
weights. `bench/pages.py`, `bench/corpus.py` and `bench/clauses.py` measure.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path += [str(Path(__file__).parents[2] / "bench"), str(Path(__file__).parents[1] / "pages")]
from annotated import texts
from coded import passages
from compare import Names
from folds import EVENTS, FOLDS, fold_of, phrase

from dragoman.encode import Happened, LanguageBase, load
from dragoman.encode.base import Base
from dragoman.gather import Source, document
from dragoman.model import Document, Reading, Span
from dragoman.read import read
from dragoman.read.links import Links, Weighed
from dragoman.read.participants import Actors
from dragoman.read.tie_breaks import Coded

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "src" / "dragoman" / "read" / "links.json"
DECAY, STEPS, RARE = 3.0, 400, 8
PASSAGES, TEXTS, SENTENCES = 0.3, 1.0, 2.0
"""What an example of each counts. The base was trained on the parties of the passages, which flatters it there."""
ONE_SIDED = 0.8
"""What an event of which one side is marked counts beside one of two, where a sentence has one event by the gold."""
Label = tuple[bool | None, bool | None]
"""Whether somebody is an actor and a recipient; None where that is open."""
Place = Callable[[Weighed], Span]


@dataclass(frozen=True, slots=True)
class Example:
    features: dict[str, float]
    label: Label
    weight: float


@dataclass(frozen=True, slots=True)
class Seen:
    """An event that the base found in a text, where its trigger stands, and whom its sentence mentions."""

    event: Happened
    trigger: Span
    weighed: tuple[Weighed, ...]
    links: Links

    def head(self, one: Weighed) -> Span:
        token = self.links.syntax[one.candidate.head]
        return token.start, token.end

    def whole(self, one: Weighed) -> Span:
        tokens = self.links.syntax.tokens
        return tokens[one.candidate.start].start, tokens[one.candidate.end - 1].end

    @property
    def mutual(self) -> bool:
        return self.event.type == "CONSULT" and self.event.mode != "visit"


def looking(base: LanguageBase, text: Document) -> tuple[Reading, list[Seen]]:
    """The reading of a text, and what was weighed on the way."""
    seen: list[Seen] = []

    def watched(
        links: Links, event: Happened, same: Coded | None, marked: tuple[Actors, Actors]
    ) -> tuple[Actors, Actors]:
        token = links.syntax[event.trigger]
        seen.append(Seen(event, (token.start, token.end), tuple(links.weighed(event, same, marked)), links))
        return marked

    usual, Links.of = Links.of, watched  # type: ignore[method-assign]
    try:
        return read(text, base), seen
    finally:
        Links.of = usual  # type: ignore[method-assign]


def plain(text: str) -> Document:
    """A passage as a document that is nothing but its article."""
    found = document(Source("passage.txt", text))
    return replace(found, body=((0, len(text)),), boilerplate=(), parts=(), language="en")


def of_passages(base: LanguageBase, seed: int) -> Iterator[Example]:
    for passage in passages(sorted((HERE / "events").glob("*.txt")), seed):
        for one in looking(base, plain(passage.text))[1]:
            there = [event for event in passage.events if _meets(one.trigger, [event.trigger])]
            gold = next((event for event in there if event.type == one.event.type), next(iter(there), None))
            for who in one.weighed if gold else ():
                sides = gold.actors, gold.recipients
                label = tuple(_meets(one.head(who), side) for side in sides)
                yield Example(dict(who.features), (label[0], label[1]), PASSAGES)


def of_texts(base: LanguageBase, seed: int) -> Iterator[Example]:
    for page in texts(HERE / "train", seed):
        reading, seen = looking(base, document(Source(f"{page.name}.txt", page.text, outlet=page.outlet)))
        names = Names(page, reading)
        for one in seen:
            there = [e for e in page.events if e.type == one.event.type and _meets(one.trigger, [(e.start, e.end)])]
            if not there:
                continue
            actors, recipients = names.codes(there[0].actor), names.codes(there[0].recipient)
            if one.mutual:
                actors, recipients = actors | recipients, frozenset()
            for who in one.weighed:
                codes = set(map(names.code, who.candidate.ids))
                yield Example(dict(who.features), (bool(codes & actors), bool(codes & recipients)), TEXTS)


def of_sentences(path: Path, folds: Sequence[Base]) -> Iterator[Example]:
    """CoPED's. A side that it leaves empty is open."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["pentaclass"] in ("0", 0):
            continue
        seen = looking(folds[fold_of(row["sentence"])], plain(row["sentence"]))[1]
        one = max(seen, key=_surest, default=None)
        if one is None:
            continue
        actors, recipients, mutual = (
            [place for words in row[key] if (place := phrase(str(words), row["sentence"]))]
            for key in ("sources", "targets", "reciprocal")
        )
        if one.mutual:
            actors, recipients = [*actors, *recipients, *mutual], []
        elif mutual:
            actors += mutual
        for who in one.weighed:
            found = _meets(one.whole(who), actors), _meets(one.whole(who), recipients)
            label = found[0] if actors else None, found[1] if recipients or one.mutual else None
            yield Example(dict(who.features), label, SENTENCES)


def _surest(one: Seen) -> float:
    return one.event.score * (1 if one.event.actors and one.event.recipients else ONE_SIDED)


def _meets(place: Span, others: Sequence[Span]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in others)


def fit(examples: Sequence[Example], side: int) -> dict[str, float]:
    known = [(one, float(label)) for one in examples if (label := one.label[side]) is not None]
    counts = Counter(name for one, _ in known for name in one.features)
    names = {name: n for n, name in enumerate(sorted(name for name, many in counts.items() if many >= RARE))}
    x = np.zeros((len(known), len(names)), np.float32)
    for row, (one, _) in enumerate(known):
        for name, value in one.features.items():
            if name in names:
                x[row, names[name]] = value
    y, counted = np.array([label for _, label in known]), np.array([one.weight for one, _ in known])
    weight = ahead = np.zeros(len(names))
    step, pace = 1 / (0.25 * np.linalg.norm(x * np.sqrt(counted)[:, None], 2) ** 2 + DECAY), 1.0
    for _ in range(STEPS):
        wrong = counted * (1 / (1 + np.exp(-(x @ ahead))) - y)
        new = ahead - step * (x.T @ wrong + DECAY * ahead)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead, weight, pace = new + (pace - 1) / faster * (new - weight), new, faster
    return {name: value for name, n in names.items() if (value := round(float(weight[n]), 2))}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--folds", type=Path, help="folder of weights by fold")
    options.add_argument("--data", type=Path, default=EVENTS, help="folder of coped_train.jsonl")
    options.add_argument("--seeds", type=int, default=2, help="draws of countries")
    args = options.parse_args()
    base = load()
    examples = [one for seed in range(args.seeds) for one in of_texts(base, seed)]
    examples += of_passages(base, 0)
    if args.folds:
        folds = [Base(args.folds / str(n)) for n in range(FOLDS)]
        examples += of_sentences(args.data / "coped_train.jsonl", folds)
    learnt = {name: fit(examples, side) for side, name in enumerate(("actor", "recipient"))}
    origin = "training/corpus/train, training/corpus/events" + (", CoPED" if args.folds else "")
    TARGET.write_text(json.dumps({"learnt from": origin, **learnt}, indent=0) + "\n", "utf-8")
    print(f"{len(examples)} examples, {len(learnt['actor'])} and {len(learnt['recipient'])} weights")


if __name__ == "__main__":
    main()
