"""The pictures of README are screens of the bundled examples. `make readme` takes them anew."""

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PICTURES = {
    "relation.png": "relation/state:BRA/state:PRY?since=2032-01&until=2032-12",
    "network.png": "network",
}
"""Each picture and the address that it shows."""


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_the_readme_can_be_taken(browser, workbench, tmp_path, name):
    folder = Path(os.environ.get("DRAGOMAN_PICTURES") or tmp_path)
    browser.get(workbench.address + PICTURES[name])
    assert browser.save_screenshot(str(folder / name))
    assert (folder / name).stat().st_size > 20_000


def test_readme_shows_the_pictures_that_are_there():
    shown = set(re.findall(r"\(docs/images/([a-z-]+\.png)\)", (ROOT / "README.md").read_text("utf-8")))
    assert shown == set(PICTURES) == {path.name for path in (ROOT / "docs" / "images").iterdir()}
