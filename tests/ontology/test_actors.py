"""The actor knowledge: names, seats of power, outlets, roles and dated offices."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import OntologyError
from dragoman.ontology.actors import actors, find_names, longest_name, names, outlet_of_domain, state, states
from dragoman.ontology.offices import OPEN, holder, holders, office_kinds, person_id
from dragoman.ontology.phrases import normalise
from dragoman.ontology.roles import find_roles, roles
from dragoman.ontology.table import parse_table, read_table

MARKS = re.compile(r"[A-Z]\.(?:[A-Z]\.)+|['’]s\b|\w+(?:['’](?!s\b)\w+)?|\S")


def named(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each name in the text with the ids of what it may mean."""
    words = MARKS.findall(text)
    return [(" ".join(words[start:end]), tuple(n.actor.id for n in found)) for start, end, found in find_names(words)]


def test_a_state_is_found_by_every_form_of_its_name() -> None:
    text = "Azerbaijan, the Azerbaijani side, two Azerbaijanis and Baku; Türkiye, Turkey, a Turk; DR Congo, the DRC"
    ids = [found[0].removeprefix("state:") for _, found in named(text)]
    assert ids == ["AZE"] * 4 + ["TUR"] * 3 + ["COD"] * 2


@pytest.mark.parametrize("name", ["Georgia", "Jordan", "Chad", "Turkey", "Guinea", "Niger", "Mali", "Cuba", "Oman"])
def test_names_that_are_also_words_need_their_capital(name: str) -> None:
    assert len(named(f"He went to {name} yesterday")) == 1
    assert named(f"he saw a {name.lower()} there") == []


def test_the_longest_name_wins() -> None:
    assert named("Papua New Guinea, Equatorial Guinea, Guinea-Bissau and Guinea") == [
        ("Papua New Guinea", ("state:PNG",)),
        ("Equatorial Guinea", ("state:GNQ",)),
        ("Guinea - Bissau", ("state:GNB",)),
        ("Guinea", ("state:GIN",)),
    ]


def test_a_name_that_several_states_share_keeps_them_all() -> None:
    assert dict(named("Congo and Korea")) == {
        "Congo": ("state:COD", "state:COG"),
        "Korea": ("state:KOR", "state:PRK"),
    }


def test_acronyms_that_are_words_must_stand_in_capitals() -> None:
    assert named("Tell us who is it, and what the au pair said") == []
    assert [found[0] for _, found in named("The US, the U.S. and the WHO met the AU")] == [
        "state:USA",
        "state:USA",
        "org:who",
        "org:african-union",
    ]
    assert named("WHO SAID THAT") == []


def test_seas_and_continents_name_no_state() -> None:
    assert named("in the South China Sea, in New Mexico, across Latin America and along the Persian Gulf") == []


def test_a_possessive_may_be_glued_to_its_word() -> None:
    assert [found for _, found in named("Chile's ministry")] == [("state:CHL",)]
    assert [(start, end) for start, end, _ in find_names(["Chile's", "ministry"])] == [(0, 1)]


def test_seats_of_power_stand_for_governments_and_say_whether_they_are_places() -> None:
    seats = {phrase: names()[normalise(phrase)][0] for phrase in ("Quai d’Orsay", "Kremlin", "Pentagon", "Knesset")}
    assert [seat.actor.country for seat in seats.values()] == ["FRA", "RUS", "USA", "ISR"]
    assert [seat.sector for seat in seats.values()] == ["GOV", "GOV", "MIL", "LEG"]
    assert [seat.place for seat in seats.values()] == [True, True, True, False]
    assert {seat.kind for seat in seats.values()} == {"seat"}


def test_brussels_is_a_capital_and_stands_for_the_union() -> None:
    assert [name.actor.id for name in names()["brussels"]] == ["state:BEL", "org:eu"]


def test_partly_recognised_entities_have_their_own_id_and_the_code_of_nominal_sovereignty() -> None:
    entities = {actor.id: actor.country for actor in states().values() if actor.sector == "PRE"}
    assert entities["state:GEO-abkhazia"] == "GEO"
    assert entities["state:CYP-northern-cyprus"] == "CYP"
    assert state("XKX").name == "Kosovo"
    assert state("TWN").sector is None


def test_a_code_without_a_state_is_an_error() -> None:
    with pytest.raises(OntologyError, match="'ZZZ'"):
        state("ZZZ")


def test_the_lists_are_as_long_as_the_world_asks() -> None:
    count = {
        prefix: sum(ident.startswith(prefix) for ident in actors()) for prefix in ("state", "org", "group", "outlet")
    }
    assert count["state"] >= 240
    assert count["org"] >= 150
    assert count["group"] >= 100
    assert count["outlet"] >= 250
    assert sum(name.kind == "seat" for same in names().values() for name in same) >= 80
    assert len({role.noun for role in roles().values()}) >= 200


def test_every_name_is_found_where_a_text_writes_it() -> None:
    for same in names().values():
        for name in same:
            found = find_names(["reports", *name.phrase.split(), "."])
            assert any(name in entries for _, _, entries in found), name


def test_qids_are_given_once() -> None:
    qids = [actor.qid for actor in actors().values() if actor.qid]
    assert len(qids) == len(set(qids))
    assert all(re.fullmatch(r"Q\d+", qid) for qid in qids)


@given(st.lists(st.text(max_size=12), max_size=30))
def test_matches_lie_within_the_words_and_do_not_overlap(words: list[str]) -> None:
    ends = [0]
    for start, end, found in find_names(words):
        assert ends[-1] <= start < end <= len(words)
        assert found
        ends.append(end)


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


def test_spelling_marks_do_not_matter() -> None:
    assert normalise("Côte d’Ivoire") == normalise("Cote d'Ivoire") == normalise("CÔTE D'IVOIRE")
    assert normalise("U.S.") == normalise("US") == "us"
    assert longest_name() >= 5


def test_an_outlet_is_found_by_its_domain_and_the_domains_below() -> None:
    turan = outlet_of_domain("www.turan.az")
    assert turan is not None
    assert (turan.id, turan.country, turan.sector) == ("outlet:turan", "AZE", "JRN")
    assert outlet_of_domain("turan.az.example.org") is None


def test_an_outlet_is_found_however_its_slash_is_spaced() -> None:
    expected = ("outlet:radio-free-europe-radio-liberty",)
    assert [found for _, found in named("told RFE/RL and RFE / RL and Radio Free Europe")] == [expected] * 3


def test_the_states_share_in_an_outlet_has_a_source() -> None:
    columns = ("id", "name", "country", "kind", "names", "acronyms", "domains", "state", "source")
    rows = read_table("outlets.csv", columns)
    assert all(row.optional("source") for row in rows if row.text("state") in ("owned", "funded"))
    domains = [domain for row in rows for domain in row.many("domains")]
    assert len(domains) == len(set(domains))


def test_roles_are_found_in_the_plural_and_at_their_longest() -> None:
    words = MARKS.findall("Deputy foreign ministers, two political scientists and the defense ministry met lawmakers")
    assert [(role.noun, role.sector, role.kind) for _, _, role in find_roles(words)] == [
        ("deputy foreign minister", "GOV", "person"),
        ("political scientist", "EDU", "person"),
        ("defense ministry", "MIL", "institution"),
        ("lawmaker", "LEG", "person"),
    ]


def test_experts_comment_and_ministers_hold_offices() -> None:
    assert all(roles()[noun].comments for noun in ("political scientist", "analyst", "observer", "expert"))
    assert not roles()["president"].comments
    assert roles()["fm"].office == roles()["foreign secretary"].office == "foreign_minister"


def test_an_office_has_the_holder_of_the_day() -> None:
    before, after = holder("DEU", "head_of_government", "2021-12-01"), holder("DEU", "head_of_government", "2022")
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Angela Merkel", "Olaf Scholz")


def test_a_surname_leads_to_those_in_office_then() -> None:
    assert {one.name for one in holders("Aliyev", "2000-06-01")} == {"Heydar Aliyev"}
    assert {one.name for one in holders("Zelensky", "2022-03")} == {"Volodymyr Zelenskyy"}
    assert holders("Merkel", "2024-05-05") == ()
    assert holders("Merkel", "XXXX-05-05") == holders("Merkel") != ()


def test_an_open_end_is_cut_where_the_successor_begins() -> None:
    for one in (held for name in ("Starmer", "Merkel", "Lavrov") for held in holders(name)):
        assert one.first_day <= one.last_day
    (starmer,) = (one for one in holders("Starmer") if one.office == "head_of_government")
    assert starmer.valid_to == OPEN
    assert holder("GBR", "head_of_government", str(starmer.last_day)) == starmer


def test_persons_in_names_and_readings_have_the_same_id() -> None:
    (name,) = names()[normalise("Mevlut Cavusoglu")]
    assert name.kind == "person"
    assert name.actor.id == person_id("Mevlüt Çavuşoğlu", "TUR") == holders("Cavusoglu")[0].person.id


def test_every_holder_is_of_a_known_state_and_office() -> None:
    above = {"EUR", "IGO", "UNO"}
    columns = ("country", "office", "name", "surname", "aliases", "valid_from", "valid_to", "source", "last_checked")
    for row in read_table("offices.csv", columns):
        assert f"state:{row.text('country')}" in states() or row.text("country") in above
        assert row.text("office") in office_kinds()


def test_a_broken_table_is_reported_with_file_and_line() -> None:
    with pytest.raises(OntologyError, match=r"places\.csv, line 1: the header is a,c, not a,b"):
        parse_table("places.csv", "a,c\n", ("a", "b"))
    with pytest.raises(OntologyError, match=r"places\.csv, line 3: 1 cells, not 2"):
        parse_table("places.csv", "a,b\n1,2\n3\n", ("a", "b"))
    (row,) = parse_table("places.csv", "a,b\n,x||y\n", ("a", "b"))
    with pytest.raises(OntologyError, match=r"places\.csv, line 2: a is empty"):
        row.text("a")
    with pytest.raises(OntologyError, match=r"line 2: b has an empty or padded part"):
        row.many("b")
    with pytest.raises(OntologyError, match=r"line 2: b is 'x\|\|y', not one of no, yes"):
        row.flag("b")
