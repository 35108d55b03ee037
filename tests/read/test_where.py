"""Where an event happened, and whose a town is that was hit."""

import pytest

import dragoman


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Estonian and Latvian ministers met in Minsk on Monday.", "geonames:625144 Minsk"),
        ("Chad closed its embassy in Tripoli.", "geonames:2210247 Tripoli"),
        ("Kenya expelled two Norwegian diplomats on Monday.", None),
        ("Norway accused Kenya of spying.", None),
    ],
)
def test_a_place_is_read_or_none(sentence, place):
    (event,) = dragoman.read(sentence).events
    assert event.place == place


def test_a_town_that_was_hit_is_somebodys():
    (event,) = dragoman.read("Norwegian forces shelled Mariupol from the sea.").events
    assert event.recipient == ("state:UKR",)
    assert event.place == "geonames:701822 Mariupol"


def test_a_plural_of_two_states_is_both():
    (event,) = dragoman.read("Estonian and Latvian ministers met in Minsk on Monday.").events
    assert set(event.actor) == {"state:EST", "state:LVA"}
