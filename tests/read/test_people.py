"""Persons and what they are, read from sentences about invented people."""

from __future__ import annotations

import pytest

import dragoman

VISITS = "visited Ghana on Monday."


def actors(text: str) -> set[str]:
    return {actor.name for actor in dragoman.read(text).actors}


@pytest.mark.parametrize(
    ("title", "person"),
    [
        ("Deputy Assistant Secretary of State for Democracy, Human Rights and Labor", "Kara Veld"),
        ("Assistant Secretary of State for Northern and Central Affairs", "Lina Orsk"),
        ("Deputy Minister for Trade, Investment and Tourism", "Bela Tarn"),
    ],
)
def test_the_parts_of_a_portfolio_are_no_actors_and_the_name_behind_it_is_his(title: str, person: str) -> None:
    reading = dragoman.read(f"In recent days, {title} {person} {VISITS}")
    assert {actor.name for actor in reading.actors} == {person, "Ghana"}
    (event,) = reading.events
    (holder,) = (actor.id for actor in reading.actors if actor.name == person)
    assert event.actor == (holder,)


def test_two_officials_with_a_portfolio_each_are_two() -> None:
    one = "Assistant Secretary of State for Northern and Central Affairs Lina Orsk"
    other = "Deputy Assistant Secretary of State for Democracy, Human Rights and Labor Kara Veld"
    assert actors(f"In recent days, {one} and {other} have visited Ghana.") == {"Lina Orsk", "Kara Veld", "Ghana"}


def test_a_state_or_a_second_official_after_a_title_is_no_part_of_its_portfolio() -> None:
    found = actors("President of Ghana and Kenyan Foreign Minister Lina Orsk signed a treaty with Chile in Accra.")
    assert {"Lina Orsk", "Ghana", "Chile"} <= found


def test_an_organisation_that_an_official_speaks_for_stays_one() -> None:
    assert "Harbour Workers Union" in actors("Harbour Workers Union spokesman Omar Veld criticised Ghana on Monday.")
