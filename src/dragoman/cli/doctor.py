"""`dragoman doctor`: what is installed, which weights, which limits, and whether anything is wrong."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sqlite3
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import dragoman
from dragoman import settings
from dragoman.ask.options import KEY
from dragoman.cli.arguments import Parser
from dragoman.cli.terminal import styled
from dragoman.encode import weights
from dragoman.errors import DragomanError
from dragoman.gather.sources import MAX_BYTES
from dragoman.plugins import LANGUAGE_BASES, READERS, plugins
from dragoman.run.local import cores

LIBRARIES = ("onnxruntime", "tokenizers", "numpy", "charset-normalizer")
Facts = dict[str, object]


def run(arguments: list[str]) -> int:
    """Returns 1 where something is wrong, else 0."""
    args = parser().parse(arguments)
    wrong: list[str] = []
    rooms: dict[str, Facts] = {
        "versions": _versions(),
        "weights": _weights(wrong),
        "settings": _settings(wrong),
        "plugins": _plugins(),
        "limits": _limits(),
        "storage": _storage(wrong),
        "network": {"used": "never", "telemetry": "none"},
    }
    if args.json:
        print(json.dumps({**rooms, "wrong": wrong}, ensure_ascii=False))
    else:
        for room, facts in rooms.items():
            print(styled(room, "bold"))
            for name, value in facts.items():
                print(f"  {name:<18} {value}")
        print("\n".join(styled(f"wrong: {line}", "red") for line in wrong) or styled("All is well.", "green"))
    return 1 if wrong else 0


def _versions() -> Facts:
    installed: Facts = {
        "dragoman": dragoman.__version__,
        "python": f"{platform.python_version()} ({platform.system()})",
    }
    for name in LIBRARIES:
        try:
            installed[name] = version(name)
        except PackageNotFoundError:
            installed[name] = "not installed"
    return installed


def _weights(wrong: list[str]) -> Facts:
    try:
        folder = weights.directory()
    except DragomanError as error:
        wrong.append(str(error))
        return {"version": "not installed"}
    try:
        installed = weights.load(folder).version
    except DragomanError as error:
        wrong.append(str(error))
        return {"folder": str(folder), "version": "cannot be loaded"}
    damaged = weights.verify(folder)
    if damaged:
        wrong.append(f"files of the weights are missing or differ from their manifest: {', '.join(damaged)}")
    size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    return {
        "version": f"dragoman-weights-en {installed}",
        "folder": str(folder),
        "size": megabytes(size),
        "sha256": "differs" if damaged else "as in the manifest",
    }


def _settings(wrong: list[str]) -> Facts:
    file = Path.cwd() / settings.FILE
    facts: Facts = {"file": str(file) if file.exists() else f"none (no {settings.FILE} here)"}
    try:
        chosen = settings.load()
    except DragomanError as error:
        wrong.append(str(error))
        return facts
    facts["language base"] = chosen.language_base or "our own"
    facts["jobs"] = chosen.jobs or cores()
    return facts


def _plugins() -> Facts:
    found = plugins()
    bases, readers = (
        ", ".join(
            one.name if one.package == "dragoman" else f"{one.name} ({one.package})"
            for one in found
            if one.group == group
        )
        for group in (LANGUAGE_BASES, READERS)
    )
    key = "set" if os.environ.get(KEY) else "not set"
    return {"language bases": bases, "readers": readers, KEY: key}


def _limits() -> Facts:
    try:
        seconds = settings.load().seconds
    except DragomanError:
        seconds = settings.Settings().seconds
    return {
        "largest file": megabytes(MAX_BYTES),
        "time per document": f"{seconds:g} s",
        "languages read": "en",
    }


def _storage(wrong: list[str]) -> Facts:
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
            fts5 = True
        except sqlite3.OperationalError:
            fts5 = False
            wrong.append("Python's SQLite was built without FTS5: install a Python whose SQLite has it")
    free = shutil.disk_usage(Path.cwd()).free
    return {"sqlite": sqlite3.sqlite_version, "full text (FTS5)": "yes" if fts5 else "no", "free disk": megabytes(free)}


def megabytes(size: int) -> str:
    """`22.8 MB`."""
    return f"{size / 1e6:,.1f} MB"


def parser() -> Parser:
    parser = Parser(
        "doctor",
        "Tells what is installed, which weights and which limits, and whether anything is wrong. Opens no connection.",
        ["dragoman doctor", "dragoman doctor --json"],
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser
