"""A log-linear model (softmax regression) with decayed weights, fitted with numpy alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


def fit(x: Floats, label: Numbers, weigh: Floats, labels: int, decay: float, steps: int) -> tuple[Floats, Floats]:
    """Weight [features, labels] and bias [labels] by Nesterov's gradient method, features as they are; `weigh` says how much
    each example counts."""
    share = weigh[:, None] / weigh.sum()
    gold = np.eye(labels, dtype=np.float32)[label]
    step = 1 / (0.5 * _largest(x * np.sqrt(share)) ** 2 + decay)
    weight = ahead = np.zeros((x.shape[1], labels), np.float32)
    bias, pace = np.zeros(labels, np.float32), 1.0
    for _ in range(steps):
        scores = x @ ahead + bias
        odds = np.exp(scores - scores.max(1, keepdims=True))
        wrong = share * (odds / odds.sum(1, keepdims=True) - gold)
        bias = bias - wrong.sum(0)
        new = ahead - step * (x.T @ wrong + decay * ahead)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = new + (pace - 1) / faster * (new - weight)
        weight, pace = new, faster
    return weight, bias


def standardised(
    x: Floats, label: Numbers, weigh: Floats, labels: int, decay: float, steps: int
) -> tuple[Floats, Floats]:
    """The same with features brought to one spread while fitting; weight and bias are for features as they are."""
    mean, spread = x.mean(0), x.std(0) + 1e-5
    weight, bias = fit((x - mean) / spread, label, weigh, labels, decay, steps)
    plain = (weight / spread[:, None]).astype(np.float32)
    return plain, (bias - mean @ plain).astype(np.float32)


def _largest(x: Floats, rounds: int = 20) -> float:
    """The largest singular value, by power iteration."""
    vector = np.ones(x.shape[1], np.float32)
    for _ in range(rounds):
        vector = x.T @ (x @ vector)
        vector /= np.linalg.norm(vector)
    return 1.05 * float(np.linalg.norm(x @ vector))
