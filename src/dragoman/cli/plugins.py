"""`dragoman plugins`: the language bases and readers that installed packages offer."""

from __future__ import annotations

import json
from dataclasses import asdict

from dragoman.cli.arguments import Parser
from dragoman.cli.terminal import table, width
from dragoman.plugins import LANGUAGE_BASES, WHAT, plugins


def run(arguments: list[str]) -> int:
    """Returns 0."""
    args = parser().parse(arguments)
    found = plugins()
    if args.json:
        print(json.dumps([{**asdict(one), "group": WHAT[one.group]} for one in found], ensure_ascii=False))
        return 0
    option = {group: "--language-base" if group == LANGUAGE_BASES else "--reader" for group in WHAT}
    rows = [(WHAT[one.group], f"{option[one.group]} {one.name}", one.package) for one in found]
    print("\n".join(table(("what", "option", "package"), rows, width())))
    return 0


def parser() -> Parser:
    parser = Parser(
        "plugins",
        "Lists the language bases and readers that can be named in place of our own. Imports none of them.",
        ["dragoman plugins", "dragoman plugins --json"],
    )
    parser.add_argument("--json", action="store_true", help="print a JSON array")
    return parser
