"""What is watched, and the pages that were found by it: the rows of two tables. Each change is one transaction.

A page is first `fetched`, then its original is kept and its problem is `TO_READ`, then it has none, or the one that it has.
A process that is killed in between leaves a row that says what is still to be done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, get_args
from urllib.parse import urlsplit

from dragoman.record.database import connect, plain_errors, writing

Kind = Literal["feed", "sitemap", "page"]
KINDS: tuple[Kind, ...] = get_args(Kind)
TO_READ = "not read yet"
"""The problem of a page whose original is kept and waits for its reading."""
_LONGEST = 2000
"""Characters of a problem that are kept."""


@dataclass(frozen=True, slots=True)
class Watched:
    """An address that is asked again and again."""

    url: str
    kind: Kind
    added: str
    """UTC, as all times here: as `stamp` writes them."""
    etag: str | None
    modified: str | None
    checked: str | None
    """When it last answered as it should."""
    due: str
    failures: int
    """How often in a row it did not."""
    problem: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was found, or that is watched itself."""

    url: str
    found_in: str | None
    final_url: str | None
    title: str | None
    published: str | None
    fetched: str | None
    due: str
    failures: int
    original: str | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page that a feed or sitemap names, with what is said there about it."""

    url: str
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept of an answer of a watched address: what to ask with the next time, and when."""

    etag: str | None
    modified: str | None
    due: datetime
    problem: str | None = None
    """What is damaged in it, where some of it could be read all the same."""


class Watching:
    """The two tables of the project in a folder, over a connection of their own. Not to be shared between threads.

    Every method raises ProjectError where the disk or the database refuses.
    """

    def __init__(self, project: str | Path) -> None:
        self._file = Path(project) / "project.db"
        self._connection = connect(self._file)
        self._connection.create_function("host", 1, host_of, deterministic=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def add(self, url: str, kind: Kind, now: datetime) -> bool:
        """Watches an address from now on; False where it is watched already."""
        row = "INSERT OR IGNORE INTO watched (url, kind, added, due) VALUES (?, ?, ?, ?)"
        return self._change(row, _plain(url), kind, stamp(now), stamp(now)) > 0

    def remove(self, url: str) -> bool:
        """Watches an address no longer; False where it was not watched.

        What it found and was not fetched yet is forgotten. All others are asked in full again, as they may have found it too.
        """
        with plain_errors(self._file), writing(self._connection):
            execute = self._connection.execute
            if not execute("DELETE FROM watched WHERE url = ?", (url,)).rowcount:
                return False
            execute("DELETE FROM fetched WHERE found_in = ? AND fetched IS NULL", (url,))
            execute("UPDATE watched SET etag = NULL, modified = NULL")
        return True

    def watched(self) -> list[Watched]:
        """All addresses that are watched, by address."""
        return [Watched(*row) for row in self._rows("SELECT * FROM watched ORDER BY url")]

    def due(self, now: datetime) -> list[Watched]:
        """The addresses that are to be asked now, the longest waiting first."""
        return [
            Watched(*row) for row in self._rows("SELECT * FROM watched WHERE due <= ? ORDER BY due, url", stamp(now))
        ]

    def pages_due(self, now: datetime, most: int) -> list[Page]:
        """Pages to be fetched now, of each host the `most` that wait longest, of these the newest first."""
        places = """SELECT *, row_number() OVER (PARTITION BY host(url) ORDER BY due, published DESC, url) AS place
            FROM fetched WHERE fetched IS NULL AND due <= ?"""
        return [Page(*row[:-1]) for row in self._rows(f"SELECT * FROM ({places}) WHERE place <= ?", stamp(now), most)]

    def next_due(self) -> datetime | None:
        """When something is to be asked or fetched next; None where there is nothing."""
        query = "SELECT min(due) FROM (SELECT due FROM watched UNION ALL SELECT due FROM fetched WHERE fetched IS NULL)"
        ((due,),) = self._rows(query)
        return None if due is None else datetime.fromisoformat(due)

    def waiting(self) -> int:
        """How many pages are still to be fetched."""
        return int(self._rows("SELECT count(*) FROM fetched WHERE fetched IS NULL")[0][0])

    def to_read(self, most: int) -> list[Page]:
        """Pages whose originals are kept and wait for their reading, by address."""
        rows = self._rows("SELECT * FROM fetched WHERE problem = ? ORDER BY url LIMIT ?", TO_READ, most)
        return [Page(*row) for row in rows]

    def page(self, url: str) -> Page | None:
        """The row of a page."""
        rows = self._rows("SELECT * FROM fetched WHERE url = ?", url)
        return Page(*rows[0]) if rows else None

    def answered(self, url: str, answer: Answer, found: Iterable[Found], now: datetime) -> int:
        """Keeps what a watched address answered, with the pages that it names; returns how many of these are new.

        Both or neither is kept: an answer that were kept alone would hide its pages for ever behind a 304.
        """
        with plain_errors(self._file), writing(self._connection):
            if not self._answered(url, answer, now):
                return 0  # It was removed meanwhile.
            row = "INSERT OR IGNORE INTO fetched (url, found_in, title, published, due) VALUES (?, ?, ?, ?, ?)"
            values = ((_plain(one.url), url, _plain(one.title), _plain(one.published), stamp(now)) for one in found)
            return sum(self._connection.execute(row, each).rowcount for each in values)

    def page_answered(self, url: str, answer: Answer, now: datetime, final_url: str, original: str | None) -> None:
        """Keeps what a watched page answered, whose bytes were read: `original`, where they are kept, and why they could
        not be read. The address and original of before stay where None is given."""
        with plain_errors(self._file), writing(self._connection):
            if self._answered(url, answer, now):
                row = """INSERT INTO fetched (url, found_in, final_url, fetched, due, original, problem)
                    VALUES (:url, :url, :final, :now, :now, :original, :problem)
                    ON CONFLICT (url) DO UPDATE SET final_url = :final, fetched = :now, failures = 0,
                    original = coalesce(:original, original), problem = :problem"""
                values = {"url": url, "final": _plain(final_url), "now": stamp(now), "original": original}
                self._connection.execute(row, values | {"problem": _short(answer.problem)})

    def failed(self, url: str, problem: str, due: datetime) -> None:
        """Notes that a watched address did not answer as it should."""
        row = "UPDATE watched SET failures = failures + 1, problem = ?, due = max(due, ?) WHERE url = ?"
        self._change(row, _short(problem), _later(due), url)

    def kept(self, url: str, final_url: str, original: str, now: datetime) -> None:
        """Notes that a page was fetched, its original kept, and that it is to be read."""
        row = "UPDATE fetched SET final_url = ?, fetched = ?, original = ?, problem = ? WHERE url = ?"
        self._change(row, _plain(final_url), stamp(now), original, TO_READ, url)

    def page_failed(self, url: str, problem: str, due: datetime) -> None:
        """Notes that a page could not be fetched, and when to try again."""
        row = "UPDATE fetched SET failures = failures + 1, problem = ?, due = max(due, ?) WHERE url = ?"
        self._change(row, _short(problem), _later(due), url)

    def given_up(self, url: str, problem: str, now: datetime) -> None:
        """Notes that a page cannot be fetched. It is not tried again."""
        row = "UPDATE fetched SET failures = failures + 1, problem = ?, fetched = ? WHERE url = ?"
        self._change(row, _short(problem), stamp(now), url)

    def was_read(self, page: Page, problem: str | None) -> None:
        """Notes that a page was read, or why it could not be."""
        self._change(
            "UPDATE fetched SET problem = ? WHERE url = ? AND original = ?", _short(problem), page.url, page.original
        )

    def hold(self, host: str, due: datetime) -> None:
        """Asks a host for nothing before `due`."""
        with plain_errors(self._file), writing(self._connection):
            for table, which in (("watched", ""), ("fetched", "fetched IS NULL AND ")):
                row = f"UPDATE {table} SET due = ? WHERE {which}due < ? AND host(url) = ?"
                self._connection.execute(row, (_later(due), _later(due), host))

    def _answered(self, url: str, answer: Answer, now: datetime) -> bool:
        row = """UPDATE watched SET etag = ?, modified = ?, checked = ?, due = max(?, due), failures = 0, problem = ?
            WHERE url = ?"""
        values = (answer.etag, answer.modified, stamp(now), _later(answer.due), _short(answer.problem), url)
        return self._connection.execute(row, values).rowcount > 0

    def _change(self, row: str, *values: object) -> int:
        with plain_errors(self._file), writing(self._connection):
            return self._connection.execute(row, values).rowcount

    def _rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        with plain_errors(self._file):
            return self._connection.execute(query, values).fetchall()


def stamp(time: datetime) -> str:
    """A time as the tables have it: UTC, in whole seconds, so that texts sort as times do."""
    return time.astimezone(UTC).isoformat(timespec="seconds")


def _later(time: datetime) -> str:
    """The next whole second, so that nothing is due too early."""
    return stamp(time + timedelta(microseconds=999_999))


def host_of(url: str) -> str:
    """The host of an address, without its port; empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _plain(text: str | None) -> str | None:
    """Without halves of surrogate pairs, which have no UTF-8."""
    return None if text is None else text.encode("utf-8", "replace").decode()


def _short(problem: str | None) -> str | None:
    return None if problem is None else _plain(problem[:_LONGEST])
