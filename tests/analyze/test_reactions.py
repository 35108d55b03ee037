"""One event answers another only where the text says so; how far its order is from chance stands beside it."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analyze.test_network import CHILE, ENVOY, MINISTER, NORWAY, PERU, keep, page, rare, told, twice

from dragoman.analyze.network import parties_of
from dragoman.analyze.reactions import reactions, roles, rows
from dragoman.digest.tying import reaction_words, sentences
from dragoman.errors import SettingsError
from dragoman.model import Status
from dragoman.record import Project


@pytest.fixture
def project(tmp_path):
    with Project(tmp_path / "project") as project:
        yield project


def answers(project, text, *events, **more):
    """Cause and answer, by their clauses, of a page with this text."""
    keep(project, page(f"{text} {rare('z')}", events))
    return [(one.cause.reports[0].text, one.answer.reports[0].text) for one in reactions(project, **more)]


SEIZED = told("Norway seized a ship", NORWAY, CHILE)
EXPELLED = told("Chile expelled two envoys", CHILE, NORWAY, "SANCTION", "2031-05-06")
SEIZURE = told("the seizure of a ship by Norway", NORWAY, CHILE)
BOTH = [("Norway seized a ship", "Chile expelled two envoys")]


@pytest.mark.parametrize(
    "text",
    [
        "Norway seized a ship. In response, Chile expelled two envoys.",
        "Norway seized a ship on Sunday; Chile expelled two envoys in retaliation.",
        "Norway seized a ship, and on Monday Chile expelled two envoys in return.",
        "Norway seized a ship. Santiago hit back on Monday: Chile expelled two envoys.",
        "Norway seized a ship. Santiago retaliated at once. Chile expelled two envoys.",
        "Norway seized a ship. Three days later Chile expelled two envoys.",
        "Chile expelled two envoys three days after Norway seized a ship.",
    ],
)
def test_the_words_tie_the_event_before_them_to_the_one_behind(project, text):
    assert answers(project, text, SEIZED, EXPELLED) == BOTH


@pytest.mark.parametrize(
    "text",
    [
        "Chile expelled two envoys in response to the seizure of a ship by Norway.",
        "In retaliation for the seizure of a ship by Norway, Chile expelled two envoys.",
        "Chile expelled two envoys. They must leave at once.\n\nIt was done in reply to the seizure of a ship by Norway.",
    ],
)
def test_what_follows_in_response_to_is_the_cause(project, text):
    assert answers(project, text, SEIZURE, EXPELLED) == [(SEIZURE[0], EXPELLED[0])]


@pytest.mark.parametrize(
    "text",
    [
        "Norway seized a ship on 3 May. Chile expelled two envoys on 6 May.",
        "Norway seized a ship. Chile expelled two envoys, but not in response to that.",
        "Norway seized a ship. It rained. It snowed. The fleet sailed. In response, Chile expelled two envoys.",
        "Norway seized a ship. It rained. The fleet sailed. Nobody retaliated. It snowed. Chile expelled two envoys.",
    ],
)
def test_mere_order_ties_nothing(project, text):
    assert answers(project, text, SEIZED, EXPELLED) == []


def test_words_that_are_denied_tie_nothing(project):
    text = "Chile expelled two envoys, and not in retaliation for the seizure of a ship by Norway."
    assert answers(project, text, SEIZURE, EXPELLED) == []


def test_the_roles_must_be_turned_or_the_pair_the_same(project):
    other = told("Chile expelled two envoys", CHILE, PERU, "SANCTION")
    assert answers(project, "Norway seized a ship. In response, Chile expelled two envoys.", SEIZED, other) == []


def test_words_of_time_alone_need_turned_roles(project):
    more = told("Norway detained its crew", NORWAY, CHILE, "COERCE", "2031-05-04")
    assert answers(project, "Norway seized a ship. A day later Norway detained its crew.", SEIZED, more) == []


def test_officials_answer_for_their_state(project):
    answer = told("Inés Rojas expelled two envoys", ENVOY, MINISTER, "SANCTION", "2031-05-06")
    text = "Norway seized a ship. In response, Inés Rojas expelled two envoys."
    assert answers(project, text, SEIZED, answer, a="CHL", b="Norway") == [(SEIZED[0], answer[0])]
    assert reactions(project, a="PER") == ()


def test_somebody_unknown_is_told(project):
    with pytest.raises(SettingsError, match="nobody"):
        reactions(project, a="Atlantis")


def test_an_answer_that_is_only_planned_is_kept_apart_and_has_no_lift(project):
    planned = told("Chile will expel two envoys", CHILE, NORWAY, "SANCTION", None, Status.PLANNED)
    keep(
        project, page(f"Norway seized a ship. In response, Chile will expel two envoys. {rare('z')}", [SEIZED, planned])
    )
    (one,) = reactions(project)
    assert not one.happened
    assert one.lift is None
    assert one.days is None


def test_an_answer_shows_its_sentences_its_words_and_the_days_between(project):
    keep(
        project, page(f"{rare('y')} Norway seized a ship. In response, Chile expelled two envoys.", [SEIZED, EXPELLED])
    )
    (one,) = reactions(project)
    (where,) = one.wordings
    text = project.document(where.document).text
    assert (
        where.text == text[where.start : where.end] == "Norway seized a ship. In response, Chile expelled two envoys."
    )
    assert text[slice(*where.words)] == "In response"
    assert one.days == (3, 3)
    assert (one.says, one.roles) == ("answer", "turned")
    (row,) = rows([one])
    assert (row["words"], row["told_by"], row["lift"]) == ("In response", "The Tarn Herald", None)


def test_days_stay_open_where_a_date_is(project):
    month = told("Norway seized a ship", NORWAY, CHILE, date="2031-05")
    keep(project, page(f"Norway seized a ship. In response, Chile expelled two envoys. {rare('z')}", [month, EXPELLED]))
    (one,) = reactions(project)
    assert one.days == (-25, 5)
    assert one.lift.n_undated == 1


TIED = "Norway seized a ship. In response, Chile expelled two envoys."


def many(tidy):
    """A page that ties the two, and 12 seizures each with an expulsion five days later; or on any day, if not `tidy`."""
    draw = random.Random(5)
    pages = [page(f"{TIED} {rare('first')}", [SEIZED, EXPELLED], source="first.txt")]
    for number in range(12):
        day = date(2031, 1, 1) + timedelta(days=60 * number)
        after = day + timedelta(days=5 if tidy else draw.choice([-5, 5]))
        one = told(f"Norway seized ship {number}", NORWAY, CHILE, date=day.isoformat())
        other = told(f"Chile expelled envoy {number}", CHILE, NORWAY, "SANCTION", after.isoformat())
        for name, event in (("n", one), ("c", other)):
            pages.append(page(f"{event[0]}. {rare(f'{name}{number}')}", [event], source=f"{name}{number}.txt"))
    return pages


def test_the_lift_is_over_shuffled_dates_with_n_beside_it(project):
    keep(project, *many(tidy=True))
    (one,) = reactions(project)
    assert one.lift.n >= 12
    assert one.lift.share == 1
    assert 0.4 < one.lift.expected < 0.6
    assert one.lift.lift > 1.6
    assert one.lift.as_high < 0.05


def test_few_pairs_have_no_lift(project):
    keep(project, page(f"{TIED} {rare('z')}", [SEIZED, EXPELLED]))
    (one,) = reactions(project)
    assert (one.lift.n, one.lift.in_order, one.lift.share, one.lift.lift) == (1, 1, None, None)


def test_order_and_copies_change_nothing(tmp_path):
    pages, results = many(tidy=False), []
    for number, some in enumerate((pages, pages[::-1], twice(pages), twice(pages)[::-1])):
        with Project(tmp_path / str(number)) as project:
            results.append([(one.texts, one.lift, one.days, one.says) for one in reactions(keep(project, *some))])
    assert all(result == results[0] for result in results)
    assert len(results[0]) == 1


def test_two_meetings_of_the_same_two_are_the_same_pair(project):
    first = told("Norway and Peru met", (NORWAY, PERU), None, "CONSULT")
    second = told("Peru and Norway talked again", (NORWAY, PERU), None, "CONSULT", "2031-05-09")
    text = f"Norway and Peru met. In return, Peru and Norway talked again. {rare('z')}"
    one, other = page(text, [first, second]).events
    assert roles(one, other, parties_of(project, []).of) == "same pair"


def test_the_list_of_words_is_sound():
    words = reaction_words()
    assert len({one.phrase for one in words}) == len(words)
    assert {one.says for one in words} == {"answer", "after"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He left. She stayed.", ["He left. ", "She stayed."]),
        ("Mr. Lund left. “Good,” she said.", ["Mr. Lund left. ", "“Good,” she said."]),
        ("Gen. Ruiz of the U.S. Navy left.", ["Gen. Ruiz of the U.S. Navy left."]),
        ("A headline\nThe text. More", ["A headline\n", "The text. ", "More"]),
        ("", []),
    ],
)
def test_sentences_end_at_stops_and_lines(text, parts):
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(st.text("aA.!? \n\r“”\u2028é", max_size=200))
def test_sentences_cover_the_text(text):
    spans = sentences(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
