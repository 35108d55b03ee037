"""PLOVER goes back into CAMEO as far as the way is certain, and states have the numbers of other lists."""

import pytest

from dragoman.errors import OntologyError
from dragoman.ontology.cameo import actor_types, known_groups, root_quad, to_cameo
from dragoman.ontology.plover import from_cameo, plover
from dragoman.ontology.state_codes import parse_state_codes, state_codes


def test_a_code_that_alone_means_a_mode_is_that_mode():
    assert to_cameo("CONSULT", "phone") == "041"
    assert to_cameo("ASSAULT", "aerial") == "195"
    assert to_cameo("RETREAT", "ceasefire") == "0871"


def test_what_several_codes_mean_is_the_code_above_them():
    assert to_cameo("ACCUSE", "investigate") == "090"
    assert to_cameo("RETREAT", "release") == "084"
    assert to_cameo("PROTEST", "hunger") == "142"


def test_what_is_open_is_the_root():
    assert to_cameo("AGREE", None) == "030"
    assert to_cameo("COERCE", "restrict") == "170"
    assert to_cameo("ASSAULT", "explosives") == "180"


def test_the_way_there_and_back_keeps_the_type_except_for_retreats_of_no_known_kind():
    for name, type_ in plover().types.items():
        for mode in (None, *type_.modes):
            back = from_cameo(to_cameo(name, mode))
            if back.type != name:
                assert (name, back.type) == ("RETREAT", "CONCEDE")
            elif mode is not None and len(to_cameo(name, mode)) == 4:
                assert back.mode == mode


def test_quads_are_those_of_the_root():
    assert [root_quad(code) for code in ("050", "060", "130", "141")] == [1, 2, 3, 4]


def test_journalists_and_doctors_change_places():
    assert (actor_types()["JRN"], actor_types()["MED"]) == ("MED", "HLH")
    assert known_groups() == {"UNO": "UNO", "EUR": "EEC"}


def test_states_have_the_codes_of_other_lists():
    codes = state_codes()
    assert (codes["DEU"].iso2, codes["DEU"].cow) == ("DE", 255)
    assert codes["YEM"].cow == 679
    assert (codes["XKX"].iso2, codes["XKX"].cow) == ("XK", 347)
    assert codes["GRL"].cow is None


@pytest.mark.parametrize(
    "rows", ["DEU,DE,255\nDEU,DE,255", "QQQ,QQ,1", "DEU,de,255", "DEU,DE,x", "DEU,DE,255\nFRA,FR,255"]
)
def test_a_table_of_codes_that_contradicts_itself_is_refused(rows):
    with pytest.raises(OntologyError):
        parse_state_codes(f"iso3,iso2,cow\n{rows}\n")
