"""Lists that are found: statements, demands, accounts, search and actors, and what people decide there."""

import json
import shutil
from http.client import HTTPConnection
from urllib.parse import quote, urlencode

import pytest
from tests.serving import serving

from dragoman.record import Project


class Client:
    """Asks a workbench, and posts forms to it as its own pages do."""

    def __init__(self, port):
        self.host = f"127.0.0.1:{port}"

    def ask(self, path, method="GET", body=None, **headers):
        connection = HTTPConnection(self.host, timeout=30)
        connection.request(method, path, body, {"Host": self.host, **headers})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()

    def json(self, path, **values):
        status, _, body = self.ask(f"{path}?{urlencode(values)}")
        assert status == 200, body
        return json.loads(body)

    def post(self, path, **form):
        headers = {"Origin": f"http://{self.host}", "Content-Type": "application/x-www-form-urlencoded"}
        status, headers, body = self.ask(path, "POST", urlencode(form), **headers)
        return status, headers.get("location"), body


@pytest.fixture(scope="module")
def client(examples):
    with serving(examples) as access:
        yield Client(access.port)


@pytest.fixture
def own(examples, tmp_path):
    """Of a project that the test may change."""
    shutil.copytree(examples, tmp_path / "own")
    with serving(tmp_path / "own") as access:
        yield Client(access.port)


def test_facets_narrow_the_statements_down_and_say_how_many(client):
    everything = client.json("/statements.json")
    acts = next(facet for facet in everything["facets"] if facet["facet"] == "act")
    demand = next(value for value in acts["values"] if value["value"] == "demand")
    some = client.json("/statements.json", act="demand", about="BRA")
    chosen = {facet["facet"]: facet["chosen"]["name"] for facet in some["facets"] if facet["chosen"]}
    assert chosen == {"about": "Brazil", "act": "demand"}
    assert 0 < some["total"] < demand["n"] < everything["total"]
    cards = [card for group in some["groups"] for card in group["statements"]]
    assert {card["act"] for card in cards} == {"demand"}
    assert all(any(named["id"] == "state:BRA" for named, _ in card["about"]) for card in cards)


def test_statements_group_by_speaker_over_pages(client):
    first, second = (client.json("/statements.json", group="speaker", page=page) for page in (0, 1))
    sizes = [group["n"] for page in (first, second) for group in page["groups"]]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(len(group["statements"]) for group in first["groups"]) == 20


def test_demands_are_filtered_by_both_sides(client):
    one = client.json("/demands.json", by="BRA", of="PRY")
    assert one["demands"]
    assert {demand["of"]["name"] for demand in one["demands"]} == {"Paraguay"}
    assert all(demand["told"][0]["text"] for demand in one["demands"])
    met = client.json("/demands.json", standing="may be met")
    assert all(demand["met_by"]["id"] for demand in met["demands"])
    assert client.json("/demands.json", since="2090")["found"] == 0


def test_rival_accounts_stand_side_by_side(client):
    rows = client.json("/accounts.json")["rows"]
    assert rows[0]["contested"]
    whole = client.json("/accounts.json", event=rows[0]["event"]["id"])
    assert {"asserts", "denies"} <= {side["position"] for side in whole["sides"]}
    assert [side["position"] for side in whole["sides"]] == [side["position"] for side in rows[0]["sides"]]
    assert client.ask("/accounts?event=event-0000000000000000")[0] == 404
    assert client.json("/accounts.json", question="barges released")["sides"]


def test_marks_of_a_search_are_the_words_of_the_document(client, examples):
    hits = client.json("/search.json", q="barge*")["hits"]
    assert hits
    with Project(examples) as project:
        for hit in hits:
            text = project.document(hit["document"]).text
            found = [piece["text"] for piece in hit["passage"] if piece["found"]]
            assert found[0] == text[hit["start"] : hit["end"]]
            assert "".join(piece["text"] for piece in hit["passage"]) in text


@pytest.mark.parametrize(
    ("query", "place"), [("barge (toll", "(toll"), ("-", "-"), ("atcor:BRA", "atcor:BRA"), ("a OR", "OR")]
)
def test_a_query_that_cannot_be_followed_is_shown_with_the_place(client, query, place):
    answer = client.json("/search.json", q=query)
    assert answer["refused"]["rest"].startswith(place)
    assert answer["refused"]["before"] + answer["refused"]["rest"] == query
    assert not answer["hits"]


def test_search_keeps_to_the_time_that_the_screens_show(client):
    everything = client.json("/search.json", q="Brazil OR Paraguay")["hits"]
    some = client.json("/search.json", q="Brazil OR Paraguay", since="2032-03", until="2032-03")["hits"]
    assert 0 < len(some) < len(everything)
    assert {hit["published"][:7] for hit in some} == {"2032-03"}


def test_markup_in_a_query_or_name_is_text(client):
    attack = "<img src=x onerror=alert(1)>\"'{{7*7}}"
    for path in ("/search", "/statements", "/accounts", "/actors"):
        for name in ("q", "question", "name"):
            _, _, body = client.ask(f"{path}?{name}={quote(attack)}")
            assert "<img" not in body
            assert "{{49" not in body


def _called(client, name):
    return client.json("/actors.json", name=name)["actors"]


def test_two_are_made_one_and_apart_again(own):
    one, other, *_ = _called(own, "quadros")
    ids = one["actor"]["id"], other["actor"]["id"]
    apart = [own.json(f"/actor/{id}.json")["documents"] for id in ids]
    status, target, _ = own.post(f"/actor/{ids[0]}/merge", other=ids[1], by="mk")
    assert status == 303
    shown = own.json(f"/actor/{ids[1]}.json")
    assert {shown["actor"]["id"], *(joined["id"] for joined in shown["joined"])} >= set(ids)
    assert shown["documents"] == sum(apart)
    assert [made["made_by"] for made in shown["decisions"]] == ["mk"]
    assert "are one" in own.ask(target)[2]
    number = shown["decisions"][0]["number"]
    assert own.post("/actors/undo", number=number, actor=ids[0])[0] == 303
    assert own.json(f"/actor/{ids[1]}.json")["actor"]["id"] == ids[1]
    (row,) = own.json("/actors/decisions.json")["decisions"]
    assert row["undone"]


def test_what_resolve_joined_is_split_by_a_person(own):
    with_joined = next(
        shown
        for row in own.json("/actors.json")["actors"]
        if row["type"] == "person" and (shown := own.json(f"/actor/{row['actor']['id']}.json"))["joined"]
    )
    id, joined = with_joined["actor"]["id"], with_joined["joined"][0]["id"]
    assert own.post(f"/actor/{id}/split", actor=joined, other=id)[0] == 303
    assert own.json(f"/actor/{joined}.json")["actor"]["id"] == joined


def test_one_document_may_name_another_one(own):
    people = (row["actor"]["id"] for row in own.json("/actors.json", type="person")["actors"])
    before = next(shown for id in people if (shown := own.json(f"/actor/{id}.json"))["documents"] > 1)
    id, page = before["actor"]["id"], before["pages"][0]
    assert own.post(f"/actor/{id}/split", actor=page["id"], document=page["page"]["id"])[0] == 303
    assert own.json(f"/actor/{id}.json")["documents"] == before["documents"] - 1


def test_a_new_name_shows_everywhere(own):
    id = _called(own, "quadros")[0]["actor"]["id"]
    assert own.post(f"/actor/{id}/rename", name="E. Quadros <b>", by="mk")[0] == 303
    assert own.json(f"/actor/{id}.json")["title"] == "E. Quadros <b>"
    assert id in {row["actor"]["id"] for row in _called(own, "e. quadros")}
    assert "E. Quadros &lt;b&gt;" in own.ask(f"/actor/{id}")[2]


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [
        ("/actor/state:BRA/merge", {"other": "Nobody at All"}, "Nobody in the record"),
        ("/actor/state:BRA/merge", {}, "name the other actor"),
        ("/actor/state:BRA/rename", {"name": "  "}, "write a name"),
        ("/actor/state:BRA/rename", {"name": "x" * 400}, "longer than"),
        ("/actor/state:BRA/split", {"actor": "state:BRA", "document": "doc-0"}, "does not name"),
        ("/actors/undo", {"number": "77"}, "no decision 77"),
        ("/actors/undo", {"number": "-1"}, "no number of a decision"),
    ],
)
def test_a_decision_that_cannot_be_made_is_refused_with_the_reason(client, path, form, said):
    status, _, body = client.post(path, **form)
    assert status == 400
    assert said.casefold() in body.casefold()
    assert client.json("/actors/decisions.json")["decisions"] == []


def test_a_brief_that_cannot_be_drafted_keeps_what_was_entered(client):
    status, back, _ = client.post("/briefs", a="Brazil", b="Nobody at All", since="2032", name="Talks")
    assert status == 303
    assert back.startswith("/briefs?since=2032&a=Brazil&b=Nobody+at+All&name=Talks&problem=")
    shown = client.ask(back)[2]
    assert 'role="alert"' in shown
    assert 'value="Nobody at All"' in shown
    assert "ends+%282030%29" in client.post("/briefs", a="BRA", b="PRY", since="2040", until="2030")[1]
    assert client.json("/briefs.json")["kept"] == []
