"""A sentence is put in, changed or taken out, and all else stays."""

import pytest

from dragoman.brief import Brief, Section, Sentence
from dragoman.brief.edit import change, put_in, take_out
from dragoman.errors import SettingsError

BRIEF = Brief("", "a", "b", None, None, (Section("x", (Sentence("1"), Sentence("2"))), Section("y", (Sentence("3"),))))


def written(brief):
    return [[sentence.text for sentence in section.sentences] for section in brief.sections]


@pytest.mark.parametrize(
    ("edited", "found"),
    [
        (put_in(BRIEF, 0, 0, Sentence("0")), [["0", "1", "2"], ["3"]]),
        (put_in(BRIEF, 1, 1, Sentence("4")), [["1", "2"], ["3", "4"]]),
        (change(BRIEF, 0, 1, Sentence("two")), [["1", "two"], ["3"]]),
        (take_out(BRIEF, 1, 0), [["1", "2"], []]),
    ],
)
def test_one_place_is_edited(edited, found):
    assert written(edited) == found
    assert written(BRIEF) == [["1", "2"], ["3"]]


def test_what_is_put_in_and_taken_out_leaves_the_brief_as_it_was():
    assert take_out(put_in(BRIEF, 0, 1, Sentence("new")), 0, 1) == BRIEF


@pytest.mark.parametrize(("section", "at"), [(2, 0), (-1, 0), (0, 2), (0, -1)])
def test_a_place_that_is_not_there_is_told(section, at):
    with pytest.raises(SettingsError, match=f"no sentence {at} in section {section}"):
        take_out(BRIEF, section, at)
