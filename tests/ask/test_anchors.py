"""The words of an answer count where the text has them, and nowhere else."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.ask.anchors import Anchors

TEXT = "“We will not\nsign,” she said. He said nothing. She said: ‘We will not  sign’ — and left."


def everywhere(text):
    return Anchors(text, [(0, len(text))])


def words(span, text=TEXT):
    return None if span is None else text[slice(*span)]


def test_blanks_and_marks_may_differ():
    assert words(everywhere(TEXT).after("We will not sign", 0)) == "We will not\nsign"
    assert words(everywhere(TEXT).after("'We will not sign' - and left.", 0)) == "‘We will not  sign’ — and left."
    assert words(everywhere(TEXT).after('"He said nothing."', 0)) == "He said nothing."


def test_other_words_parts_of_words_and_mere_marks_are_not_found():
    for invented in ("We will sign", "he said nothing", "e said", "We will ... sign", "", " ", "“"):
        assert everywhere(TEXT).after(invented, 0) is None


def test_of_several_places_the_next_or_the_nearest_counts():
    anchors = everywhere(TEXT)
    assert anchors.after("We will not sign", 10) == (58, 75)
    assert anchors.near("said", (70, 80)) == (51, 55)
    assert anchors.near("sign", (1, 17)) == (71, 75)
    assert anchors.within("sign", (1, 17)) == (13, 17)


def test_nothing_is_found_across_what_was_not_shown():
    text = "Norway paid. Read also: Kenya. Peru did not."
    anchors = Anchors(text, [(0, 12), (31, 44)])
    assert anchors.after("Kenya", 0) is None
    assert anchors.after("Norway paid. Peru did not.", 0) is None
    assert words(anchors.after("Peru did not.", 0), text) == "Peru did not."


@given(st.text(alphabet="aB “”'\"\n\u200b\u00a0.-—", max_size=40), st.data())
def test_every_part_between_words_is_found_as_it_stands(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = everywhere(text).after(text[start:end], 0)
    if found is not None:
        assert text[slice(*found)].strip(" \n\u00a0\"'") == text[start:end].strip().strip(" \n\u00a0\"'")
