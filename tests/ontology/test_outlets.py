"""Who published a page is told by its name or address, and whose the outlet is by the list."""

from dragoman.ontology.outlets import publisher


def test_listed_outlets_are_one_under_all_their_names_and_say_whose_they_are():
    assert publisher("TASS") == publisher("www.tass.com") == ("outlet:tass", "owned")
    assert publisher("Agence France-Presse")[1] == "funded"
    assert publisher("Reuters") == ("outlet:reuters", "none")
    assert publisher("The  Tarn Hérald") == ("the tarn herald", "unknown")
