"""Every screen has a JSON twin, a policy, and an answer to what is not there."""

import json
from http.client import HTTPConnection

import pytest
from tests.serving import serving

from dragoman.web.views import SCREENS


@pytest.fixture(scope="module")
def ask(examples):
    """Asks for a path; gives the status, the headers and the body."""
    with serving(examples) as access:

        def get(path, method="GET", body=None, **headers):
            connection = HTTPConnection("127.0.0.1", access.port, timeout=20)
            connection.request(method, path, body, {"Host": f"127.0.0.1:{access.port}", **headers})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()

        yield get


@pytest.mark.parametrize("screen", [one for one in SCREENS if "{" not in one.path], ids=lambda one: one.path)
def test_a_screen_and_its_twin_answer(ask, screen):
    status, headers, body = ask(screen.path)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "<script>" not in body
    assert " style=" not in body
    status, headers, body = ask("/index.json" if screen.path == "/" else f"{screen.path}.json")
    assert (status, headers["content-type"]) == (200, "application/json")
    assert json.loads(body)["title"]


@pytest.mark.parametrize("path", ["/nothing", "/relation/state:BRA/person:nobody", "/relation/nobody/nobody.json"])
def test_what_is_not_there_is_said(ask, path):
    status, _, body = ask(path)
    assert status == 404
    assert "nobody" in body or "nothing" in body.lower()


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/relations?since=lately", "is not a date"),
        ("/relations?since=2040&until=2030", "ends (2030) before it begins (2040)"),
        ("/relations?actor=Nobody+at+All", "Nobody in the record is called"),
    ],
)
def test_what_cannot_be_followed_is_said_with_the_way_back(ask, path, why):
    status, _, body = ask(path)
    assert status == 400
    assert why in body
    assert "That did not work" in body
    assert 'href="/relations"' in body
    assert "lately" not in body.partition("<main")[0], "the menu does not lead to the same refusal"


def test_a_time_that_can_be_followed_stays_when_something_else_cannot(ask):
    _, _, body = ask("/relations?actor=Nobody+at+All&since=2031")
    assert 'href="/statements?since=2031"' in body


def test_what_is_nowhere_has_the_menu(ask):
    assert 'href="/statements"' in ask("/no/such/screen")[2]


@pytest.mark.parametrize("path", ["/relations", "/relation/state:BRA/state:PRY", "/statements", "/demands", "/actors"])
def test_a_page_behind_the_last_one_leads_to_the_first(ask, path):
    status, _, body = ask(f"{path}?page=99")
    assert status == 200
    assert f'There is no page 100: <a href="{path}">to the first</a>' in body


def test_relations_of_one_actor_are_found_by_any_of_its_names(ask):
    found = [json.loads(ask(f"/relations.json?actor={name}")[2]) for name in ("BRA", "state:BRA", "brazil")]
    assert found[0]["of"] == {"id": "state:BRA", "name": "Brazil"}
    assert found[0] == found[1] == found[2]


def test_the_screens_of_two_lead_to_each_other(ask):
    relation = ask("/relation/state:BRA/state:PRY?since=2032")[2]
    mirror = ask("/mirror?a=BRA&b=PRY&since=2032")[2]
    assert 'href="/mirror?since=2032&amp;a=state%3ABRA&amp;b=state%3APRY"' in relation
    assert 'href="/relation/state:BRA/state:PRY?since=2032"' in mirror
    for body in (relation, mirror):
        assert 'href="/briefs?since=2032&amp;a=state%3ABRA&amp;b=state%3APRY"' in body
        assert 'href="/balance?since=2032&amp;state=state%3APRY"' in body
        assert 'href="/statements?since=2032&amp;about=state%3APRY&amp;side=state%3ABRA"' in body
        assert 'href="/demands?since=2032&amp;by=state%3APRY&amp;of=state%3ABRA"' in body
