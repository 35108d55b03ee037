"""Trains the heads of acts on the word states of finished weights.

    PYTHONPATH=src python training/base/acts.py --data ../shared/data WEIGHTS [--folds 5]

WEIGHTS is the data folder of a weights package; its heads.npz gets `acts.*` instead of the `act` that `train.py` trains beside
the other heads to shape the states. Learnt from the statements of our annotated texts, from the paragraphs of
`training/corpus/acts` and from statements in the training part of ww (`acts/news.tsv` holds where they stand and what they do,
none of their words). Needs numpy alone, some minutes on one core. `--folds` only says how well it does, text by text left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from softmax import Floats, Numbers, fit, standardised

CORPUS = Path(__file__).parent.parent / "corpus"
sys.path.append(str(CORPUS))

from annotated import texts  # noqa: E402
from slots import fill  # noqa: E402

from dragoman.encode.acts import BUCKETS, buckets, lemma, reads  # noqa: E402
from dragoman.encode.analysis import Analysis  # noqa: E402
from dragoman.encode.base import Base  # noqa: E402
from dragoman.encode.heads import softmax  # noqa: E402
from dragoman.encode.labels import ACTS  # noqa: E402
from dragoman.encode.tokens import paragraphs  # noqa: E402
from dragoman.model import Span  # noqa: E402

DECAY, WORDS_DECAY = 0.1, 2e-5
"""Of the model that reads states, and of the one that reads lemmas."""
STEPS, WORDS_STEPS = 300, 400


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in a paragraph: characters of its content and, where it is known, of its cue."""

    content: Span
    cue: Span | None
    act: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its statements; `cued` where it tells their cues, else they are looked for."""

    text: str
    said: tuple[Said, ...]
    source: str
    cued: bool


@dataclass(frozen=True, slots=True)
class Examples:
    """What the two models read of each statement, its act, and the source, which stays on one side of a split."""

    states: Floats
    found: list[list[int]]
    act: Numbers
    source: list[str]

    def words(self, rows: Sequence[int]) -> Floats:
        """Which buckets of lemmas each of the rows has, brought to length 1, [rows, buckets]."""
        out = np.zeros((len(rows), BUCKETS), np.float32)
        for n, row in enumerate(rows):
            out[n, self.found[row]] = len(self.found[row]) ** -0.5
        return out


def annotated(folder: Path) -> Iterator[Passage]:
    """The paragraphs of annotated texts."""
    for page in texts(folder, 0):
        for start, end in paragraphs(page.text):
            said = []
            for one in page.statements:
                first, last = max(one.start, start), min(one.end, end)
                cue = one.cue if one.cue and start <= one.cue[0] and one.cue[1] <= end else None
                if first < last:
                    content = (first - start, last - start)
                    said.append(Said(content, (cue[0] - start, cue[1] - start) if cue else None, one.act))
            yield Passage(page.text[start:end], tuple(said), page.name, cued=True)


def marked(folder: Path) -> Iterator[Passage]:
    """The single paragraphs of `folder` (`*.txt`, one a line) in which acts are marked."""
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            filled, _ = fill(line, random.Random(f"0 {path.name} {number}"))
            text = ""
            opened: list[tuple[str, int]] = []
            said: list[Said] = []
            for part in re.split(r"(</?[a-z][^<>]*>)", filled):
                if part.startswith("</"):
                    name, start = opened.pop()
                    if name.startswith("s "):
                        said.append(Said((start, len(text)), None, name[2:]))
                elif part.startswith("<"):
                    opened.append((part[1:-1], len(text)))
                else:
                    text += part
            yield Passage(text, tuple(said), f"{path.name} {number}", cued=False)


def news(places: Path, corpus: Path) -> Iterator[Passage]:
    """Statements in lines of ww, whose words are set together with blanks between them."""
    lines = json.loads(corpus.read_text("utf-8"))
    found: dict[int, list[Said]] = {}
    ends: dict[int, list[int]] = {}
    with places.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            number = int(row["line"])
            words = lines[number][0]
            at = ends.setdefault(number, [len(" ".join(words[:n])) for n in range(len(words) + 1)])

            def span(first: str, last: str, words: list[str] = words, at: list[int] = at) -> Span:
                return at[int(last)] - len(" ".join(words[int(first) : int(last)])), at[int(last)]

            cue = span(row["cue_first"], row["cue_last"]) if row["cue_first"] else None
            found.setdefault(number, []).append(Said(span(row["first"], row["last"]), cue, row["act"]))
    for number, said in found.items():
        yield Passage(" ".join(lines[number][0]), tuple(said), f"ww {number}", cued=True)


def examples(passages: Iterator[Passage], base: Base) -> Examples:
    """What the models read of each statement of the passages."""
    rows, found, acts, sources = [], [], [], []
    for passage in passages:
        if not passage.said:
            continue
        analysis = base.analyze(passage.text, [(0, len(passage.text))])
        _, states = base.word_states(passage.text)
        width = states.shape[1] // 3
        read = reads(states[:, :width], states[:, 2 * width :])
        lemmas = [lemma(token) for token in analysis.tokens]
        for said in passage.said:
            content = _tokens(analysis, said.content)
            if not content:
                continue
            cue = _tokens(analysis, said.cue) if said.cue else range(0) if passage.cued else _cue(analysis, content)
            means = [read[list(part)].mean(0) if part else np.zeros(read.shape[1]) for part in (content, cue)]
            rows.append(np.hstack(means).astype(np.float32))
            found.append(buckets([lemmas[i] for i in content], [lemmas[i] for i in cue]))
            acts.append(ACTS.index(said.act))
            sources.append(passage.source)
    return Examples(np.stack(rows), found, np.array(acts), sources)


def _tokens(analysis: Analysis, span: Span) -> range:
    inside = [i for i, token in enumerate(analysis.tokens) if token.start < span[1] and span[0] < token.end]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _cue(analysis: Analysis, content: range) -> range:
    """The cue of the attribution that the base finds there."""
    for one in analysis.attributions:
        if any(start < content.stop and content.start < end for start, end in one.contents):
            return range(*one.cue)
    return range(0)


def train(known: Examples, rows: Sequence[int]) -> dict[str, Floats]:
    """The heads, learnt from some of the examples."""
    act, weigh = known.act[list(rows)], np.ones(len(rows), np.float32)
    weight, bias = standardised(known.states[list(rows)], act, weigh, len(ACTS), DECAY, STEPS)
    words, words_bias = fit(known.words(rows), act, weigh, len(ACTS), WORDS_DECAY, WORDS_STEPS)
    content, cue = np.split(weight, 2)
    return {
        "acts.content.weight": content,
        "acts.cue.weight": cue,
        "acts.bias": bias,
        "acts.words.weight": words,
        "acts.words.bias": words_bias,
    }


def right(heads: dict[str, Floats], known: Examples, rows: Sequence[int]) -> int:
    """Of how many of the examples the heads tell the act."""
    weight = np.vstack([heads["acts.content.weight"], heads["acts.cue.weight"]])
    read = softmax(known.states[list(rows)] @ weight + heads["acts.bias"])
    worded = softmax(known.words(rows) @ heads["acts.words.weight"] + heads["acts.words.bias"])
    both = np.log(read + 1e-3) + np.log(worded + 1e-3)
    return int((both.argmax(1) == known.act[list(rows)]).sum())


def _blank(weights: Path) -> dict[str, Floats]:
    """Heads that know nothing, in the place of those there: the base wants some before it reads."""
    with np.load(weights / "heads.npz") as stored:
        width = 2 * stored["role.weight"].shape[0]
    shapes = {
        "content.weight": (width,),
        "cue.weight": (width,),
        "bias": (),
        "words.weight": (BUCKETS,),
        "words.bias": (),
    }
    return {f"acts.{name}": np.zeros((*shape, len(ACTS)), np.float32) for name, shape in shapes.items()}


def _store(weights: Path, learnt: dict[str, Floats]) -> None:
    with np.load(weights / "heads.npz") as stored:
        heads = {name: stored[name] for name in stored.files if not name.startswith(("act.", "acts."))}
    np.savez_compressed(weights / "heads.npz", **heads, **{k: v.astype(np.float16) for k, v in learnt.items()})


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("weights", type=Path)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--folds", type=int, help="cross-validate and write nothing")
    args = options.parse_args()
    _store(args.weights, _blank(args.weights))
    base = Base(args.weights)
    folder = CORPUS / "acts"

    def passages() -> Iterator[Passage]:
        yield from annotated(CORPUS / "train")
        yield from marked(folder)
        yield from news(folder / "news.tsv", args.data / "ner" / "ww-train.json")

    known = examples(passages(), base)
    everything = range(len(known.act))
    if args.folds:
        sources = sorted(set(known.source))
        random.Random(7).shuffle(sources)
        hits = 0
        for fold in range(args.folds):
            out = set(sources[fold :: args.folds])
            left = [i for i in everything if known.source[i] in out]
            hits += right(train(known, [i for i in everything if known.source[i] not in out]), known, left)
        print(f"{hits / len(everything):.3f} of {len(everything)} right in {args.folds} folds")
        return
    learnt = train(known, everything)
    _store(args.weights, learnt)
    print(f"learnt from {len(everything)} statements; {right(learnt, known, everything)} of them told")


if __name__ == "__main__":
    main()
