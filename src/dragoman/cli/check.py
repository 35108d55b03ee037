"""`dragoman check`: whether a project is whole, and what to do where it is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from dragoman.cli.arguments import Parser
from dragoman.cli.report import number
from dragoman.cli.terminal import plain, styled
from dragoman.record.findings import Finding
from dragoman.record.integrity import check_project


def run(arguments: list[str]) -> int:
    """Returns 1 where something is wrong; notes are nothing wrong."""
    args = parser().parse(arguments)
    findings = check_project(args.project)
    wrong = sum(finding.wrong for finding in findings)
    if args.json:
        print(json.dumps({"project": args.project, "wrong": wrong, "findings": [asdict(one) for one in findings]}))
    else:
        for finding in findings:
            print("\n".join(_lines(finding)))
        many = number(wrong, "thing")
        print(styled(f"{many} wrong." if wrong else "All is well.", "red" if wrong else "green"))
    return 1 if wrong else 0


def _lines(finding: Finding) -> Iterator[str]:
    kind = styled("wrong", "red") if finding.wrong else styled("note", "dim")
    place = f"{plain(finding.where)}: " if finding.where else ""
    yield f"{kind}: {place}{plain(finding.what)}"
    yield f"  to do: {plain(finding.todo)}"


def parser() -> Parser:
    parser = Parser(
        "check",
        "Tells whether a project is whole: its database, every text and what points into it, its originals and its"
        " full-text index. Changes nothing.",
        ["dragoman check caucasus", "dragoman check caucasus --json"],
    )
    parser.add_argument("project", metavar="DIR", help="the project's folder")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser
