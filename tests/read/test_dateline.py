"""Whose ministers a page means that it does not say."""

from __future__ import annotations

import dragoman
from dragoman.gather import Source, document
from dragoman.read.dateline import written_in


def page(text: str) -> str | None:
    return written_in(document(Source("page.txt", text)))


LINE = "The ministers spoke for an hour about the closed bridge and agreed to meet again after the harvest.\n"


def test_a_dateline_tells_where_a_page_was_written() -> None:
    assert page(f"TALLINN, June 2 (BNX) - {LINE}") == "EST"
    assert page(f"AMMAN — {LINE}") == "JOR"


def test_a_town_within_a_sentence_is_no_dateline() -> None:
    assert page(f"In Amman nobody was surprised. {LINE}") is None


def test_officials_without_a_state_are_those_of_the_place() -> None:
    reading = dragoman.read(
        "AMMAN - Water Minister Salma Qirat accused Egypt of delaying the pumps, the ministry said on Monday."
    )
    (minister,) = (actor for actor in reading.actors if actor.name == "Salma Qirat")
    assert minister.country == "JOR"
