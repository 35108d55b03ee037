"""An answer keeps to the schema, or is none."""

import json

import pytest

from dragoman.ask.answer import parse_answer, schema

from .model import event, record, statement


def test_an_answer_with_all_fields_is_taken():
    told = event("Norway paid Kenya", "CONSULT", ["Norway"], ["Kenya"], mode="visit", date=" ")
    answer = parse_answer(json.dumps(record([statement("yes", about=[{"mention": "Kenya", "polarity": -1}])], [told])))
    assert answer.statements[0].about == (("Kenya", -1),)
    assert (answer.events[0].type, answer.events[0].mode, answer.events[0].date) == ("CONSULT", "visit", None)


def test_a_fence_around_an_answer_does_no_harm():
    assert parse_answer(f"```json\n{json.dumps(record())}\n```\n") == parse_answer(json.dumps(record()))


def test_a_mode_of_another_type_is_left_out():
    (told,) = parse_answer(json.dumps(record([], [event("x", "AID", [], [], mode="expel")]))).events
    assert told.mode is None


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "no",
        "[]",
        "{}",
        "[" * 100_000,
        record([{"content": "yes"}]),
        record([statement("yes", act="shout")]),
        record([statement("yes", own="no")]),
        record([statement("yes", extra=1)]),
        record([statement(7)]),
        record([statement("yes", about=[{"mention": "Kenya", "polarity": True}])]),
        record([statement("yes", chain=["x"] * 41)]),
        record([statement("yes")] * 201),
        record([], [event("x", "WAR", [], [])]),
        record([], [event("x", "AID", "Norway", [])]),
        record([], [event("x", "AID", [], [], status="maybe")]),
    ],
)
def test_what_breaks_the_schema_is_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011
        parse_answer(wrong if isinstance(wrong, str) else json.dumps(wrong))


def test_the_schema_closes_every_object():
    def objects(node):
        if isinstance(node, dict):
            if node.get("type") == "object":
                yield node
            for value in node.values():
                yield from objects(value)

    found = list(objects(schema()))
    assert len(found) == 4
    assert all(one["additionalProperties"] is False and one["required"] == list(one["properties"]) for one in found)
