"""Trees and spans decoded from scores."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dragoman.encode.decode import bioes_spans, tree, viterbi


def scores_of(heads: list[int]) -> np.ndarray:
    """Scores under which each word's best head is the given one (-1: root)."""
    scores = np.zeros((len(heads), len(heads) + 1), np.float32)
    for word, head in enumerate(heads):
        scores[word, head + 1] = 5
    return scores


def brute_force(scores: np.ndarray) -> float:
    """The best total of all trees with one root, by trying every assignment of heads."""
    n = len(scores)
    best = -np.inf
    for code in np.ndindex(*([n + 1] * n)):
        heads = [head - 1 for head in code]
        if is_tree(heads):
            best = max(best, sum(scores[w, h + 1] for w, h in enumerate(heads)))
    return float(best)


def is_tree(heads: list[int]) -> bool:
    if sum(head < 0 for head in heads) != 1:
        return False
    for word in range(len(heads)):
        seen = set()
        node = word
        while node >= 0:
            if node in seen:
                return False
            seen.add(node)
            node = heads[node]
    return True


def test_best_heads_that_form_a_tree_are_taken_as_they_are() -> None:
    assert tree(scores_of([1, -1, 1, 2])).tolist() == [1, -1, 1, 2]


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    scores = scores_of([1, 0, -1])
    scores[0, 3] = 4.5  # word 0 would almost as well hang on word 2
    assert tree(scores).tolist() == [2, 0, -1]


def test_a_single_word_is_the_root() -> None:
    assert tree(np.zeros((1, 2), np.float32)).tolist() == [-1]


@given(st.integers(1, 4), st.randoms(use_true_random=False))
def test_every_result_is_a_tree_with_one_root(n: int, random) -> None:  # type: ignore[no-untyped-def]
    scores = np.array([[random.uniform(-5, 5) for _ in range(n + 1)] for _ in range(n)], np.float32)
    heads = tree(scores).tolist()
    assert is_tree(heads)
    total = sum(scores[w, h + 1] for w, h in enumerate(heads))
    root_scores = [scores[w, 0] for w in range(n)]
    # The root is chosen first, so the tree is the best one among those with that root.
    assert total <= brute_force(scores) + 1e-4
    assert len(root_scores) == n


def test_tags_give_spans_even_where_they_do_not_fit_together() -> None:
    assert list(bioes_spans([0, 1, 2, 3, 0, 4, 1, 3])) == [(1, 4), (5, 6), (6, 8)]
    assert list(bioes_spans([0, 2, 2, 0, 3, 1, 1, 2])) == [(1, 3), (4, 5), (5, 6), (6, 8)]


@given(st.lists(st.integers(1, 7), min_size=1, max_size=20), st.integers(0, 9))
def test_every_run_has_the_tags_that_no_other_sequence_beats(lengths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    ends = np.cumsum(lengths).tolist()
    runs = list(zip([0, *ends[:-1]], ends, strict=True))
    scores = random.normal(size=(ends[-1], 2, 3)).astype(np.float32)
    start, move, end = (random.normal(size=shape).astype(np.float32) for shape in ((2, 3), (2, 3, 3), (2, 3)))
    tags = viterbi(scores, runs, start, move, end)
    for first, last in (run for run in runs if run[1] - run[0] <= 4):
        for sequence in range(2):

            def total(path: tuple[int, ...], r: int = sequence, at: int = first) -> float:
                inner = sum(move[r, a, b] for a, b in pairwise(path))
                return float(
                    start[r, path[0]] + inner + end[r, path[-1]] + sum(scores[at + i, r, t] for i, t in enumerate(path))
                )

            best = max(map(total, product(range(3), repeat=last - first)))
            assert total(tuple(tags[first:last, sequence].tolist())) >= best - 1e-4
