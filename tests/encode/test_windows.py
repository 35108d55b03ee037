"""Windows over long documents."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.encode.windows import LIMIT, following, pack


@given(st.lists(st.integers(1, 400), min_size=1, max_size=12), st.data())
def test_each_token_is_kept_by_exactly_one_window_whatever_the_sentence_starts(sizes: list[int], data) -> None:  # type: ignore[no-untyped-def]
    paragraphs, at = [], 0
    for size in sizes:
        paragraphs.append((at, at + size))
        at += size
    costs = data.draw(st.lists(st.integers(1, 12), min_size=at, max_size=at))
    ends = {i: last for first, last in paragraphs for i in range(first, last)}
    kept = []
    pending = pack(paragraphs, costs)
    while pending:
        later = []
        for window in pending:
            assert sum(costs[window.first : window.last]) <= LIMIT + max(costs) + 48
            cut = window.last
            if window.open:
                starts = data.draw(st.lists(st.integers(window.first, window.last - 1), max_size=3))
                cut, after = following(window, sorted(starts), ends[window.keep], costs)
                assert after.keep > window.keep
                later.append(after)
            kept += range(window.keep, cut)
        pending = later
    assert sorted(kept) == list(range(at))
