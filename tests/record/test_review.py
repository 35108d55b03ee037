"""What people corrected is seen everywhere, can be undone, and holds for the same words when they are read again."""

import io
import json
from dataclasses import replace
from random import Random

import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import SettingsError
from dragoman.exchange import export
from dragoman.model import Act, Status
from dragoman.record import Filter, Project, Reviewed
from dragoman.record import project as module
from dragoman.record.resolving import resolution
from dragoman.record.review import NO_ROW
from dragoman.resolve.same_events import same_events, telling


def add(project, *readings):
    run = project.start_run("reader 1", {})
    for reading in readings:
        project.add(reading, run)
    project.resolve()


def within(reading):
    """The reading with its event reported in its statement, as the statement's speaker tells it."""
    (statement,), (event,) = reading.statements, reading.events
    report = replace(event.reports[0], statement=statement.id, chain=statement.chain)
    return replace(reading, events=(replace(event, reports=(report,)),))


def by(reading, reader, **changes):
    """The reading as another reader gives it, its statement changed."""
    return replace(reading, reader=reader, statements=(replace(reading.statements[0], **changes),))


def cut(reading, start, end, **more):
    """The span and words of a row between two places of the text."""
    return {"start": start, "end": end, "text": reading.document.text[start:end], **more}


@pytest.fixture
def said(project):
    """The statement of the one document."""
    add(project, within(samples.reading()))
    (statement,) = project.statements()
    return statement


@pytest.fixture
def happened(project, said):
    (event,) = project.events()
    return event


def exported(project):
    out = io.BytesIO()
    export(project, "jsonl", out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_rejected_statement_is_nowhere_but_in_the_reading(project, said):
    read = project.reading(said.document)
    number = project.review(Reviewed("reject", said.id, "mk"))
    assert list(project.statements()) == []
    assert project.counts()["statements"] == 0
    assert not any(row["kind"] == "statement" for row in exported(project))
    assert list(project.documents(Filter(act="demand"))) == []
    assert list(project.events(Filter(act="demand"))) == []
    (event,) = project.events()
    assert event.reports[0].statement is None
    assert project.reading(said.document) == read
    project.undo_review(number)
    assert list(project.statements()) == [said]
    assert next(project.events()).reports[0].statement == said.id


def test_a_rejected_report_is_gone_and_with_its_last_one_the_event(project, happened):
    other = samples.reading(samples.ARTICLE + samples.unrelated(1), "b.txt")
    add(project, other)
    (event,) = project.events()
    first, second = project.words(event.id)
    assert (first.id, second.id) == (f"{event.id}/1", f"{event.id}/2")
    with pytest.raises(SettingsError, match=f"has 2 reports: reject each that is none, as {event.id}/1"):
        project.review(Reviewed("reject", event.id, "mk"))
    project.review(Reviewed("reject", second.id, "mk"))
    (event,) = project.events()
    assert [report.document for report in event.reports] == [first.document]
    assert len(project.sources(event)) == 1
    assert project.counts()["reports"] == 1
    project.review(Reviewed("reject", first.id, "mk"))
    assert list(project.events()) == []
    assert project.relations() == []
    assert (project.counts()["events"], project.counts()["reports"]) == (0, 0)
    project.review(Reviewed("accept", first.id, "mk"))
    assert len(list(project.events())) == 1


def test_a_corrected_speaker_speaks_everywhere(project, said):
    number = project.review(Reviewed("speaker", said.id, "mk", samples.BELMARK.id))
    (now,) = project.statements()
    assert (now.speaker.actor, now.speaker.name, now.speaker.mention) == ("state:XBE", "Belmark", None)
    assert [link.actor for link in now.chain] == ["state:XBE", samples.HERALD.id]
    assert [link.actor for link in next(project.events()).reports[0].chain] == ["state:XBE", samples.HERALD.id]
    assert list(project.statements(Filter(actor=samples.ORLEN.name))) == []
    assert list(project.statements(Filter(actor="Belmark"))) == [now]
    (row,) = (row for row in exported(project) if row["kind"] == "statement")
    assert (row["speaker"]["actor"], row["chain"][0]["actor"]) == ("state:XBE", "state:XBE")
    project.undo_review(number)
    assert list(project.statements()) == [said]


def test_a_statement_of_unknown_speaker_gets_one_before_its_outlet(project):
    reading = samples.reading()
    (statement,) = reading.statements
    unknown = replace(statement, speaker=type(statement.speaker)(), chain=statement.chain[1:])
    add(project, replace(reading, statements=(unknown,)))
    project.review(Reviewed("speaker", unknown.id, "mk", samples.KARSOVIA.id))
    (now,) = project.statements(Filter(actor="Karsovia"))
    assert [link.actor for link in now.chain] == [samples.KARSOVIA.id, samples.HERALD.id]


def test_acts_types_and_statuses_are_corrected_and_asked_for(project, said, happened):
    project.review(Reviewed("act", said.id, "mk", "Threaten"))
    project.review(Reviewed("type", happened.id, "mk", "consult"))
    project.review(Reviewed("status", happened.id, "mk", "planned"))
    (statement,), (event,) = project.statements(Filter(act="threaten")), project.events(Filter(type="CONSULT"))
    assert statement.act is Act.THREATEN
    assert (event.type, event.mode, event.quad, event.status) == ("CONSULT", None, 1, Status.PLANNED)
    assert event.id == happened.id
    assert list(project.statements(Filter(act="demand"))) == list(project.events(Filter(type="COERCE"))) == []
    assert [len(list(project.documents(Filter(type=type)))) for type in ("CONSULT", "COERCE")] == [1, 0]
    assert list(project.actors(Filter(act="threaten"))) != []
    (relation,) = project.relations()
    assert relation.quads == {1: 0, 2: 0, 3: 0, 4: 0}
    (read,) = project.reading(said.document).events
    assert (read.type, read.status) == ("COERCE", Status.HAPPENED)


def test_what_is_said_of_an_event_holds_for_all_its_reports(project, happened):
    project.review(Reviewed("status", happened.id, "mk", "denied"))
    add(project, *(samples.reading(samples.ARTICLE + samples.unrelated(n), f"{n}.txt") for n in range(3)))
    (event,) = project.events()
    assert (len(event.reports), event.status, event.differing) == (4, Status.DENIED, ())


def test_the_later_of_two_holds_and_the_same_is_kept_once(project, said):
    first = project.review(Reviewed("act", said.id, "mk", "threaten"))
    assert project.review(Reviewed("act", said.id, "rs", "threaten")) == first
    second = project.review(Reviewed("act", said.id, "rs", "accuse"))
    third = project.review(Reviewed("act", said.id, "mk", "threaten"))
    assert len({first, second, third}) == 3
    assert next(project.statements()).act is Act.THREATEN
    project.undo_review(third)
    assert next(project.statements()).act is Act.ACCUSE
    project.undo_review(second)
    assert next(project.statements()).act is Act.THREATEN
    assert [(one.made_by, bool(one.made), bool(one.undone)) for one in project.reviews()] == [
        ("mk", True, False),
        ("rs", True, True),
        ("mk", True, True),
    ]
    with pytest.raises(SettingsError, match=f"no review {third} holds"):
        project.undo_review(third)


def test_reviews_hold_for_the_same_words_read_by_another_reader(project, said, happened):
    read = samples.reading()
    project.review(Reviewed("speaker", said.id, "mk", samples.BELMARK.id))
    project.review(Reviewed("reject", happened.id, "mk"))
    again = by(read, "reader 2", **cut(read, said.start + 2, said.end, id="statement-anew", act=Act.PRAISE))
    clause = replace(read.events[0].reports[0], **cut(read, 0, len(samples.CLAUSE) - len(" on 3 May 2031")))
    add(project, replace(again, events=(replace(read.events[0], id="event-anew", reports=(clause,)),)))
    (now,) = project.statements()
    assert (now.id, now.act, now.speaker.actor) == ("statement-anew", Act.PRAISE, "state:XBE")
    assert [one.now for one in project.reviews()] == ["statement-anew", "event-anew"]
    assert list(project.events()) == []
    assert project.reading(said.document).reader == "reader 2"


def test_what_no_row_says_any_more_is_kept_reported_and_applied_when_it_comes_back(project, said):
    read = samples.reading()
    project.review(Reviewed("reject", said.id, "mk"))
    half = said.start + (said.end - said.start) // 2
    add(project, by(read, "reader 2", **cut(read, said.start, half - 1, id="statement-short")))
    assert [statement.id for statement in project.statements()] == ["statement-short"]
    (kept,) = project.reviews()
    assert (kept.problem, kept.now, kept.text) == (NO_ROW, None, said.text)
    add(project, replace(read, reader="reader 3"))
    assert list(project.statements()) == []
    assert [one.problem for one in project.reviews()] == [None]


def test_the_exact_words_come_before_more_of_them(project, said):
    read = samples.reading()
    project.review(Reviewed("reject", said.id, "mk"))
    longer = replace(
        read.statements[0], id="statement-long", end=said.end + 3, text=read.document.text[said.start : said.end + 3]
    )
    exact = replace(read.statements[0], id="statement-exact")
    add(project, replace(read, reader="reader 2", statements=(longer, exact)))
    assert [statement.id for statement in project.statements()] == ["statement-long"]


def test_of_two_events_in_the_same_words_the_one_that_was_meant_is_rejected(project):
    read = samples.reading()
    other = samples.event(read.document, type="ACCUSE")
    add(project, replace(read, events=(*read.events, other)))
    project.review(Reviewed("reject", other.id, "mk"))
    assert [event.id for event in project.events()] == [read.events[0].id]
    add(project, replace(read, reader="reader 2", events=(other, *read.events)))
    assert [event.id for event in project.events()] == [read.events[0].id]


def test_a_speaker_that_the_project_does_not_have_any_more_is_reported(project, said):
    other = replace(samples.reading("Nobody spoke.", "b.txt"), actors=samples.EVERYBODY)
    rare = replace(samples.BELMARK, id="state:XCO", name="Cordania")
    mention = samples.Mention(0, 6, rare.id, "name")
    add(project, replace(other, actors=(rare,), mentions=(mention,)))
    project.review(Reviewed("speaker", said.id, "mk", rare.id))
    assert next(project.statements()).speaker.actor == rare.id
    add(project, replace(other, reader="reader 2", actors=()))
    assert next(project.statements()).speaker.actor == samples.ORLEN.id
    assert "no actor of the project has the id state:XCO now" in project.reviews()[0].problem


TWO = "Belmark answered with sanctions on Karsovia the week after"


def told(number, clause=samples.CLAUSE, **more):
    text = f"{clause}. {samples.unrelated(number)}"
    of = samples.document(text, f"{number}.txt")
    actors = samples.EVERYBODY
    return samples.Reading(of, "reader 1", actors, events=(samples.event(of, clause, **more),))


def different(number):
    return told(
        number, TWO, type="SANCTION", actor=(samples.BELMARK,), recipient=(samples.KARSOVIA,), date="2031-05-20"
    )


def groups(project):
    return sorted(sorted(report.document for report in event.reports) for event in project.events())


def report(project, reading):
    """The id of the report in the document of this reading."""
    found = (words for event in project.events() for words in project.words(event.id))
    return next(words.id for words in found if words.document == reading.document.id)


def test_two_events_are_made_one_and_parted_again(project):
    add(project, told(1), told(2), different(3))
    before = list(project.events())
    one, other = (event.id for event in before)
    number = project.review(Reviewed("same", one, "mk", other=other))
    (event,) = project.events()
    assert len(event.reports) == 3
    add(project, replace(told(1), reader="reader 2"), replace(different(3), reader="reader 2"), told(4))
    assert len(next(project.events()).reports) == 4
    project.undo_review(number)
    assert len(list(project.events())) == 2


def test_reports_of_one_event_are_said_to_be_two_though_they_are_copies(project):
    add(project, told(1), told(2), told(3))
    (event,) = project.events()
    number = project.review(Reviewed("apart", f"{event.id}/1", "mk", other=f"{event.id}/2"))
    first, second = (words.document for words in (project.words(one.id)[0] for one in project.events()))
    assert len({first, second}) == 2
    assert sorted(map(len, groups(project))) == [1, 2]
    add(project, replace(told(1), reader="reader 2"), replace(told(2), reader="reader 2"))
    assert len(list(project.events())) == 2
    project.undo_review(number)
    assert len(list(project.events())) == 1


def test_others_write_while_it_is_sought_what_follows_from_a_review(project, monkeypatch):
    add(project, told(1), told(2), different(3))
    one, other = (event.id for event in project.events())
    sought = []

    def beside(connection):
        sought.append(connection.in_transaction)
        if len(sought) == 1:
            with Project(project.path) as another:
                another.add(told(4), another.start_run("reader 1", {}))
        return resolution(connection)

    monkeypatch.setattr(module, "resolution", beside)
    number = project.review(Reviewed("same", one, "mk", other=other))
    assert len(sought) == 2, "what was added meanwhile is resolved, too"
    (event,) = project.events()
    assert len(event.reports) == 4
    project.undo_review(number)
    assert len(sought) == 3
    assert sorted(map(len, groups(project))) == [1, 3]


def test_same_and_apart_depend_on_no_order(tmp_path):
    readings = [told(1), told(2), told(3), different(4), different(5)]
    alone = readings[1].document.id
    found = []
    for seed in range(4):
        shuffled = Random(seed).sample(readings, len(readings))
        with Project(tmp_path / str(seed)) as project:
            add(project, *shuffled)
            pairs = [("same", 0, 3), ("apart", 0, 1), ("apart", 1, 2)]
            for kind, one, other in pairs if seed % 2 else pairs[::-1]:
                of = report(project, readings[one]), report(project, readings[other])
                project.review(Reviewed(kind, of[0], "mk", other=of[1]))
            found.append(([event.id for event in project.events()], groups(project)))
    assert sorted(map(len, found[0][1])) == [1, 4]
    assert [alone] in found[0][1]
    assert all(one == found[0] for one in found)


def test_reviews_that_contradict_each_other_are_refused_with_what_to_undo(project):
    a, b, c = told(1), told(2), different(3)
    add(project, a, b, c)
    apart = project.review(Reviewed("apart", report(project, b), "mk", other=report(project, c)))
    first = project.review(Reviewed("same", report(project, a), "mk", other=report(project, b)))
    with pytest.raises(SettingsError, match=f"not one event: 'dragoman review PROJECT undo N' undoes {apart}"):
        project.review(Reviewed("same", report(project, c), "mk", other=report(project, a)))
    assert [one.number for one in project.reviews()] == [apart, first]
    project.undo_review(apart)
    second = project.review(Reviewed("same", report(project, c), "mk", other=report(project, a)))
    assert len(list(project.events())) == 1
    with pytest.raises(SettingsError, match=f"are one event: .* undoes {first}, {second}"):
        project.review(Reviewed("apart", report(project, b), "mk", other=report(project, c)))


def test_rows_to_look_at_are_the_least_sure_first_and_no_more_once_they_were(project):
    sure = told(1, confidence=0.9), told(2, confidence=0.9)
    read = samples.reading(samples.ARTICLE + samples.unrelated(7), "z.txt")
    doubtful = told(3, TWO, type="SANCTION", actor=(samples.BELMARK,), recipient=(samples.KARSOVIA,), confidence=0.4)
    add(project, *sure, doubtful, replace(read, events=()))
    first, second, third = project.to_review()
    assert first.type == "SANCTION"
    assert second.text == samples.QUOTE
    assert len(third.reports) == 2
    project.review(Reviewed("accept", first.id, "mk"))
    project.review(Reviewed("reject", second.id, "mk"))
    assert [row.id for row in project.to_review()] == [third.id]
    assert project.to_review(0) == []


@pytest.mark.parametrize(
    ("kind", "row", "value", "message"),
    [
        ("reject", "statement-none", None, "no statement or event of the project has the id statement-none"),
        ("speaker", "EVENT", "state:XBE", "cannot be said of .* an event: its type and status can be corrected"),
        ("status", "STATEMENT", "planned", "a statement: its speaker and act can be corrected"),
        ("act", "STATEMENT", "shout", "'shout' is no act: choose from assert"),
        ("type", "EVENT", "war", "'WAR' is no type: choose from"),
        ("status", "EVENT", None, "'' is no status: choose from happened"),
        ("speaker", "STATEMENT", "person:nobody", "no actor of the project has the id 'person:nobody'"),
        ("same", "EVENT", None, "is said of two events: name another one"),
        ("accept", "EVENT/2", None, "has the id event-.*/2"),
        ("accept", "\udcff", None, "no statement or event"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(project, said, happened, kind, row, value, message):
    row = row.replace("EVENT", happened.id).replace("STATEMENT", said.id)
    with pytest.raises(SettingsError, match=message):
        project.review(Reviewed(kind, row, "mk", value))
    assert project.reviews() == []


def test_same_needs_two_reports_and_a_review_needs_somebody(project, said, happened):
    with pytest.raises(SettingsError, match="one report: name two"):
        project.review(Reviewed("same", happened.id, "mk", other=f"{happened.id}/1"))
    with pytest.raises(SettingsError, match="is a statement: 'same' is said of events"):
        project.review(Reviewed("same", happened.id, "mk", other=said.id))
    with pytest.raises(SettingsError, match="who made it"):
        project.review(Reviewed("accept", said.id, " "))


def test_a_merge_and_a_name_hold_for_a_corrected_speaker(project, said):
    from dragoman.record import Decided

    project.review(Reviewed("speaker", said.id, "mk", samples.KARSOVIA.id))
    project.decide(Decided("merge", samples.KARSOVIA.id, "mk", other=samples.BELMARK.id))
    (now,) = project.statements()
    (state,) = (actor for actor in project.actors() if actor.id.startswith("state:"))
    assert (now.speaker.actor, now.chain[0].name) == (state.id, state.name)
    assert list(project.statements(Filter(actor="Belmark"))) == [now]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(samples.strange_readings())
def test_whatever_is_read_can_be_rejected_and_is_whole_again_when_that_is_undone(tmp_path_factory, reading):
    with Project(tmp_path_factory.mktemp("strange")) as project:
        add(project, reading)
        before = exported(project)
        numbers = [project.review(Reviewed("reject", statement.id, "mk")) for statement in reading.statements]
        numbers += [
            project.review(Reviewed("reject", words.id, "mk"))
            for event in list(project.events())
            for words in project.words(event.id)
        ]
        left = [row for row in exported(project) if row["kind"] in ("statement", "event")]
        assert len(left) <= sum(len(event.reports) for event in project.events()) + len(list(project.statements()))
        assert project.reading(reading.document.id) == reading
        for number in set(numbers):
            project.undo_review(number)
        assert exported(project) == before


PLACES = [(reading.document.id, 0) for reading in (told(1), told(2), told(3), different(4), different(5))]
LINKS = st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES)), max_size=4)


@settings(max_examples=200)
@given(LINKS, LINKS, st.randoms(use_true_random=False))
def test_what_is_apart_is_never_one_event_and_no_order_matters(together, apart, random):
    readings = [told(1), told(2), told(3), different(4), different(5)]
    tellings = [telling(one.events[0], 0, one.document.text, None, None, {}, ()) for one in readings]
    apart = [(a, b) for a, b in apart if a != b]
    found = same_events(tellings, together, apart)
    assert all(found[a] != found[b] for a, b in apart)
    if not apart:
        assert all(found[a] == found[b] for a, b in together)
    for one in (tellings, together, apart):
        random.shuffle(one)
    assert same_events(tellings, [(b, a) for a, b in together], [(b, a) for a, b in apart]) == found
