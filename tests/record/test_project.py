"""A project gives back what was put into it, adds nothing twice, and refuses what does not stand in its text."""

import sqlite3
from dataclasses import replace

import pytest
import samples
from hypothesis import HealthCheck, given, settings

from dragoman.errors import InputError, ProjectError
from dragoman.record import Project


def add(project, *readings):
    run = project.start_run("reader 1", {})
    return [project.add(reading, run) for reading in readings]


def test_a_reading_comes_back_as_it_was_added(project):
    reading = samples.reading()
    assert add(project, reading) == [True]
    assert project.reading(reading.document.id) == reading
    assert project.document(reading.document.id) == reading.document


@given(reading=samples.strange_readings())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_reading_comes_back_as_it_was_added(tmp_path_factory, reading):
    with Project(tmp_path_factory.mktemp("any")) as project:
        add(project, reading)
        assert project.reading(reading.document.id) == reading
        text = project.document(reading.document.id).text
        for statement in project.statements():
            assert text[statement.start : statement.end] == statement.text
        for event in project.events():
            for report in event.reports:
                assert text[report.start : report.end] == report.text


def test_reading_the_same_twice_adds_nothing(project):
    assert add(project, samples.reading(), samples.reading()) == [True, False]
    before = project.counts()
    assert add(project, samples.reading()) == [False]
    assert project.counts() == {**before, "runs": before["runs"] + 1}
    assert project.has(samples.reading().document.id, "reader 1")
    assert not project.has(samples.reading().document.id, "reader 2")


def test_another_reader_replaces_all_rows_of_the_document(project):
    first = samples.reading()
    second = replace(first, reader="reader 2", statements=(), mentions=(), notes=())
    assert add(project, first, second) == [True, True]
    assert project.reading(first.document.id) == second
    counts = project.counts()
    assert (counts["documents"], counts["statements"], counts["events"], counts["mentions"]) == (1, 0, 1, 0)


def test_the_original_is_kept_as_it_was(project):
    reading = samples.reading()
    run = project.start_run("reader 1", {})
    project.add(reading, run, original=b"<html>\r\n\x00\xff")
    assert project.original(reading.document.id) == b"<html>\r\n\x00\xff"
    assert project.original("doc-unknown") is None


def test_a_damaged_original_is_told(project):
    reading = samples.reading()
    project.add(reading, project.start_run("reader 1", {}), original=b"page")
    (blob,) = (project.path / "blobs").rglob("*.zz")
    blob.write_bytes(b"rubbish")
    with pytest.raises(ProjectError, match="damaged: restore it from a backup"):
        project.original(reading.document.id)


def broken(reading, kind, **changes):
    rows = getattr(reading, kind)
    return replace(reading, **{kind: (replace(rows[0], **changes),)})


def moved_report(reading, **changes):
    event = reading.events[0]
    return broken(reading, "events", reports=(replace(event.reports[0], **changes),))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            lambda r: broken(r, "statements", text="something else"),
            r"statement statement-\w+ says 'something else' where",
        ),
        (lambda r: broken(r, "statements", end=9999), r"span \[\d+:9999\], which is empty or outside the text"),
        (lambda r: broken(r, "statements", cue=(5, 5)), r"\(cue\) has the span \[5:5\]"),
        (lambda r: broken(r, "statements", document="doc-other"), "belongs to another document"),
        (lambda r: broken(r, "statements", confidence=float("nan")), "confidence nan"),
        (lambda r: broken(r, "mentions", start=-1), "mention of state:XKA has the span"),
        (lambda r: broken(r, "events", actor=()), "has no actor"),
        (lambda r: broken(r, "events", reports=()), "has 0 reports"),
        (lambda r: moved_report(r, start=1), r"event event-\w+ says"),
        (lambda r: moved_report(r, statement="statement-gone"), "which the reading does not have"),
        (lambda r: replace(r, actors=(samples.KARSOVIA, samples.BELMARK, samples.HERALD)), "actor person:orlen"),
        (lambda r: replace(r, actors=(*r.actors, r.actors[0])), "actors hold the same id twice"),
        (lambda r: replace(r, statements=r.statements * 2), "statements hold the same id twice"),
    ],
)
def test_a_row_that_does_not_stand_in_its_text_is_refused_with_its_name(project, change, complaint):
    with pytest.raises(InputError, match=complaint):
        add(project, change(samples.reading()))
    assert project.counts()["documents"] == 0


def test_a_body_that_overlaps_the_boilerplate_is_refused(project):
    document = replace(samples.document(), body=((0, 10), (5, 20)))
    with pytest.raises(InputError, match="body has the span"):
        add(project, replace(samples.reading(), document=document, statements=(), events=()))


@pytest.mark.parametrize("where", ["text", "source", "title"])
def test_half_of_a_surrogate_pair_is_refused(project, where):
    document = replace(samples.document("Plain."), **{where: "half \ud83e of a fox"})
    with pytest.raises(InputError, match=f"the {where} holds half of a surrogate pair at 5"):
        add(project, replace(samples.reading("Plain."), document=document))


def test_half_of_a_surrogate_pair_in_an_actor_leaves_nothing_behind(project):
    reading = samples.reading()
    actors = (replace(samples.KARSOVIA, sector="\ud83e"), *reading.actors[1:])
    with pytest.raises(InputError, match="half of a surrogate pair"):
        add(project, replace(reading, actors=actors))
    assert project.counts()["documents"] == 0
    assert add(project, reading) == [True]


def test_runs_and_failures_are_kept(project):
    run = project.start_run("reader 1", {"jobs": 2})
    project.fail(run, "b.pdf", "InputError", "b.pdf is empty")
    project.fail(run, "b.pdf", "InputError", "b.pdf is empty")
    project.fail(run, "odd\udcff.txt", "InputError", "not text")
    other = project.start_run("reader 2", {})
    project.fail(other, "c.txt", "memory", "too large")
    project.finish_run(run)
    assert [(f.source, f.problem, f.message) for f in project.failures(run)] == [
        ("b.pdf", "InputError", "b.pdf is empty"),
        ("odd\\udcff.txt", "InputError", "not text"),
    ]
    assert len(project.failures()) == 3
    first, second = project.runs()
    assert (first.id, first.reader, first.options, second.finished) == (run, "reader 1", {"jobs": 2}, None)
    assert first.finished >= first.started


def test_full_text_follows_what_is_added_and_replaced(project):
    first = samples.reading(title="Örlén angry")
    add(project, first, samples.reading(samples.unrelated(1), "b.txt"))
    add(project, replace(first, reader="reader 2"))
    with sqlite3.connect(project.path / "project.db") as database:
        found = database.execute("SELECT count(*) FROM documents_text WHERE documents_text MATCH 'orlen'").fetchone()
        database.execute("INSERT INTO documents_text (documents_text) VALUES ('integrity-check')")
    assert found == (1,)


def test_it_shows_itself_with_every_name_escaped(project):
    evil = "<script>alert(1)</script>"
    reading = samples.reading()
    add(project, replace(reading, actors=(replace(samples.KARSOVIA, name=evil), *reading.actors[1:])))
    shown = project._repr_html_()
    assert "1 statements" in shown
    assert "Belmark" in shown
    assert "&lt;script&gt;" in shown
    assert evil not in shown


def test_a_document_that_is_not_there_is_told(project):
    assert project.document("doc-none") is None
    with pytest.raises(ProjectError, match="there is no document doc-none"):
        project.reading("doc-none")
