"""A linear-chain conditional random field over the states of units: its loss, its gradient, and its best sequences.

Lafferty, McCallum and Pereira 2001; where an annotation leaves a unit's state open, the loss sums over those that it allows.
All pages stand in one array, padded to the longest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from examples import Example
from numpy.typing import NDArray

from dragoman.gather.labels import STATES

Floats = NDArray[np.float64]
COUNT = len(STATES)
CHANGES = ("leave_body", "enter_body", "between")
_NEVER = -60.0


@dataclass(frozen=True, slots=True)
class Batch:
    """`x` is (pages, units, features), of which the first is 1; `allowed` (pages, units, states); `there` is false in padding."""

    x: Floats
    allowed: NDArray[np.bool_]
    there: NDArray[np.bool_]
    counts: Floats
    """How much each page counts."""

    def of(self, chosen: NDArray[np.bool_]) -> Batch:
        return Batch(self.x[chosen], self.allowed[chosen], self.there[chosen], self.counts[chosen])


def batch(pages: Sequence[Example], names: Sequence[str]) -> Batch:
    """The pages with the features of these names."""
    column = {name: place for place, name in enumerate(names, 1)}
    size = (len(pages), max(len(page.features) for page in pages))
    x, there = np.zeros((*size, len(names) + 1)), np.zeros(size, bool)
    allowed = np.ones((*size, COUNT), bool)
    for number, page in enumerate(pages):
        there[number, : len(page.features)] = True
        for at, (found, states) in enumerate(zip(page.features, page.allowed, strict=True)):
            x[number, at, 0] = 1.0
            for name, value in found.items():
                x[number, at, column[name]] = value
            allowed[number, at] = [state in states for state in STATES]
    return Batch(x, allowed, there, np.array([page.counts for page in pages]))


def split(theta: Floats) -> tuple[Floats, Floats]:
    """The scores as (features, states), and what it costs to change from state to state as (states, states), below 0."""
    leave, enter, between = theta[-3:]
    costs = np.full((COUNT, COUNT), -between)
    costs[0, 1:], costs[1:, 0] = -leave, -enter
    np.fill_diagonal(costs, 0.0)
    return theta[:-3].reshape(-1, COUNT), costs


def loss(theta: Floats, given: Batch, prior: Floats, pull: float) -> tuple[float, Floats]:
    """Negative log-likelihood with a Gaussian prior around `prior`, and its gradient."""
    weights, costs = split(theta)
    scores = given.x @ weights
    all_of, at_all, changed = _forward_backward(scores, given, costs)
    right, at_right, rightly = _forward_backward(np.where(given.allowed, scores, _NEVER), given, costs)
    away, more = theta - prior, changed - rightly
    changes = [-more[0, 1:].sum(), -more[1:, 0].sum(), -(more[1:, 1:].sum() - np.trace(more[1:, 1:]))]
    slope = np.concatenate(
        [np.einsum("b,btf,btk->fk", given.counts, given.x, at_all - at_right, optimize=True).ravel(), changes]
    )
    return float(given.counts @ (all_of - right) + 0.5 * pull * away @ away), slope + pull * away


def _forward_backward(scores: Floats, given: Batch, costs: Floats) -> tuple[Floats, Floats, Floats]:
    """For each page the log of the sum over sequences; how likely each state is; and how often each change is expected."""
    forward, backward, there = scores.copy(), np.zeros_like(scores), given.there
    for at in range(1, scores.shape[1]):
        new = _log_sum(forward[:, at - 1, :, None] + costs, 1) + scores[:, at]
        forward[:, at] = np.where(there[:, at, None], new, forward[:, at - 1])
    total = _log_sum(forward[:, -1], 1)
    expected = np.zeros((COUNT, COUNT))
    for at in range(scores.shape[1] - 2, -1, -1):
        onward = costs + (scores[:, at + 1] + backward[:, at + 1])[:, None, :]
        here = there[:, at + 1, None]
        backward[:, at] = np.where(here, _log_sum(onward, 2), backward[:, at + 1])
        likely = np.exp(np.minimum(forward[:, at, :, None] + onward - total[:, None, None], 0.0))
        expected += np.einsum("b,bjk->jk", given.counts, likely * here[:, :, None])
    return total, np.exp(forward + backward - total[:, None, None]) * there[:, :, None], expected


def _log_sum(values: Floats, axis: int) -> Floats:
    most = values.max(axis=axis, keepdims=True)
    found: Floats = (most + np.log(np.exp(values - most).sum(axis=axis, keepdims=True))).squeeze(axis)
    return found


def lowest(f: Callable[[Floats], tuple[float, Floats]], theta: Floats, steps: int = 60, kept: int = 8) -> Floats:
    """Where `f` is lowest, by L-BFGS from `theta` (Nocedal 1980)."""
    value, slope = f(theta)
    past: list[tuple[Floats, Floats]] = []
    for _ in range(steps):
        way, shares = slope.copy(), []
        for moved, bent in reversed(past):
            shares.append(moved @ way / (bent @ moved))
            way -= shares[-1] * bent
        way *= (
            past[-1][0] @ past[-1][1] / (past[-1][1] @ past[-1][1])
            if past
            else 1 / max(1.0, float(np.linalg.norm(slope)))
        )
        for (moved, bent), share in zip(past, reversed(shares), strict=True):
            way += moved * (share - bent @ way / (bent @ moved))
        length = 1.0
        while True:
            there = theta - length * way
            reached, new = f(there)
            if reached <= value - 1e-4 * length * (way @ slope) or length < 1e-6:
                break
            length /= 2
        done = value - reached < 3e-5 * max(1.0, abs(value))
        if (there - theta) @ (new - slope) > 1e-9:
            past = [*past, (there - theta, new - slope)][-kept:]
        theta, value, slope = there, reached, new
        if done:
            break
    return theta


def best(theta: Floats, given: Batch) -> list[list[int]]:
    """The best sequence of each page (Viterbi), as places in `STATES`."""
    weights, costs = split(theta)
    found = []
    for x, there in zip(given.x, given.there, strict=True):
        scores = x[there] @ weights
        total, back = scores[0], []
        for here in scores[1:]:
            come = total[:, None] + costs
            back.append(come.argmax(0))
            total = come.max(0) + here
        path = [int(total.argmax())]
        for before in reversed(back):
            path.append(int(before[path[-1]]))
        found.append(path[::-1])
    return found
