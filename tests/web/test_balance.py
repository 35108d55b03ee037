"""A balance proposes states and powers, keeps one scale, and says who moved first and by which words."""

import pytest
from tests.serving import page, serving, twin


@pytest.fixture(scope="module")
def served(examples):
    with serving(examples) as access:
        yield access


def test_without_a_state_the_busiest_are_proposed(served):
    found = twin(served, "/balance.json")
    first = found["beginnings"][0]
    assert first["state"]["name"] == "Brazil"
    assert {"Paraguay", "Chile"} <= {power["name"] for power in first["powers"]}
    assert "state=state%3ABRA&amp;powers=" in page(served, "/balance")


def test_a_state_alone_is_shown_with_the_powers_that_it_deals_with_most(served):
    found = twin(served, "/balance.json?state=BRA")
    assert not found["named"]
    assert [one["power"]["name"] for one in found["powers"]][:2] == ["Paraguay", "Chile"]


def test_the_powers_stand_in_the_address_and_can_be_added_and_left_out(served):
    found = twin(served, "/balance.json?state=BRA&powers=CHL,%20Paraguay")
    assert [one["power"]["id"] for one in found["powers"]] == ["state:CHL", "state:PRY"]
    without = {one["power"]["id"]: one["powers"] for one in found["offers"] if one["chosen"]}
    assert without["state:CHL"] == "state:PRY"
    added = next(one for one in found["offers"] if not one["chosen"])
    assert added["powers"] == f"state:CHL,state:PRY,{added['power']['id']}"


def test_figures_are_those_of_the_relation_and_the_scale_is_one(served):
    found = twin(served, "/balance.json?state=BRA&powers=PRY,CHL")
    power = found["powers"][0]
    total = twin(served, "/relation/state:BRA/state:PRY.json")["total"]
    assert power["cooperation"] + power["conflict"] == total["n"]
    assert power["interval"][0] <= power["share"] <= power["interval"][1]
    assert len({str(one["chart"]["ticks"]) for one in found["powers"]}) == 1
    heights = {
        block["height"] / block["n"]
        for one in found["powers"]
        for column in one["chart"]["columns"]
        for block in column["blocks"]
    }
    assert max(heights) - min(heights) < 0.1


def test_who_moved_first_stands_with_its_words(served):
    found = twin(served, "/balance.json?state=BRA&powers=PRY")
    conflict = next(one for one in found["powers"][0]["first"] if one["tone"] == "conflict")
    assert conflict["mover"] == "state"
    assert all(event["words"][0]["text"] for event in conflict["events"])
    shown = page(served, "/balance?state=BRA&powers=PRY")
    assert "First in conflict: Brazil; 2 events came first" in shown
    assert f"row={conflict['events'][0]['id']}" in shown


@pytest.mark.parametrize(
    ("asked", "said"),
    [("state=BRA&powers=BRA", "the same actor"), ("state=BRA&powers=" + ",".join("ABCDEFGHI"), "at most 8 powers")],
)
def test_what_cannot_be_compared_is_said(served, asked, said):
    with pytest.raises(AssertionError, match=said):
        page(served, f"/balance?{asked}")
