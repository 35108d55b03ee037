"""FollowTheMoney, Web Annotation and PROV: each thing points at what it was read from."""

import io
import json

import pytest
import samples
from hypothesis import HealthCheck, given, settings
from prov.model import ProvActivity, ProvDerivation, ProvDocument, ProvEntity, ProvGeneration
from samples import ORLEN

from dragoman.exchange import export
from dragoman.model import Status
from dragoman.record import Project

from .filling import fill, hostile, state, told

PERU, SPAIN = state("PER", "Peru"), state("ESP", "Spain")
PROPERTIES = {
    "Article": "title fileName sourceUrl author publisher publishedAt language bodyText processingAgent",
    "Person": "name alias country wikidataId keywords",
    "Organization": "name alias country wikidataId keywords",
    "PublicBody": "name alias country wikidataId keywords",
    "Note": "name description entity proof keywords notes",
    "Event": "name summary date startDate endDate location involved proof keywords notes recordId",
}
"""Of FollowTheMoney 4.11's schemata, those that are written; its own package, which needs ICU, is no test dependency."""


def written(project, format):
    out = io.BytesIO()
    export(project, format, out)
    return out.getvalue().decode()


def entities(project):
    return [json.loads(line) for line in written(project, "ftm").split("\n")[:-1]]


def by_schema(project, schema):
    return [entity for entity in entities(project) if entity["schema"] == schema]


def test_entities_have_properties_of_their_schema_and_refer_to_each_other(project):
    fill(project, samples.reading(title="A title"))
    found = {entity["id"]: entity for entity in entities(project)}
    assert {entity["schema"] for entity in found.values()} == {*PROPERTIES}
    for entity in found.values():
        assert set(entity["properties"]) <= set(PROPERTIES[entity["schema"]].split())
        assert entity["format_version"] == 3
        for name in ("proof", "involved", "entity"):
            assert set(entity["properties"].get(name, ())) <= set(found)
    assert found["person-orlen"]["properties"]["name"] == [ORLEN.name]


def test_an_event_says_who_takes_part_when_and_in_what_role(project):
    fill(
        project,
        told(
            ("AID", None, (PERU,), (SPAIN,), "2031-05", Status.DENIED, "geonames:1 Lima"),
            ("CONSULT", "visit", (PERU,), (SPAIN,), "2031-05-01/2031-05-03", Status.HAPPENED, None),
            ("ACCUSE", None, (PERU,), (SPAIN,), "XXXX-05-03", Status.HAPPENED, None),
        ),
    )
    events = {entity["properties"]["keywords"][0]: entity["properties"] for entity in by_schema(project, "Event")}
    assert events["AID"]["date"] == ["2031-05"]
    assert events["AID"]["involved"] == ["state-PER", "state-ESP"]
    assert {"actor: Peru", "recipient: Spain"} <= set(events["AID"]["notes"])
    assert (events["AID"]["location"], events["AID"]["keywords"][1]) == (["Lima"], "denied")
    assert (events["CONSULT"]["startDate"], events["CONSULT"]["endDate"]) == (["2031-05-01"], ["2031-05-03"])
    assert "date" not in events["ACCUSE"]
    assert "date in EDTF: XXXX-05-03" in events["ACCUSE"]["notes"]


def test_states_have_the_codes_of_countries_that_aleph_knows(project):
    fill(project, told(("AID", None, (PERU,), (SPAIN,), None, Status.HAPPENED, None)))
    assert {one["properties"].get("country", [None])[0] for one in by_schema(project, "PublicBody")} >= {"pe", "es"}


def test_annotations_stand_on_their_words(project):
    fill(project, samples.reading(source="https://herald.example/1"))
    page = json.loads(written(project, "annotations"))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert page["generator"]["name"] == "Dragoman, format version 3"
    (document,) = (document for document in project.documents())
    said, done = page["items"]
    for item, words in ((said, samples.QUOTE), (done, samples.CLAUSE)):
        text, web = item["target"]
        position, quote = text["selector"]
        assert document.text[position["start"] : position["end"]] == quote["exact"] == words
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert around in document.text
        assert (text["source"], web["source"]) == (f"{document.id}.txt", "https://herald.example/1")
        assert web["selector"] == quote
    assert [body["value"] for body in said["body"] if body.get("purpose") == "tagging"] == [
        *("statement", "demand", "mixed")
    ]


def test_the_texts_of_annotations_are_those_of_the_format_text(project, tmp_path):
    fill(project, samples.reading())
    export(project, "text", tmp_path / "texts")
    for item in json.loads(written(project, "annotations"))["items"]:
        for target in item["target"]:
            text = (tmp_path / "texts" / target["source"]).read_bytes().decode()
            position, quote = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]


def test_prov_tells_which_run_read_what(project):
    fill(project, samples.reading())
    (run,) = project.runs()
    found = ProvDocument.deserialize(content=written(project, "prov"), format="json")
    (activity,) = found.get_records(ProvActivity)
    assert str(activity.identifier) == f"dragoman:{run.id}"
    assert activity.get_startTime().isoformat() == run.started
    (made,) = found.get_records(ProvGeneration)
    (document,) = project.documents()
    assert [str(value) for _, value in made.formal_attributes[:2]] == [f"dragoman:{document.id}", f"dragoman:{run.id}"]
    derived = {
        str(record.formal_attributes[0][1]): str(record.formal_attributes[1][1])
        for record in found.get_records(ProvDerivation)
    }
    (event,), (statement,) = project.events(), project.statements()
    assert derived == {
        f"dragoman:{document.id}": f"dragoman:source-{document.id}",
        f"dragoman:{document.id}.{statement.id}": f"dragoman:{document.id}",
        f"dragoman:{event.id}": f"dragoman:{document.id}",
    }
    known = {str(record.identifier) for record in found.get_records(ProvEntity)}
    assert set(derived) | set(derived.values()) <= known


def test_prov_does_not_tell_where_on_the_machine_the_pages_were(project):
    run = project.start_run("reader 1", {"inputs": ["/home/ana/secret"], "language_base": "spacy:x"})
    project.add(samples.reading(), run)
    text = written(project, "prov")
    assert "secret" not in text
    assert "spacy:x" in text


@pytest.mark.parametrize("format", ["ftm", "annotations", "prov"])
def test_hostile_words_stay_words(project, format):
    import script

    hostile(project, script.VECTORS[::11])
    text = written(project, format)
    if format == "ftm":
        names = {name for entity in entities(project) for name in entity["properties"].get("name", ())}
        assert any("<script>" in name for name in names)
    else:
        json.loads(text)


@given(reading=samples.strange_readings())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_strange_texts_keep_their_places(tmp_path_factory, reading):
    with Project(tmp_path_factory.mktemp("strange") / "project") as project:
        fill(project, reading)
        text = reading.document.text
        for item in json.loads(written(project, "annotations"))["items"]:
            position, quote = item["target"][0]["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
        assert len(entities(project)) == len({entity["id"] for entity in entities(project)})
        ProvDocument.deserialize(content=written(project, "prov"), format="json")
