"""Script in every field that comes from a page: the workbench shows it as text, and nothing runs or asks another host."""

import json
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from tests.hostile.script import VECTORS, make
from tests.serving import serving

PAGES = 400
"""Addresses that are looked at, at most."""
OURS = frozenset(
    """
    html head meta title link script body header nav main footer section article aside figure figcaption h1 h2 h3 h4 h5 p a ul
    ol li dl dt dd div span strong em b i small mark time blockquote q cite code pre kbd table thead tbody tfoot tr th td caption
    colgroup col form fieldset legend label input select option optgroup textarea button output datalist meter progress details
    summary dialog hr br abbr wbr sup sub svg g rect line path circle text title desc defs pattern polyline polygon tspan use
    marker canvas noscript template
    """.split()
)
"""Elements of our templates."""
LEADING = frozenset(("href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post", "data"))
"""Attributes that lead somewhere."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return make(tmp_path_factory.mktemp("hostile") / "hostile")


class Checked(HTMLParser):
    """Notes what of a page is not ours, and where it leads."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.wrong, self.links = [], set()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag not in OURS:
            self.wrong.append(f"<{tag}>")
        for name, value in given.items():
            runs = name.startswith(("on", "hx-on", "data-hx-")) or name in ("style", "srcdoc", "http-equiv")
            if runs or (name in LEADING and not leads_home(value or "")):
                self.wrong.append(f"<{tag} {name}={value}>")
        if tag == "a" and (given.get("href") or "").startswith("/"):
            self.links.add(given["href"])

    def handle_data(self, data):
        if self.lasttag in ("script", "style") and data.strip():
            self.wrong.append(f"within <{self.lasttag}>: {data.strip()[:60]}")


def leads_home(address):
    parts = urlsplit(address)
    return address.startswith(("#", "?")) or (
        address.startswith("/") and not address.startswith("//") and not parts.scheme
    )


def get(access, path):
    connection = HTTPConnection("127.0.0.1", access.port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer, body


def kind(path):
    """Addresses of one kind: the path without ids, and which parameters it has."""
    parts = urlsplit(path)
    first, _, rest = parts.path.lstrip("/").partition("/")
    names = sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair)
    return first, bool(rest), tuple(names)


def test_every_page_that_can_be_reached_shows_script_as_text(hostile):
    assert len(VECTORS) >= 200
    with serving(hostile) as access:
        waiting, seen, kinds = ["/"], set(), {}
        while waiting and len(seen) < PAGES:
            path = waiting.pop(0)
            if path.partition("#")[0] in seen:
                continue
            seen.add(path.partition("#")[0])
            answer, body = get(access, path.partition("#")[0])
            assert answer.status < 500, path
            content = answer.headers.get_content_type()
            if content == "application/json":
                json.loads(body)
                continue
            if answer.headers.get_content_disposition() == "attachment":
                continue
            assert content == "text/html", path
            page = Checked()
            page.feed(body)
            assert not page.wrong, (path, page.wrong[:3])
            for link in sorted(page.links):
                one = kind(link)
                kinds[one] = kinds.get(one, 0) + 1
                if kinds[one] <= 12:
                    waiting.append(link)
    assert len(kinds) > 5
