"""HTML that is made to hurt: each page is read in a process of its own, in bounded time and memory, or is told what it lacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.gather import Source, document

LEDE = "Velmark has called its ambassador home from Tarsia after talks on the fishing grounds broke down on Monday."
NEXT = "Tarsia’s government rejected the demand and said that the crew would stand trial in the capital next month."
ARTICLE = f"<p>{LEDE}</p><p>{NEXT}</p>"
SECONDS = 10
"""Of the processor, not of the clock: other work on the machine is no fault of the page."""
MEGABYTES = 1000
MILLION = 1_000_000

CHILD = """
import json, resource, sys, time
from pathlib import Path
from dragoman.errors import InputError
from dragoman.gather import Source, document
content = Path(sys.argv[1]).read_bytes()
document(Source("warm.html", "<html><p>A page.</p><p>And more.</p></html>", markup=True))
limit = int(sys.argv[2]) << 20
resource.setrlimit(resource.RLIMIT_AS, (limit + (1 << 29), limit + (1 << 29)))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
started, found = time.process_time(), {}
try:
    read = document(Source("page.html", content, markup=True))
    found = {"length": len(read.text), "lede": sys.argv[3] in read.text}
except InputError as error:
    found = {"error": str(error)}
status = Path("/proc/self/status")  # ru_maxrss would count what pytest held when it forked
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if status.exists():
    peak = int(status.read_text().split("VmHWM:")[1].split()[0])
print(json.dumps({**found, "seconds": time.process_time() - started, "megabytes": peak // 1024}))
"""

READABLE = {
    "4 MB of inline tags": ARTICLE + "<p>" + "<b>a</b> <i>b</i> " * (4 * MILLION // 18),
    "inline tags that stay open": ARTICLE + "<p>" + "<b><i><u>a " * 120_000,
    "10,000 nested elements": "<div>" * 10_000 + ARTICLE + "</div>" * 10_000,
    "200,000 nested elements": "<div>" * 200_000 + ARTICLE,
    "nested sidebars": ARTICLE + '<div class="sidebar">a' * 60_000,
    "everything unclosed": ARTICLE + "<p><li><td><tr><table><b>x " * 50_000,
    "end tags of nothing": ARTICLE + "</div></p></table></b>" * 60_000,
    "a million attributes": ARTICLE + "<p " + " ".join(f"a{i}=v" for i in range(MILLION)) + ">x</p>",
    "a million open quotes": ARTICLE + "<p " + "a='" * MILLION + ">x</p>",
    "an attribute of spaces": ARTICLE + "<p a" + " " * (4 * MILLION) + ">x</p>",
    "2 million signs that open nothing": ARTICLE + "<" * (2 * MILLION),
    "a million comments": ARTICLE + "<!-- -->" * 500_000,
    "comments that never end": ARTICLE + "<!--" * MILLION,
    "scripts": "<script>if (a</b>c) x</script>" * 130_000 + ARTICLE,
    "a script that almost ends": ARTICLE + "<script>" + "</scrip" * 600_000,
    "styles": "<style>p{color:red}</style>" * 130_000 + ARTICLE,
    "a style attribute of 5 MB": ARTICLE + '<p style="' + "display:" * 600_000 + '">x</p>',
    "a class of 4 MB": '<div class="' + "story " * 660_000 + f'">{ARTICLE}</div>',
    "an image in its address": f'<img src="data:image/png;base64,{"A" * 5 * MILLION}">{ARTICLE}',
    "an address of data as text": f"{ARTICLE}<p>data:image/png;base64,{'A' * 5 * MILLION}</p>",
    "nested tables": "<table><tr><td>x" * 40_000 + ARTICLE,
    "nested tables, closed": ARTICLE + "<table><tr><td>x" * 40_000 + "</td></tr></table>" * 40_000,
    "a flood of entities": f"{ARTICLE}<p>&{'amp;' * MILLION}</p>",
    "many entities": f"{ARTICLE}<p>{'&amp;' * 800_000}</p>",
    "an entity of 4 MB": f"{ARTICLE}<p>&{'a' * 4 * MILLION}</p>",
    "a character of a million digits": f"{ARTICLE}<p>&#{'9' * MILLION};</p>",
    "a character of a million digits in an attribute": f'{ARTICLE}<p title="&#{"9" * MILLION};">x</p>',
    "a character of a million digits in the title": f"<title>&#{'9' * MILLION};</title>{ARTICLE}",
    "a character of a million hexadecimal digits": f"{ARTICLE}<p>&#x{'f' * MILLION};</p>",
    "a word of 4 MB": f"{ARTICLE}<p>{'a' * 4 * MILLION}</p>",
    "100,000 paragraphs": ARTICLE + "<p>a</p>" * 100_000,
    "100,000 lines": ARTICLE + "a<br>" * 100_000,
    "JSON of 400,000 brackets": f'<script type="application/ld+json">{"[" * 400_000}</script>{ARTICLE}',
    "150,000 meta elements": "".join(f"<meta name=a{i} content=b>" for i in range(150_000)) + ARTICLE,
    "bylines without end": f"{ARTICLE}<p>{'aBy Xa Ya' * 100_000}</p>",
    "a few null bytes": ARTICLE + "\0" + "<p>a</p>" * 1000,
}
WITHOUT_TEXT = {
    "a script that never ends": "<script>" * 500_000,
    "a title that never ends": "<title>" * 500_000,
    "a template of everything": f"<template>{ARTICLE}",
    "nothing but elements": "<b><span>" * 80_000 + "</b>" * 80_000,
}
COPIES = {
    "display:none": f'<div style="display: none">{ARTICLE}</div>',
    "visibility:hidden": f'<div style="color:red;VISIBILITY:hidden">{ARTICLE}</div>',
    "the hidden attribute": f"<section hidden>{ARTICLE}</section>",
    "aria-hidden": f'<div aria-hidden="true">{ARTICLE}</div>',
    "noscript": f"<noscript>{ARTICLE}</noscript>",
    "template": f"<template>{ARTICLE}</template>",
    "a closed dialog": f"<dialog>{ARTICLE}</dialog>",
    "a class that hides": f'<div class="sr-only">{ARTICLE}</div>',
    "a comment": f"<!-- {ARTICLE} -->",
    "a script": f'<script type="text/template">{ARTICLE}</script>',
    "an object": f"<object>{ARTICLE}</object>",
    "an unclosed element in it": f'<div style="display:none">{ARTICLE}<p><b></div>',
}


def read_apart(page: str, folder: Path) -> dict[str, object]:
    """What becomes of the page in a process of its own."""
    path = folder / "page.html"
    path.write_text(f"<!DOCTYPE html><html><body>{page}", "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", CHILD, str(path), str(MEGABYTES), LEDE]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    found: dict[str, object] = json.loads(done.stdout)
    return found


def assert_bounded(found: dict[str, object]) -> None:
    assert isinstance(found["seconds"], float)
    assert isinstance(found["megabytes"], int)
    assert found["seconds"] < SECONDS
    assert found["megabytes"] < MEGABYTES


@pytest.mark.parametrize("page", READABLE.values(), ids=READABLE.keys())
def test_a_page_made_to_hurt_is_read_in_bounded_time_and_memory(page: str, tmp_path: Path) -> None:
    found = read_apart(page, tmp_path)
    assert found.get("lede") is True, found
    assert_bounded(found)


@pytest.mark.parametrize("page", WITHOUT_TEXT.values(), ids=WITHOUT_TEXT.keys())
def test_a_page_that_shows_nothing_is_told_so(page: str, tmp_path: Path) -> None:
    found = read_apart(page, tmp_path)
    assert "without any text to see" in str(found.get("error")), found
    assert_bounded(found)


def test_a_page_of_null_bytes_is_told_to_be_binary(tmp_path: Path) -> None:
    assert "is binary, not text" in str(read_apart("ab\0" * 100_000, tmp_path).get("error"))


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES.keys())
@pytest.mark.parametrize("place", ["before", "amid", "after"])
def test_a_hidden_copy_of_the_article_changes_nothing(copy: str, place: str) -> None:
    at = {"before": 0, "amid": 1, "after": 2}[place]
    pieces = ["<h1>Velmark calls its ambassador home</h1>", ARTICLE, "<footer>© The Herald</footer>"]
    plain = document(Source("page.html", f"<html><body>{''.join(pieces)}</body></html>", markup=True))
    pieces.insert(at, copy)
    doubled = document(Source("page.html", f"<html><body>{''.join(pieces)}</body></html>", markup=True))
    assert doubled == plain
