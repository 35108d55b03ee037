"""A long text is asked about in windows that overlap, and none of its words is left out."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.ask.windows import shown, windows


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 40)), max_size=40))
def test_all_sentences_are_in_a_window_and_no_window_is_too_long(lengths):
    sentences, at = [], 0
    for gap, length in lengths:
        sentences.append((at + gap, at + gap + length))
        at += gap + length
    found = list(windows(sentences, 30, 10))
    covered = {place for window in found for start, end in window for place in range(start, end)}
    assert covered == {place for start, end in sentences for place in range(start, end)}
    assert all(sum(end - start for start, end in window) <= 30 for window in found)
    assert len(found) <= 1 + sum(length for _, length in lengths)


def test_a_window_shows_its_sentences_and_nothing_else():
    text = "One.  Two. Advertisement. Three."
    assert shown(text, ((0, 4), (6, 10), (26, 32))) == "One.  Two.\n\nThree."


def test_neighbours_share_their_border():
    first, second = windows([(0, 10), (10, 20), (20, 30), (30, 40)], 30, 10)
    assert first[-1] == second[0] == (20, 30)
