"""Where one state stands between several powers, and who moved first."""

from pathlib import Path

import pytest

from dragoman.analyze.balance import balance, rows
from dragoman.analyze.series import relation_series
from dragoman.errors import SettingsError
from dragoman.model import Actor, ActorType, Document, Event, EventReport, Published, Reading, Status, content_id
from dragoman.record import Project

NAMES = {"NOR": "Norway", "CHL": "Chile", "PER": "Peru"}


def page(number, actor, recipient, type, quad, date, status=Status.HAPPENED):
    """A page that tells one event between states, in words of its own."""
    text = f"{actor} {type} {recipient} " + " ".join(f"w{number}x{place}" for place in range(40))
    document = Document(
        text, f"{number}.txt", "The Tarn Herald", published=Published("2031-06-20", "header"), body=((0, len(text)),)
    )
    states = actor.split("+")
    parties = tuple(f"state:{one}" for one in states), (f"state:{recipient}",) if recipient else ()
    report = EventReport(document.id, 0, len(text), text)
    id = content_id("event", number, type, date, status)
    event = Event(id, type, None, (), quad, *parties, status, date, "text" if date else None, None, (report,))
    used = [*states, recipient] if recipient else states
    actors = tuple(Actor(f"state:{one}", NAMES[one], ActorType.STATE, one, "GOV") for one in used)
    return Reading(document, "reader 1", actors, events=(event,))


@pytest.fixture
def project(tmp_path: Path):
    with Project(tmp_path / "project") as project:
        yield project


def keep(project, *pages):
    run = project.start_run("reader 1", {})
    for number, (actor, recipient, type, quad, date, *status) in enumerate(pages):
        project.add(page(number, actor, recipient, type, quad, date, *status), run)
    project.resolve()


def movers(project, *powers, since="2031-05", until="2031-06"):
    found = balance(project, "NOR", powers, since=since, until=until)
    return {
        (standing.power.country, move.window.name if move.window else "all", move.tone): move.mover
        for standing in found.standings
        for move in standing.moves
    }


def test_each_power_has_its_own_series_over_the_same_windows(project):
    keep(project, ("NOR", "CHL", "AID", 2, "2031-05-03"), ("PER", "NOR", "COERCE", 4, "2031-06-09"))
    found = balance(project, "Norway", ["CHL", "PER"], since="2031-05", until="2031-06")
    assert [standing.power.name for standing in found.standings] == ["Chile", "Peru"]
    counts = {(row["power"], row["window"]): (row["cooperation"], row["conflict"]) for row in rows(found)}
    assert counts["state:CHL", "2031-05"] == (1, 0)
    assert counts["state:PER", "2031-06"] == (0, 1)
    assert counts["state:PER", "2031-05"] == (None, None)
    assert found.standings[1].series == relation_series(project, "NOR", "PER", since="2031-05", until="2031-06")


def test_who_moved_first_is_told_by_tone_and_window(project):
    keep(
        project,
        ("NOR", "CHL", "AID", 2, "2031-05-03"),
        ("CHL", "NOR", "AID", 2, "2031-05-04"),
        ("CHL", "NOR", "COERCE", 4, "2031-05-02"),
        ("CHL", "NOR", "AID", 2, "2031-06-01"),
    )
    assert movers(project, "CHL") == {
        ("CHL", "2031-05", "cooperation"): "state",
        ("CHL", "2031-05", "conflict"): "power",
        ("CHL", "2031-06", "cooperation"): "power",
        ("CHL", "all", "cooperation"): "state",
        ("CHL", "all", "conflict"): "power",
    }


def test_days_that_may_be_either_way_round_are_unclear(project):
    keep(project, ("NOR", "CHL", "AID", 2, "2031-05"), ("CHL", "NOR", "RETREAT", 2, "2031-05-09"))
    assert movers(project, "CHL")["CHL", "2031-05", "cooperation"] == "unclear"


def test_a_common_first_step_is_of_both(project):
    keep(project, ("CHL+NOR", None, "CONSULT", 1, "2031-05-02"), ("CHL", "NOR", "AID", 2, "2031-05-09"))
    assert movers(project, "CHL")["CHL", "2031-05", "cooperation"] == "both"


def test_plans_and_undated_events_move_nobody(project):
    keep(
        project,
        ("NOR", "CHL", "AID", 2, "2031-05-02", Status.PLANNED),
        ("NOR", "CHL", "AID", 2, None),
        ("CHL", "NOR", "AID", 2, "2031-05-09"),
    )
    assert movers(project, "CHL")["CHL", "all", "cooperation"] == "power"


def test_what_two_powers_do_to_each_other_is_not_in_the_balance(project):
    keep(project, ("CHL", "PER", "COERCE", 4, "2031-05-02"))
    found = balance(project, "NOR", ["CHL", "PER"], since="2031-05", until="2031-06")
    assert all(not row["n"] for row in rows(found))
    assert all(not standing.moves for standing in found.standings)


def test_rows_have_the_same_columns(project):
    keep(project, ("NOR", "CHL", "AID", 2, "2031-05-03"))
    found = list(rows(balance(project, "NOR", ["CHL", "PER"], "week")))
    assert len({tuple(sorted(row)) for row in found}) == 1
    assert len({tuple(row) for row in found}) == 1


def test_a_balance_needs_powers_that_are_not_the_state(project):
    keep(project, ("NOR", "CHL", "AID", 2, "2031-05-03"))
    with pytest.raises(SettingsError, match="at least one power"):
        balance(project, "NOR", [])
    with pytest.raises(SettingsError, match="the same actor"):
        balance(project, "NOR", ["CHL", "Norway"])
