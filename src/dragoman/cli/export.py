"""`dragoman export`: the record for other tools."""

from __future__ import annotations

import sys
from pathlib import Path

from dragoman.cli.arguments import Parser, one_of
from dragoman.errors import SettingsError
from dragoman.exchange import FORMATS, export
from dragoman.record import Project


def run(arguments: list[str]) -> int:
    """Writes to `--out`, or JSON Lines to standard output."""
    args = parser().parse(arguments)
    if not args.out and args.format != "jsonl":
        raise SettingsError(f"{args.format} is a folder of files: say which folder with --out")
    with Project(args.project, create=False) as project:
        export(project, args.format, Path(args.out) if args.out else sys.stdout.buffer)
    if args.out:
        print(f"Wrote {args.project} to {args.out}.", file=sys.stderr)
    return 0


def parser() -> Parser:
    parser = Parser(
        "export",
        "Writes the whole record for other tools. The same record gives the same bytes.",
        [
            "dragoman export caucasus --format jsonl --out caucasus.jsonl",
            "dragoman export caucasus --format jsonl | jq 'select(.kind == \"event\")'",
            "dragoman export caucasus --format csv --out tables",
            "dragoman export caucasus --text --out texts",
        ],
    )
    parser.add_argument("project", metavar="DIR", help="the project's folder")
    formats = ", ".join(FORMATS)
    parser.add_argument(
        "--format", default="jsonl", type=one_of(*FORMATS), metavar="FORMAT", help=f"{formats} (default: jsonl)"
    )
    parser.add_argument("--text", action="store_const", const="text", dest="format", help="the text of each document")
    parser.add_argument("--out", metavar="PATH", help="a file (jsonl) or folder (csv, text); default: standard output")
    return parser
