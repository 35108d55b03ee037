"""What the workbench loads that others wrote is what they published, under a licence that lies beside it."""

import json
from hashlib import sha256
from importlib.resources import files

VENDOR = files("dragoman.web") / "static" / "vendor"
LISTED = json.loads((VENDOR / "vendor.json").read_text("utf-8"))["files"]
FREE = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"}


def test_each_file_is_as_it_was_published():
    for one in LISTED:
        assert sha256((VENDOR / one["file"]).read_bytes()).hexdigest() == one["sha256"], one["file"]
        assert one["source"].startswith("https://registry.npmjs.org/")
        assert one["version"] in one["source"]


def test_each_licence_is_free_and_lies_beside():
    for one in (part for file in LISTED for part in (file, *file.get("holds", ()))):
        assert one["licence"] in FREE
        assert sha256((VENDOR / one["licence_file"]).read_bytes()).hexdigest() == one["licence_sha256"], one["name"]


def test_nothing_else_lies_there():
    parts = [part for one in LISTED for part in (one, *one.get("holds", ()))]
    listed = {part[name] for part in parts for name in ("file", "licence_file") if name in part}
    assert {one.name for one in VENDOR.iterdir()} == listed | {"vendor.json"}
