"""`dragoman export`: the record for other tools."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from dragoman.cli.arguments import Parser, count, one_of
from dragoman.cli.filters import add_filters, filter_of
from dragoman.errors import SettingsError
from dragoman.exchange import FORMATS, Drawing, export
from dragoman.exchange.drawing import BY, MODES, OF, SPANS, STANCES
from dragoman.record import Project

_DRAWING = ("of", "mode", "by", "window", "minimum", "stance")


def run(arguments: list[str]) -> int:
    """Writes to `--out`, or a format that is one file to standard output."""
    args = parser().parse(arguments)
    drawing = _drawing(args)
    if not args.out and FORMATS[args.format].kind == "folder":
        raise SettingsError(f"{args.format} is a folder of files: say which folder with --out")
    with Project(args.project, create=False) as project:
        out = Path(args.out) if args.out else sys.stdout.buffer
        export(project, args.format, out, filter_of(args, project), drawing)
    if args.out:
        print(f"Wrote {args.project} to {args.out}.", file=sys.stderr)
    return 0


def _drawing(args: Namespace) -> Drawing:
    given = {name: value for name in _DRAWING if (value := getattr(args, name)) is not None}
    if given and not FORMATS[args.format].drawn:
        drawn = " or ".join(name for name, one in FORMATS.items() if one.drawn)
        raise SettingsError(f"--{next(iter(given))} is for networks: give --format {drawn}")
    return Drawing(**given)


def parser() -> Parser:
    listed = "\n".join(f"  {name:<12}{one.kind:<8}{one.what}" for name, one in FORMATS.items())
    parser = Parser(
        "export",
        "Writes a record, or the part of it that is asked for, for other tools. The same record gives the same bytes.\n"
        f"\nformats:\n{listed}",
        [
            "dragoman export caucasus --format jsonl --out caucasus.jsonl",
            "dragoman export caucasus --format jsonl | jq 'select(.kind == \"event\")'",
            "dragoman export caucasus --format csv --actor AZE --since 2026 --out tables",
            "dragoman export caucasus --format gexf --of statements --stance congruence --window quarter --out who.gexf",
            "dragoman export caucasus --text --out texts",
        ],
    )
    parser.add_argument("project", metavar="DIR", help="the project's folder")
    parser.add_argument(
        "--format", default="jsonl", type=one_of(*FORMATS), metavar="FORMAT", help="one of these (default: jsonl)"
    )
    parser.add_argument("--text", action="store_const", const="text", dest="format", help="the text of each document")
    parser.add_argument("--out", metavar="PATH", help="a file or a folder; default for files: standard output")
    add_filters(parser)
    network = parser.add_argument_group("networks (graphml, gexf)")
    for option, words, help in (
        ("--of", OF, "what ties: {} (default: events)"),
        ("--mode", MODES, "{}: actors alone; or with types of events, or with whom is spoken of (default: one)"),
        ("--by", BY, "{}: officials stand for their states, or for themselves (default: party)"),
        ("--window", SPANS, "{}: edges are counted in each apart"),
        ("--stance", STANCES, "of statements: {} (default: ignore)"),
    ):
        network.add_argument(option, type=one_of(*words), metavar="WORD", help=help.format(", ".join(words)))
    network.add_argument("--minimum", type=count, metavar="N", help="events or statements that an edge has at least")
    parser.options += [f"--{name}" for name in _DRAWING]
    return parser
