"""What both training loops need: batches of windows as padded tensors, and a running average of the weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import TypeVar

import torch
from torch import Tensor, nn

from dragoman.encode.pieces import Pieces
from model import Batch

LONGEST = 254
T = TypeVar("T")


def fit(encoded: Pieces) -> Pieces:
    """A window cut to what the encoder takes, without words that would be cut apart."""
    if len(encoded.ids) <= LONGEST:
        return encoded
    words = sum(1 for i in encoded.first if i < LONGEST - 12)
    return Pieces(encoded.ids[:LONGEST], encoded.cases[:LONGEST], encoded.first[:words])


def batches(group: Sequence[tuple[Pieces, T]], pieces: int) -> Iterator[list[tuple[Pieces, T]]]:
    """Windows sorted by length, as many together as make about so many pieces."""
    batch: list[tuple[Pieces, T]] = []
    for example in group:
        if batch and (len(batch) + 1) * len(example[0].ids) > pieces:
            yield batch
            batch = []
        batch.append(example)
    yield batch


def tensors(batch: Sequence[tuple[Pieces, T]]) -> Batch:
    encoded = [pieces for pieces, _ in batch]
    return Batch(
        _pad([e.ids for e in encoded]),
        _pad([[1] * len(e.ids) for e in encoded]),
        _pad([e.cases for e in encoded]),
        _pad([e.first for e in encoded]),
        _pad([[1] * len(e.first) for e in encoded]),
    )


def _pad(rows: list[list[int]]) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [0] * (width - len(row)) for row in rows])


class Average:
    """The running average of a model's weights, which is what is saved (Polyak and Juditsky 1992)."""

    def __init__(self, model: nn.Module) -> None:
        self._model = model
        self.weights = deepcopy(model.state_dict())

    def follow(self, step: int, every: int = 10, half_life: float = 100) -> None:
        if step % every:
            return
        keep = 0.5 ** (every / min(half_life, step / 3 + 1))
        for name, value in self._model.state_dict().items():
            if value.is_floating_point():
                self.weights[name].lerp_(value, 1 - keep)
