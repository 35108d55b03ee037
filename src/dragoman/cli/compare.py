"""`dragoman compare`: a relation as the record has it, beside event data that others made."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.cli.arguments import Parser, day, one_of
from dragoman.errors import SettingsError
from dragoman.record import Project

if TYPE_CHECKING:
    from dragoman.analyze.compare import Comparison
    from dragoman.exchange.incoming import Theirs

WINDOWS = ("week", "month", "quarter", "year")


def run(arguments: list[str]) -> int:
    """Prints the comparison, and draws it to `--out`."""
    args = parser().parse(arguments)
    out = Path(args.out) if args.out else None
    if out and out.suffix.casefold() != ".svg":
        raise SettingsError(
            f"only SVG is drawn, not '{out.suffix or out.name}': name a file that ends in .svg; Inkscape, a browser or"
            " 'rsvg-convert' (librsvg) makes a PNG of it"
        )
    from dragoman.cli import comparison

    found, theirs = _compared(args)
    if out:
        _draw(found, theirs, out)
    {"table": comparison.as_table, "csv": comparison.as_csv, "json": comparison.as_json}[args.format](found, theirs)
    return 0


def _compared(args: Namespace) -> tuple[Comparison, Theirs]:
    from dragoman.analyze.compare import compare
    from dragoman.analyze.series import relation_series
    from dragoman.exchange.incoming import read_theirs

    a, b = args.pair
    with Project(args.project, create=False) as project:
        series = relation_series(project, a, b, args.window, args.since, args.until)
    codes = [actor.id.removeprefix("state:") for actor in (series.a, series.b)]
    if no_state := [actor.name for actor in (series.a, series.b) if actor.id != f"state:{actor.country}"]:
        raise SettingsError(f"{' and '.join(no_state)} is no state: event data of others are compared for two states")
    theirs = read_theirs([Path(name) for name in args.files], (codes[0], codes[1]))
    return compare(series, theirs), theirs


def _draw(found: Comparison, theirs: Theirs, out: Path) -> None:
    from dragoman.brief.keep import write
    from dragoman.cli.comparison import their_name
    from dragoman.web.charts.compared import drawn

    write(out, drawn(found, their_name(theirs)).encode())
    print(f"Wrote {out}.", file=sys.stderr)


def parser() -> Parser:
    parser = Parser(
        "compare",
        "A relation as the record has it beside event data of others: events and mentions of GDELT 2.0, ICEWS, POLECAT, or an"
        " export of ACLED, plain or packed, known by their columns. The files are read and not kept.",
        [
            "dragoman compare caucasus 20310503.export.CSV.zip --pair AZE RUS",
            "dragoman compare caucasus events.tab --pair AZE RUS --window quarter --out compared.svg",
            "dragoman compare caucasus acled.csv --pair AZE RUS --format json",
        ],
    )
    parser.add_argument("project", metavar="DIR", help="the project's folder")
    parser.add_argument("files", nargs="+", metavar="FILE", help="files of others")
    parser.add_argument(
        "--pair", nargs=2, required=True, metavar=("A", "B"), help="two states, by ISO 3166 code, name or id"
    )
    windows = ", ".join(WINDOWS)
    parser.add_argument(
        "--window", type=one_of(*WINDOWS), default="month", metavar="W", help=f"{windows} (default: month)"
    )
    parser.add_argument("--since", type=day, metavar="DATE", help="2026, 2026-06 or 2026-06-23")
    parser.add_argument("--until", type=day, metavar="DATE", help="the same; the last day counts")
    formats = ("table", "csv", "json")
    parser.add_argument("--format", type=one_of(*formats), default="table", metavar="F", help=", ".join(formats))
    parser.add_argument("--out", metavar="FILE.svg", help="draw both series to this file, too")
    return parser
