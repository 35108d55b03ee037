"""Speakers without a name of their own: people who are somebody's, texts that speak for their writers, "he" and "it"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.encode import LanguageBase
from dragoman.model import Document, Reading
from dragoman.read import read

Speaks = Callable[[str, str], str | None]


@pytest.fixture(scope="module")
def speaks(base: LanguageBase) -> Speaks:
    """Who says some words of a text."""

    def speaker(text: str, words: str) -> str | None:
        reading: Reading = read(Document(text, "page.txt", body=((0, len(text)),), language="en"), base)
        at = text.index(words)
        around = [s for s in reading.statements if s.start <= at and at + len(words) <= s.end]
        assert around, f"nobody says {words!r}: {[s.text for s in reading.statements]}"
        return min(around, key=lambda s: s.end - s.start).speaker.name

    return speaker


def test_somebodys_deputy_is_not_he_himself(speaks: Speaks) -> None:
    text = "Secretary Heno Marwick stayed at home on Monday. Marwick's deputy said that the gates would open at two."
    assert speaks(text, "gates would open") == "Marwick's deputy"


def test_a_text_speaks_for_whoever_wrote_it_and_so_does_its_second_mention(speaks: Speaks) -> None:
    text = (
        "A letter of the Kenyan government says that the fish belong to those who live at the lake.\n\n"
        "The letter adds that the patrols will go on."
    )
    assert speaks(text, "fish belong") == "Kenya"
    assert speaks(text, "patrols will go on") == "Kenya"


def test_he_is_the_last_subject_though_a_named_man_stands_before_him(speaks: Speaks) -> None:
    text = (
        "Minister Aldo Brenn left the hall without a word, and his guards followed him to the car.\n\n"
        "A clerk had waited for hours. He said that the nets had been empty since spring."
    )
    assert speaks(text, "nets had been empty") == "clerk"


def test_it_may_be_a_capital_that_acts(speaks: Speaks) -> None:
    text = "Nairobi raised its price on Monday. It said that the pipeline would stay closed until the debt was paid."
    assert speaks(text, "pipeline would stay closed") == "Kenya"


def test_a_named_speaker_near_by_counts_for_more_than_a_verb_of_another_sentence(speaks: Speaks) -> None:
    text = (
        "The Moroccan consulate has requested to see the prisoner without a guard in the room. "
        "Justice Minister Anselm Dray was having none of it. “The consul can see him like any visitor, on Tuesdays.”"
    )
    assert speaks(text, "like any visitor") == "Anselm Dray"
