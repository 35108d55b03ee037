"""What others call states, sectors and kinds of events."""

import pytest

from dragoman.ontology.outside import acled_state, from_acled, sector_of, state_code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CHL", "CHL"),
        ("chile", "CHL"),
        ("Czech Republic", "CZE"),
        ("ROM", "ROU"),
        ("KOS", "XKX"),
        ("AFR", None),
        ("", None),
    ],
)
def test_a_state_is_known_by_code_and_by_name(written, code):
    assert state_code(written) == code


def test_a_part_of_a_state_is_not_the_state():
    assert state_code("Gaza Strip") is None
    assert state_code("Hong Kong") != "CHN"


def test_acled_s_actors_act_for_a_state_where_they_are_its_own():
    assert acled_state("Military Forces of the United States (2025-)") == "USA"
    assert acled_state("Private Security Forces (Chile)") is None
    assert acled_state("Government of ") is None


def test_acled_s_kinds_become_types_and_modes_of_plover():
    assert from_acled("Explosions/Remote violence", "Air/drone strike") == ("ASSAULT", "aerial")
    assert from_acled("Battles", "A kind that is new") == ("ASSAULT", None)
    assert from_acled("Strategic developments", "Other") is None


def test_words_for_sectors():
    assert (sector_of("Police"), sector_of("Business")) == ("COP", None)
