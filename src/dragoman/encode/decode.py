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


def bioes_spans(tags: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ranges of a sequence of 0 (outside), 1 (begin), 2 (inside), 3 (end), 4 (alone); an inside or end after an outside
    begins a range, and an outside, begin or alone ends one."""
    start = -1
    for i, tag in enumerate(tags):
        if start >= 0 and tag in (0, 1, 4):
            yield start, i
            start = -1
        if tag and start < 0:
            start = i
        if tag in (3, 4):
            yield start, i + 1
            start = -1
    if start >= 0:
        yield start, len(tags)


def viterbi(
    scores: Floats, runs: Sequence[tuple[int, int]], start: Floats, move: Floats, end: Floats
) -> npt.NDArray[np.int8]:
    """The best tags [N, R] of R sequences, each run of words `[first, last)` by itself (Viterbi 1967).

    `scores` is [N, R, T], `start` and `end` [R, T], `move` [R, T, T] from the tag before to the tag here. Runs of like
    length go together.
    """
    tags = np.zeros(scores.shape[:2], np.int8)
    order = sorted((run for run in runs if run[0] < run[1]), key=lambda run: run[1] - run[0])
    for at in range(0, len(order), 16):
        batch = order[at : at + 16]
        lengths = np.array([last - first for first, last in batch])
        width = int(lengths.max())
        padded = np.zeros((len(batch), width, *scores.shape[1:]), np.float32)
        for row, (first, last) in enumerate(batch):
            padded[row, : last - first] = scores[first:last]
        best = start + padded[:, 0]
        back = np.zeros((width, *best.shape), np.int8)
        for t in range(1, width):
            paths = best[..., :, None] + move
            back[t] = paths.argmax(-2)
            live = (t < lengths)[:, None, None]
            best = np.where(live, paths.max(-2) + padded[:, t], best)
        last_tag = (best + end).argmax(-1)
        for row, (first, last) in enumerate(batch):
            tag = last_tag[row]
            for t in range(last - first - 1, -1, -1):
                tags[first + t] = tag
                tag = back[t, row][np.arange(len(tag)), tag]
    return tags
