"""One figure on all screens: what happened between two counts the same in lists, the relation, mirror, balance and network."""

import shutil

import pytest

from dragoman.digest import Digest
from dragoman.record import Project
from dragoman.web.asked import Asked
from dragoman.web.views import SCREENS

ANSWERS = {screen.path: screen.answer for screen in SCREENS}
TIMES = ({}, {"since": "2032-03-05", "until": "2032-04"}, {"until": "2032-03-04"})


@pytest.fixture(scope="module", params=["digest", "record"])
def project(examples, tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("agreement") / "project"
    shutil.copytree(examples, folder, ignore=shutil.ignore_patterns("digest*"))
    with Project(folder) as opened:
        if request.param == "digest":
            Digest.make(opened)
        yield opened


def answer(project, screen, time, parts=None, **values):
    return ANSWERS[screen](project, Asked(screen, {**values, **time}, parts or {}))


@pytest.mark.parametrize("time", TIMES, ids=["ever", "between", "until"])
def test_what_happened_between_two_is_one_figure(project, time):
    row = next(one for one in answer(project, "/relations", time, actor="BRA")["relations"] if one.b.name == "Paraguay")
    relation = answer(project, "/relation/{a}/{b}", time, {"a": row.a.id, "b": row.b.id})
    assert relation["total"].quads == row.quads
    assert relation["found"] == row.n == relation["total"].n + relation["total"].not_happened
    assert answer(project, "/mirror", time, a="BRA", b="PRY")["n"] == relation["total"].n
    (power,) = answer(project, "/balance", time, state="BRA", powers="PRY")["powers"]
    assert power.quads == row.quads
    ways = [
        answer(project, "/relation/{a}/{b}", time, {"a": row.a.id, "b": row.b.id}, way=way) for way in ("there", "back")
    ]
    edges = {
        (edge.edge.source, edge.edge.target): edge.edge.n
        for edge in answer(project, "/network", time, minimum="1")["edges"]
    }
    assert [edges.get(pair, 0) for pair in ((row.a.id, row.b.id), (row.b.id, row.a.id))] == [
        way["total"].n for way in ways
    ]


def test_what_stands_in_no_column_is_counted_among_what_happened(project):
    relation = answer(project, "/relation/{a}/{b}", {}, {"a": "state:BRA", "b": "state:PRY"})
    in_columns = sum(column.n for column in relation["chart"].columns)
    assert in_columns + relation["total"].undated == relation["total"].n
