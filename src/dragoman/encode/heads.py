"""Heads: matrices that read word states, applied with numpy."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dragoman.encode.decode import Floats


class Heads:
    """Linear and biaffine heads (Dozat and Manning 2017) by name, as `training/base/export.py` writes them."""

    def __init__(self, matrices: Mapping[str, Floats]) -> None:
        self._matrices = matrices

    def __getitem__(self, name: str) -> Floats:
        return self._matrices[name]

    def linear(self, name: str, states: Floats) -> Floats:
        """Scores [N, labels] of states [N, width]."""
        result: Floats = states @ self._matrices[f"{name}.weight"] + self._matrices[f"{name}.bias"]
        return result

    def probabilities(self, name: str, states: Floats) -> Floats:
        """Softmax of the scores, [N, labels]."""
        return softmax(self.linear(name, states))

    def project(self, name: str, states: Floats) -> Floats:
        """One side of a biaffine head: a linear layer and GELU."""
        hidden = self.linear(name, states)
        result: Floats = hidden * _normal_cdf(hidden)
        return result

    def biaffine(self, name: str, dependents: Floats, heads: Floats) -> Floats:
        """Scores [N, M + 1] of projected heads for projected dependents; column 0 is the root, or none."""
        padded = np.hstack([dependents, np.ones((len(dependents), 1), np.float32)])
        governors = np.vstack([self._matrices[f"{name}.root"][None], heads])
        result: Floats = padded @ self._matrices[f"{name}.weight"] @ governors.T
        return result


def softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    exp = np.exp(scores - scores.max(-1, keepdims=True))
    result: Floats = exp / exp.sum(-1, keepdims=True)
    return result


def _normal_cdf(x: Floats) -> Floats:
    """Gaussian distribution function by Abramowitz and Stegun 7.1.26 (error below 2e-7), for the GELU of the heads."""
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = 1 - poly * np.exp(-z * z)
    result: Floats = np.where(x < 0, (1 - erf) / 2, (1 + erf) / 2).astype(np.float32)
    return result
