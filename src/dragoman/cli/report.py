"""The closing report of a run: what was read, what was there already, what was not read and why."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from dragoman.ask.ledger import Spent
from dragoman.cli.progress import clock
from dragoman.cli.terminal import plain, styled, table, width
from dragoman.run import Outcome

KINDS = ("document", "actor", "statement", "event")
SHOWN = 20
"""Failures that are listed; `dragoman show PROJECT failures` lists all."""


class Report:
    """Counts outcomes as they come."""

    def __init__(self, project: str) -> None:
        self.project = project
        self.read = 0
        self.known = 0
        self.failed: list[Outcome] = []
        self.counts: Mapping[str, int] = {}
        self.spent: Spent | None = None
        self._started = time.monotonic()
        self._seconds = 0.0

    def count(self, outcome: Outcome) -> None:
        """Takes in what became of one source."""
        if outcome.kind == "failed":
            self.failed.append(outcome)
        elif outcome.kind == "read":
            self.read += 1
        else:
            self.known += 1

    def close(self, counts: Mapping[str, int], spent: Spent | None = None) -> None:
        """The run is over, this is what the project holds now, and what was spent on asking a model, where one was asked."""
        self.spent = spent
        self.counts = counts
        self._seconds = time.monotonic() - self._started

    def as_dict(self) -> dict[str, object]:
        """The report as plain JSON values."""
        failed = sorted((one.source, one.problem, one.message) for one in self.failed)
        return {
            "project": self.project,
            "read": self.read,
            "known": self.known,
            "failed": [dict(zip(("source", "problem", "message"), row, strict=True)) for row in failed],
            "counts": dict(self.counts),
            **({"asked": asdict(self.spent)} if self.spent else {}),
            "seconds": round(self._seconds, 3),
        }

    def lines(self) -> Iterator[str]:
        """The report for people."""
        yield f"Read {number(self.read, 'document')} in {clock(self._seconds)}."
        if self.known:
            yield f"{number(self.known, 'document')} had been read before."
        if self.failed:
            yield styled(f"{number(len(self.failed), 'input')} could not be read:", "yellow")
            yield from failure_table((one.source, one.problem, one.message) for one in self.failed)
        if self.spent:
            yield from spent_lines(self.spent)
        yield f"{self.project} holds {', '.join(number(self.counts[kind + 's'], kind) for kind in KINDS)}."


def spent_lines(spent: Spent) -> Iterator[str]:
    """What the questions to a model cost and brought."""
    about = "about " if spent.guessed else ""
    cost = f"{about}{spent.tokens_in:,} tokens in, {spent.tokens_out:,} out"
    kept = f"; {number(spent.kept, 'answer')} kept from before" if spent.kept else ""
    yield f"Asked the model {number(spent.asked, 'question')}: {cost}{kept}."
    if spent.guessed:
        yield "The endpoint does not tell all its tokens; those were counted by the characters."
    if spent.dropped:
        yield styled(
            f"{spent.dropped} of {number(spent.rows, 'row')} of the answers were dropped: not in the text, or without"
            " a known actor.",
            "yellow",
        )


def failure_table(rows: Iterable[tuple[str, str, str]], most: int = SHOWN) -> Iterator[str]:
    """A table of (source, problem, message), sorted; the message does not repeat the source."""
    every = sorted(rows)
    if not every:
        return
    cells = [(source, problem, plain(message).removeprefix(f"{source} ")) for source, problem, message in every[:most]]
    yield from (f"  {line}" for line in table(("input", "problem", "why"), cells, width() - 2))
    if len(every) > most:
        yield f"  and {len(every) - most} more"


def number(many: int, what: str) -> str:
    """`1 document`, `2 documents`."""
    return f"{many} {what}{'' if many == 1 else 's'}"
