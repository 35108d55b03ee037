"""A mirror sets groups of outlets side by side, with what each alone tells, and says where nothing was read."""

import pytest
from tests.serving import page, serving, twin
from tests.web.telling import told_by_both_sides


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(told_by_both_sides(tmp_path_factory.mktemp("telling"))) as access:
        yield access


def test_outlets_of_each_side_stand_in_columns_of_their_own(served):
    found = twin(served, "/mirror.json?a=NOR&b=ISL")
    columns = {one["telling"]["group"]: one["telling"] for one in found["columns"]}
    assert list(columns) == ["a", "b", "unknown"]
    assert columns["a"]["outlets"] == ["NRK"]
    assert columns["b"]["outlets"] == ["RÚV"]
    assert (columns["a"]["state_documents"], columns["a"]["known_documents"]) == (2, 2)
    assert "Harbour &lt;Post&gt;" in page(served, "/mirror?a=NOR&b=ISL")


def test_turned_round_it_is_the_same(served):
    one, other = twin(served, "/mirror.json?a=NOR&b=ISL"), twin(served, "/mirror.json?a=ISL&b=NOR")
    assert one["told_by_both"] == other["told_by_both"] == 1
    assert one["columns"][0]["telling"]["quads"] == other["columns"][1]["telling"]["quads"]


@pytest.mark.parametrize("show", ["both", "a", "b", "unknown"])
def test_each_list_holds_as_many_events_as_it_says(served, show):
    found = twin(served, f"/mirror.json?a=NOR&b=ISL&show={show}")
    assert found["found"] == len(found["events"]) == found["counts"][show] > 0
    assert all(f'id="{event["id"]}"' in page(served, f"/mirror?a=NOR&b=ISL&show={show}") for event in found["events"])


def test_a_window_of_time_holds_its_events_alone(served):
    found = twin(served, "/mirror.json?a=NOR&b=ISL&since=2031-05-08&until=2031-05-08")
    assert found["counts"] == {"both": 0, "a": 1, "b": 0, "others": 0, "unknown": 0}
    assert [event["date"] for event in found["events"]] == ["2031-05-08"]


def test_of_whom_nothing_was_read_nothing_is_said(examples):
    with serving(examples) as access:
        shown = page(access, "/mirror?a=BRA&b=PRY")
        assert shown.count("Nothing of such outlets was read") == 2
        assert "a=state%3ABRA&amp;b=state%3APRY" in page(access, "/mirror")
