"""Where the rows of a table come from that has no place to say so: trace.tsv, one line a report of an event."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from dragoman.exchange.dyads import tab_separated
from dragoman.model import Event

COLUMNS = ("row", "event", "type", "mode", "status", "date_edtf", "document", "start", "end")


class Trace:
    """Opened beside the table. An event without a row stands here too, with an empty `row`, so that nothing is lost."""

    def __init__(self, folder: Path) -> None:
        self._out = (folder / "trace.tsv").open("wb")
        self._out.write(tab_separated(COLUMNS))

    def add(self, event: Event, rows: Iterable[str | int | None]) -> None:
        """Notes what each of the `rows` that stand for an event was read from."""
        about = (event.id, event.type, event.mode, event.status.value, event.date)
        for row in rows:
            for report in event.reports:
                self._out.write(tab_separated((row, *about, report.document, report.start, report.end)))

    def __enter__(self) -> Trace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._out.close()
