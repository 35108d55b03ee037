"""`dragoman review`: what to look at first, and what people say of rows: right, none, corrected, one event or two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from dragoman.cli.arguments import Parser, count, one_of
from dragoman.cli.report import number
from dragoman.cli.terminal import plain, styled, width, wrapped
from dragoman.cli.views.names import ARROW, actor_names, chain, page, quoted
from dragoman.errors import SettingsError
from dragoman.model import Event, EventReport, Statement
from dragoman.record import Project, Reviewed
from dragoman.record.account import account
from dragoman.record.reviewed import Kind

LIMIT = 20
VERBS = ("next", *get_args(Kind), "list", "undo")
_VALUES = {"speaker": "an actor", "act": "an act", "status": "a status", "type": "a PLOVER type"}
_PAIRS = ("same", "apart")


def run(arguments: list[str]) -> int:
    """Returns 0; raises SettingsError where a row is not known or what was said of it is incomplete."""
    args = parser().parse(arguments)
    with Project(args.project, create=False) as project:
        for line in _answer(project, args.verb, args.words, args.limit, args.by or account()):
            print(line)
    return 0


def _answer(project: Project, verb: str, words: list[str], limit: int, by: str) -> Iterator[str]:
    if verb == "next":
        _require(words, "", verb)
        yield from _next(project, limit)
    elif verb == "list":
        _require(words, "", verb)
        yield from _list(project)
    elif verb == "undo":
        _require(words, "N", verb)
        if not (words[0].isascii() and words[0].isdigit()):
            listing = f"'dragoman review {project.path} list' lists them"
            raise SettingsError(f"'{words[0]}' is no number of a review: {listing}")
        project.undo_review(int(words[0]))
        yield f"Review {words[0]} is undone."
    else:
        yield from _review(project, verb, words, by)


def _review(project: Project, verb: str, words: list[str], by: str) -> Iterator[str]:
    kind = next(kind for kind in get_args(Kind) if kind == verb)
    _require(words, "ID ID" if verb in _PAIRS else f"ID {verb.upper()}" if verb in _VALUES else "ID", verb)
    row, value = words[0], words[1] if len(words) > 1 else None
    standing = project.words(row)
    if not standing:
        raise SettingsError(
            f"no statement or event of {project.path} has the id '{row}': 'dragoman review {project.path}' and "
            f"'dragoman show {project.path} --ids' print ids"
        )
    if verb in _PAIRS:
        kept = project.review(Reviewed(kind, row, by, other=value))
        yield f"Review {kept}: {row} and {value} are {'one event' if verb == 'same' else 'not one event'}."
        return
    if verb == "reject":
        for one in standing:
            kept = project.review(Reviewed(kind, one.id, by))
            yield from wrapped(f"Review {kept}: {one.id} says nothing of its kind: {quoted(one.text)}", width())
        return
    if verb == "speaker" and standing[0].row_kind == "statement":
        value = project.actor_called(value or "").id
    kept = project.review(Reviewed(kind, row, by, value))
    said = "is right" if verb == "accept" else f"has the {verb} {plain(value or '')}"
    yield from wrapped(f"Review {kept}: {row} {said}: {quoted(standing[0].text)}", width())


def _next(project: Project, limit: int) -> Iterator[str]:
    with project.snapshot():
        names = actor_names(project)
        pages = {document.id: page(document) for document in project.documents()}
        rows = project.to_review(limit)
        for one in rows:
            if isinstance(one, Statement):
                yield from _statement(one, names, pages)
            else:
                yield from _event(project, one, names, pages)
    if not rows:
        yield "Nothing is left to look at."


def _statement(one: Statement, names: Mapping[str, str], pages: Mapping[str, str]) -> Iterator[str]:
    yield styled(f"{one.id}  {one.confidence:.2f}", "bold")
    yield from wrapped(f"{chain(one.chain, names) or 'unknown'}: {one.act}, {one.form}", width(), "  ")
    yield from _said(one, pages)


def _event(project: Project, one: Event, names: Mapping[str, str], pages: Mapping[str, str]) -> Iterator[str]:
    low, high = (f"{find(report.confidence for report in one.reports):.2f}" for find in (min, max))
    sure = low if low == high else f"{low}-{high}"
    yield styled(f"{one.id}  {sure}, {number(len(one.reports), 'report')}", "bold")
    sides = [" + ".join(names.get(id, id) for id in ids) for ids in (one.actor, one.recipient) if ids]
    what = one.type + (f" ({one.mode})" if one.mode else "")
    yield from wrapped(f"{ARROW.join(sides)}: {what}, {one.status}, {one.date or 'undated'}", width(), "  ")
    numbered = {(words.document, words.start, words.end): words.id for words in project.words(one.id)}
    for report in one.reports:
        if len(one.reports) > 1:
            yield f"  {numbered[report.document, report.start, report.end]}  {report.confidence:.2f}"
        yield from _said(report, pages)


def _said(one: Statement | EventReport, pages: Mapping[str, str]) -> Iterator[str]:
    yield from wrapped(quoted(one.text), width(), "  ")
    where = pages.get(one.document, one.document)
    yield from wrapped(f"{where} [{one.start}:{one.end}]", width(), "  ", "dim")


def _list(project: Project) -> Iterator[str]:
    made = project.reviews()
    for one in made:
        row = one.row if one.other else one.now or one.row
        what = " ".join(filter(None, (one.kind, row, one.value, one.other)))
        undone = f", undone {one.undone[:10]}" if one.undone else ""
        yield from wrapped(f"{one.number} {what} by {one.made_by}, {one.made[:10]}{undone}", width(), style="bold")
        where = f"{one.document} [{one.start}:{one.end}]"
        if one.other:
            where += f"; {one.other_document} [{one.other_start}:{one.other_end}]"
        yield from wrapped(f"{quoted(one.text)} ({where})", width(), "   ")
        if one.problem:
            yield from wrapped(f"changes nothing: {one.problem}", width(), "   ", "yellow")
    if not made:
        yield "No reviews."


def _require(words: list[str], wanted: str, verb: str) -> None:
    if len(words) == len(wanted.split()):
        return
    usage = f"dragoman review PROJECT {verb} {wanted}".rstrip()
    hint = f": {verb.upper()} is {_VALUES[verb]}" if verb in _VALUES else ""
    raise SettingsError(f"write '{usage}'{hint}; there were {len(words)} words after '{verb}'")


def parser() -> Parser:
    parser = Parser(
        "review",
        "Corrects what was read. Without a verb: what to look at first. What is said of a row holds for its words, also when "
        "they are read again, and can be undone. ID/2 is the second report of an event.",
        [
            "dragoman review caucasus --limit 5",
            "dragoman review caucasus accept statement-1a2b --by mk",
            "dragoman review caucasus reject event-3c4d/2",
            'dragoman review caucasus speaker statement-1a2b "Dana Orlen"',
            "dragoman review caucasus act statement-1a2b demand",
            "dragoman review caucasus status event-3c4d planned",
            "dragoman review caucasus type event-3c4d ACCUSE",
            "dragoman review caucasus same event-3c4d event-5e6f",
            "dragoman review caucasus apart event-3c4d/1 event-3c4d/2",
            "dragoman review caucasus list",
            "dragoman review caucasus undo 3",
        ],
    )
    parser.add_argument("project", metavar="DIR", help="the project's folder")
    verbs = ", ".join(VERBS)
    parser.add_argument(
        "verb", nargs="?", default="next", type=one_of(*VERBS), metavar="VERB", help=f"{verbs} (default: next)"
    )
    parser.add_argument("words", nargs="*", metavar="ID", help="the row, and what it should be or the other event")
    parser.add_argument("--by", metavar="NAME", help="who says so (default: the name of the user's account)")
    parser.add_argument(
        "--limit", type=count, default=LIMIT, metavar="N", help=f"next: at most so many rows (default: {LIMIT})"
    )
    return parser
