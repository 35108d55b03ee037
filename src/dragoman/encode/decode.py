"""From scores to structure: dependency trees and tagged spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]


def tree(scores: Floats) -> Indices:
    """The best heads of a sentence with exactly one root.

    `scores` is [n, n + 1]: a row a dependent, column 0 the root, column j + 1 word j. Returns [n] of head indices, -1 for
    the root. Each word's best head where that gives a tree, else the maximum spanning tree (Chu and Liu, Edmonds).
    """
    n = len(scores)
    scores = scores.copy()
    scores[np.arange(n), np.arange(1, n + 1)] = -np.inf
    heads: Indices = scores.argmax(1)
    roots = np.flatnonzero(heads == 0)
    if len(roots) == 1 and not _cycle(heads - 1):
        return np.asarray(heads - 1)
    # One root: the word for which being the root costs least beside its best other head.
    root = int((scores[:, 0] - scores[:, 1:].max(1)).argmax()) if n > 1 else 0
    scores[:, 0] = -np.inf
    square = np.full((n, n), -np.inf, np.float32)
    square[:, :] = scores[:, 1:]
    square[root] = -np.inf
    return _spanning(square, root)


def _cycle(heads: Indices) -> list[int]:
    """A cycle in a head array with -1 for roots, or an empty list."""
    state = np.zeros(len(heads), np.int8)
    for first in range(len(heads)):
        path = []
        node = first
        while node >= 0 and state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if node >= 0 and state[node] == 1:
            return path[path.index(node) :]
        state[path] = 2
    return []


def _spanning(scores: Floats, root: int) -> Indices:
    heads: Indices = scores.argmax(1)
    heads[root] = -1
    found = _cycle(heads)
    if not found:
        return heads
    cycle: Indices = np.array(found, np.int64)
    n = len(scores)
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = scores[cycle, heads[cycle]]
    # The cycle becomes one node, the last of the smaller graph.
    small = np.full((len(outside) + 1,) * 2, -np.inf, np.float32)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    into = scores[np.ix_(cycle, outside)] - kept[:, None]
    entry = into.argmax(0)
    small[-1, :-1] = into[entry, np.arange(len(outside))]
    leaving = scores[np.ix_(outside, cycle)]
    exit_ = leaving.argmax(1)
    small[:-1, -1] = leaving[np.arange(len(outside)), exit_]
    solved = _spanning(small, int(np.flatnonzero(outside == root)[0]))
    result: Indices = heads.copy()
    for row, node in enumerate(outside):
        head = int(solved[row])
        result[node] = -1 if head < 0 else int(cycle[exit_[row]] if head == len(outside) else outside[head])
    head = int(solved[-1])
    result[cycle[entry[head]]] = outside[head]
    return result


def bio_spans(tags: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ranges of a sequence of 0 (outside), 1 (begin), 2 (inside); an inside after an outside begins a range."""
    start = -1
    for i, tag in enumerate(tags):
        if tag != 2 and start >= 0:
            yield start, i
            start = -1
        if tag == 1 or (tag == 2 and start < 0):
            start = i
    if start >= 0:
        yield start, len(tags)
