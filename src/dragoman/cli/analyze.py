"""`dragoman analyze`: what a record says of a relation, as a table, CSV or JSON."""

from __future__ import annotations

import csv
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from itertools import islice

from dragoman.cli.arguments import Parser, count, day, one_of
from dragoman.cli.terminal import table, width
from dragoman.errors import SettingsError
from dragoman.record import Project

Cell = str | int | float | None
Row = Mapping[str, Cell]
WINDOWS = ("week", "month", "quarter", "year")
QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
SHOWN: Mapping[str, tuple[str, ...]] = {
    "series": ("way", "window", "documents", "n", *QUADS, "conflict_share", "independent_sources"),
    "changes": ("measure", "window", "before", "after", "n_before", "n_after", "not_sought"),
    "balance": (
        "power",
        "window",
        "documents",
        "n",
        "cooperation",
        "conflict",
        "first_to_cooperate",
        "first_to_conflict",
    ),
    "coverage": ("kind", "name", "state", "since", "until", "days", "documents", "languages", "problem", "message"),
    "reactions": ("cause_type", "cause_date", "answer_type", "answer_date", "words", "text"),
    "demands": ("by_name", "of_name", "what", "first", "texts", "standing"),
    "accounts": ("position", "name", "first", "outlets", "independent_sources", "text"),
    "mirror": ("group", "documents", "toward", "act", "n", *QUADS, "positive", "negative"),
    "network": ("source_name", "target_name", "n", *QUADS),
}
"""The columns that a screen shows of each; CSV and JSON have all."""
HEADS = {
    "verbal_cooperation": "verbal +",
    "material_cooperation": "material +",
    "verbal_conflict": "verbal -",
    "material_conflict": "material -",
    "conflict_share": "conflict",
    "independent_sources": "sources",
    "cause_type": "cause",
    "cause_date": "on",
    "answer_type": "answer",
    "answer_date": "on",
    "by_name": "by",
    "of_name": "of",
    "source_name": "source",
    "target_name": "target",
}


def run(arguments: list[str]) -> int:
    """Prints the analysis; returns 0, also where it is empty."""
    args = parser().parse(arguments)
    least, most, analysis = ANALYSES[args.analysis]
    if not least <= len(args.of) <= most:
        wanted = f"{least}" if least == most else f"{least} to {most}"
        raise SettingsError(
            f"dragoman analyze PROJECT {args.analysis} takes {wanted} further words, not {len(args.of)}"
        )
    with Project(args.project, create=False) as project:
        rows = list(islice(analysis(project, args), args.limit))
    _print(rows, args.analysis, args.format)
    return 0


def _series(project: Project, args: Namespace) -> Iterator[Row]:
    from dragoman.analyze import series

    a, b = args.of
    yield from series.rows(series.relation_series(project, a, b, args.window, args.since, args.until))


def _changes(project: Project, args: Namespace) -> Iterator[Row]:
    from dragoman.analyze import change_points, series

    a, b = args.of
    found = series.relation_series(project, a, b, args.window, args.since, args.until)
    yield from change_points.rows(change_points.change_points(found.both))


def _balance(project: Project, args: Namespace) -> Iterator[Row]:
    from dragoman.analyze import balance

    state, *powers = args.of
    yield from balance.rows(balance.balance(project, state, powers, args.window, args.since, args.until))


def _simple(module: str, function: str) -> Callable[[Project, Namespace], Iterator[Row]]:
    """An analysis that takes the project and the words that were given."""

    def analysis(project: Project, args: Namespace) -> Iterator[Row]:
        room = import_module(f"dragoman.analyze.{module}")
        yield from room.rows(getattr(room, function)(project, *args.of))

    return analysis


def _network(project: Project, args: Namespace) -> Iterator[Row]:
    from dragoman.analyze import network

    yield from sorted(network.rows(network.network(project, args.minimum)), key=lambda row: -int(row["n"] or 0))


ANALYSES: Mapping[str, tuple[int, int, Callable[[Project, Namespace], Iterator[Row]]]] = {
    "series": (2, 2, _series),
    "changes": (2, 2, _changes),
    "balance": (2, 20, _balance),
    "coverage": (0, 0, _simple("coverage", "coverage")),
    "reactions": (0, 2, _simple("reactions", "reactions")),
    "demands": (0, 2, _simple("demands", "demands")),
    "accounts": (1, 1, _simple("accounts", "accounts")),
    "mirror": (2, 2, _simple("mirror", "mirror")),
    "network": (0, 0, _network),
}
"""Each analysis with the fewest and the most words behind it."""


def _print(rows: list[Row], analysis: str, format: str) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if format == "json":
        print(json.dumps(rows, ensure_ascii=False))
    elif format == "csv":
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(columns)
        out.writerows([_inert(row.get(name)) for name in columns] for row in rows)
    elif not rows:
        print("Nothing found.")
    else:
        names = [name for name in SHOWN[analysis] if any(row.get(name) is not None for row in rows)]
        heads = tuple(HEADS.get(name, name) for name in names)
        for line in table(heads, [tuple(_told(row.get(name)) for name in names) for row in rows], width()):
            print(line)


def _told(value: Cell) -> str:
    return "" if value is None else f"{value:.3g}" if isinstance(value, float) else str(value)


def _inert(cell: Cell) -> Cell:
    from dragoman.exchange.cells import inert

    return inert(cell)


def parser() -> Parser:
    parser = Parser(
        "analyze",
        "What a record says of a relation. Events count once, however many pages report them, and only what is said to have"
        " happened counts as having happened.",
        [
            "dragoman analyze caucasus series AZE RUS --window quarter --format csv",
            "dragoman analyze caucasus changes AZE RUS",
            "dragoman analyze caucasus balance AZE RUS TUR IRN",
            "dragoman analyze caucasus demands AZE",
            "dragoman analyze caucasus accounts event-1a2b",
            "dragoman analyze caucasus mirror AZE RUS",
        ],
    )
    parser.add_argument("project", metavar="DIR", help="the project's folder")
    parser.add_argument("analysis", type=one_of(*ANALYSES), metavar="ANALYSIS", help=", ".join(ANALYSES))
    parser.add_argument("of", nargs="*", metavar="ACTOR", help="actors by ISO 3166 code, id or name; an event's id")
    windows = ", ".join(WINDOWS)
    parser.add_argument(
        "--window", type=one_of(*WINDOWS), default="month", metavar="W", help=f"{windows} (default: month)"
    )
    parser.add_argument("--since", type=day, metavar="DATE", help="2026, 2026-06 or 2026-06-23")
    parser.add_argument("--until", type=day, metavar="DATE", help="the same; the last day counts")
    parser.add_argument("--minimum", type=count, default=1, metavar="N", help="network: events that an edge needs")
    parser.add_argument("--limit", type=count, metavar="N", help="at most so many rows")
    formats = ("table", "csv", "json")
    parser.add_argument("--format", type=one_of(*formats), default="table", metavar="F", help=", ".join(formats))
    return parser
