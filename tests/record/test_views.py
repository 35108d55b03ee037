"""Documents, actors, statements, events and relations are found by what they are about."""

from dataclasses import replace

import pytest
import samples
from samples import BELMARK, HERALD, KARSOVIA, ORLEN

from dragoman.errors import SettingsError
from dragoman.model import Act, Actor, ActorType, Reading, Status
from dragoman.record import Filter, Project

TALKS = "Officials of Karsovia and Belmark met in Tarn"
THREAT = "Belmark may close the border with Karsovia"
DENIAL = "It is not true that Karsovia paid Belmark"


@pytest.fixture
def record(project):
    """Two outlets on one recall, and a third page with talks, a threat and a denial, undated."""
    run = project.start_run("reader 1", {})
    project.add(samples.reading(), run)
    project.add(
        samples.reading(f"{samples.ARTICLE} More.", "b.txt", outlet="Évening Post", published="2031-06-01"), run
    )
    of = samples.document(f"{TALKS}. {THREAT}. {DENIAL}.", "c.txt", published=None, outlet=None)
    events = (
        samples.event(of, TALKS, "CONSULT", (KARSOVIA, BELMARK), (), "2031-04", quad=1),
        samples.event(of, THREAT, "THREATEN", (BELMARK,), (KARSOVIA,), None, quad=3, status=Status.HYPOTHETICAL),
        samples.event(of, DENIAL, "AID", (KARSOVIA,), (BELMARK,), None, quad=2, status=Status.DENIED),
    )
    project.add(
        Reading(of, "reader 1", (KARSOVIA, HERALD, replace(BELMARK, aliases=("Bélmark Republic",))), events=events), run
    )
    return project


def sources(project, **filter):
    return [document.source for document in project.documents(Filter(**filter))]


def types(project, **filter):
    return [event.type for event in project.events(Filter(**filter))]


def test_everything_comes_by_date_and_the_undated_last(record):
    assert sources(record) == ["a.txt", "b.txt", "c.txt"]
    assert types(record)[:2] == ["CONSULT", "COERCE"]
    assert sorted(types(record)[2:]) == ["AID", "THREATEN"]
    assert [statement.act for statement in record.statements()] == [Act.DEMAND, Act.DEMAND]


def test_one_event_has_the_reports_of_all_documents(record):
    (recall,) = record.events(Filter(type="coerce"))
    assert len(recall.reports) == 2
    assert len({report.document for report in recall.reports}) == 2


@pytest.mark.parametrize("name", ["state:XBE", "xbe", "BELMARK", "belmark republic", " Bélmark  Republic "])
def test_an_actor_is_found_by_id_code_name_or_alias(record, name):
    assert len(list(record.events(Filter(actor=name)))) == 4
    assert [actor.id for actor in record.actors(Filter(actor=name))] == [BELMARK.id]
    assert [relation.a.id for relation in record.relations(Filter(actor=name))] == ["state:XBE"]


def test_an_actor_nobody_names_has_nothing(record):
    assert sources(record, actor="Nowhere") == []
    assert record.relations(Filter(actor="Nowhere")) == []


def test_statements_are_found_by_speaker_chain_and_whom_they_are_about(record):
    for actor in (ORLEN, HERALD, BELMARK):
        assert len(list(record.statements(Filter(actor=actor.id)))) == 2
    assert list(record.statements(Filter(actor=KARSOVIA.id))) == []


def test_dates_are_inclusive_and_may_be_whole_months(record):
    assert sources(record, since="2031-05-04", until="2031-05-04") == ["a.txt"]
    assert sources(record, until="2031-05") == ["a.txt"]
    assert sources(record, since="2031-06") == ["b.txt"]
    assert types(record, until="2031-04-10") == ["CONSULT"]
    assert types(record, since="2031-05-03") == ["COERCE"]


def test_other_conditions_and_limits(record):
    assert sources(record, outlet="evening post") == ["b.txt"]
    assert sources(record, type="Consult") == ["c.txt"]
    assert sources(record, act="demand") == ["a.txt", "b.txt"]
    assert sources(record, actor="belmark", outlet="the tarn herald", type="COERCE", limit=5) == ["a.txt"]
    assert sources(record, limit=1) == ["a.txt"]
    assert types(record, limit=0) == []
    assert types(record, act="demand") == []


@pytest.mark.parametrize("wrong", [{"since": "tomorrow"}, {"until": "2031-13"}, {"limit": -1}])
def test_a_filter_that_makes_no_sense_is_told(wrong):
    with pytest.raises(SettingsError, match=r"is not a date|must be 0 or more"):
        Filter(**wrong)


def test_actors_gather_their_names_from_all_documents(record):
    found = {actor.id: actor for actor in record.actors()}
    assert set(found) == {actor.id for actor in (KARSOVIA, BELMARK, ORLEN, HERALD)}
    assert found[BELMARK.id].aliases == ("Belmark", "Bélmark Republic")


def test_actors_that_no_row_has_are_not_shown(project):
    reading = samples.reading()
    nobody = Actor("person:nobody", "Nobody", ActorType.PERSON)
    project.add(replace(reading, actors=(*reading.actors, nobody)), project.start_run("reader 1", {}))
    assert nobody.id not in {actor.id for actor in project.actors()}
    assert nobody in project.reading(reading.document.id).actors


def test_a_relation_counts_what_happened_once_and_lists_all_by_date(record):
    (relation,) = record.relations()
    assert (relation.a, relation.b.id) == (replace(BELMARK, aliases=("Belmark", "Bélmark Republic")), KARSOVIA.id)
    assert relation.quads == {1: 1, 2: 0, 3: 0, 4: 1}
    assert (relation.first, relation.last) == ("2031-04", "2031-05-03")
    assert [event.type for event in relation.events[:2]] == ["CONSULT", "COERCE"]
    assert len(relation.events) == 4


def test_doubling_all_documents_moves_no_relation(record):
    before = [(r.a.id, r.b.id, r.quads, len(r.events)) for r in record.relations()]
    run = record.start_run("reader 1", {})
    for document in list(record.documents()):
        text = document.text
        if samples.QUOTE in text:
            record.add(samples.reading(text, f"copy of {document.source}"), run)
    assert [(r.a.id, r.b.id, r.quads, len(r.events)) for r in record.relations()] == before


def test_swapping_the_states_swaps_the_relations(tmp_path):
    def outcome(name, one, other):
        with Project(tmp_path / name) as project:
            of = samples.document(THREAT)
            event = samples.event(of, THREAT, "THREATEN", (one,), (other,), "2031-01-01", quad=3)
            project.add(
                Reading(of, "reader 1", (one, other, HERALD), events=(event,)), project.start_run("reader 1", {})
            )
            (relation,) = project.relations()
            (found,) = relation.events
            return relation.quads, found.actor, found.recipient

    quads, actor, recipient = outcome("one", KARSOVIA, BELMARK)
    assert outcome("other", BELMARK, KARSOVIA) == (quads, recipient, actor)


def test_counts_tell_events_from_reports(record):
    counts = record.counts()
    assert (counts["documents"], counts["events"], counts["reports"], counts["statements"]) == (3, 4, 5, 2)
