"""On how much an event rests: documents, texts, outlets, independent sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.digest.answers import EventRow
from dragoman.digest.tables import Tables
from dragoman.model import Event
from dragoman.resolve.sources import Origin, independent_sources


def weighed(tables: Tables, events: Sequence[Event]) -> tuple[EventRow, ...]:
    """The events with what stands behind each."""
    numbers = tables.document_numbers({report.document for event in events for report in event.reports})
    outlets = outlets_of(tables)
    outlet, text = tables("documents", "outlet"), tables("documents", "text")
    rows = []
    for event in events:
        origins, known = [], {}
        for report in event.reports:
            number = numbers[report.document]
            id, state = outlets.get(int(outlet[number]), (None, "unknown"))
            through = tuple(link.actor for link in report.chain if link.actor)
            origins.append(Origin(report.document, id, str(text[number]), through))
            if id is not None:
                known[id] = state
        rows.append(
            EventRow(
                event=event,
                documents=len({origin.document for origin in origins}),
                texts=len({origin.text for origin in origins}),
                outlets=len(known),
                sources=len(independent_sources(origins)),
                state_outlets=sum(state in ("owned", "funded") for state in known.values()),
                known_outlets=sum(state != "unknown" for state in known.values()),
            )
        )
    return tuple(rows)


def outlets_of(tables: Tables) -> Mapping[int, tuple[str, str]]:
    """The id of each outlet by its number, and whether a state owns or funds it."""

    def read() -> dict[int, tuple[str, str]]:
        found = tables.connection.execute("SELECT number, id, state FROM outlets")
        return {number: (id, state) for number, id, state in found}

    return tables.once("outlets", read, lasting=True)


def names_of(tables: Tables) -> Mapping[int, str]:
    """How documents name their outlets, by the number of the name."""

    def read() -> dict[int, str]:
        return dict(tables.connection.execute("SELECT number, name FROM outlet_names"))

    return tables.once("outlet names", read, lasting=True)
