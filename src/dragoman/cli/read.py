"""`dragoman read`: files, folders and JSON Lines into a project, with a report of what was not read and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman import settings
from dragoman.cli.arguments import Parser, count
from dragoman.cli.progress import Progress
from dragoman.cli.readers import OUR_OWN, Chosen, add_reader
from dragoman.cli.report import Report
from dragoman.errors import InputError, ProjectError, SettingsError
from dragoman.gather import Failure, Source, sources
from dragoman.gather.csv_columns import parse_column_map
from dragoman.ontology.own import ACTORS, OFFICES
from dragoman.record import Project
from dragoman.run import Limits, Reader, read_into

if TYPE_CHECKING:
    from dragoman.gather.fetch import Fetcher


def run(arguments: list[str]) -> int:
    """Returns 1 where nothing could be read, else 0."""
    args = parser().parse(arguments)
    if not args.inputs and not args.urls:
        raise SettingsError("dragoman read: say what to read: a file, a folder, an address, or a list with --urls")
    try:
        report = read_inputs(
            [*args.inputs, *(_listed(Path(args.urls)) if args.urls else ())],
            args.project,
            args.jobs,
            args.language_base,
            Outside(parse_column_map(args.columns) if args.columns else None, args.contact, tuple(args.allow)),
            Chosen.of(args),
        )
    except KeyboardInterrupt:
        print("What was read is kept; the same command goes on from there.", file=sys.stderr)
        raise
    if args.json:
        print(json.dumps(report.as_dict(), ensure_ascii=False))
    else:
        print("\n".join(report.lines()))
    return 0 if report.read or report.known else 1


@dataclass(frozen=True, slots=True)
class Outside:
    """What is said about inputs that are not plain texts: the columns of tables, and how pages are fetched."""

    columns: Mapping[str, str] | None = None
    contact: str | None = None
    allow: tuple[str, ...] = ()
    """Hosts of this machine or its network that may be asked."""


def read_inputs(
    inputs: Sequence[str | Path],
    folder: str,
    jobs: int | None = None,
    language_base: str | None = None,
    outside: Outside = Outside(),
    who: Chosen = OUR_OWN,
) -> Report:
    """Reads `inputs` into the project in `folder`, with a progress bar. None means that the settings say. Only inputs that
    are addresses are fetched."""
    chosen = settings.load()
    base = language_base or chosen.language_base
    report = Report(folder)
    _require_own(Path(folder))
    with (
        Project(folder) as project,
        Progress(_total(inputs, project.path)) as progress,
        _fetcher(inputs, outside) as web,
        who.making(project.path, chosen.seconds) as (make, ledger),
    ):
        found = _found(inputs, project.path, outside.columns, web)
        options: dict[str, object] = {"inputs": [str(given) for given in inputs], "language_base": base, **who.options}
        limits = Limits(jobs or chosen.jobs, chosen.seconds)
        for outcome in read_into(project, found, partial(Reader, base, project.path, make), limits, options):
            report.count(outcome)
            progress.advance(outcome.source)
        report.close(project.counts(), ledger.total() if ledger else None)
    return report


def _found(
    inputs: Sequence[str | Path],
    project: Path,
    columns: Mapping[str, str] | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Source | Failure]:
    """What is in `inputs`, without the project's own files where it lies in a folder that is read."""
    for given in inputs:
        own = _below(project, Path(given))
        for item in sources([given], sys.stdin, columns, fetcher):
            name = item.name if isinstance(item, Source) else item.source
            if own is None or not name.startswith(own):
                yield item


def _below(project: Path, folder: Path) -> str | None:
    """How the names of the project's files begin, seen from `folder`; None where it lies elsewhere."""
    top, inner = folder.resolve(), project.resolve()
    return f"{inner.relative_to(top).as_posix()}/" if top in inner.parents else None


def _fetcher(inputs: Sequence[str | Path], outside: Outside) -> AbstractContextManager[Fetcher | None]:
    """What fetches pages, where some input is an address."""
    if not any(_is_address(given) for given in inputs):
        return nullcontext()
    # Imported here because the client of HTTP takes longer to load than all else that reading files needs.
    from dragoman.gather.fetch import Fetcher, FetchOptions

    return Fetcher(FetchOptions(contact=outside.contact or "", private_hosts=frozenset(outside.allow)))


def _is_address(given: str | Path) -> bool:
    return str(given).startswith(("http://", "https://"))


def _listed(path: Path) -> list[str]:
    """The addresses in a list: one a line, a GDELT export, or a table with a column of addresses."""
    from dragoman.gather.url_lists import parse_url_list

    try:
        body = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    found = [entry.link for entry in parse_url_list(body, path.name).entries]
    if not found:
        raise InputError(f"{path} lists no address of a page")
    return found


def _total(inputs: Sequence[str | Path], project: Path) -> int | None:
    """How many sources there are, or None where it cannot be told or nobody would see it."""
    if not sys.stderr.isatty() or "-" in map(str, inputs) or any(map(_is_address, inputs)):
        return None
    return sum(1 for _ in _found(inputs, project))


def _require_own(folder: Path) -> None:
    """Refuses a folder of other files, in which a project would only be in the way."""
    strange = [item for item in folder.iterdir() if item.name not in (ACTORS, OFFICES)] if folder.is_dir() else []
    if strange and not (folder / "project.db").exists():
        raise ProjectError(f"{folder} is no project and not empty: name a folder that is new, empty, or a project")


def parser() -> Parser:
    parser = Parser(
        "read",
        "Reads articles into a project. What is there is left alone: a run that was stopped goes on where it stood.",
        [
            "dragoman read pages/ --project caucasus",
            "dragoman read article.html notes.txt --project caucasus --jobs 4",
            "dragoman read - --project caucasus < articles.jsonl",
            "dragoman read https://example.org/news/1 --project caucasus --contact desk@example.org",
            "dragoman read --urls gdelt.export.CSV --project caucasus",
        ],
    )
    parser.add_argument(
        "inputs",
        nargs="*",
        metavar="INPUT",
        help="a file (.txt .md .html .pdf .docx .eml .jsonl .csv .tsv .warc .warc.gz), a folder, the address of a page, or"
        " - for JSON Lines",
    )
    parser.add_argument("--project", required=True, metavar="DIR", help="the project's folder, made if it is not there")
    parser.add_argument("--jobs", type=count, metavar="N", help="processes that read (default: as many as cores)")
    parser.add_argument(
        "--language-base", metavar="NAME", help="an installed spaCy pipeline, e.g. spacy:en_core_web_sm, or a plugin's"
    )
    add_reader(parser)
    parser.add_argument("--urls", metavar="FILE", help="a list of pages to fetch: plain, GDELT, or a Media Cloud CSV")
    parser.add_argument("--columns", metavar="MAP", help="which columns of tables are what: text=body,source=url,...")
    parser.add_argument("--contact", metavar="ADDRESS", help="an address or page for those whose pages are fetched")
    parser.add_argument(
        "--allow", metavar="HOST", nargs="+", default=(), help="hosts of this network that may be asked"
    )
    parser.add_argument("--json", action="store_true", help="print the closing report as one JSON object")
    return parser
