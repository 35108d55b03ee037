"""Who is named where, told without loading texts."""

import samples
from test_decisions import ORLEN, SPELT, by

from dragoman.record import Decided, Project


def test_actors_are_counted_by_the_documents_that_name_them(examples):
    with Project(examples) as project:
        everyone = {actor.id: actor for actor in project.actors()}
        total, found = project.most_named(limit=1000)
        assert total == len(found) == len(everyone)
        counts = [n for _, n in found]
        assert counts == sorted(counts, reverse=True)
        named = {id: {one.document for one in project.namings(id, 1000)[1]} for id in everyone}
        assert dict(found) == {id: len(documents) for id, documents in named.items()}
        assert project.most_named(limit=3, offset=2)[1] == found[2:5]
        people = {id for id, actor in everyone.items() if actor.type == "person" and actor.country == "BRA"}
        assert {id for id, _ in project.most_named(type="person", country="BRA", limit=1000)[1]} == people


def test_a_name_is_found_by_the_beginning_of_its_words(project):
    run = project.start_run("reader 1", {})
    project.add(samples.reading(), run)
    assert project.most_named("orl") == (1, [(samples.ORLEN.id, 1)])
    assert project.most_named("RLEN") == (0, [])
    project.decide(Decided("rename", samples.ORLEN.id, "mk", name="Quill"))
    assert project.most_named("qui") == (1, [(samples.ORLEN.id, 1)])


def test_documents_name_an_actor_by_the_ids_that_they_were_read_with(project):
    run = project.start_run("reader 1", {})
    project.add(by(ORLEN, "a.txt"), run)
    project.add(by(SPELT, "b.txt", published="2031-06-04"), run)
    project.resolve()
    meant = min(ORLEN.id, SPELT.id)
    total, found = project.namings(meant)
    assert (total, [(one.actor, one.name) for one in found]) == (2, [(SPELT.id, SPELT.name), (ORLEN.id, ORLEN.name)])
    assert project.namings(meant, 1)[0] == 2
    assert project.read_names([ORLEN.id, SPELT.id, "nobody"]) == {ORLEN.id: ORLEN.name, SPELT.id: SPELT.name}
    assert "XKA" in project.countries()


def test_what_is_known_of_documents_beside_their_texts(examples):
    with Project(examples) as project:
        everything = project.imprints()
        assert len(everything) == project.counts()["documents"]
        for document in project.documents():
            one = everything[document.id]
            assert (one.title, one.outlet, one.published) == (
                document.title,
                document.outlet,
                document.published.value,
            )
            assert one.copy_of == project.kinship(document.id).copy_of
        some = list(everything)[:2]
        assert set(project.imprints(some)) == set(some)
