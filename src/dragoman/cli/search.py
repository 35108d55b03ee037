"""`dragoman search`: documents that a query finds, with the passage that answers it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from dragoman.cli.arguments import Parser, count
from dragoman.cli.terminal import coloured, plain, styled, width, wrapped
from dragoman.model import Span
from dragoman.record import Hit, Project

LIMIT = 20
_OPEN, _SHUT = "\ue000", "\ue001"
"""Private characters that stand for the beginning and the end of colour while lines are broken."""
_FOUND = re.compile(f"{_OPEN}([^{_SHUT}]*){_SHUT}?")


def run(arguments: list[str]) -> int:
    """Prints the hits; returns 0, also where there are none."""
    args = parser().parse(arguments)
    with Project(args.project, create=False) as project:
        hits = project.search(args.query, args.limit)
    if args.json:
        print(json.dumps({"query": args.query, "hits": [asdict(hit) for hit in hits]}))
        return 0
    for hit in hits:
        for line in _lines(hit):
            print(line)
    if not hits:
        print("Nothing found.")
    elif len(hits) == args.limit:
        print(f"These are the first {args.limit}; there may be more (--limit).")
    return 0


def _lines(hit: Hit) -> Iterator[str]:
    place = ", ".join(part for part in (hit.outlet, hit.source) if part)
    yield from wrapped(f"{hit.published or 'undated'} {place}", width(), style="bold")
    if hit.title:
        yield from _marked(hit.title, hit.title_spans)
    passage = hit.passage
    within = [(start - passage.start, end - passage.start) for start, end in passage.spans]
    yield from _marked(passage.text, within, "… " if passage.start else "", " …" if passage.goes_on else "")
    yield ""


def _marked(text: str, spans: Iterable[Span], before: str = "", after: str = "") -> list[str]:
    """`text` in lines, what was found in colour, or between pairs of stars where there is no colour."""
    in_colour = coloured(sys.stdout)
    marked, at = before, 0
    for start, end in spans:
        found = _unmarked(text[start:end])
        # Each word is coloured by itself, so that a line may end between them.
        words = [f"{_OPEN}{word}{_SHUT}" for word in found.split(" ")] if in_colour else [f"**{found}**"]
        marked += _unmarked(text[at:start]) + " ".join(words)
        at = end
    lines = wrapped(marked + _unmarked(text[at:]) + after, width(), "  ")
    return [_FOUND.sub(lambda word: styled(word[1], "yellow"), line) for line in lines] if in_colour else lines


def _unmarked(text: str) -> str:
    blank = text[:1].isspace(), text[-1:].isspace()
    inner = plain(re.sub(f"[{_OPEN}{_SHUT}]", "", text))
    return " " * blank[0] + inner + " " * (blank[1] and bool(inner))


def parser() -> Parser:
    parser = Parser(
        "search",
        'Finds documents. A query has words, "phrases", OR, -not, (parentheses), beginnings* and fields: title:,'
        " outlet:, source:, author:, language:, actor:, speaker:, type:, act:, after:, before:, on:. A query that begins"
        " with - goes after --.",
        [
            "dragoman search caucasus pipeline",
            "dragoman search caucasus '\"border treaty\" OR armistice after:2026-06'",
            "dragoman search caucasus 'lighthouse -outlet:\"Harbour Post\" speaker:Halvard'",
            "dragoman search caucasus 'actor:AZE type:ACCUSE on:2026' --json",
        ],
    )
    parser.add_argument("project", metavar="DIR", help="the project's folder")
    parser.add_argument("query", metavar="QUERY", help="what to look for, as one argument")
    parser.add_argument("--limit", type=count, default=LIMIT, metavar="N", help=f"at most so many (default: {LIMIT})")
    parser.add_argument("--json", action="store_true", help="print one JSON object, with all spans")
    return parser
