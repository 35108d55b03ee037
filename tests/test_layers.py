"""A room imports only from the floors below its own: the contract in pyproject.toml, kept by import-linter."""

import subprocess
import sys
from pathlib import Path


def test_the_contract_of_the_layers_is_kept():
    linter = Path(sys.executable).with_name("lint-imports")
    root = Path(__file__).parents[1]
    environment = {"PYTHONPATH": str(root / "src")}
    done = subprocess.run([linter, "--no-cache"], cwd=root, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout
