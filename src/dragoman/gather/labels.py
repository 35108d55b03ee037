"""Which units are the article: linear scores of features by state, and the best sequence of states (Viterbi)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.gather.lexicon import load

BODY = "body"
STATES = (BODY, "menu", "teaser", "related", "form", "credit")


@dataclass(frozen=True, slots=True)
class Weights:
    """Scores of features by state, and what it costs to change from one state to another."""

    scores: dict[str, tuple[tuple[int, float], ...]]
    """For each feature the states that it speaks for or against, by their place in `STATES`."""
    biases: tuple[float, ...]
    leave_body: float
    enter_body: float
    between: float


@cache
def weights() -> Weights:
    """The weights of `data/weights.toml`."""
    data = load("weights")
    scores: dict[str, list[tuple[int, float]]] = {}
    for place, state in enumerate(STATES):
        for feature, value in data[state].items():
            scores.setdefault(feature, []).append((place, value))
    biases = tuple(value for _, value in scores.pop("bias"))
    return Weights({feature: tuple(listed) for feature, listed in scores.items()}, biases, **data["changes"])


def label(units: Sequence[dict[str, float]]) -> list[str]:
    """The state of each unit, given by its features: the sequence of the highest score (Viterbi).

    All boilerplate costs the same to leave, so that only its best state matters for what comes next.
    """
    known = weights()
    total = [0.0] * len(STATES)
    back: list[list[int]] = []
    for features in units:
        here = list(known.biases)
        for feature, value in features.items():
            for state, score in known.scores.get(feature, ()):
                here[state] += score * value
        junk = total.index(max(total[1:]), 1)
        from_body, from_junk = total[0] - known.leave_body, total[junk] - known.enter_body
        from_other = total[junk] - known.between
        came = [0 if total[0] >= from_junk else junk]
        now = [max(total[0], from_junk) + here[0]]
        for state in range(1, len(STATES)):
            best = max(total[state], from_body, from_other)
            came.append(state if best == total[state] else 0 if best == from_body else junk)
            now.append(best + here[state])
        total = now
        back.append(came)
    path: list[str] = []
    state = total.index(max(total))
    for came in reversed(back):
        path.append(STATES[state])
        state = came[state]
    return path[::-1]
