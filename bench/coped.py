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
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from folds import add_options, phrase, readers
from report import bootstrap, finish, interval, table
from said import Tally, f1, share

from dragoman.encode.base import Base
from dragoman.model import Span

UNSURE = 0.5
"""Probability of "no event" from which a pair is told none."""
ONE_SIDED = 0.8
"""What an event of which only one side is named counts beside one of two sides; chosen among three ways, cross-validated."""


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
    tally: Tally = Counter()
    for what in ("pair", "both"):
        tally |= Counter({f"{what}_gold": quad > 0, f"{what}_found": told is not None})
    if not quad:
        tally |= Counter(none_n=1, none_right=told is None)
    if told is not None and quad:
        pair = _pair(told, sources, targets, mutual)
        tally |= Counter(pair_hit=pair, both_hit=pair and told.quad == quad, quad_n=1, quad_right=told.quad == quad)
        if sources and targets:
            tally |= Counter(full_n=1, full_right=pair)
    if quad and told is None:
        errors.append(f"{quad} told none: {sentence}")
    elif told is not None and not tally["both_hit"]:
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


ROWS = (
    ("pair, F1", "pair_f1", f1("pair"), "pair_gold"),
    ("pair and quad, F1", "pair_quad_f1", f1("both"), "both_gold"),
    ("class 0 told no event", "no_event_recall", share("none"), "none_n"),
    ("  pair where both sides are annotated", "full", share("full"), "full_n"),
    ("  quad of those told", "quad", share("quad"), "quad_n"),
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(options, "coped_train.jsonl")
    args = options.parse_args()
    found = readers(args)
    if found is None:
        return 1
    path, of = found
    errors: list[str] = []
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        tallies = [measure(row, base, errors) for row in rows if (base := of(row["sentence"])) is not None]
    except (OSError, ValueError, KeyError) as error:
        print(f"{path}: {error!r}", file=sys.stderr)
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
