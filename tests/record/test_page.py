"""What the reader asks of the record: a part of a document's rows, how it was read, and the others of its story."""

import pytest
import samples

from dragoman.errors import SettingsError
from dragoman.record import Project, Reviewed


def test_rows_are_found_by_the_part_of_the_text_that_they_stand_in(project):
    reading = samples.reading()
    project.add(reading, project.start_run("reader 1", {}))
    id, (statement,), (event,) = reading.document.id, reading.statements, reading.events
    assert project.statements_in(id, (statement.end - 1, statement.end)) == [statement]
    assert project.statements_in(id, (statement.end, statement.end + 5)) == []
    start = event.reports[0].start
    assert [one.id for one in project.events_in(id, (start, start + 1))] == [event.id]
    assert project.events_in(id, (event.reports[0].end, statement.start)) == []
    assert project.mentions_in(id, (0, len(reading.document.text))) == list(reading.mentions)


def test_a_document_tells_how_it_was_read(project):
    reading = samples.reading()
    run = project.start_run("reader 1", {})
    project.add(reading, run, original=b"as fetched")
    found = project.provenance(reading.document.id)
    assert (found.reader, found.run, found.original) == (reading.reader, run, True)
    assert found.read == project.runs()[0].started
    assert project.provenance("doc-none") is None


def test_kin_are_the_other_documents_of_the_story(examples):
    with Project(examples, create=False) as project:
        copies = [one for one in project.documents() if project.kinship(one.id).copy_of]
        for copy in copies:
            many, found = project.kin(copy.id)
            assert many == len(found) > 0
            assert copy.id not in {one.id for one in found}
            assert project.kinship(copy.id).copy_of in {one.id for one in found}
            assert project.kin(copy.id, limit=1) == (many, found[:1])


def test_rows_of_a_part_are_those_that_people_left(project):
    reading = samples.reading()
    project.add(reading, project.start_run("reader 1", {}))
    id, (statement,), (event,) = reading.document.id, reading.statements, reading.events
    everything = (0, len(reading.document.text))
    project.review(Reviewed("status", event.id, "mk", "denied"))
    assert [one.status for one in project.events_in(id, everything)] == ["denied"]
    project.review(Reviewed("reject", event.id, "mk"))
    project.review(Reviewed("reject", statement.id, "mk"))
    assert project.events_in(id, everything) == project.statements_in(id, everything) == []
    assert project.place_in(id, statement.id) == (statement.start, statement.end)
    assert project.place_in(id, event.id) == (event.reports[0].start, event.reports[0].end)
    assert project.place_in(id, "event-gone") is None


def test_an_actor_is_called_by_its_id_or_a_name_that_only_one_has(project):
    project.add(samples.reading(), project.start_run("reader 1", {}))
    assert project.actor_called("belmark").id == project.actor_called("state:XBE").id == samples.BELMARK.id
    with pytest.raises(SettingsError, match="is called 'Nobody'"):
        project.actor_called("Nobody")
