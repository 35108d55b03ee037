"""Events in the 40 tab-separated columns of POLECAT, one row an event, several actors parted by "; ".

Halterman, Bagozzi, Beger, Schrodt, Scarborough: PLOVER and POLECAT (2023).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dragoman.exchange import dyads
from dragoman.exchange.guide import write_guide
from dragoman.exchange.selection import FORMAT_VERSION, Selection
from dragoman.exchange.trace import Trace
from dragoman.model import Actor, ActorType, Event
from dragoman.ontology.actors import states
from dragoman.ontology.plover import plover
from dragoman.ontology.state_codes import state_codes
from dragoman.record import Imprint

COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
    *("Actor Name Raw", "Wikipedia Actor ID"),
    *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors"),
    *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename"),
    *("Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations"),
    *("Language", "Version"),
)
NAME = "events.txt"


def write(selection: Selection, folder: Path) -> None:
    """Writes events.txt, trace.tsv and README.txt."""
    cast = selection.cast()
    with (folder / NAME).open("wb") as out, Trace(folder) as trace:
        out.write(dyads.tab_separated(COLUMNS))
        for event, pages in selection.reported():
            if dyads.happened(event):
                out.write(dyads.tab_separated(_row(event, pages[event.reports[0].document], cast)))
            trace.add(event, [event.id] if dyads.happened(event) else [None])
    write_guide(folder, "polecat")


def _row(event: Event, page: Imprint, cast: Mapping[str, Actor]) -> Iterable[str | int | float | None]:
    number, place = dyads.place_name(event.place)
    return (
        *(event.id, dyads.day(event.date), event.type, event.mode, plover().score(event.type, event.mode)),
        *(plover().quads.get(event.quad, "").upper(), "; ".join(event.context)),
        *_party([cast[id] for id in event.actor if id in cast]),
        *_party([cast[id] for id in event.recipient if id in cast]),
        *(place, *[None] * 6, number, place, None),
        *(page.outlet, dyads.day(page.published), None, None, None, page.language, f"dragoman {FORMAT_VERSION}"),
    )


def _party(actors: Sequence[Actor]) -> Iterable[str]:
    codes = [state_codes().get(actor.country or "") for actor in actors]
    names = [actor.name for actor in actors]
    sectors = [actor.sector for actor in actors]
    return (
        dyads.listed(names),
        dyads.listed(country_name(actor) for actor in actors),
        dyads.listed(str(code.cow) if code and code.cow else None for code in codes),
        dyads.listed(sectors),
        dyads.listed(sectors),
        "",
        dyads.listed(names),
        "",
    )


def country_name(actor: Actor) -> str | None:
    """The name of the state that an actor is, or is of; the code of what is above states."""
    if actor.type is ActorType.STATE:
        return actor.name
    state = states().get(f"state:{actor.country}")
    return state.name if state else actor.country
