"""A series counts events once, keeps what happened apart from what is said to come, and shows how much it rests on."""

import random
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.analyze.figures import wilson
from dragoman.analyze.series import relation_series, rows
from dragoman.analyze.windows import KINDS, Window, window_holding, window_of, windows_between
from dragoman.errors import SettingsError
from dragoman.model import (
    Actor,
    ActorType,
    ChainLink,
    Document,
    Event,
    EventReport,
    Published,
    Reading,
    Status,
    content_id,
)
from dragoman.ontology.plover import plover
from dragoman.record import Project
from dragoman.record.relations import acting

NORWAY = Actor("state:NOR", "Norway", ActorType.STATE, "NOR", "GOV")
CHILE = Actor("state:CHL", "Chile", ActorType.STATE, "CHL", "GOV")
PERU = Actor("state:PER", "Peru", ActorType.STATE, "PER", "GOV")
MINISTER = Actor("person:ovrum", "Signe Øvrum", ActorType.PERSON, "NOR", "GOV")
BANKER = Actor("person:lunde", "Pål Lunde", ActorType.PERSON, "NOR", "BUS")
EVERYBODY = {actor.id: actor for actor in (NORWAY, CHILE, PERU, MINISTER, BANKER)}


def told(actor, recipient, type="COERCE", quad=4, date="2031-05-03", status="happened", mode=None):
    """What a page tells: who did what to whom and when."""
    actors = actor if isinstance(actor, tuple) else (actor,)
    to = tuple(one.id for one in (recipient,) if one)
    return tuple(one.id for one in actors), to, type, quad, date, Status(status), mode


def page(number, *events, published="2031-05-04", outlet="The Tarn Herald", through=()):
    """A reading of a page of its own words, which tells these events, one a line."""
    lines = []
    for at, (actors, to, type, _, day, status, _) in enumerate(events):
        rare = " ".join(f"w{number}x{at}x{place}" for place in range(30))
        lines.append(f"{' '.join(actors)} {type} {' '.join(to)} {day} {status} {rare}.")
    text = "\n".join(lines) or " ".join(f"calm{number}x{place}" for place in range(40))
    document = Document(
        text, f"{number}.txt", outlet, published=Published(published, "header"), language="en", body=((0, len(text)),)
    )
    found, start = [], 0
    for line, (actors, to, type, quad, day, status, mode) in zip(lines, events, strict=True):
        report = EventReport(document.id, start, start + len(line), line, tuple(ChainLink(id, id) for id in through))
        id = content_id("event", type, actors, to, day, status)
        basis = "text" if day else None
        found.append(Event(id, type, mode, (), quad, actors, to, status, day, basis, None, (report,)))
        start += len(line) + 1
    used = {id for event in found for id in acting(event)}
    agencies = tuple(Actor(id, id, ActorType.OUTLET) for id in through)
    return Reading(document, "reader 1", (*(EVERYBODY[id] for id in sorted(used)), *agencies), events=tuple(found))


def keep(project, readings):
    run = project.start_run("reader 1", {})
    for reading in readings:
        project.add(reading, run)
    project.finish_run(run)
    project.resolve()
    return project


def again(reading):
    """The same page from another address."""
    document = replace(reading.document, source=f"again-{reading.document.source}")
    moved = [
        replace(event, reports=tuple(replace(report, document=document.id) for report in event.reports))
        for event in reading.events
    ]
    return replace(reading, document=document, events=tuple(moved))


@pytest.fixture
def project(tmp_path):
    with Project(tmp_path / "project") as project:
        yield project


def window(way, name):
    return next(point for point in way.points if point.window.name == name)


def test_the_four_quads_and_the_two_directions_are_kept_apart(project):
    keep(
        project,
        [
            page(1, told(NORWAY, CHILE), told(NORWAY, CHILE, "ACCUSE", 3, "2031-05-09")),
            page(2, told(CHILE, NORWAY, "AID", 2, "2031-05-20"), told(PERU, CHILE, "ASSAULT", 4)),
        ],
    )
    found = relation_series(project, "NOR", "CHL")
    there, back, both = (window(way, "2031-05").figures for way in (found.a_to_b, found.b_to_a, found.both))
    assert dict(there.quads) == {1: 0, 2: 0, 3: 1, 4: 1}
    assert dict(back.quads) == {1: 0, 2: 1, 3: 0, 4: 0}
    assert (both.n, both.conflict_share) == (3, 2 / 3)
    assert set(both.events) == {*there.events, *back.events}


def test_what_officials_do_counts_for_their_state_and_what_bankers_do_does_not(project):
    keep(project, [page(1, told(MINISTER, CHILE)), page(2, told(BANKER, CHILE, "ACCUSE", 3, "2031-05-19"))])
    assert window(relation_series(project, "Norway", "state:CHL").a_to_b, "2031-05").figures.n == 1
    assert window(relation_series(project, "Signe Øvrum", "CHL").a_to_b, "2031-05").figures.n == 1
    assert window(relation_series(project, BANKER.id, "CHL").a_to_b, "2031-05").figures.n == 1


def test_a_meeting_of_two_counts_in_each_direction_and_once_for_both(project):
    keep(project, [page(1, told((NORWAY, CHILE), None, "CONSULT", 1))])
    found = relation_series(project, "NOR", "CHL")
    assert [way.points[0].figures.n for way in (found.a_to_b, found.b_to_a, found.both)] == [1, 1, 1]


def test_only_what_happened_counts_as_having_happened(project):
    plans = [
        told(NORWAY, CHILE, "AID", 2, f"2031-05-1{at}", status)
        for at, status in enumerate(("planned", "denied", "denied", "hypothetical"))
    ]
    keep(project, [page(1, *plans)])
    figures = window(relation_series(project, "NOR", "CHL").a_to_b, "2031-05").figures
    assert (figures.n, figures.planned, figures.denied, figures.hypothetical) == (0, 1, 2, 1)
    assert (figures.conflict_share, figures.conflict_interval, figures.severity) == (None, None, None)
    assert (len(figures.events), len(figures.other_events)) == (0, 4)


@pytest.mark.parametrize("day", [None, "2031", "XXXX-05-03", "2031-05-30/2031-06-02", "2031-05-01/.."])
def test_an_event_that_no_one_window_holds_is_undated(project, day):
    keep(project, [page(1, told(NORWAY, CHILE, date=day))])
    way = relation_series(project, "NOR", "CHL").a_to_b
    assert way.n_undated == way.undated.n == 1
    assert window(way, "2031-05").figures.n == 0


def test_a_month_is_enough_for_a_month_and_too_little_for_a_week(project):
    keep(project, [page(1, told(NORWAY, CHILE, date="2031-05"))])
    assert relation_series(project, "NOR", "CHL", "month").a_to_b.n_undated == 0
    assert relation_series(project, "NOR", "CHL", "week").a_to_b.n_undated == 1


def test_what_was_not_read_is_not_calm(project):
    keep(project, [page(1, told(NORWAY, CHILE), published="2031-05-04"), page(2, published="2031-07-04")])
    way = relation_series(project, "NOR", "CHL").both
    assert [(point.window.name, point.documents) for point in way.points] == [
        ("2031-05", 1),
        ("2031-06", 0),
        ("2031-07", 1),
    ]
    assert way.points[1].figures is None
    assert way.points[2].figures.n == 0


def test_what_later_pages_tell_of_earlier_days_lies_outside_unless_it_is_asked_for(project):
    keep(project, [page(1, told(NORWAY, CHILE, date="2029-01-08"))])
    way = relation_series(project, "NOR", "CHL").both
    assert (len(way.points), way.outside.n) == (1, 1)
    way = relation_series(project, "NOR", "CHL", "quarter", since="2029").both
    assert (way.points[0].window.name, way.points[0].figures.n, way.points[0].documents) == ("2029-Q1", 1, 0)
    assert (len(way.points), way.outside.n) == (10, 0)


def test_outlets_sources_and_state_media_stand_beside_the_figures(project):
    event = told(NORWAY, CHILE)
    keep(
        project,
        [
            page(1, event, outlet="TASS"),
            page(2, event, outlet="tass.com"),
            page(3, event, outlet="BBC News", through=("outlet:reuters",)),
            page(4, event, outlet="The Tarn Herald", through=("outlet:reuters",)),
            page(5, event, outlet=None),
        ],
    )
    figures = window(relation_series(project, "NOR", "CHL").a_to_b, "2031-05").figures
    assert (figures.n, figures.outlets, figures.sources) == (1, 3, 3)
    assert (figures.reports, figures.reports_known) == (4, 2)
    assert figures.state_share == 1.0
    assert figures.severity == plover().score("COERCE")


def test_a_name_of_nobody_and_one_of_two_are_refused(project):
    keep(project, [page(1, told(NORWAY, CHILE))])
    with pytest.raises(SettingsError, match="nobody"):
        relation_series(project, "NOR", "Atlantis")
    with pytest.raises(SettingsError, match="the same actor"):
        relation_series(project, "NOR", "Norway")
    with pytest.raises(SettingsError, match="not a date"):
        relation_series(project, "NOR", "CHL", since="yesterday")
    with pytest.raises(SettingsError, match="no window"):
        relation_series(project, "NOR", "CHL", "fortnight")


def test_rows_have_the_same_columns_and_empty_cells_where_nothing_was_read(project):
    keep(project, [page(1, told(NORWAY, CHILE)), page(2, published="2031-07-04")])
    found = list(rows(relation_series(project, "NOR", "CHL")))
    assert len(found) == 3 * (3 + 2)
    assert len({tuple(row) for row in found}) == 1
    june = next(row for row in found if row["window"] == "2031-06")
    assert {june[name] for name in ("n", "verbal_conflict", "conflict_share", "outlets")} == {None}


STATES = (NORWAY, CHILE, PERU, MINISTER)
EVENTS = st.builds(
    lambda who, kind, day, status: told(*who, *kind, day, status),
    st.sampled_from([(a, b) for a in STATES for b in STATES if {a, b} != {NORWAY, MINISTER} and a is not b]),
    st.sampled_from([("COERCE", 4), ("ACCUSE", 3), ("AID", 2), ("CONSULT", 1)]),
    st.sampled_from(
        [None, "2031", "2031-05", *(f"2031-{month:02}-{day:02}" for month in (5, 6, 8) for day in (1, 17))]
    ),
    st.sampled_from(["happened", "happened", "happened", "planned", "denied", "hypothetical"]),
)
PAGES = st.lists(
    st.tuples(
        st.lists(EVENTS, max_size=3, unique=True),
        st.sampled_from([None, "2031-05-18", "2031-06", "2031-08-30"]),
        st.sampled_from([None, "TASS", "BBC News", "The Tarn Herald"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(PAGES, st.randoms(use_true_random=False))
def test_the_order_of_documents_and_doubling_them_move_nothing(pages, chance):
    readings = [page(at, *events, published=day, outlet=outlet) for at, (events, day, outlet) in enumerate(pages)]
    doubled = [*readings, *map(again, readings)]
    chance.shuffle(doubled)
    with (
        tempfile.TemporaryDirectory() as folder,
        Project(Path(folder) / "once") as once,
        Project(Path(folder) / "twice") as twice,
    ):
        one = relation_series(keep(once, readings), "NOR", "CHL")
        two = relation_series(keep(twice, doubled), "NOR", "CHL")
    assert list(rows(one)) == list(rows(two))
    for way in (one.a_to_b, one.b_to_a, one.both):
        for point in way.points:
            assert point.figures is None or sum(point.figures.quads.values()) == point.figures.n


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(DAYS, st.sampled_from(KINDS))
def test_a_window_holds_its_day_and_each_day_has_the_same_one(day, kind):
    found = window_of(day.isoformat(), kind)
    assert found.first <= day.isoformat() <= found.last
    assert {window_of(found.first, kind), window_of(found.last, kind)} == {found}
    assert window_holding(day.isoformat(), kind) == found


@given(DAYS, st.integers(0, 900), st.sampled_from(KINDS))
def test_windows_leave_no_hole_and_do_not_overlap(day, more, kind):
    last = date.fromordinal(min(day.toordinal() + more, date.max.toordinal()))
    found = windows_between(day.isoformat(), last.isoformat(), kind)
    assert found[0].first <= day.isoformat() <= found[0].last
    assert found[-1].first <= last.isoformat() <= found[-1].last
    for one, next_ in pairwise(found):
        assert date.fromisoformat(one.last) + timedelta(days=1) == date.fromisoformat(next_.first)
    assert list(found) == sorted(found)
    assert len({one.name for one in found}) == len(found)


def test_windows_are_named_as_people_write_them():
    assert [window_of("2031-05-03", kind).name for kind in KINDS] == ["2031-W18", "2031-05", "2031-Q2", "2031"]
    assert window_of("2031-05-03", "quarter") == Window("2031-04-01", "2031-06-30", "2031-Q2")
    assert windows_between("2031-06-01", "2031-05-01", "month") == ()


def test_too_many_windows_are_refused():
    with pytest.raises(SettingsError, match="shorter time"):
        windows_between("0001-01-01", "2031-01-01", "week")


def test_the_interval_is_wilsons():
    # Brown, Cai, DasGupta (2001) and any table: 8 of 10, and the ends.
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=5e-5)
    assert wilson(0, 10) == pytest.approx((0, 0.2775), abs=5e-5)
    assert wilson(10, 10) == pytest.approx((0.7225, 1), abs=5e-5)


@given(st.integers(1, 500), st.floats(0, 1))
def test_the_interval_holds_the_share(n, part):
    hits = round(part * n)
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1


def test_shuffled_pages_give_the_same_ids(project, tmp_path):
    readings = [page(at, told(NORWAY, CHILE, date=f"2031-05-{at + 1:02}")) for at in range(6)]
    mixed = random.Random(7).sample(readings, len(readings))
    with Project(tmp_path / "other") as other:
        assert relation_series(keep(project, readings), "NOR", "CHL") == relation_series(
            keep(other, mixed), "NOR", "CHL"
        )
