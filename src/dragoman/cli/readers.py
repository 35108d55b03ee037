"""The options that choose who reads: our own reader, a model that is asked, or that of a plugin."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dragoman.ask.ledger import Ledger
from dragoman.ask.options import AskOptions, checked_endpoint
from dragoman.cli.arguments import Parser, count
from dragoman.encode import LanguageBase
from dragoman.errors import SettingsError
from dragoman.read import DocumentReader, OwnReader
from dragoman.run import plugged

ANSWERS = "answers"
"""The folder of a project in which the answers of models are kept."""
SHARE = 0.4
"""Of the time for a document that one answer may take: so the question can be asked again, and the failure is told."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who reads; by default our own reader."""

    reader: str | None = None
    endpoint: str | None = None
    model: str | None = None
    budget: int | None = None

    @staticmethod
    def of(args: argparse.Namespace) -> Chosen:
        """What the arguments say. Raises SettingsError where they do not go together."""
        asked = {"--endpoint": args.endpoint, "--model": args.model, "--budget": args.budget}
        if (args.reader or "").startswith("llm:"):
            raise SettingsError("--reader llm takes its model from --model")
        if args.reader != "llm":
            if named := [option for option, value in asked.items() if value is not None]:
                raise SettingsError(f"{named[0]} goes with '--reader llm' only")
            return Chosen(args.reader)
        if not args.endpoint or not args.model:
            raise SettingsError("--reader llm asks the model that --endpoint and --model name: give both")
        if not args.model.isprintable():
            raise SettingsError("--model holds what no name of a model holds: a control character or half of a letter")
        return Chosen("llm", checked_endpoint(args.endpoint), args.model, args.budget)

    @property
    def options(self) -> dict[str, object]:
        """What the record keeps of the choice, beside the reader's name."""
        told = {"reader": self.reader, "endpoint": self.endpoint, "model": self.model, "budget": self.budget}
        return {name: value for name, value in told.items() if value is not None}

    @contextmanager
    def making(
        self, project: Path, seconds: float
    ) -> Iterator[tuple[Callable[[LanguageBase], DocumentReader], Ledger | None]]:
        """What makes the reader in each process, and where they note what they spend, if they spend anything. `seconds` is how
        long one document may take."""
        if self.reader is None:
            yield OwnReader, None
        elif self.endpoint is None or self.model is None:
            yield partial(plugged, self.reader), None
        else:
            from dragoman.ask.reader import ModelReader

            with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
                ledger = Ledger(Path(folder) / "spent.jsonl")
                options = AskOptions(
                    self.endpoint, self.model, project / ANSWERS, ledger.path, self.budget, seconds * SHARE
                )
                yield partial(ModelReader, options), ledger


OUR_OWN = Chosen()


def add_reader(parser: Parser) -> None:
    """Adds the options."""
    parser.add_argument(
        "--reader", metavar="NAME", help="llm, or the reader of a plugin ('dragoman plugins' lists them)"
    )
    parser.add_argument(
        "--endpoint", metavar="URL", help="with --reader llm: an OpenAI-compatible interface, to which texts are sent"
    )
    parser.add_argument("--model", metavar="NAME", help="with --reader llm: the model to ask")
    parser.add_argument(
        "--budget", type=count, metavar="TOKENS", help="with --reader llm: ask no more once so many are spent"
    )
