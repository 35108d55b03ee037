"""One MiniLM encoder and the heads that read its word states. Needs torch and transformers; running the result does not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from dragoman.encode.labels import CASES, ENTITY, UPOS

ARC, RELATION, LINK = 256, 96, 128


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


class LanguageModel(nn.Module):
    """Word states and heads: sentence starts, universal and Penn tags, dependencies, entities, attribution roles and links."""

    def __init__(self, directory: Path, xpos: list[str], relations: list[str]) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(str(directory), add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(CASES, width, padding_idx=0)
        nn.init.normal_(self.case.weight, 0, 0.02)
        self.dropout = nn.Dropout(0.15)
        self.start = nn.Linear(width, 2)
        self.upos = nn.Linear(width, len(UPOS))
        self.xpos = nn.Linear(width, len(xpos))
        self.entity = nn.Linear(width, len(ENTITY))
        self.role = nn.Linear(width, 9)
        self.arc = Biaffine(width, ARC)
        self.relation = Relations(width, len(relations))
        self.link = Biaffine(width, LINK)

    def words(self, batch: Batch) -> Tensor:
        """States of the words, [B, W, width]."""
        pieces = self.encoder.embeddings.word_embeddings(batch.ids) + self.case(batch.cases)
        states = self.encoder(inputs_embeds=pieces, attention_mask=batch.mask).last_hidden_state
        return self.dropout(torch.gather(states, 1, batch.first[..., None].expand(-1, -1, states.shape[-1])))
