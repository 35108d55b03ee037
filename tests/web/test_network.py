"""The network says what each edge counts and leads to its rows, and its names lie apart."""

import pytest
from tests.serving import page, serving, twin

from dragoman.analyze.network import Edge, Node
from dragoman.web.charts.network import HEIGHT, WIDTH, drawing, spread


@pytest.fixture(scope="module")
def served(examples):
    with serving(examples) as access:
        yield access


def test_an_edge_counts_what_the_relation_that_it_leads_to_counts(served):
    found = twin(served, "/network.json")
    edge = next(one for one in found["edges"] if (one["source"], one["target"]) == ("Brazil", "Paraguay"))
    path = edge["path"].replace("?", ".json?")
    assert edge["edge"]["n"] == twin(served, path)["total"]["n"]
    assert edge["line"]["interval"][0] <= edge["line"]["share"] <= edge["line"]["interval"][1]


def test_a_minimum_leaves_out_edges_and_says_how_many(served):
    everything = twin(served, "/network.json?minimum=1")
    some = twin(served, "/network.json?minimum=5")
    assert min(one["edge"]["n"] for one in some["edges"]) >= 5
    assert len(some["edges"]) + some["edges_left_out"] == len(everything["edges"])
    assert "draw all" in page(served, "/network?minimum=5")


def test_statements_and_a_window_of_time_are_drawn(served):
    said = twin(served, "/network.json?kind=statements&by=actor")
    assert all(one["path"].startswith("/statements?speaker=") for one in said["edges"])
    by_party = twin(served, "/network.json?kind=statements")
    assert any(one["path"].startswith("/statements?side=state%3A") for one in by_party["edges"])
    timely = twin(served, "/network.json?since=2032-03&until=2032-03")
    assert 0 < timely["n"] < twin(served, "/network.json")["n"]
    assert all("since=2032-03" in one["path"] for one in timely["edges"])


def test_a_time_without_events_says_so(served):
    assert "No event of this time" in page(served, "/network?since=1990&until=1990")


def test_nodes_stand_apart_and_the_busiest_have_their_names():
    nodes = [
        Node(f"node-{n:03}", f"Northern Union {n}", "group", None, 300 - n, 0.01 * (n % 7), 0.01 * (n % 5))
        for n in range(300)
    ]
    edges = [Edge("node-000", f"node-{n:03}", 1 + n % 3, {1: 0, 2: 0, 3: 1, 4: n % 3}) for n in range(1, 300)]
    drawn = drawing(nodes, edges)
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in drawn.dots)
    assert len({(dot.x, dot.y) for dot in drawn.dots}) == 300
    assert drawn.dots[0].named
    assert all(line.tone == "conflict" and line.share == 1 for line in drawn.lines)
    assert not any(line.curved for line in drawn.lines)


def test_two_edges_between_the_same_are_curved_apart():
    nodes = [Node("a", "A", "state", None, 2, -1, 0), Node("b", "B", "state", None, 2, 1, 0)]
    there, back = drawing(nodes, [Edge("a", "b", 1, {1: 1, 3: 0, 4: 0}), Edge("b", "a", 1, {1: 0, 3: 1, 4: 0})]).lines
    assert there.curved
    assert back.curved
    assert (there.tone, back.tone) == ("cooperation", "conflict")
    assert there.path != back.path


def test_one_place_alone_stays():
    assert spread([(10.0, 20.0)]) == [(10.0, 20.0)]
    assert spread([]) == []
