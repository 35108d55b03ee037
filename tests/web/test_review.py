"""The review's answers: what is decided holds at once, can be undone, and what cannot be kept is said and loses nothing."""

import json
import shutil
from dataclasses import replace
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from tests.serving import serving

from dragoman.record import Project, Reviewed
from dragoman.record.account import account


class Reviewer:
    """Asks for screens, and sends forms as a browser does."""

    def __init__(self, folder, port):
        self.folder, self.port = folder, port

    def answer(self, path):
        status, _, body = self.send("GET", path)
        assert status == 200, body
        return json.loads(body)

    def page(self, path):
        status, _, body = self.send("GET", path)
        assert status == 200, body
        return body

    def post(self, path, **form):
        """Where the answer leads, as path and parameters."""
        status, headers, body = self.send("POST", path, urlencode(form, doseq=True))
        assert status == 303, body
        parts = urlsplit(headers["location"])
        return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}

    def send(self, method, path, body=None):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        host = f"127.0.0.1:{self.port}"
        headers = {"Host": host, "Origin": f"http://{host}", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()

    def project(self):
        return Project(self.folder, create=False)


@pytest.fixture
def reviewer(examples, tmp_path):
    folder = tmp_path / "own"
    shutil.copytree(examples, folder)
    with serving(folder) as access:
        yield Reviewer(folder, access.port)


def test_a_decision_is_kept_at_once_and_the_next_one_is_shown(reviewer):
    first = reviewer.answer("/review.json")
    row = first["decision"]["row"]
    path, values = reviewer.post("/review/decide", row=row, do="accept", by="mk", stamp=first["decision"]["stamp"])
    assert (path, values) == ("/review", {"by": "mk", "done": "1"})
    following = reviewer.answer("/review.json?" + urlencode(values))
    assert following["decision"]["row"] != row
    assert following["progress"] == {
        **first["progress"],
        "looked_at": 1,
        "left": first["progress"]["left"] - 1,
        "decisions": 1,
    }
    assert following["kept"]["just"]
    assert [one["made_by"] for one in following["kept"]["reviews"]] == ["mk"]
    path, values = reviewer.post("/review/undo", number="1", by="mk")
    assert (path, values["by"], values["row"]) == ("/review", "mk", row)
    assert reviewer.answer("/review.json")["decision"]["row"] == row
    assert reviewer.answer("/review.json")["progress"] == first["progress"]


def test_rows_are_skipped_in_their_order(reviewer):
    with reviewer.project() as project:
        rows = [one.id for one in project.to_review(400)]
    assert [reviewer.answer(f"/review.json?skip={n}")["decision"]["row"] for n in (0, 1, 7)] == [
        rows[0],
        rows[1],
        rows[7],
    ]
    assert [one.id for one in _to_review(reviewer, 3, 5)] == rows[5:8]
    end = reviewer.page("/review?skip=5000")
    assert "you skipped" in end
    assert "Begin with the first" in end


def _to_review(reviewer, limit, offset):
    with reviewer.project() as project:
        return project.to_review(limit, offset)


def test_a_statement_gets_another_speaker_and_act(reviewer):
    with reviewer.project() as project:
        row = next(one for one in project.statements() if one.speaker.actor and one.act != "deny")
    _, values = reviewer.post("/review/decide", row=row.id, do="edit", speaker="Estonia", act="deny")
    assert values == {"done": "1,2"}
    with reviewer.project() as project:
        (now,) = [one for one in project.statements_in(row.document) if one.id == row.id]
        assert (now.speaker.actor, now.act) == ("state:EST", "deny")
        assert {one.made_by for one in project.reviews()} == {account()}
    assert "Estonia" in reviewer.page(f"/review?row={row.id}")
    passages = reviewer.answer(f"/document/{row.document}.json")["passages"]
    assert [card["row"] for passage in passages for card in passage["cards"] if card["looked_at"]] == [row.id]
    reviewer.post("/review/undo", number=["1", "2"])
    with reviewer.project() as project:
        assert row in project.statements_in(row.document)


def test_an_event_gets_another_type_and_status_and_its_reports_are_rejected_one_by_one(reviewer):
    with reviewer.project() as project:
        event = next(one for one in project.events() if len(one.reports) > 2)
    reviewer.post("/review/decide", row=event.id, do="edit", type="AID", status="planned")
    with reviewer.project() as project:
        (now,) = list(project.events_with([event.id]))
        assert (now.type, now.status) == ("AID", "planned")
    _, values = reviewer.post("/review/decide", row=f"{event.id}/2", do="reject")
    assert (values["row"], values["done"]) == (event.id, "3")
    with reviewer.project() as project:
        assert len(next(project.events_with([event.id])).reports) == len(event.reports) - 1
    reviewer.post("/review/decide", row=event.id, do="reject")
    with reviewer.project() as project:
        assert list(project.events_with([event.id])) == []
    assert "count as nothing" in reviewer.page(f"/review?row={event.id}")
    report = event.reports[0]
    assert "is rejected" in reviewer.page(f"/document/{report.document}?row={event.id}&at={report.start}-{report.end}")


def test_what_stays_the_same_is_accepted(reviewer):
    with reviewer.project() as project:
        row = next(one for one in project.statements() if one.speaker.actor)
        name = next(project.named([row.speaker.actor])).name
    reviewer.post("/review/decide", row=row.id, do="edit", speaker=name, act=row.act.value)
    with reviewer.project() as project:
        assert [one.kind for one in project.reviews()] == ["accept"]


def test_two_events_are_one_and_are_not(reviewer):
    with reviewer.project() as project:
        one = next(event for event in project.events() if event.type == "ACCUSE")
    shown = reviewer.answer(f"/review.json?row={one.id}")
    other = shown["decision"]["alike"][0]["id"]
    _, values = reviewer.post("/review/decide", row=one.id, do="same", other=other)
    with reviewer.project() as project:
        (joined,) = project.events_with([values["row"]])
        assert len(joined.reports) > len(one.reports)
        (said,) = project.reviews()
        ids = {(words.document, words.start): words.id for words in project.words(joined.id)}
        pair = ids[said.document, said.start], ids[said.other_document, said.other_start]
    path, values = reviewer.post("/review/decide", row=pair[0], do="apart", other=pair[1], skip="3")
    assert values["problem"].startswith("by the reviews that hold these are one event")
    assert (values["row"], values["other"], values["skip"]) == (*pair, "3")
    assert "Not kept" in reviewer.page(f"{path}?{urlencode(values)}")
    reviewer.post("/review/undo", number="1")
    _, values = reviewer.post("/review/decide", row=one.id, do="apart", other=other)
    assert values["done"] == "2"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"do": "accept", "row": "event-gone"}, "no row event-gone now"),
        ({"do": "edit", "row": "STATEMENT", "speaker": "Nobody at all"}, "is called 'Nobody at all'"),
        ({"do": "edit", "row": "STATEMENT", "act": "sing"}, "'sing' is no act"),
        ({"do": "same", "row": "EVENT", "other": "event-gone"}, "event-gone"),
        ({"do": "same", "row": "EVENT", "other": "STATEMENT"}, "is a statement"),
        ({"do": "accept", "row": "EVENT", "stamp": "of another time"}, "changed after it was shown"),
        ({"do": "sing", "row": "EVENT"}, "'sing' is none of"),
        ({"do": "accept"}, "no row"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(reviewer, form, said):
    with reviewer.project() as project:
        ids = {"STATEMENT": next(project.statements()).id, "EVENT": next(project.events()).id}
    form = {name: ids.get(value, value) for name, value in form.items()}
    path, values = reviewer.post("/review/decide", **form, by="mk", skip="2")
    assert path == "/review"
    assert said in values["problem"]
    assert (values["by"], values["skip"]) == ("mk", "2")
    entered = {name: value for name, value in form.items() if name in ("speaker", "act", "other", "row")}
    assert entered.items() <= values.items()
    assert "Not kept" in reviewer.page(f"{path}?{urlencode(values)}")
    with reviewer.project() as project:
        assert project.reviews() == []


def test_all_decisions_are_listed_with_why_one_changes_nothing(reviewer):
    with reviewer.project() as project:
        some = [one.id for one in project.to_review(3)]
        for row in some:
            project.review(Reviewed("accept", row, "mk"))
        project.undo_review(2)
        statement = next(project.statements())
        run = project.start_run("none", {})
        project.review(Reviewed("act", statement.id, "mk", "deny"))
        read = project.reading(statement.document)
        project.add(replace(read, reader="another", statements=(), events=(), mentions=()), run)
    answer = reviewer.answer("/review/decisions.json")
    assert [line["review"]["number"] for line in answer["lines"]] == [4, 3, 2, 1]
    assert answer["lines"][0]["review"]["problem"] == "no row has these words now"
    assert "changes nothing: no row has these words now" in reviewer.page("/review/decisions?show=idle")
    assert answer["kinds"]["undone"] == 1
    path, values = reviewer.post("/review/undo", number="4", to="decisions", show="idle")
    assert (path, values) == ("/review/decisions", {"show": "idle"})
    _, values = reviewer.post("/review/undo", number="4", to="decisions")
    assert "no review 4 holds" in values["problem"]
    assert "Not done" in reviewer.page("/review/decisions?" + urlencode(values))


def test_an_empty_project_says_what_to_do(tmp_path):
    Project(tmp_path / "empty").close()
    with serving(tmp_path / "empty") as access:
        reviewer = Reviewer(tmp_path / "empty", access.port)
        assert "dragoman read" in reviewer.page("/review")
        assert "Nothing was decided yet" in reviewer.page("/review/decisions")
        assert reviewer.answer("/review.json")["decision"] is None
