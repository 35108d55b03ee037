"""Sources tell what was read, where nothing was, and why; each document can be found and opened."""

import json
from datetime import UTC, datetime

import pytest
from tests.serving import page, serving, twin

from dragoman.analyze.coverage import Gap
from dragoman.cli.read import read_inputs
from dragoman.record import Project
from dragoman.record.listing import Wanted
from dragoman.record.watching import Watching
from dragoman.web.charts.strip import WIDTH, scale, strip

TALKS = "Norway and Iceland held talks in Oslo. Norway accused Iceland of delay, the ministry said."


@pytest.fixture(scope="module")
def served(examples):
    with serving(examples) as access:
        yield access


@pytest.fixture(scope="module")
def damaged(tmp_path_factory):
    """A project with an outlet that has a gap, two lines that could not be read, and an address that is watched."""
    folder = tmp_path_factory.mktemp("damaged")
    days = ["2031-05-01", "2031-05-02", "2031-05-03", "2031-05-04", "2031-07-20"]
    lines = [
        json.dumps(
            {"text": f"{TALKS} It was day {n}.", "outlet": "Harbour <Post>", "published": day, "source": f"page-{n}"}
        )
        for n, day in enumerate(days)
    ]
    (folder / "pages.jsonl").write_text("\n".join([*lines, '{"text": ""}', "no JSON"]), "utf-8")
    read_inputs([folder / "pages.jsonl"], folder / "project")
    with Watching(folder / "project") as watching:
        watching.add("https://harbour-post.example/feed", "feed", datetime(2031, 7, 21, tzinfo=UTC))
    with serving(folder / "project") as access:
        yield access


def test_outlets_say_what_was_read_of_them_and_when_nothing_was(damaged):
    found = twin(damaged, "/sources.json")
    (outlet,) = found["outlets"]
    assert (outlet["coverage"]["documents"], outlet["shown"]) == (5, 5)
    assert [(gap["since"], gap["until"]) for gap in outlet["coverage"]["gaps"]] == [("2031-05-05", "2031-07-19")]
    assert len(outlet["strip"]["holes"]) == 1
    shown = page(damaged, "/sources")
    assert "nothing from 5 May 2031 to 19 July 2031" in shown
    assert "Harbour &lt;Post&gt;" in shown


def test_what_was_not_read_is_grouped_with_every_source(damaged):
    found = twin(damaged, "/sources.json")
    assert sum(len(why["sources"]) for why in found["not_read"]) == 2
    assert "pages.jsonl:6" in page(damaged, "/sources")


def test_runs_and_watched_addresses_are_told(damaged):
    found = twin(damaged, "/sources.json")
    assert [(one["documents"], one["failures"]) for one in found["runs"]] == [(5, 2)]
    assert [one["url"] for one in found["watched"]] == ["https://harbour-post.example/feed"]
    assert "not asked yet" in page(damaged, "/sources")


def test_documents_are_found_by_outlet_words_language_and_time(served):
    everything = twin(served, "/sources.json")
    named = twin(served, "/sources.json?outlet=Pampa+Trader")
    assert [one["outlet"] for one in named["documents"]] == ["Pampa Trader"]
    unnamed = twin(served, "/sources.json?outlet=(none)")
    assert unnamed["found"] == next(
        one["coverage"]["documents"] for one in everything["outlets"] if one["asked_as"] == "(none)"
    )
    assert all(one["outlet"] is None for one in unnamed["documents"])
    worded = twin(served, "/sources.json?q=barges&language=en")
    assert 0 < worded["found"] < everything["found"]
    timely = twin(served, "/sources.json?since=2032-03&until=2032-03")
    assert all(one["published"].startswith("2032-03") for one in timely["documents"])
    assert "/document/" + worded["documents"][0]["id"] in page(served, "/sources?q=barges")
    assert "No document is like this" in page(served, "/sources?q=xylophone")
    assert "never closed" in page(served, "/sources?q=(barges")


def test_pages_of_documents_follow_each_other(examples):
    with Project(examples, create=False) as project:
        total, first = project.list_documents(Wanted(), 10)
        _, second = project.list_documents(Wanted(), 10, 10)
        _, rest = project.list_documents(Wanted(), 10, 20)
        assert {one.id for one in (*first, *second, *rest)} == {one.id for one in project.documents()}
        assert total == len(first) + len(second) + len(rest)


def test_strips_of_a_long_time_have_bars_of_several_days():
    days = {f"{year}-06-01": 2 for year in range(2001, 2031)}
    on = scale([days])
    assert on.days > 80
    drawn = strip(days, [Gap("1999-01-01", "2001-12-31", 1000, False)], on)
    assert sum(bar.documents for bar in drawn.bars) == 60
    assert all(0 <= bar.x < bar.x + bar.width <= WIDTH + 0.01 for bar in drawn.bars)
    (hole,) = drawn.holes
    assert hole.x == 0
    assert scale([{}]) is None
