"""The browser itself runs nothing of what pages hold, and asks nobody but the workbench."""

from urllib.parse import urlsplit

import pytest
from tests.hostile.script import make
from tests.serving import serving

SHOWN = 24
"""Screens that are opened."""
LINKS = (
    "return [...document.querySelectorAll('a')].map(a => a.getAttribute('href')).filter(to => /^[/](?![/])/.test(to))"
)
ELSEWHERE = (".json", "/original", "/text")
"""Addresses that show no screen."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    with serving(make(tmp_path_factory.mktemp("hostile") / "hostile")) as access:
        yield access


def test_no_dialog_no_script_and_no_foreign_request(browser, hostile):
    browser.get(hostile.address)
    kinds, waiting = set(), [hostile.address]
    while waiting and len(kinds) < SHOWN:
        browser.get(waiting.pop(0))
        assert browser.execute_script("return typeof pwned") == "undefined"
        asked = browser.execute_script("return performance.getEntriesByType('resource').map(one => one.name)")
        assert all(urlsplit(address).netloc == f"127.0.0.1:{hostile.port}" for address in asked), asked
        assert urlsplit(browser.current_url).netloc == f"127.0.0.1:{hostile.port}"
        for link in browser.execute_script(LINKS):
            parts = urlsplit(link)
            names = tuple(part.partition("=")[0] for part in parts.query.split("&"))
            kind = parts.path.split("/")[1], parts.path.count("/"), names
            if kind not in kinds and not parts.path.endswith(ELSEWHERE):
                kinds.add(kind)
                waiting.append(hostile.address + link[1:])
