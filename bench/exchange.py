"""What it takes to write a large record in each format: seconds, events a second of the processor, and the most memory.

    PYTHONPATH=src python bench/exchange.py [--n EVENTS] [--of FORMAT ...] [--keep DIR] [--json]

The record is made by `made_record`: of about N events, which N/5 pages report. Each format is written by a process of its own,
whose most memory is that of Python, the project and the export together; "events" are the record's, also for a format that
holds its documents. With `--keep` the record stays in DIR, and is used where it is there already.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made_record import make
from report import finish, table

from dragoman.exchange import FORMATS, Drawing, export
from dragoman.record import Project

GOAL_MB = 300
DRAWINGS = {
    "graphml": Drawing(window="month"),
    "gexf statements": Drawing(of="statements", stance="congruence"),
}
"""Drawings that are measured beside the plain one; the first word is the format."""


def measured(project: Path, name: str, out: Path) -> dict[str, float]:
    """Writes one format; seconds by the clock and of the processor, megabytes of memory, and megabytes written."""
    began, worked = time.perf_counter(), time.process_time()
    with Project(project, create=False) as opened:
        export(opened, name.split()[0], out, None, DRAWINGS.get(name, Drawing()))
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    files = [file for file in out.rglob("*") if file.is_file()] if out.is_dir() else [out]
    return {
        "seconds": seconds,
        "cpu_seconds": cpu,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "written_mb": sum(file.stat().st_size for file in files) / 1e6,
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--n", type=int, default=100_000, metavar="EVENTS", help="events (default: 100,000)")
    options.add_argument("--of", nargs="+", metavar="FORMAT", help="formats (default: all)")
    options.add_argument("--keep", type=Path, metavar="DIR", help="where the record stays")
    options.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    if args.one:
        project, name, out = args.one
        print(json.dumps(measured(Path(project), name, Path(out))))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        project = args.keep or Path(scratch) / "made"
        if not (project / "project.db").is_file():
            make(project, args.n)
        finish(args, _all(project, args.of or [*FORMATS, *DRAWINGS.keys() - FORMATS.keys()], Path(scratch)))
    return 0


def _all(project: Path, names: list[str], scratch: Path) -> dict[str, object]:
    with Project(project, create=False) as opened:
        events = opened.counts()["events"]
    rows: list[list[object]] = [
        ["format", "seconds", "CPU seconds", "events a CPU second", "memory, MB", "written, MB"]
    ]
    figures: dict[str, object] = {"events": events, "goal_mb": GOAL_MB}
    for name in names:
        out = scratch / "out"
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(project), name, str(out)], capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(f"{name}: {done.stderr}")
        found = json.loads(done.stdout)
        rate = round(events / found["cpu_seconds"])
        rows.append(
            [name, round(found["seconds"]), found["cpu_seconds"], rate, round(found["memory_mb"]), found["written_mb"]]
        )
        figures |= {f"{name}_{what}": value for what, value in found.items()}
        print(
            f"{name}: {found['seconds']:.1f} s ({found['cpu_seconds']:.1f} of the processor), {found['memory_mb']:.0f} MB",
            file=sys.stderr,
            flush=True,
        )
        if out.is_dir():
            shutil.rmtree(out)
        else:
            out.unlink()
    print(table(rows))
    print(f"{events:,} events; goal: under {GOAL_MB} MB for 1,000,000")
    return figures


if __name__ == "__main__":
    sys.exit(main())
