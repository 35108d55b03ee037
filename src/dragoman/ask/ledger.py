"""What a run of questions costs and brings, noted by all its processes in one file."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spent:
    """Sums over a run."""

    asked: int = 0
    """Questions that were sent."""
    kept: int = 0
    """Answers that were there from before."""
    tokens_in: int = 0
    tokens_out: int = 0
    guessed: int = 0
    """Of these tokens those that the endpoint did not tell."""
    rows: int = 0
    """Statements and events that the answers gave."""
    dropped: int = 0
    """Of these those whose words the text does not have, or that name no actor."""

    @property
    def tokens(self) -> int:
        return self.tokens_in + self.tokens_out

    def __add__(self, other: Spent) -> Spent:
        return Spent(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Spent)))


@dataclass(frozen=True, slots=True)
class Ledger:
    """Lines appended whole, so that a process that is killed takes no lock with it."""

    path: Path

    def note(self, spent: Spent) -> None:
        line = json.dumps(asdict(spent)) + "\n"
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)

    def total(self) -> Spent:
        try:
            lines = self.path.read_text("utf-8").splitlines()
        except FileNotFoundError:
            lines = []
        return sum((Spent(**json.loads(line)) for line in lines), Spent())
