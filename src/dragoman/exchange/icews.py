"""Events in the 20 tab-separated columns of ICEWS, a row for each who does something to each whom it is done to.

Boschee, Lautenschlager, O'Brien, Shellman, Starr, Ward: ICEWS Coded Event Data (2015). What it has and a record has not stays
empty, see the README.txt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from dragoman.exchange import dyads
from dragoman.exchange.dyads import Dyad
from dragoman.exchange.gdelt import event_number
from dragoman.exchange.guide import write_guide
from dragoman.exchange.polecat import country_name
from dragoman.exchange.selection import Selection
from dragoman.exchange.trace import Trace
from dragoman.model import Actor, Event
from dragoman.ontology.cameo import to_cameo
from dragoman.record import Imprint

COLUMNS = (
    *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code"),
    *("Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher"),
    *("City", "District", "Province", "Country", "Latitude", "Longitude"),
)


def write(selection: Selection, folder: Path) -> None:
    """Writes events.tab, trace.tsv and README.txt."""
    cast = selection.cast()
    with (folder / "events.tab").open("wb") as out, Trace(folder) as trace:
        out.write(dyads.tab_separated(COLUMNS))
        for event, pages in selection.reported():
            numbers: list[int | None] = []
            for dyad in dyads.dyads(event) if dyads.happened(event) else ():
                number = event_number(event.id, dyad)
                numbers.append(number)
                out.write(dyads.tab_separated(_row(number, event, dyad, cast, pages[event.reports[0].document])))
            trace.add(event, numbers or [None])
    write_guide(folder, "icews")


def _row(
    number: int, event: Event, dyad: Dyad, cast: Mapping[str, Actor], page: Imprint
) -> Iterable[str | int | float | None]:
    done = event.type.capitalize() + (f" ({event.mode})" if event.mode else "")
    return (
        *(number, dyads.day(event.date), *_party(cast.get(dyad[0])), done, to_cameo(event.type, event.mode), None),
        *_party(cast.get(dyad[1] or "")),
        *(page.id, None, page.outlet, *[None] * 6),
    )


def _party(actor: Actor | None) -> tuple[str | None, ...]:
    return (actor.name, actor.sector, country_name(actor)) if actor else (None, None, None)
