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


def test_a_parameter_that_cannot_be_followed_is_said(ask):
    status, _, body = ask("/relations?since=lately")
    assert status == 400
    assert "is not a date" in body
