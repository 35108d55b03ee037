"""A text is cut into passages, parts and pieces, and put together again it is the text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dragoman.web.text.passages import LONGEST, part_of, parts, passages
from dragoman.web.text.pieces import Mark, pieces

TEXTS = st.text(st.sampled_from("ab. \n\r\u202e🦊"), max_size=300)


@given(
    TEXTS,
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300), st.sampled_from(["event", "junk"])), max_size=12),
)
def test_pieces_hold_every_character_once_and_each_mark_wholly(text, spans):
    marks = [
        Mark(start, end, layer, None, number if layer == "event" else 0)
        for number, (start, end, layer) in enumerate(spans, 1)
        if start < end <= len(text)
    ]
    found = pieces(text, 0, len(text), marks)
    assert "".join(piece.text for piece in found) == text
    assert all(text[piece.start : piece.end] == piece.text for piece in found)
    for piece in found:
        over = [mark for mark in marks if mark.start <= piece.start and piece.end <= mark.end]
        assert set(piece.layers) == {mark.layer for mark in over}
        assert set(piece.cards) == {mark.card for mark in over if mark.card}
        assert all(mark in over or mark.end <= piece.start or piece.end <= mark.start for mark in marks)
    begun = [card for piece in found for card in piece.begins]
    assert sorted(begun) == sorted(mark.card for mark in marks if mark.card)


def test_the_row_of_the_fewest_words_comes_first():
    (_, inner, _) = pieces(
        "he said it was so", 0, 17, [Mark(0, 17, "statement", None, 1), Mark(8, 14, "event", None, 2)]
    )
    assert inner.cards == (2, 1)


@given(TEXTS.flatmap(lambda text: st.integers(1, 60).map(lambda times: text * times)))
def test_passages_and_parts_hold_every_character_once(text):
    spans = passages(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(0 < end - start <= LONGEST for start, end in spans)
    found = parts(spans)
    assert all(one[1] == other[0] for one, other in pairwise(found))
    assert {edge for part in found for edge in part} <= {edge for span in spans for edge in span}
    for place in range(0, len(text), 997):
        start, end = found[part_of(found, place)]
        assert start <= place < end


def test_a_long_line_is_cut_after_a_sentence():
    text = "It was said again. " * 1000
    assert all(text[start:end].endswith(". ") for start, end in passages(text))
