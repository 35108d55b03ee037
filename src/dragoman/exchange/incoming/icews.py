"""Events of ICEWS, by the header of their 20 columns. Its ids are not alone in a file: with the day and the parties they are.

Boschee, Lautenschlager, O'Brien, Shellman, Starr, Ward: ICEWS Coded Event Data (2015).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.exchange.incoming.coded import Layout, Read, Reader, cameo_kind, coded
from dragoman.exchange.incoming.days import iso_day
from dragoman.ontology.outside import sector_of, state_code
from dragoman.record.relations import FOR_THEIR_STATE

LAYOUT = Layout("ICEWS", ("eventid", "eventdate", "sourcecountry", "targetcountry", "cameocode"))


def reader(at: Mapping[str, int]) -> Reader:
    """Reads events; `at` is where each column stands."""
    id, day, code = at["eventid"], at["eventdate"], at["cameocode"]
    source_at = at["sourcecountry"], at.get("sourcesectors")
    target_at = at["targetcountry"], at.get("targetsectors")

    def read(cells: Sequence[str]) -> Read:
        date = iso_day(cells[day])
        written = cells[code].strip()
        kind = cameo_kind(written)
        source, target = _party(cells, *source_at), _party(cells, *target_at)
        if not source or not target or source == target:
            return date, ()
        whole = f"{cells[id]} {date} {source} {target}"
        return date, (coded(whole, (source, target), date, written, kind, None),)

    return read


def _party(cells: Sequence[str], country: int, sectors: int | None) -> str | None:
    """The state that an actor is, or acts for. A list of sectors has those above the actor's own in it, too."""
    if not cells[country]:
        return None
    listed = [word.strip() for word in cells[sectors].split(",") if word.strip()] if sectors is not None else []
    acts = not listed or any(word in FOR_THEIR_STATE or sector_of(word) in FOR_THEIR_STATE for word in listed)
    return state_code(cells[country]) if acts else None
