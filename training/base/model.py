"""One MiniLM encoder and the heads that read its word states. Needs torch and transformers; running the result does not."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from dragoman.encode.labels import (
    ACTS,
    BIOES,
    CASES,
    ENTITY,
    EVENTS,
    MODES,
    PLV,
    QUADS,
    RELAYED,
    REQUIRED,
    ROLES,
    STATUSES,
    UPOS,
    VOICES,
)

ARC, RELATION, LINK = 256, 96, 128
LATER = 2
"""Layers above the encoder's own, which only the heads of statements read."""
TAGGED = len(ROLES) * len(BIOES)
MEANT = {"act": len(ACTS), "voice": len(VOICES), "polarity": 3, "condition": len(REQUIRED), "relay": len(RELAYED)}
"""Heads of statements that label single words, with the number of their labels."""
LINEAR = ("start", "upos", "xpos", "entity", "role", "inner", *MEANT)
BIAFFINE = ("arc", "relation", "link", "inner_link", "speaker", "who")
BRANCH, OWN = 2, 4
"""Events branch off after BRANCH of the encoder's layers, into OWN layers that only their heads read."""
USES = ("language", "statements", "events")
HAPPENED = {"event": len(EVENTS), "mode": len(MODES), "status": len(STATUSES)}
"""Heads of events that label triggers, with the number of their labels."""
BETWEEN = {"plv": len(PLV), "quad": len(QUADS)}
"""Heads of what is between a given pair."""


@dataclass(slots=True)
class Batch:
    """Padded tensors of B windows of L pieces and W words. `first` indexes each word's first piece; `sentence` numbers
    the sentences within a window (-1: padding)."""

    ids: Tensor
    mask: Tensor
    cases: Tensor
    first: Tensor
    words: Tensor


class Biaffine(nn.Module):
    """Dozat and Manning (2017): scores of heads for dependents, [B, W, W + 1]; column 0 is the root or "none"."""

    def __init__(self, width: int, size: int) -> None:
        super().__init__()
        self.dependent, self.head = _projection(width, size), _projection(width, size)
        self.weight = nn.Parameter(torch.randn(size + 1, size) * 0.01)
        self.root = nn.Parameter(torch.randn(size) * 0.02)

    def forward(self, words: Tensor) -> Tensor:
        dependents = functional.pad(self.dependent(words), (0, 1), value=1.0)
        heads = torch.cat([self.root.expand(len(words), 1, -1), self.head(words)], 1)
        return dependents @ self.weight @ heads.transpose(1, 2)


class Relations(nn.Module):
    """Scores of relation labels for given pairs of dependent and head, [N, R]."""

    def __init__(self, width: int, labels: int, size: int = RELATION) -> None:
        super().__init__()
        self.dependent, self.head = _projection(width, size), _projection(width, size)
        self.root = nn.Parameter(torch.randn(size) * 0.02)
        self.weight = nn.Parameter(torch.randn(labels, size + 1, size + 1) * 0.01)

    def forward(self, words: Tensor, rows: Tensor, columns: Tensor, heads: Tensor) -> Tensor:
        dependents = functional.pad(self.dependent(words)[rows, columns], (0, 1), value=1.0)
        states = torch.cat([self.root.expand(len(words), 1, -1), self.head(words)], 1)
        governors = functional.pad(states[rows, heads], (0, 1), value=1.0)
        return torch.einsum("nd,rde,ne->nr", dependents, self.weight, governors)


def _projection(width: int, size: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, size), nn.GELU(), nn.Dropout(0.2))


class Chain(nn.Module):
    """A linear-chain CRF (Lafferty et al. 2001) over the tags of R sequences at once, each starting anew at every paragraph.

    Labels may be open: `allowed` [B, W, R, T] tells which tags a word may have, all of them where nothing is known.
    """

    def __init__(self, sequences: int, tags: int) -> None:
        super().__init__()
        self.start = nn.Parameter(torch.zeros(sequences, tags))
        self.end = nn.Parameter(torch.zeros(sequences, tags))
        self.move = nn.Parameter(torch.zeros(sequences, tags, tags))

    def loss(self, scores: Tensor, allowed: Tensor, opens: Tensor, words: Tensor) -> Tensor:
        """Negative log likelihood a word. `scores` [B, W, R, T]; `opens`, `words` [B, W]: paragraph starts, real words."""
        both = torch.cat([scores, scores.masked_fill(~allowed, -1e4)])
        total = self._partition(both, torch.cat([opens, opens]), torch.cat([words, words]))
        free, gold = total.chunk(2)
        return (free - gold).sum() / words.sum()

    def _partition(self, scores: Tensor, opens: Tensor, words: Tensor) -> Tensor:
        alpha = self.start + scores[:, 0]
        for t in range(1, scores.shape[1]):
            closed = torch.logsumexp(alpha + self.end, -1, keepdim=True) + self.start
            moved = torch.logsumexp(alpha[..., :, None] + self.move, -2)
            new = torch.where(opens[:, t, None, None], closed, moved) + scores[:, t]
            alpha = torch.where(words[:, t, None, None], new, alpha)
        return torch.logsumexp(alpha + self.end, -1)


class LanguageModel(nn.Module):
    """Word states and heads. The encoder's six layers serve sentence starts, tags, dependencies and entities; two more
    on top of them serve statements: roles and links of attributions, and of those inside a content, act, polarity, voice."""

    def __init__(self, directory: Path, xpos: Sequence[str], relations: Sequence[str]) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(str(directory), add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.later = nn.ModuleList(deepcopy(layer) for layer in self.encoder.encoder.layer[-LATER:])
        self.case = nn.Embedding(CASES, width, padding_idx=0)
        nn.init.normal_(self.case.weight, 0, 0.02)
        self.dropout = nn.Dropout(0.15)
        sizes = (2, len(UPOS), len(xpos), len(ENTITY), TAGGED, TAGGED, *MEANT.values())
        for name, size in zip(LINEAR, sizes, strict=True):
            setattr(self, name, nn.Linear(width, size))
        self.arc = Biaffine(width, ARC)
        self.relation = Relations(width, len(relations))
        self.link, self.inner_link, self.speaker, self.who = (Biaffine(width, LINK) for _ in range(4))
        self.chain = Chain(2 * len(ROLES), len(BIOES))
        self.happened = nn.ModuleList(deepcopy(layer) for layer in self.encoder.encoder.layer[BRANCH : BRANCH + OWN])
        for name, size in HAPPENED.items():
            setattr(self, name, nn.Linear(width, size))
        self.doer, self.sufferer = Biaffine(width, LINK), Biaffine(width, LINK)
        self.pair = _projection(3 * width, width)
        for name, size in BETWEEN.items():
            setattr(self, name, nn.Linear(width, size))

    def words(self, batch: Batch, *, use: str = "language") -> Tensor:
        """States of the words, [B, W, width], of the layers for `use`: language, statements or events."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            states = self.pieces(batch.ids, batch.cases, batch.mask, (use,))[USES.index(use)]
        states = states.float()
        return self.dropout(torch.gather(states, 1, batch.first[..., None].expand(-1, -1, states.shape[-1])))

    def pieces(
        self, ids: Tensor, cases: Tensor, mask: Tensor, uses: Sequence[str] = USES
    ) -> tuple[Tensor, Tensor, Tensor]:
        """States of the pieces [B, L, width] for language, statements and events; those not in `uses` mean nothing."""
        table = self.encoder.embeddings
        positions = torch.arange(ids.shape[1])
        x = table.word_embeddings(ids) + self.case(cases) + table.position_embeddings(positions)[None]
        x = table.LayerNorm(x + table.token_type_embeddings.weight[0])
        bias = (1.0 - mask[:, None, None, :].float()) * -1e4
        z = x
        for number, layer in enumerate(self.encoder.encoder.layer):
            if number < BRANCH or set(uses) - {"events"}:
                x = self._layer(layer, x, bias)
            if number == BRANCH - 1:
                z = x
        y = x
        for layer in self.later if "statements" in uses else ():
            y = self._layer(layer, y, bias)
        for layer in self.happened if "events" in uses else ():
            z = self._layer(layer, z, bias)
        return x, y, z

    def between(self, words: Tensor, actors: Tensor, recipients: Tensor, inside: Tensor) -> tuple[Tensor, Tensor]:
        """What is between two parties, as states [B, width] and as weights of the words that tell it [B, W].

        `actors`, `recipients` and `inside` [B, W] tell the words of either party and those of the sentence. Which words
        tell it is never given: it is whatever looks like a trigger whose doer and sufferer these two are.
        """

        def mean(of: Tensor, over: Tensor) -> Tensor:
            return (of * over).sum(-1) / over.sum(-1).clamp(min=1)

        trigger = 1 - torch.softmax(self.event(words), -1)[..., 0]
        weights = torch.log(trigger + 1e-4)
        weights = weights + mean(self.sides("doer", words), actors[:, None, :])
        weights = weights + mean(self.sides("sufferer", words), recipients[:, None, :])
        weights = torch.softmax(weights.masked_fill(~inside, -1e4), -1)
        parties = [mean(words.transpose(1, 2), side[:, None, :]) for side in (actors, recipients)]
        told = (words * weights[..., None]).sum(1)
        return self.pair(torch.cat([told, *parties], -1)), weights

    def sides(self, name: str, words: Tensor) -> Tensor:
        """Log odds that a word belongs to the doer (or sufferer) of what another word triggers, [B, triggers, words]."""
        scores = getattr(self, name)(words)
        return scores[..., 1:] - scores[..., :1]

    def _layer(self, layer: nn.Module, x: Tensor, bias: Tensor) -> Tensor:
        a, heads = layer.attention, self.encoder.config.num_attention_heads
        q, k, v = (f(x).unflatten(-1, (heads, -1)).transpose(1, 2) for f in (a.self.query, a.self.key, a.self.value))
        weights = torch.softmax(q @ k.transpose(-1, -2) / (q.shape[-1] ** 0.5) + bias, -1)
        mixed = (self._drop(weights) @ v).transpose(1, 2).flatten(2)
        x = a.output.LayerNorm(x + self._drop(a.output.dense(mixed)))
        return layer.output.LayerNorm(x + self._drop(layer.output.dense(functional.gelu(layer.intermediate.dense(x)))))

    def _drop(self, x: Tensor) -> Tensor:
        return functional.dropout(x, 0.1, self.training)
