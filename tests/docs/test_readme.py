"""The screen in README is what `dragoman demo` prints now."""

import sys
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "docs"))

from fill_readme import BLOCK, README, demo


def test_the_demo_in_readme_is_what_it_prints():
    shown = BLOCK.search(README.read_text("utf-8"))
    assert shown, "README.md has lost the marks around the demo"
    text = shown[0].removeprefix(shown[1]).removesuffix(shown[2])
    # Times differ between runs, and a few rows between processors: int8 arithmetic is rounded in more than one way.
    same = SequenceMatcher(None, text.splitlines(), demo().splitlines(), autojunk=False).ratio()
    assert same > 0.8, "run 'make readme'"
