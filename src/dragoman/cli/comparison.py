"""What `dragoman compare` prints: a table for people with what it rests on, or CSV and JSON."""

from __future__ import annotations

import csv
import json
import sys
from typing import TextIO

from dragoman.analyze.agreement import Correlation
from dragoman.analyze.compare import Comparison, rows
from dragoman.cli.report import number
from dragoman.cli.terminal import plain, short, table, width, wrapped
from dragoman.exchange.cells import inert
from dragoman.exchange.incoming import FileRead, Theirs

SHOWN = {
    "window": "window",
    "documents": "read",
    "n": "ours",
    "conflict_share": "conflict",
    "their_rows_of_all": "all rows",
    "their_n": "theirs",
    "their_different": "different",
    "their_conflict_share": "conflict",
    "part": "they part",
}
"""The columns that a screen shows, and what stands above each."""


def their_name(theirs: Theirs) -> str:
    """What the other series is called: the formats that it was read from."""
    return ", ".join(dict.fromkeys(file.layout for file in theirs.files if file.layout))


def as_table(found: Comparison, theirs: Theirs) -> None:
    """Prints the windows, the correlations, and where the two part and why."""
    windows = list(rows(found))
    print(plain(f"{found.a.name} and {found.b.name}, whoever acts: this record, and {their_name(theirs)}"))
    if windows:
        cells = [tuple(_told(row[name]) for name in SHOWN) for row in windows]
        print("\n".join(table(tuple(SHOWN.values()), cells, width())))
    else:
        print("The record has no window to compare: give --since and --until.")
    for one in found.correlations:
        print(_correlation(one))
    for one_window in found.windows:
        if parting := one_window.parting:
            print(f"{one_window.ours.window.name}: {parting.how}")
            reasons = parting.why or ("nothing in the two tells why",)
            print("\n".join(line for reason in reasons for line in wrapped(reason, width(), "  ")))
    if found.outside:
        print(f"{number(found.outside, 'event')} of theirs lie before or after these windows.")
    tell_files(theirs, sys.stdout)
    print("Made of different pages by different rules: none of the two is the measure of the other.")


def _correlation(one: Correlation) -> str:
    if one.value is None or one.interval is None:
        return f"Correlation of {one.of}: not told, of {number(one.n, 'window')}"
    low, high = one.interval
    return f"Correlation of {one.of}: {one.value:.2f} ({low:.2f} to {high:.2f}), of {number(one.n, 'window')}"


def as_csv(found: Comparison, theirs: Theirs) -> None:
    """Prints a row for each window; what became of the files goes to standard error."""
    windows = list(rows(found))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerows(list(row) for row in windows[:1])
    out.writerows([inert(cell) for cell in row.values()] for row in windows)
    tell_files(theirs, sys.stderr)


def as_json(found: Comparison, theirs: Theirs) -> None:
    """Prints everything as one object."""
    whole = {
        "a": found.a.id,
        "b": found.b.id,
        "window": found.kind,
        "windows": list(rows(found)),
        "correlations": [
            {"of": one.of, "n": one.n, "value": one.value, "interval": one.interval} for one in found.correlations
        ],
        "undated": found.undated,
        "outside": found.outside,
        "files": [_file(file) for file in theirs.files],
    }
    print(json.dumps(whole, ensure_ascii=False))


def _file(file: FileRead) -> dict[str, object]:
    return {
        "name": file.name,
        "format": file.layout,
        "rows": file.rows,
        "malformed": dict(file.malformed),
        "first_malformed": file.first_malformed,
        "broken": file.broken,
    }


def tell_files(theirs: Theirs, out: TextIO) -> None:
    """Prints what became of each file."""
    for file in theirs.files:
        told = f"{file.name}: {file.layout or 'the columns of no known event data, left out'}"
        if file.layout:
            told += f", {number(file.rows, 'row')}"
        if file.malformed:
            wrong = ", ".join(f"{n} with {why}" for why, n in file.malformed.most_common())
            told += f"; could not be read: {wrong}, first in line {file.first_malformed}"
        if file.broken:
            told += f"; the rest is damaged ({file.broken})"
        print(short(told, 1000), file=out)


def _told(value: str | int | float | None) -> str:
    return "" if value is None else f"{value:.3g}" if isinstance(value, float) else str(value)
