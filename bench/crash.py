"""Kills -9 at random moments of all that writes, and whether the project is whole and the same record afterwards.

    PYTHONPATH=src python bench/crash.py [--moments N] [--seed N] [--only NAME ...] [--json]

The moments lie all over a course whose undisturbed length was measured, one by chance from each of N equal stretches.
After each kill `dragoman check` must find nothing wrong, exports and backups must be there whole or not at all, and doing
the same again must give the record of an undisturbed run, byte for byte. tests/crash/moments.py says what the activities are.
Returns 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from report import finish, table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

moments = import_module("tests.crash.moments")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--moments", type=int, default=50, help="kills of each activity (default: 50)")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument(
        "--only",
        nargs="+",
        choices=list(moments.ACTIVITIES),
        metavar="NAME",
        help=f"of {', '.join(moments.ACTIVITIES)}",
    )
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    rows: list[list[object]] = [["what is killed", "seconds", "moments", "in its course", "problems"]]
    problems: list[str] = []
    found: dict[str, object] = {}
    for name in args.only or moments.ACTIVITIES:
        with tempfile.TemporaryDirectory() as scratch:
            survival = moments.survive(name, args.moments, Path(scratch), args.seed)
        rows.append([name, survival.seconds, survival.moments, survival.struck, len(survival.problems)])
        problems += survival.problems
        key = name.replace(" ", "_")
        found |= {f"struck_{key}": survival.struck, f"problems_{key}": len(survival.problems)}
    print(table(rows))
    print(*problems, sep="\n")
    finish(args, {"moments": args.moments, "problems": len(problems), **found})
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
