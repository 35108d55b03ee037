"""Training data of the heads of events: our coded passages, our annotated texts, and sentences with a given pair.

Everything becomes an `Example`: words and what is known of them. Our passages tell every event with its trigger; our texts
tell type, status and the words among which the trigger is; PLV and CoPED (see ../shared/data/README.md) tell of one pair
in a sentence its type or its quad, and CoPED also that some pairs have no event.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "corpus"))
sys.path.append(str(Path(__file__).parent.parent.parent / "bench"))
from annotated import texts
from coded import Coded, passages
from folds import fold_of, phrase
from gold import JUNK, PARTS

from dragoman.encode.labels import EVENTS, MODES, PLV, STATUSES
from dragoman.encode.tokens import paragraphs, tokenize
from dragoman.model import Span

PLV_OF = {"CONCEDE": "YIELD", "RETREAT": "YIELD", "SANCTION/convict": "ACCUSE", "SANCTION/discontinue": None}
"""PLV's names where they differ from ours; None where its coders did not agree with PLOVER 2.0 (sanctions are COERCE there)."""
HELPERS = frozenset(
    "will would shall should must may might can could not no never to be been is are was were has have had do does did a an "
    "the any its it".split()
)
"""Words of a trigger that do not tell what happened."""


@dataclass(slots=True)
class Event:
    """What is known of one event. `triggers` are the words among which its trigger is; indices are of words."""

    triggers: frozenset[int]
    type: int
    mode: int | None
    status: int
    actors: frozenset[int] | None = None
    recipients: frozenset[int] | None = None


@dataclass(slots=True)
class Pair:
    """Two parties and what is between them: PLV's type, or a quad (0: no event), or neither."""

    actors: frozenset[int]
    recipients: frozenset[int]
    root: int | None = None
    quad: int | None = None
    mutual: bool = False


@dataclass(slots=True)
class Example:
    """A paragraph, or a run of them. `whole`: every event of it is told."""

    words: list[list[str]]
    events: list[Event] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    whole: bool = False
    unsure: frozenset[int] = frozenset()
    """Words that are known neither to be a trigger nor to be none."""


def ours(folder: Path, seed: int) -> list[Example]:
    """The passages of `folder` with countries drawn by `seed`."""
    return [_passage(p.text, p.events) for p in passages(sorted(folder.glob("*.txt")), seed)]


def _passage(text: str, events: Sequence[Coded]) -> Example:
    spans = tokenize(text)
    at = _Index(spans)
    example = Example([[text[s:e] for s, e in spans]], whole=True)
    unsure: set[int] = set()
    for event in events:
        trigger = sorted(at.words([event.trigger]))
        telling = next((i for i in trigger if text[slice(*spans[i])].lower() not in HELPERS), trigger[0])
        unsure.update(i for i in trigger if i != telling)
        mode = MODES.index(f"{event.type}/{event.mode}") if event.mode else 0
        actors, recipients = at.words(event.actors), at.words(event.recipients)
        coded = Event(
            frozenset([telling]), EVENTS.index(event.type), mode, STATUSES.index(event.status), actors, recipients
        )
        example.events.append(coded)
        root = PLV_OF.get(f"{event.type}/{event.mode}", PLV_OF.get(event.type, event.type))
        sides = [at.words([side]) for side in event.actors]
        if not recipients and len(sides) == 2 and event.type == "CONSULT":
            actors, recipients = sides
        if actors and recipients and root is not None:
            example.pairs.append(Pair(actors, recipients, PLV.index(root)))
    example.unsure = frozenset(unsure)
    return example


def annotated(folder: Path, seed: int) -> list[Example]:
    """The running text of our annotated texts, a paragraph an example; an event's trigger is somewhere in its evidence."""
    out = []
    for page in texts(folder, seed):
        parts = [(label.start, label.end) for label in page.labels if label.name in JUNK | PARTS]
        for start, end in paragraphs(page.text):
            if any(a < end and start < b for a, b in parts):
                continue
            spans = tokenize(page.text, start, end)
            at = _Index(spans)
            example = Example([[page.text[s:e] for s, e in spans]], whole=True)
            for event in page.events:
                words = at.words([(event.start, event.end)])
                if words:
                    kind, status = EVENTS.index(event.type), STATUSES.index(event.status)
                    mode = MODES.index(f"{event.type}/{event.mode}") if event.mode else 0
                    example.events.append(Event(words, kind, mode, status))
            example.unsure = frozenset(i for event in example.events for i in event.triggers)
            if spans:
                out.append(example)
    return out


def plv(path: Path) -> list[tuple[str, Example]]:
    """Sentences of PLV with their examples."""
    out = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            example, at = _sentence(row["sentence"])
            pair = Pair(
                at.phrase(row["source"], row["sentence"]),
                at.phrase(row["target"], row["sentence"]),
                PLV.index(row["root"]),
            )
            out.append((row["sentence"], Example(example, pairs=[pair])))
    return out


def coped(path: Path) -> list[tuple[str, Example]]:
    """Sentences of CoPED with their examples; those without an event have no trigger anywhere."""
    out = []
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        words, at = _sentence(row["sentence"])

        def places(phrases: list[str], text: str = row["sentence"], at: _Index = at) -> list[frozenset[int]]:
            return [found for phrase in phrases if (found := at.phrase(phrase, text))]

        sources, targets, mutual = (places(row[key]) for key in ("sources", "targets", "reciprocal"))
        quad = int(row["pentaclass"])
        if mutual:
            sources, targets = mutual[:1], mutual[1:] or mutual[:1]
        joined = [frozenset().union(*sides) for sides in (sources, targets)]
        pairs = [Pair(*joined, quad=quad, mutual=bool(mutual))] if joined[0] or joined[1] else []
        out.append((row["sentence"], Example(words, pairs=pairs)))
    return out


def _sentence(text: str) -> tuple[list[list[str]], _Index]:
    spans = tokenize(text)
    return [[text[s:e] for s, e in spans]], _Index(spans)


class _Index:
    """Words by their places."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans

    def words(self, places: Sequence[Span]) -> frozenset[int]:
        return frozenset(i for start, end in places for i, (s, e) in enumerate(self._spans) if s < end and e > start)

    def phrase(self, words: str, text: str) -> frozenset[int]:
        """The words of a phrase; empty where it does not stand in the text."""
        found = phrase(words, text)
        return self.words([found]) if found else frozenset()


def windows(examples: Sequence[Example], dice: random.Random, limit: int) -> Iterator[Example]:
    """Examples as they come, but some of those that follow each other in one window, as paragraphs of a page do."""
    run: list[Example] = []
    size = 0
    for example in examples:
        length = sum(map(len, example.words))
        if run and (size + length > limit or dice.random() < 0.5):
            yield _joined(run)
            run, size = [], 0
        run.append(example)
        size += length
    if run:
        yield _joined(run)


def _joined(run: Sequence[Example]) -> Example:
    out = Example([], whole=all(example.whole for example in run))
    offset, unsure = 0, set[int]()
    for example in run:

        def moved(words: frozenset[int] | None, by: int = offset) -> frozenset[int] | None:
            return None if words is None else frozenset(i + by for i in words)

        for e in example.events:
            triggers = moved(e.triggers) or frozenset()
            out.events.append(Event(triggers, e.type, e.mode, e.status, moved(e.actors), moved(e.recipients)))
        for p in example.pairs:
            sides = [moved(side) or frozenset() for side in (p.actors, p.recipients)]
            out.pairs.append(Pair(*sides, p.root, p.quad, p.mutual))
        unsure |= moved(example.unsure) or frozenset()
        out.words += example.words
        offset += sum(map(len, example.words))
    out.unsure = frozenset(unsure)
    return out


__all__ = ["Event", "Example", "Pair", "annotated", "coped", "fold_of", "ours", "plv", "windows"]
