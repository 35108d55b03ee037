"""The ontology is PLOVER 2.0, whole and consistent, and its tables refuse what does not fit."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from dragoman.errors import OntologyError
from dragoman.ontology.plover import FromCameo, from_cameo, parse_plover, plover
from dragoman.ontology.predicates import lexicon

TEXT = files("dragoman.ontology").joinpath("data", "plover.json").read_text("utf-8")


def test_all_types_modes_and_contexts_are_there() -> None:
    ontology = plover()
    assert len(ontology.types) == 16
    assert sum(len(event_type.modes) for event_type in ontology.types.values()) == 67
    assert len(ontology.contexts) == 37


def test_each_type_mode_and_context_is_defined() -> None:
    for event_type in plover().types.values():
        assert event_type.definition.endswith(".")
        assert event_type.rules
        assert all(mode.definition for mode in event_type.modes.values())
    assert all(plover().contexts.values())


def test_verbal_types_precede_material_ones_in_both_halves() -> None:
    quads = {name: event_type.quad for name, event_type in plover().types.items()}
    assert [name for name in quads if quads[name] == 1] == ["AGREE", "CONSULT", "SUPPORT", "CONCEDE"]
    assert [name for name in quads if quads[name] == 2] == ["COOPERATE", "AID", "RETREAT"]
    assert [name for name in quads if quads[name] == 3] == ["REQUEST", "ACCUSE", "REJECT", "THREATEN"]


def test_cooperation_scores_above_zero_and_conflict_not() -> None:
    for event_type in plover().types.values():
        assert (event_type.score > 0) == (event_type.quad in (1, 2))


def test_a_mode_scores_instead_of_its_type_where_it_has_a_score() -> None:
    assert plover().score("CONSULT", "visit") == 4
    assert plover().score("PROTEST", "vandalize") == plover().score("PROTEST") == -5


def test_only_aid_cooperation_and_sanctions_need_a_recipient() -> None:
    assert {n for n, t in plover().types.items() if t.needs_recipient} == {"AID", "COOPERATE", "SANCTION"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("types", "AID", "quad"), 7),
        (("types", "AID", "score"), 11),
        (("types", "AID", "recipient"), "perhaps"),
        (("contexts",), {"military": "Armed forces."}),
        (("old_modes",), {"CRIME": ["theft"]}),
    ],
)
def test_a_broken_ontology_is_refused(path: tuple[str, ...], value: object) -> None:
    data = json.loads(TEXT)
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(OntologyError, match=r"plover\.json"):
        parse_plover(json.dumps(data))


def test_cameo_codes_become_plover_types() -> None:
    assert from_cameo("042") == FromCameo("CONSULT", "visit", ())
    assert from_cameo("163") == FromCameo("SANCTION", "discontinue", ("diplomatic", "economic"))
    assert from_cameo("073") == FromCameo("AID", None, ("human_security",))


def test_an_unlisted_cameo_code_is_read_as_the_one_above_it_and_statements_are_left_out() -> None:
    assert from_cameo("0429") == from_cameo("042")
    assert from_cameo("010") is None
    assert from_cameo("02") is None
    assert from_cameo("") is None


def test_the_lexicon_is_large_and_reaches_every_type() -> None:
    entries = [entry for listed in lexicon().predicates.values() for entry in listed]
    assert len(entries) >= 800
    assert {entry.type for entry in entries if entry.type} == set(plover().types)


def test_every_operator_has_rules_and_no_rule_makes_a_type_that_is_not() -> None:
    ruled = {operator for operator, _, _ in lexicon().rules}
    assert {"stop", "agree", "vow", "refuse", "request", "threaten", "future", "own_future"} == ruled
    assert lexicon().becomes("future", "CONSULT", "visit") == ("AGREE", None)
    assert lexicon().becomes("threaten", "ASSAULT", "aerial") == ("THREATEN", "violence")
    assert lexicon().becomes("stop", "CONSULT", None) == ("REJECT", "meet")
    assert lexicon().becomes("future", "ASSAULT", None) is None
