"""Puts what `dragoman demo` prints into README.md, between the marks. Run by `make readme`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"(<!-- demo: .*? -->\n```text\n).*?(```\n<!-- /demo -->)", re.S)


def demo() -> str:
    """What `dragoman demo` prints, piped, in a fresh folder."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "dragoman", "demo"]
        wide = {**os.environ, "COLUMNS": "100"}  # as wide whatever terminal or test runner calls
        done = subprocess.run(command, cwd=folder, env=wide, check=True, capture_output=True, text=True)
    return "$ dragoman demo\n" + done.stdout


def main() -> None:
    """Writes README.md anew."""
    README.write_text(BLOCK.sub(lambda found: found[1] + demo() + found[2], README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
