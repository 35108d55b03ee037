"""A change of level is found where there is one, and not where there is only chance."""

import random
from dataclasses import replace
from itertools import pairwise
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.analyze.change_points import LEAST_WINDOWS, change_points, changes, rows
from dragoman.analyze.figures import figures
from dragoman.analyze.series import Point, Way
from dragoman.analyze.windows import windows_between
from dragoman.model import Actor, ActorType, Event, Status

NORWAY = Actor("state:NOR", "Norway", ActorType.STATE, "NOR", "GOV")
CHILE = Actor("state:CHL", "Chile", ActorType.STATE, "CHL", "GOV")
KINDS = {1: "CONSULT", 2: "AID", 3: "ACCUSE", 4: "COERCE"}


def series(*windows):
    """A series whose windows have these events: the quads of each, or None where nothing was read."""
    months = windows_between(
        "2031-01-01", f"{2031 + (len(windows) - 1) // 12}-{(len(windows) - 1) % 12 + 1:02}-01", "month"
    )
    points = []
    for month, quads in zip(months, windows, strict=True):
        events = [
            Event(
                f"{month.name}:{at}",
                KINDS[quad],
                None,
                (),
                quad,
                (NORWAY.id,),
                (CHILE.id,),
                Status.HAPPENED,
                None,
                None,
                None,
                (),
            )
            for at, quad in enumerate(quads or ())
        ]
        points.append(Point(month, 0 if quads is None else 3, None if quads is None else figures(events, {})))
    return Way(NORWAY, CHILE, False, tuple(points), figures([], {}), figures([], {}))


def test_a_rise_of_conflict_is_found_with_its_levels_and_its_events():
    calm, tense = [1, 1, 2, 1, 3], [4, 3, 3, 4, 1]
    (change,) = change_points(series(*[calm] * 6, *[tense] * 6)).found
    assert (change.measure, change.window.name) == ("conflict_share", "2031-07")
    assert (change.before, change.after) == (0.2, 0.8)
    assert (change.windows_before, change.windows_after, change.n_before, change.n_after) == (6, 6, 30, 30)
    assert change.events == tuple(f"2031-07:{at}" for at in range(5))


def test_more_events_are_a_change_of_their_number_and_not_of_their_kind():
    found = change_points(series(*[[1, 3]] * 6, *[[1, 3] * 6] * 6)).found
    assert [(change.measure, change.window.name, change.before, change.after) for change in found] == [
        ("n", "2031-07", 2.0, 12.0)
    ]
    assert (found[0].documents_before, found[0].documents_after) == (3.0, 3.0)


def test_a_crisis_has_a_beginning_and_an_end():
    found = change_points(series(*[[1, 1, 1]] * 5, *[[4, 3, 4, 4, 3, 4, 1, 4]] * 4, *[[1, 1, 2]] * 5)).found
    assert [change.window.name for change in found if change.measure == "conflict_share"] == ["2031-06", "2031-10"]


def test_a_level_that_never_changes_has_no_change():
    assert change_points(series(*[[1, 3, 1]] * 12)).found == ()
    assert change_points(series(*[[]] * 12)).found == ()
    assert change_points(series(*[[4]] * 12)).found == ()


def test_one_window_is_no_level():
    assert change_points(series(*[[1, 1]] * 6, [4, 4], *[[1, 1]] * 6)).found == ()


def test_too_few_windows_are_said_to_be_too_few():
    found = change_points(series(*[[1]] * (LEAST_WINDOWS - 1)))
    assert found.found == ()
    assert found.not_sought["n"].startswith("7 windows that were read")
    assert [row["not_sought"] is not None for row in rows(found)] == [True, True]


def test_windows_that_were_not_read_are_left_out_and_are_no_calm():
    quiet, busy = [1], [1] * 9
    assert change_points(series(*[quiet, None] * 3)).not_sought["n"].startswith("3 windows")
    found = change_points(series(*[busy, None] * 8))
    assert found.found == ()
    assert change_points(series(*[busy, []] * 8)).found == ()
    (change,) = change_points(series(*[busy, None] * 4, *[quiet, None] * 4)).found
    assert (change.window.name, change.windows_before) == ("2031-09", 4)


def test_clusters_of_events_are_not_taken_for_levels():
    assert changes([0, 9, 0, 11, 0, 10, 1, 9, 0, 12, 0, 9]) == []


def test_rows_have_the_same_columns():
    found = change_points(series(*[[1, 1, 1]] * 5, *[[]] * 3, *[[4, 4, 4]] * 2))
    assert len({tuple(row) for row in rows(found)}) == 1


def test_chance_alone_seldom_makes_a_change():
    chance = random.Random(11)
    found = sum(bool(changes([sum(chance.random() < 0.05 for _ in range(60)) for _ in range(24)])) for _ in range(100))
    assert found <= 6


def best(hits, of, price):
    """The least cost of any segmentation, tried one by one, with the likelihood written out."""

    def cost(start, end):
        k, n = sum(hits[start:end]), sum(of[start:end])
        return -2 * sum(x * log(x / n) for x in (k, n - k) if x)

    least = {0: (-price, [])}
    for end in range(2, len(hits) + 1):
        options = [
            (value + cost(start, end) + price, [*cuts, start])
            for start, (value, cuts) in least.items()
            if end - start >= 2
        ]
        least[end] = min(options)
    value, cuts = least[len(hits)]
    return value, cuts[1:]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=LEAST_WINDOWS, max_size=16))
def test_no_other_segmentation_costs_less(windows):
    windows = [(conflict, conflict + rest) for conflict, rest in windows if conflict + rest]
    if len(windows) < LEAST_WINDOWS:
        return
    hits, of = [conflict for conflict, _ in windows], [n for _, n in windows]
    rate = sum(hits) / sum(of)
    shares = [hit / n for hit, n in windows]
    noise = 1.0
    if 0 < rate < 1:
        steps = [
            (b - a) ** 2 / (rate * (1 - rate) * (1 / m + 1 / n))
            for (a, b), (m, n) in zip(pairwise(shares), pairwise(of), strict=True)
        ]
        noise = max(1.0, sum(steps) / len(steps))
    price = 3 * log(len(hits)) * noise

    def cost(cuts):
        total = len(cuts) * price
        for start, end in pairwise([0, *cuts, len(hits)]):
            k, n = sum(hits[start:end]), sum(of[start:end])
            total += -2 * sum(x * log(x / n) for x in (k, n - k) if x)
        return total

    assert cost(changes(hits, of)) == pytest.approx(best(hits, of, price)[0], abs=1e-6)


def test_planned_events_are_not_in_a_level():
    way = series(*[[1]] * 12)
    planned = [replace(point.figures, planned=9) for point in way.points]
    more = replace(way, points=tuple(replace(p, figures=f) for p, f in zip(way.points, planned, strict=True)))
    assert change_points(more) == change_points(way)
