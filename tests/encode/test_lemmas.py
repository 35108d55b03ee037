"""Lemmas by table and rule, with the table that ships."""

from __future__ import annotations

from pathlib import Path

import dragoman_weights_en
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.encode.lemmas import BASE_TAG, Lemmatizer
from dragoman.errors import WeightsError

LEMMAS = Lemmatizer(dragoman_weights_en.path() / "lemmas.tsv")


@pytest.mark.parametrize(
    ("form", "xpos", "lemma"),
    [
        ("condemns", "VBZ", "condemn"),
        ("vetoes", "VBZ", "veto"),
        ("ratifies", "VBZ", "ratify"),
        ("lies", "VBZ", "lie"),
        ("imposed", "VBD", "impose"),
        ("hoped", "VBD", "hope"),
        ("planned", "VBN", "plan"),
        ("expelled", "VBN", "expel"),
        ("called", "VBD", "call"),
        ("denied", "VBD", "deny"),
        ("freed", "VBN", "free"),
        ("threatened", "VBD", "threaten"),
        ("besieging", "VBG", "besiege"),
        ("mediating", "VBG", "mediate"),
        ("dying", "VBG", "die"),
        ("mimicking", "VBG", "mimic"),
    ],
)
def test_regular_verbs_lose_their_endings(form: str, xpos: str, lemma: str) -> None:
    assert LEMMAS.lemma(form, "VERB", xpos) == lemma


@pytest.mark.parametrize(
    ("form", "xpos", "lemma"),
    [
        ("fled", "VBD", "flee"),
        ("sought", "VBN", "seek"),
        ("overthrew", "VBD", "overthrow"),
        ("sworn", "VBN", "swear"),
        ("bound", "VBN", "bind"),
        ("found", "VBD", "find"),
        ("left", "VBD", "leave"),
    ],
)
def test_irregular_verbs_are_looked_up(form: str, xpos: str, lemma: str) -> None:
    assert LEMMAS.lemma(form, "VERB", xpos) == lemma


def test_a_prefix_does_not_hide_an_irregular_verb() -> None:
    assert LEMMAS.lemma("resold", "VERB", "VBD") == "resell"
    assert LEMMAS.lemma("misread", "VERB", "VBN") == "misread"


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("embassies", "embassy"),
        ("envoys", "envoy"),
        ("clashes", "clash"),
        ("crises", "crisis"),
        ("militiamen", "militiaman"),
        ("series", "series"),
        ("hostages", "hostage"),
        ("1990's", "1990s"),
    ],
)
def test_plurals_become_singulars(form: str, lemma: str) -> None:
    assert LEMMAS.lemma(form, "NOUN", "NNS") == lemma


def test_comparison_is_undone() -> None:
    assert LEMMAS.lemma("fiercest", "ADJ", "JJS") == "fierce"
    assert LEMMAS.lemma("bigger", "ADJ", "JJR") == "big"
    assert LEMMAS.lemma("better", "ADV", "RBR") == "well"


def test_auxiliaries_in_any_spelling_are_one_verb() -> None:
    assert {LEMMAS.lemma(form, "AUX", xpos) for form, xpos in (("is", "VBZ"), ("'re", "VBP"), ("’re", "VBP"))} == {"be"}
    assert LEMMAS.lemma("n't", "PART", "RB") == LEMMAS.lemma("n’t", "PART", "RB") == "not"


@pytest.mark.parametrize("demonym", ["Peruvian", "Kazakh", "American", "Vanuatuan", "Larnian"])
def test_demonyms_fare_alike_whether_or_not_training_met_them(demonym: str) -> None:
    assert LEMMAS.lemma(demonym, "ADJ", "JJ") == demonym
    assert LEMMAS.lemma(demonym + "s", "PROPN", "NNPS") == demonym


def test_names_stay_as_they_are_and_plain_words_lose_their_capital() -> None:
    assert LEMMAS.lemma("Mara", "PROPN", "NNP") == "Mara"
    assert LEMMAS.lemma("Great", "ADJ", "JJ") == "great"
    assert LEMMAS.lemma("TALKS", "NOUN", "NNS") == "talk"
    assert LEMMAS.lemma("GDP", "NOUN", "NN") == "GDP"
    assert LEMMAS.lemma("NGOs", "NOUN", "NNS") == "NGO"


def test_thousands_are_written_without_marks() -> None:
    assert LEMMAS.lemma("1,200,000", "NUM", "CD") == "1200000"


@given(
    st.text(min_size=1, max_size=30),
    st.sampled_from(["PROPN", "NOUN", "VERB", "X"]),
    st.sampled_from([*BASE_TAG, "", "CD"]),
)
def test_any_form_has_a_lemma_and_always_the_same(form: str, upos: str, xpos: str) -> None:
    assert LEMMAS.lemma(form, upos, xpos) == LEMMAS.lemma(form, upos, xpos) != ""


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="nowhere"):
        Lemmatizer(tmp_path / "nowhere.tsv")
