"""What a line is judged by: how it is written, and what stands beside it."""

from dragoman.gather.context import Hint, contexts
from dragoman.gather.features import features
from dragoman.gather.labels import weights
from dragoman.gather.shape import shape
from dragoman.gather.units import units

PARAGRAPH = (
    "Velmark has called its ambassador home from Tarsia after talks on the fishing grounds broke down on Monday."
)


def described(text):
    """The features of each unit, by its text."""
    found = units(text)
    shapes = [shape(unit.text) for unit in found]
    hints = [Hint()] * len(found)
    return dict(
        zip((unit.text for unit in found), features(found, shapes, contexts(found, shapes, hints), hints), strict=True)
    )


def test_short_lines_in_a_row_are_told_from_one_alone():
    found = described(f"Home page\nWorld news\nThe sea\n{PARAGRAPH}\nA heading\n{PARAGRAPH} Again.")
    assert [found[line].get("row_of_short", 0) > 0 for line in ("Home page", "The sea", "A heading")] == [
        True,
        True,
        False,
    ]
    assert found["A heading"]["before_paragraph"] == found["A heading"]["after_paragraph"] == 1


def test_signs_capitals_and_words_to_the_reader_are_seen_and_those_of_a_quote_are_not():
    found = described(f"★ GIVE NOW ★\nWill you help us?\n“You must pay,” she said.\n{PARAGRAPH}")
    assert {"symbols", "capitals"} <= found["★ GIVE NOW ★"].keys()
    assert {"question", "spoken"} <= found["Will you help us?"].keys()
    assert "spoken" not in found["“You must pay,” she said."]


def test_every_feature_has_a_weight():
    found = described(f"Home\nWorld\nMost read\n1\nFirst\n{PARAGRAPH}\nBy Ann Orsk, 3 May 2031\n{PARAGRAPH}")
    assert {name for line in found.values() for name in line} <= weights().scores.keys()
