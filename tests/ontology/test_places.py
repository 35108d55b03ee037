"""Cities and regions by name, and none where the name is a person's, a word's, or several towns'."""

from dragoman.ontology.places import place


def test_places_have_their_state_and_id():
    lviv = place("Lviv")
    assert lviv is not None
    assert (lviv.iso3, lviv.id) == ("UKR", "geonames:702550")
    assert place("LVOV") == place("Lvov")
    texas, rakhine = place("Texas"), place("Rakhine")
    assert texas is not None
    assert rakhine is not None
    assert (texas.iso3, rakhine.iso3) == ("USA", "MMR")


def test_what_may_be_something_else_is_none():
    for name in ("San Jose", "Federal", "Liberal", "Anna", "Nowhereville", "", "Russia"):
        assert place(name) is None, name
