"""Who is one with whom, as resolve finds it and people decide it: everywhere in the record, undoable, and for good."""

from dataclasses import replace
from random import Random

import pytest
import samples

from dragoman.errors import SettingsError
from dragoman.model import Actor, ActorType, Mention, Reading
from dragoman.ontology.offices import person_id
from dragoman.record import Decided, Filter, Project


def someone(name, country):
    return Actor(person_id(name, country), name, ActorType.PERSON, country, "GOV", aliases=(name,))


ORLEN, SPELT, OTHER = someone("Dana Orlen", "XKA"), someone("Danna Orlen", "XKA"), someone("Petra Venn", "XBE")


def by(speaker, source, reader="reader 1", published="2031-05-04"):
    """The sample article, spoken by somebody."""
    unique = samples.unrelated(sum(map(ord, source)))
    text = f"{samples.ARTICLE.replace(samples.ORLEN.name, speaker.name)}{unique}"
    of = samples.document(text, source, published=published)
    return Reading(
        document=of,
        reader=reader,
        actors=(samples.KARSOVIA, samples.BELMARK, samples.HERALD, speaker),
        mentions=(Mention(0, len("Karsovia"), samples.KARSOVIA.id, "name"),),
        statements=(samples.statement(of, speaker=speaker),),
        events=(samples.event(of),),
    )


@pytest.fixture
def project(tmp_path):
    with Project(tmp_path / "project") as project:
        run = project.start_run("reader 1", {})
        for reading in (by(ORLEN, "a.txt"), by(SPELT, "b.txt"), by(OTHER, "c.txt")):
            project.add(reading, run)
        project.resolve()
        yield project


def speakers(project):
    return [statement.speaker.actor for statement in project.statements()]


def persons(project):
    return [actor.id for actor in project.actors() if actor.type is ActorType.PERSON]


def test_spellings_are_one_actor_in_every_view(project):
    meant = min(ORLEN.id, SPELT.id)
    assert sorted(speakers(project)) == sorted([meant, meant, OTHER.id])
    assert sorted(persons(project)) == sorted([meant, OTHER.id])
    (one,) = project.actors(Filter(actor="Danna Orlen"))
    assert {"Dana Orlen", "Danna Orlen"} <= {one.name, *one.aliases}
    assert len(list(project.statements(Filter(actor="Dana Orlen")))) == 2
    assert all(link.actor in (meant, OTHER.id, samples.HERALD.id) for s in project.statements() for link in s.chain)
    ((joined, why),) = project.why(meant)
    assert {joined, meant} == {ORLEN.id, SPELT.id}
    assert "spelling" in why
    assert project.reading(project.documents().__next__().id).statements[0].speaker.actor in (
        ORLEN.id,
        SPELT.id,
        OTHER.id,
    )


def test_a_split_parts_them_and_can_be_undone(project):
    number = project.decide(Decided("split", ORLEN.id, "mk", other=SPELT.id))
    assert sorted(persons(project)) == sorted([ORLEN.id, SPELT.id, OTHER.id])
    project.undo(number)
    assert len(persons(project)) == 2
    (made,) = project.decisions()
    assert (made.kind, made.made_by, bool(made.made), bool(made.undone)) == ("split", "mk", True, True)
    with pytest.raises(SettingsError, match="no decision"):
        project.undo(number)


def test_a_merge_and_a_name_hold_when_documents_are_read_again_and_added(project):
    project.decide(Decided("merge", ORLEN.id, "mk", other=OTHER.id))
    project.decide(Decided("rename", ORLEN.id, "mk", name="D. Orlen-Venn"))
    run = project.start_run("reader 2", {})
    for reading in (
        by(ORLEN, "a.txt", "reader 2"),
        by(SPELT, "b.txt", "reader 2"),
        by(OTHER, "c.txt", "reader 2"),
        by(OTHER, "d.txt", "reader 2"),
    ):
        project.add(reading, run)
    project.resolve()
    (person,) = (actor for actor in project.actors() if actor.type is ActorType.PERSON)
    assert person.name == "D. Orlen-Venn"
    assert {"Dana Orlen", "Petra Venn"} <= set(person.aliases)
    assert len(set(speakers(project))) == 1


def test_the_actor_of_one_document_is_split_off(project):
    (document,) = (one.id for one in project.documents() if one.source == "b.txt")
    project.decide(Decided("split", SPELT.id, "mk", document=document))
    assert len(persons(project)) == 3
    (statement,) = project.statements(Filter(actor=next(iter(set(persons(project)) - {ORLEN.id, SPELT.id, OTHER.id}))))
    assert statement.document == document


@pytest.mark.parametrize(
    "decided",
    [
        Decided("merge", "person-nobody", "mk", other=ORLEN.id),
        Decided("merge", ORLEN.id, "mk"),
        Decided("merge", ORLEN.id, "mk", other=ORLEN.id),
        Decided("rename", ORLEN.id, "mk", name=" "),
        Decided("split", ORLEN.id, "mk"),
        Decided("split", ORLEN.id, "mk", document="doc-none"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(project, decided):
    before = persons(project)
    with pytest.raises(SettingsError):
        project.decide(decided)
    assert (persons(project), project.decisions()) == (before, [])


def record(project):
    events = [(e.id, e.type, e.actor, e.recipient, e.date, len(project.sources(e))) for e in project.events()]
    return sorted(events), sorted(persons(project))


def test_neither_order_nor_doubling_changes_an_event_or_a_count_of_sources(tmp_path):
    once = [by(ORLEN, "a.txt"), by(SPELT, "b.txt"), by(OTHER, "c.txt")]
    twice = [
        *once,
        *(by(speaker, source.upper()) for speaker, source in ((ORLEN, "a.txt"), (SPELT, "b.txt"), (OTHER, "c.txt"))),
    ]
    found = []
    for number, readings in enumerate((once, once[::-1], twice)):
        Random(number).shuffle(readings)
        with Project(tmp_path / str(number)) as project:
            run = project.start_run("reader 1", {})
            for reading in readings:
                project.add(reading, run)
            project.resolve()
            found.append(record(project))
    assert found[0] == found[1] == found[2]


def test_reports_of_two_wordings_are_one_event_with_both_dates(tmp_path):
    first, second = by(ORLEN, "a.txt"), by(ORLEN, "b.txt", published="2031-05-06")
    later = replace(second.events[0], id="event-other", date="2031-05-04")
    with Project(tmp_path / "project") as project:
        run = project.start_run("reader 1", {})
        project.add(first, run)
        project.add(replace(second, events=(later,)), run)
        project.resolve()
        (event,) = project.events()
        assert len(event.reports) == 2
        (differing,) = (one for one in event.differing if one.what == "date")
        assert [value for value, _ in differing.accounts] == ["2031-05-03", "2031-05-04"]
        assert len(project.sources(event)) == 1
        assert "one outlet" in project.sources(event)[0].why[0]
