"""The language base on running text, with the weights that are installed."""

from dataclasses import fields

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.encode import Analysis, LanguageBase


def analyze(base: LanguageBase, text: str) -> Analysis:
    return base.analyze(text, [(0, len(text))])


def sentences(analysis: Analysis) -> list[str]:
    tokens = analysis.tokens
    return [analysis.text[tokens[a].start : tokens[b - 1].end] for a, b in analysis.sentences]


def test_subject_and_object_hang_on_their_verb(base: LanguageBase) -> None:
    found = analyze(base, "The northern republic expelled three diplomats on Tuesday.")
    related = {(t.text, t.relation, found.tokens[t.head].text) for t in found.tokens if t.head >= 0}
    assert ("republic", "nsubj", "expelled") in related
    assert ("diplomats", "obj", "expelled") in related


def test_full_stops_of_initials_and_abbreviations_end_no_sentence(base: LanguageBase) -> None:
    text = "Gen. Harold B. Quist met U.S. officials in St. Orlan. He left at 5 p.m. on Friday. Nobody knew why."
    assert sentences(analyze(base, text)) == [
        "Gen. Harold B. Quist met U.S. officials in St. Orlan.",
        "He left at 5 p.m. on Friday.",
        "Nobody knew why.",
    ]


def test_people_places_and_organisations_are_found(base: LanguageBase) -> None:
    text = "Lena Harkov of the Institute for Border Studies flew from Nairobi to Oslo."
    found = analyze(base, text)
    named = {(text[found.tokens[e.start].start : found.tokens[e.end - 1].end], e.label) for e in found.entities}
    assert ("Lena Harkov", "PER") in named
    assert ("Nairobi", "LOC") in named
    assert any(label == "ORG" for _, label in named)


def test_source_cue_and_content_are_linked(base: LanguageBase) -> None:
    text = "The ministry said that the border would stay closed until spring."
    found = analyze(base, text)
    (one,) = found.attributions

    def words(part: tuple[int, int]) -> str:
        return text[found.tokens[part[0]].start : found.tokens[part[1] - 1].end]

    assert one.source is not None
    assert (words(one.source), words(one.cue)) == ("The ministry", "said")
    assert [words(content) for content in one.contents] == ["that the border would stay closed until spring"]
    assert not one.inner


def test_words_of_statements_have_probabilities_of_what_is_meant(base: LanguageBase) -> None:
    found = analyze(base, "“We shall close the port unless the fleet leaves,” the minister said.")
    assert found.meant is not None
    for rows in (getattr(found.meant, field.name) for field in fields(found.meant) if field.name != "acts"):
        assert len(rows) == len(found.tokens)
        assert np.allclose(rows.sum(1), 1, atol=1e-4)


def test_a_paragraph_longer_than_the_window_is_cut_at_sentence_starts(base: LanguageBase) -> None:
    sentence = "The envoy told reporters that the two neighbours had agreed on a new timetable for the talks."
    found = analyze(base, " ".join([sentence] * 60))
    assert len(found.sentences) == 60
    assert set(sentences(found)) == {sentence}


def test_nothing_but_white_space_gives_nothing(base: LanguageBase) -> None:
    assert analyze(base, " \r\n\t ").tokens == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_tokens_cover_any_text_and_hang_together(base: LanguageBase, text: str) -> None:
    found = analyze(base, text)
    at = 0
    for token in found.tokens:
        assert token.start >= at
        assert text[token.start : token.end] == token.text
        assert not text[at : token.start].strip()
        at = token.end
    assert not text[at:].strip()
    for first, last in found.sentences:
        heads = [found.tokens[i].head for i in range(first, last)]
        assert sum(head < 0 for head in heads) == 1
        assert all(head < 0 or first <= head < last for head in heads)
    assert [i for a, b in found.sentences for i in range(a, b)] == list(range(len(found.tokens)))
