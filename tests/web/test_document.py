"""The reader's answers: every row of a document has its words, and its files can be taken along."""

import json
from http.client import HTTPConnection

import pytest
from tests.serving import serving

from dragoman.model import Document, Published, Reading
from dragoman.record import Project


@pytest.fixture(scope="module")
def ask(examples):
    with serving(examples) as access:
        yield asking(access.port)


def asking(port):
    def get(path):
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", path, headers={"Host": f"127.0.0.1:{port}"})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    return get


def shown(ask, path):
    status, _, body = ask(path)
    assert status == 200, body
    return json.loads(body)


def test_each_row_of_a_document_has_a_card_and_its_words(ask, examples):
    with Project(examples, create=False) as project:
        for document in project.documents():
            answer = shown(ask, f"/document/{document.id}.json")
            pieces = [piece for passage in answer["passages"] for piece in passage["pieces"]]
            assert "".join(piece["text"] for piece in pieces) == document.text
            cards = [card for passage in answer["passages"] for card in passage["cards"]]
            assert {card["row"] for card in cards if card["kind"] == "statement"} == {
                one.id for one in project.statements_in(document.id)
            }
            assert {card["row"] for card in cards if card["kind"] == "event"} == {
                one.id for one in project.events_in(document.id)
            }
            for card in cards:
                words = "".join(piece["text"] for piece in pieces if card["number"] in piece["cards"])
                assert words == document.text[card["start"] : card["end"]]


def test_the_words_that_are_asked_for_are_marked(ask, examples):
    with Project(examples, create=False) as project:
        event = next(event for event in project.events() if len(event.reports) > 1)
    report = event.reports[-1]
    path = f"/document/{report.document}"
    at = f"row={event.id}&at={report.start}-{report.end}"
    answer = shown(ask, f"{path}.json?{at}")
    pieces = [piece for passage in answer["passages"] for piece in passage["pieces"]]
    assert "".join(piece["text"] for piece in pieces if "here" in piece["layers"]) == report.text
    assert len(answer["chosen"]) == 1
    assert ask(f"{path}?{at}")[2].count(b'id="here"') == 1
    assert shown(ask, f"{path}.json?row={event.id}")["here"]
    assert shown(ask, f"{path}.json?row=event-gone")["gone"]


def test_a_layer_is_left_out_with_its_cards(ask, examples):
    with Project(examples, create=False) as project:
        id = next(project.events()).reports[0].document
    answer = shown(ask, f"/document/{id}.json?off=statements,actors")
    assert {card["kind"] for passage in answer["passages"] for card in passage["cards"]} == {"event"}
    assert [layer["name"] for layer in answer["layers"] if layer["on"]] == ["speakers", "events", "junk"]


@pytest.mark.parametrize("at", ["x", "5", "9-2", "-1-4", "5-5"])
def test_a_place_that_is_none_is_said(ask, examples, at):
    with Project(examples, create=False) as project:
        id = next(project.documents()).id
    status, _, body = ask(f"/document/{id}?at={at}")
    assert status == 400
    assert b"is no place in a text" in body
    assert ask(f"/document/{id}?at=99999-999999")[0] == 200


def test_text_and_original_are_files_that_no_browser_shows(ask, examples):
    with Project(examples, create=False) as project:
        page = next(document for document in project.documents() if document.source.endswith(".html"))
        original = project.original(page.id)
    status, headers, body = ask(f"/document/{page.id}/text")
    assert (status, body.decode()) == (200, page.text)
    assert headers["content-disposition"] == f'attachment; filename="{page.id}.txt"'
    status, headers, body = ask(f"/document/{page.id}/original")
    assert (status, body) == (200, original)
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].startswith("attachment")
    assert ask("/document/doc-none/original")[0] == 404


def test_strange_documents_are_shown(tmp_path):
    strange = (
        Document("", "empty.txt"),
        Document("<script>alert(1)</script>\r\n\x00\u202e & “x”", "s.txt", title="</h1><img src=x onerror=alert(1)>"),
        Document("word " * 80_000, "line.txt", language="fr", published=Published("2031", "text")),
        Document("a text", "javascript:alert(1)"),
    )
    with Project(tmp_path / "strange") as project:
        run = project.start_run("none", {})
        for document in strange:
            project.add(Reading(document, "none 1", notes=("language 'fr' is not read yet",)), run)
    with serving(tmp_path / "strange") as access:
        ask = asking(access.port)
        for document in strange:
            status, _, body = ask(f"/document/{document.id}")
            assert status == 200
            assert b"is not read yet" in body
            assert b"<script>alert" not in body
            assert b"<img src=x" not in body
            assert b'href="javascript' not in body
        assert len(body) < 100_000
        far = shown(ask, f"/document/{strange[2].id}.json?at=399000-399010")
        assert far["part"] == far["parts"] > 20
