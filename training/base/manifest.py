"""Writes MANIFEST.json of a weights package: name, version, and the SHA-256 and size in bytes of each file of its data.

    python training/base/manifest.py packages/dragoman-weights-en

Run it last, when all files are in place; `dragoman doctor` compares what is installed with it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from pathlib import Path

from dragoman.encode.weights import FILES


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("package", type=Path)
    args = options.parse_args()
    module = args.package / "src" / args.package.resolve().name.replace("-", "_")
    data = module / "data"
    if missing := [name for name in FILES if not (data / name).is_file()]:
        raise SystemExit(f"{data} has no {', '.join(missing)}: run training/base/export.py and lemmas.py first")
    version = re.search(r'__version__ = "(.+)"', (module / "__init__.py").read_text("utf-8"))
    assert version
    labelled = json.loads((data / "labels.json").read_text("utf-8"))["version"]
    if labelled != version[1]:
        raise SystemExit(f"the weights were exported as version {labelled}, the package says {version[1]}")
    files = {name: _entry(data / name) for name in sorted(FILES)}
    manifest = {"name": args.package.resolve().name, "version": version[1], "files": files}
    (data / "MANIFEST.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    print(f"{data}: {sum(path.stat().st_size for path in map(data.joinpath, FILES)) / 1e6:.1f} MB")


def _entry(path: Path) -> dict[str, str | int]:
    content = path.read_bytes()
    return {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


if __name__ == "__main__":
    main()
