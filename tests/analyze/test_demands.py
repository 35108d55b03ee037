"""A demand is somebody's, of somebody, since a day; whether the record has what would meet it is said with the reason."""

import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analyze.test_network import CHILE, ENVOY, MINISTER, NORWAY, PERU, keep, page, rare, said, told, twice

from dragoman.analyze.demands import demands, rows
from dragoman.analyze.met import would_meet
from dragoman.model import Act, Status
from dragoman.record import Project


@pytest.fixture
def project(tmp_path):
    with Project(tmp_path / "project") as project:
        yield project


WANT = "Chile must release the trawler"


def wants(name="a", published="2031-05-04", outlet="The Tarn Herald", quote=WANT, speaker=MINISTER, about=(CHILE,)):
    return page(
        f"{speaker.name} said: {quote}. {rare(name)}",
        (),
        [said(quote, speaker, Act.DEMAND, *about)],
        source=f"{name}.txt",
        published=published,
        outlet=outlet,
    )


def deed(clause="Chile released the trawler", type="RETREAT", date="2031-06-01", mode="release", **more):
    status = more.get("status", Status.HAPPENED)
    event = told(clause, more.get("actor", CHILE), more.get("recipient", NORWAY), type, date, status, mode)
    return page(f"{clause}. {rare(clause[-6:])}", [event], source="deed.txt", published="2031-06-02")


def test_an_official_demands_for_his_state(project):
    (one,) = demands(keep(project, wants()))
    assert (one.by, one.of, one.of_basis) == ("state:NOR", "state:CHL", "about")
    assert one.speakers == ("person:ovrum",)
    assert (one.first, one.last, one.texts, one.days, one.n_undated) == ("2031-05-04", "2031-05-04", 1, 1, 0)


def test_one_can_ask_for_those_of_or_by_somebody(project):
    keep(project, wants(), wants("b", quote="Norway should pay for the nets", speaker=ENVOY, about=(NORWAY,)))
    assert [one.of for one in demands(project, of="Chile")] == ["state:CHL"]
    assert [one.by for one in demands(project, by="CHL")] == ["state:CHL"]
    assert demands(project, by="CHL", of="PER") == ()


def test_repeating_is_counted_by_texts_and_days(project):
    pages = [
        wants("a"),
        wants("b", "2031-05-04"),
        wants("c", "2031-07", quote="Chile has to release that trawler"),
        wants("d", None),
    ]
    (one,) = demands(keep(project, *pages))
    assert (one.texts, one.days, one.n_undated, one.first, one.last) == (4, 2, 1, "2031-05-04", "2031-07")
    assert len(one.statements) == 4


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sets(st.sampled_from("port gate toll ship crew coal net".split()), min_size=1), max_size=12))
def test_demands_are_joined_exactly_where_enough_words_are_shared(wordings):
    pages = [
        wants(str(number), quote=f"Chile must free {' '.join(sorted(words))}") for number, words in enumerate(wordings)
    ]
    with tempfile.TemporaryDirectory() as folder, Project(folder) as project:
        keep(project, *pages)
        found = [{frozenset(one.text.split()[2:]) for one in demand.statements} for demand in demands(project)]
    for group in found:
        for one in group:
            alike = {other for some in found for other in some if len(one & other) >= 0.6 * len(one | other)}
            assert alike <= group


def test_what_is_not_to_be_is_another_demand(project):
    found = demands(keep(project, wants("a"), wants("b", quote="Chile must not release the trawler")))
    assert len(found) == 2


def test_a_later_deed_that_would_meet_it_is_pointed_out_with_the_reason(project):
    keep(project, wants(), deed())
    (one,) = demands(project)
    assert one.standing == "may be met"
    assert one.met_by.date == "2031-06-01"
    assert one.candidates == 1
    assert "RETREAT release would meet “release”" in one.met_by.why
    assert "“trawler”" in one.met_by.why
    (row,) = rows([one])
    assert row["met_by"] == one.met_by.event


@pytest.mark.parametrize(
    "other",
    [
        {"date": "2031-05-01"},
        {"date": "2031"},
        {"date": None},
        {"status": Status.PLANNED},
        {"status": Status.DENIED},
        {"actor": PERU},
        {"recipient": PERU},
        {"type": "COERCE", "mode": "seize"},
        {"clause": "Chile released the prisoners"},
    ],
    ids=str,
)
def test_what_is_earlier_undated_planned_by_others_or_of_another_kind_does_not_meet_it(project, other):
    if "clause" in other:
        quote = "Chile must free the trawler"
        keep(project, wants(quote=quote), deed(**other))
    else:
        keep(project, wants(), deed(**other))
    (one,) = demands(project)
    assert (one.standing, one.met_by, one.candidates) == ("not in the record", None, 0)


def test_a_meeting_meets_a_demand_to_talk(project):
    met = told("Norway and Chile met", (CHILE, NORWAY), None, "CONSULT", "2031-06-01")
    meeting = page(f"Norway and Chile met. {rare('m')}", [met], source="m.txt")
    (one,) = demands(keep(project, wants(quote="Chile must talk to us"), meeting))
    assert one.standing == "may be met"


def test_why_nothing_can_be_found_is_said(project):
    keep(project, wants("a", about=()), wants("b", None), wants("c", quote="Chile must think of its children"))
    standings = {one.standing for one in demands(project)}
    assert standings == {
        "not in the record: it is not known of whom it is demanded",
        "not in the record: it is not known when it was demanded",
        "not in the record: its words do not tell what event would meet it",
    }


def test_of_whom_is_read_from_the_report_of_the_request_where_the_statement_does_not_say(project):
    text = f"Norway demanded that they be released at once. {rare('z')}"
    asked = told(
        "Norway demanded that they be released", NORWAY, CHILE, "REQUEST", None, within="they be released at once"
    )
    keep(project, page(text, [asked], [said("they be released at once", NORWAY, Act.DEMAND)]), deed())
    (one,) = demands(project)
    assert (one.of, one.of_basis, one.standing) == ("state:CHL", "report", "may be met")


WHOLE = "We will reopen the port if Chile releases the trawler"


def bargain(whole, act, required, follows, follow_act):
    return page(
        f"Signe Øvrum said: {whole}. {rare('z')}",
        (),
        [
            said(whole, MINISTER, act, CHILE),
            said(required, MINISTER, Act.DEMAND, CHILE, condition=whole),
            said(follows, MINISTER, follow_act, condition=whole),
        ],
    )


def test_a_condition_brings_what_is_promised_for_it(project):
    keep(
        project,
        bargain(WHOLE, Act.CONDITION, "Chile releases the trawler", "We will reopen the port", Act.PROMISE),
        deed(),
    )
    (one,) = demands(project)
    assert [tied.text for tied in one.conditions] == [WHOLE]
    assert [tied.text for tied in one.promised] == ["We will reopen the port"]
    assert (one.threatened, one.otherwise, one.standing) == ((), False, "may be met")


@pytest.mark.parametrize(
    ("required", "standing"),
    [
        ("Chile does not release the trawler", "may be met"),
        ("Chile releases the trawler", "not in the record: its words do not tell what event would meet it"),
    ],
)
def test_before_a_threat_the_opposite_is_wanted(project, required, standing):
    whole = f"We will close the port if {required}"
    keep(project, bargain(whole, Act.THREATEN, required, "We will close the port", Act.THREATEN), deed())
    (one,) = demands(project)
    assert one.otherwise
    assert [tied.text for tied in one.threatened] == ["We will close the port"]
    assert one.standing == standing


def test_order_and_copies_change_nothing(tmp_path):
    pages = [
        wants("a"),
        wants("b", "2031-06-01", quote="Chile has to release that trawler"),
        wants("c", quote="Norway should pay for the nets", speaker=ENVOY, about=(NORWAY,)),
        bargain(WHOLE, Act.CONDITION, "Chile releases the trawler", "We will reopen the port", Act.PROMISE),
        deed(),
    ]
    results = []
    for number, some in enumerate((pages, pages[::-1], twice(pages), twice(pages)[::-1])):
        with Project(tmp_path / str(number)) as project:
            found = [
                {key: value for key, value in row.items() if key not in ("statements", "met_by")}
                for row in rows(demands(keep(project, *some)))
            ]
            results.append(found)
    assert all(result == results[0] for result in results)
    assert len(results[0]) == 2


def test_a_demand_that_something_not_happen_is_met_by_no_event():
    assert would_meet("Chile must not release the crew") == ()
    assert ("release", ("RETREAT", "release")) in would_meet("Chile must release the crew")
