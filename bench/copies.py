"""Which documents are copies: recall, precision, speed and memory of `find_copies` beside rensa, in one run.

    PYTHONPATH=src python bench/copies.py [--n 50000] [--errors] [--json]
    PYTHONPATH=src python bench/copies.py --data FILE [--errors] [--json]
    PYTHONPATH=src python bench/copies.py --growth

Without --data the corpus is made: news of 150 to 900 invented words, of which a fifth copies others and a sixth quotes a run
of words of another, 20 to 35 of a hundred; unrelated documents share stock sentences, credit lines and standing background
of 40 words. Headline and byline are compared too, as where no body is marked. FILE has real documents instead, a JSON object
a line: id, text, copy_of (the id of another line, or null); a copy with less than two thirds of its original's words is cut.

- Recall: of the true copies, those that stand in one group with their original, both told a copy of the same document.
- Precision: of the documents told to be a copy, those told one of a document of their own family.
- Speed: documents per CPU second from raw text to answer. Memory: the most the process ever held, the documents included.
- The peer, `pip install rensa`, is used the usual way: MinHash of 128 permutations over runs of five words; candidates of 32
  bands, in the order of publication, count from an estimated Jaccard similarity of .7, and in a column of its own from .4,
  for a half has .5 and a text with one word in twenty changed .63. It is given all documents.
- --growth: CPU seconds and memory at 1,000, 10,000 and 100,000 documents, each in a process of its own.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import random
import resource
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from report import bootstrap, finish, interval, table

from dragoman.resolve.copies import Text, find_copies

WHOLE = {
    "whole": "word for word",
    "headline": "another headline and byline",
    "edited": "one word in twenty changed",
    "before": "a paragraph in front",
    "behind": "a paragraph behind",
}
CUT = "cut"
TEASER = "teaser"
KINDS = (*WHOLE, CUT, TEASER)
GROWTH = (1_000, 10_000, 100_000)
SIMILAR = (0.7, 0.4)
"""Estimated Jaccard similarities from which the peer's candidates count: as its users do, and so that a half may pass."""
BANDS = 32

Told = Mapping[str, str | None]
"""For each document what it is told to be a copy of."""


@dataclass(frozen=True, slots=True)
class Case:
    """A document, what it truly copies (None: nothing) and how."""

    text: Text
    copy_of: str | None
    kind: str


class Newsroom:
    """Invented news, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        syllables = [
            a + b for a in "b d f g k l m n p r s t v z st kr".split() for b in "a e i o u an er ol in es".split()
        ]
        made = ("".join(self.dice.choices(syllables, k=1 + rank % 3 + (rank > 200))) for rank in range(60_000))
        self._words = list(dict.fromkeys(made))
        self._often = list(accumulate(1 / (rank + 2.7) for rank in range(len(self._words))))
        self._stock = [self._sentence(self.dice.randint(6, 14)) for _ in range(200)]
        self._stock.append("The ministry said in a statement.")
        self._credits = [f"Reporting by {self._sentence(self.dice.randint(12, 24))}" for _ in range(12)]
        self._background = [f"{self._sentence(22)} {self._sentence(18)}" for _ in range(60)]

    def corpus(self, n: int) -> list[Case]:
        """`n` documents in no order: a fifth copies, all others originals, of which some quote an earlier one."""
        names = [f"doc-{number:06}" for number in range(n)]
        self.dice.shuffle(names)
        originals: list[Case] = []
        days: list[date] = []
        for name in names[n // 5 :]:
            source = self._popular(originals) if originals and self.dice.random() < 0.2 else None
            if source is None:
                text, day = self.article(), date(2031, 1, 1) + timedelta(self.dice.randrange(365))
            else:
                text, day = self.follow_up(originals[source].text.words), self._soon(days[source])
            originals.append(Case(self._filed(name, day, text), None, "original"))
            days.append(day)
        copies = []
        for number, name in enumerate(names[: n // 5]):
            source, kind = self._popular(originals), KINDS[number % len(KINDS)]
            text = self.copy(originals[source].text.words, kind)
            filed = self._filed(name, self._soon(days[source]), text)
            copies.append(Case(filed, originals[source].text.document, kind))
        return originals + copies

    def article(self) -> str:
        """Headline, byline and paragraphs, a line each."""
        length = round(self.dice.triangular(150, 900, 350))
        lines = [self._prose(length)]
        if self.dice.random() < 0.3:
            lines.append(self._pick(self._background))
        if self.dice.random() < 0.4:
            lines.append(self._prose(self.dice.randint(20, 80)))
        if self.dice.random() < 0.5:
            lines.append(self._pick(self._credits))
        return "\n".join([*self._head(), *lines])

    def follow_up(self, source: str) -> str:
        """An article that quotes a run of words of the body of `source`: 20 to 35 of a hundred of the shorter of the two."""
        head, byline, *body = self.article().split("\n")
        quoted = " ".join(source.split("\n")[2:]).split()
        share = self.dice.uniform(0.2, 0.35)
        own = len(" ".join(body).split())
        length = min(round(share * len(quoted)), round(own * share / (1 - share)))
        start = self.dice.randint(0, len(quoted) - length)
        place = self.dice.randint(0, len(body))
        return "\n".join([head, byline, *body[:place], " ".join(quoted[start : start + length]), *body[place:]])

    def copy(self, source: str, kind: str) -> str:
        head, byline, *body = source.split("\n")
        if kind == "headline":
            return "\n".join([*self._head(), *body])
        if kind == "before":
            return "\n".join([head, byline, self._prose(self.dice.randint(30, 80)), *body])
        if kind == "behind":
            return "\n".join([source, self._prose(self.dice.randint(30, 80))])
        words = source.split()
        if kind == "edited":
            for place in self.dice.sample(range(len(words)), len(words) // 20):
                words[place] = self._drawn(1)[0]
        elif kind == CUT:
            words = words[: len(words) // 2]
        elif kind == TEASER:
            words = words[:60]
        return " ".join(words)

    def _filed(self, name: str, day: date, text: str) -> Text:
        """One in twenty has no date."""
        return Text(name, None if self.dice.random() < 0.05 else day.isoformat(), text)

    def _soon(self, day: date) -> date:
        return day + timedelta(self.dice.choice((0, 0, 0, 1, 2)))

    def _popular(self, originals: Sequence[Case]) -> int:
        """Some are copied hundreds of times, most never."""
        return int(len(originals) * self.dice.random() ** 3)

    def _pick(self, pieces: Sequence[str]) -> str:
        return pieces[int(len(pieces) * self.dice.random() ** 2)]

    def _drawn(self, count: int) -> list[str]:
        return self.dice.choices(self._words, cum_weights=self._often, k=count)

    def _sentence(self, count: int) -> str:
        return " ".join(self._drawn(count)).capitalize() + "."

    def _head(self) -> list[str]:
        return [" ".join(self._drawn(self.dice.randint(6, 11))).title(), f"By {' '.join(self._drawn(2)).title()}"]

    def _prose(self, count: int) -> str:
        """About `count` words in paragraphs, one sentence in eight a stock one."""
        drawn = self._drawn(count)
        pieces: list[str] = []
        start = 0
        while start < count:
            if pieces and self.dice.random() < 0.125:
                pieces.append(self._pick(self._stock))
            end = start + self.dice.randint(8, 32)
            pieces.append(" ".join(drawn[start:end]).capitalize() + (".\n" if self.dice.random() < 0.35 else "."))
            start = end
        return " ".join(pieces).replace("\n ", "\n").rstrip()


def real(path: Path) -> list[Case]:
    """The documents of a JSON Lines file; raises SystemExit where a line does not say what it must."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        words = {row["id"]: len(row["text"].split()) for row in rows}
        if not rows or len(words) < len(rows):
            raise ValueError("an id stands twice" if rows else "it is empty")
        cases = []
        for row in rows:
            original = row["copy_of"]
            cut = original is not None and 3 * words[row["id"]] < 2 * words[original]
            kind = "original" if original is None else CUT if cut else "whole"
            cases.append(Case(Text(row["id"], None, row["text"]), original, kind))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SystemExit(
            f"{path} needs a JSON object a line with id, text and copy_of, an id or null: {error!r}"
        ) from error
    return cases


def ours(texts: Sequence[Text]) -> Told:
    return {name: kin.copy_of for name, kin in find_copies(texts).items()}


def peer(texts: Sequence[Text]) -> Sequence[Told]:
    """What rensa tells, by SIMILAR. Raises ModuleNotFoundError where it is not installed."""
    rensa = importlib.import_module("rensa")
    ordered = sorted(texts, key=lambda text: (text.published is None, text.published or "", text.document))
    index = rensa.RMinHashLSH(threshold=SIMILAR[0], num_perm=128, num_bands=BANDS)
    prints: list[Any] = []
    told: list[dict[str, str | None]] = [{} for _ in SIMILAR]
    for number, text in enumerate(ordered):
        words = text.words.casefold().split()
        own = rensa.RMinHash(num_perm=128, seed=42)
        own.update(list(map(" ".join, zip(*(words[place:] for place in range(5)), strict=False))))
        similar = [(other, own.jaccard(prints[other])) for other in sorted(index.query(own))]
        for least, found in zip(SIMILAR, told, strict=True):
            first = next((ordered[other].document for other, share in similar if share >= least), None)
            found[text.document] = first and (found[first] or first)
        index.insert(number, own)
        prints.append(own)
    return told


@dataclass(frozen=True, slots=True)
class Score:
    """By kind of copy whether each was found; whether each that was told a copy is one."""

    found: dict[str, list[bool]]
    right: list[bool]

    def of(self, kinds: Sequence[str]) -> list[bool]:
        return [one for kind in kinds for one in self.found[kind]]


def score(cases: Sequence[Case], told: Told, errors: list[str] | None = None) -> Score:
    gold = {case.text.document: case.copy_of for case in cases}
    found: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    right = []
    for case in cases:
        name, claimed = case.text.document, told[case.text.document]
        hit = case.copy_of is not None and _first(told, name) == _first(told, case.copy_of)
        true = claimed is not None and _first(gold, name) == _first(gold, claimed)
        if case.copy_of is not None:
            found[case.kind].append(hit)
        if claimed is not None:
            right.append(true)
        if errors is not None and ((case.copy_of is not None and not hit) or (claimed is not None and not true)):
            errors.append(f"{name} ({case.kind}, copy of {case.copy_of}) told a copy of {claimed}")
    return Score(found, right)


def _first(copy_of: Told, name: str) -> str:
    """What `name` is a copy of in the end, itself where of nothing."""
    seen = {name}
    while (original := copy_of[name]) is not None and original not in seen:
        seen.add(name := original)
    return name


def share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else math.nan


def megabytes() -> float:
    """The most memory that this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def grown(n: int) -> tuple[float, float, float]:
    """CPU seconds to find the copies among `n` documents, and the memory with the documents alone and in the end."""
    texts = [case.text for case in Newsroom(seed=7).corpus(n)]
    before, began = megabytes(), time.process_time()
    find_copies(texts)
    return time.process_time() - began, before, megabytes()


def growth() -> Iterator[Sequence[object]]:
    yield "documents", "CPU seconds", "per n log n", "MB at most", "MB before"
    least = math.nan
    for n in GROWTH:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            seconds, before, most = alone.submit(grown, n).result()
        each = seconds / (n * math.log2(n))
        least = each if n == GROWTH[0] else least
        yield f"{n:,}", seconds, each / least, round(most), round(before)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, help="real documents, JSON Lines of id, text, copy_of")
    options.add_argument("--n", type=int, default=50_000, help="documents of the made corpus")
    options.add_argument(
        "--growth", action="store_true", help="seconds and memory at 1,000, 10,000, 100,000 documents only"
    )
    options.add_argument("--errors", action="store_true", help="print copies missed and documents wrongly told copies")
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    if args.growth:
        print(table(list(growth())))
        return 0
    cases = real(args.data) if args.data else Newsroom(seed=7).corpus(args.n)
    texts = [case.text for case in cases]
    began = time.process_time()
    told = ours(texts)
    speed, most = len(texts) / (time.process_time() - began), megabytes()
    errors: list[str] = []
    scores = [score(cases, told, errors)]
    peer_speed = math.nan
    try:
        began = time.process_time()
        others = peer(texts)
        peer_speed = len(texts) / (time.process_time() - began)
        scores += [score(cases, one) for one in others]
    except ModuleNotFoundError:
        print("rensa, the peer, is not installed and left out: .venv/bin/pip install rensa", file=sys.stderr)
    if args.errors:
        print(*errors, sep="\n")
    kinds = () if args.data else WHOLE.items()
    measured = [
        ("whole copies found", [one.of(tuple(WHOLE)) for one in scores]),
        *((f"  {what}", [one.of([kind]) for one in scores]) for kind, what in kinds),
        ("copies cut in half found", [one.of([CUT]) for one in scores]),
        ("teasers of 60 words found", [one.of([TEASER]) for one in scores]),
        ("right of those told copies", [one.right for one in scores]),
    ]
    peers = [f"rensa {least}" for least in SIMILAR][: len(scores) - 1]
    rows: list[list[object]] = [["what", "n", "dragoman", "95%", *peers]]
    for what, (values, *rest) in measured:
        if values:
            rows.append([what, len(values), share(values), interval(*bootstrap(values, share)), *map(share, rest)])
    rows.append(["documents per CPU second", len(texts), round(speed), "", *(round(peer_speed) for _ in peers)])
    rows.append(["MB at most", len(texts), round(most), "", *["" for _ in peers]])
    print(table(rows))
    figures = {
        "recall": share(scores[0].of(tuple(WHOLE))),
        "recall_cut": share(scores[0].of([CUT])),
        "precision": share(scores[0].right),
        "docs_per_cpu_second": speed,
        "rensa_docs_per_cpu_second": peer_speed,
    }
    finish(args, figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
