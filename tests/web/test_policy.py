"""Who is answered: a matrix of hosts, origins and sites over every route."""

import itertools
from http.client import HTTPConnection

import pytest
from tests.serving import serving

from dragoman.web.app import local
from dragoman.web.views import ACTIONS, DOWNLOADS, SCREENS

PATHS = [screen.path for screen in SCREENS] + [f"{screen.path.rstrip('/') or '/index'}.json" for screen in SCREENS]
ROUTES = [
    *(("GET", path) for path in [*PATHS, *(one.path for one in DOWNLOADS), "/static/style.css", "/nothing"]),
    *(("POST", one.path) for one in ACTIONS),
    ("POST", "/"),
]
FOREIGN_HOSTS = (
    "evil.example",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost.evil.example:{port}",
    "127.0.0.1:{port}.evil.example",
    "",
)
FOREIGN_ORIGINS = ("https://evil.example", "null", "http://127.0.0.1:1", "http://localhost", "file://", "http://[::1]")
FOREIGN_SITES = ("cross-site", "same-site", "")
OWN = {"Origin": "http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def own(examples):
    with serving(examples) as access:
        yield access


@pytest.fixture(scope="module")
def guarded(examples):
    with serving(examples, token="correct horse") as access:
        yield access


def ask(access, method, path, headers):
    """The status and the headers of the answer; `{port}` in a header is the workbench's."""
    connection = HTTPConnection("127.0.0.1", access.port, timeout=20)
    connection.putrequest(method, path.replace("{", "x").replace("}", ""), skip_host=True)
    for name, value in headers.items():
        connection.putheader(name, value.replace("{port}", str(access.port)))
    if method == "POST" and not {"Content-Length", "Transfer-Encoding"} & set(headers):
        connection.putheader("Content-Length", "0")
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=lambda one: one)
def test_no_route_answers_another_host_origin_or_site(own, method, path):
    right = {"Host": "127.0.0.1:{port}", **OWN}
    for host in FOREIGN_HOSTS:
        status, headers = ask(own, method, path, {**right, "Host": host})
        assert status in (400, 421), host
        assert status == 400 or headers["content-security-policy"].startswith("default-src 'none'")
    for origin, site in itertools.product((*FOREIGN_ORIGINS, right["Origin"]), (*FOREIGN_SITES, "same-origin")):
        status, _ = ask(own, method, path, {**right, "Origin": origin, "Sec-Fetch-Site": site})
        allowed = origin == right["Origin"] and site == "same-origin"
        assert (status == 403) != allowed, (origin, site)


@pytest.mark.parametrize("path", [*(one.path for one in ACTIONS), "/"])
def test_a_change_without_origin_is_refused(own, path):
    assert ask(own, "POST", path, {"Host": "127.0.0.1:{port}"})[0] == 403


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
def test_names_of_this_machine_are_answered(own, host):
    assert ask(own, "GET", "/", {"Host": host})[0] == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_are_refused(own, method):
    assert ask(own, method, "/", {"Host": "127.0.0.1:{port}"})[0] in (400, 405)


@pytest.mark.parametrize("length", [{"Content-Length": "999999999"}, {"Transfer-Encoding": "chunked"}])
def test_a_body_that_is_too_long_or_of_unknown_length_is_refused(own, length):
    headers = {"Host": "127.0.0.1:{port}", **OWN, **length}
    assert ask(own, "POST", "/", headers)[0] in (400, 413)


def test_where_a_token_is_wanted_nothing_is_answered_without_it(guarded):
    host = {"Host": "127.0.0.1:{port}"}
    for method, path in ROUTES:
        assert ask(guarded, method, path, {**host, **OWN})[0] == 401
        assert ask(guarded, method, path, {**host, **OWN, "Authorization": "Bearer wrong"})[0] == 401
        assert ask(guarded, method, path, {**host, **OWN, "Cookie": "dragoman=wrong"})[0] == 401
    assert ask(guarded, "GET", "/", {**host, "Authorization": "Bearer correct horse"})[0] == 200


def test_a_token_in_the_address_becomes_a_cookie_and_leaves_the_address(guarded):
    status, headers = ask(guarded, "GET", "/relations?token=correct+horse&page=0", {"Host": "127.0.0.1:{port}"})
    assert (status, headers["location"]) == (303, "/relations?page=0")
    cookie = headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    shown = {"Host": "127.0.0.1:{port}", "Cookie": cookie.partition(";")[0]}
    assert ask(guarded, "GET", "/relations", shown)[0] == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/\n", "evil"]
)
def test_no_answer_leads_elsewhere(target):
    assert local(target) == "/"
