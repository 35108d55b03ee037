"""What a check of a project finds, counted where there is much of one kind."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MOST = 20
"""Findings of one kind that are listed; the rest is counted."""
RESTORE = "restore a backup, or read the sources again into a new folder"
AGAIN = "read the document's source again into a new folder, or restore a backup"
RESOLVE = "give the last 'dragoman read' command again: it resolves the whole project anew"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a project that somebody should know."""

    what: str
    """What is so."""
    where: str
    """The file, document or row that it is about."""
    todo: str
    """What to do about it."""
    wrong: bool = True
    """False: a note, of what may well be so."""


@dataclass(slots=True)
class Found:
    """The findings so far, of each kind no more than `MOST`."""

    findings: list[Finding] = field(default_factory=list)
    many: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """Findings by what they say, and whether that is wrong."""

    def add(self, kind: str, where: str, todo: str, more: str = "", *, wrong: bool = True) -> None:
        """`kind` says what is so, alike for all findings of a kind; `more` says what is so in this one."""
        self.many[kind, wrong] += 1
        if self.many[kind, wrong] <= MOST:
            self.findings.append(Finding(kind + more, where, todo, wrong))

    def damage(self, step: Callable[..., bool | None], *arguments: Any) -> bool | None:
        """What the step returns; a database that cannot be read is a finding."""
        try:
            return step(*arguments)
        except sqlite3.DatabaseError as error:
            # Locked, or a disk that fails: not the project's fault. A table that is not there is.
            if isinstance(error, sqlite3.OperationalError) and "no such" not in str(error):
                raise
            self.add("the database is damaged", "project.db", RESTORE, f": {error}")
        except (AttributeError, TypeError, ValueError) as error:
            self.add("the database holds what Dragoman never writes", "project.db", RESTORE, f": {error}")
        return False

    def listed(self) -> list[Finding]:
        rest = [
            Finding(f"{kind}: {many - MOST:,} more", "", "see the ones above", wrong)
            for (kind, wrong), many in self.many.items()
            if many > MOST
        ]
        return sorted([*self.findings, *rest], key=lambda finding: not finding.wrong)
