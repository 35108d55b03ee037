"""Quotations in sound and in broken text."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.encode.tokens import paragraphs
from dragoman.read.quotes import quotations


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text, paragraphs(text))]


def test_curly_and_straight_marks() -> None:
    assert quoted('“We wait,” she said. "And we watch," he added.') == ["“We wait,”", '"And we watch,"']


def test_single_marks_stay_inside() -> None:
    assert quoted("“They call it a ‘reset’ in public,” he said.") == ["“They call it a ‘reset’ in public,”"]


def test_a_quotation_may_run_over_paragraphs_that_open_anew() -> None:
    text = "“The first part.\n\n“The second part,” she said."
    groups = [q.group for q in quotations(text, paragraphs(text))]
    assert quoted(text) == ["“The first part.", "“The second part,”"]
    assert groups[0] == groups[1]


def test_a_quotation_may_run_over_paragraphs_that_do_not() -> None:
    text = "“First, one thing.\n\nSecond, a “grey zone” in between.\n\nThird, another thing”, the analyst said.\n\nThe end."
    assert quoted(text) == ["“First, one thing.", "Second, a “grey zone” in between.", "Third, another thing”"]


def test_a_lost_closing_mark_ends_with_the_paragraph() -> None:
    assert quoted("He said: “We shall see.\n\nThe talks go on.") == ["“We shall see."]


def test_a_lost_opening_mark_begins_after_the_colon() -> None:
    text = "According to her: They will not come back.”\n\nNothing more."
    found = quotations(text, paragraphs(text))
    assert [text[q.start : q.end] for q in found] == ["They will not come back.”"]
    assert not found[0].sound


def test_an_opening_mark_before_nothing_closes() -> None:
    assert quoted("She added: “They will follow. “\nNext line.") == ["“They will follow. “"]


def test_apostrophes_and_inches_are_no_quotations() -> None:
    assert quoted("Kenya's ministers' cars aren't new.") == []


@given(st.text(alphabet='ab ."“”\n\r‘’«»', max_size=200))
def test_quotations_lie_in_order_within_paragraphs(text: str) -> None:
    spans = paragraphs(text)
    at = 0
    for quotation in quotations(text, spans):
        assert at <= quotation.start < quotation.end <= len(text)
        assert any(start <= quotation.start and quotation.end <= end for start, end in spans)
        at = quotation.end
