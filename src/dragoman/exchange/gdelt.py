"""Events and mentions in the columns of GDELT 2.0 (61 and 16, tab-separated, without a header).

The GDELT Event Database Data Format Codebook V2.0 (2015). What it has and a record has not stays empty, see the README.txt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dragoman.exchange import dyads
from dragoman.exchange.dyads import Dyad
from dragoman.exchange.guide import write_guide
from dragoman.exchange.selection import Selection
from dragoman.exchange.trace import Trace
from dragoman.model import Actor, Event, content_id
from dragoman.model.edtf import edtf_bounds
from dragoman.ontology.cameo import actor_types, known_groups, root_quad, to_cameo
from dragoman.ontology.state_codes import state_codes
from dragoman.record import Imprint

Cells = tuple[str | int | float | None, ...]
_PARTY = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()
)
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
EVENT_COLUMNS = (
    *("GlobalEventID", "Day", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{n}{name}" for n in (1, 2) for name in _PARTY),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
MENTION_COLUMNS = (
    *("GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier"),
    *("SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence"),
    *("MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"),
)
_WEB, _OTHER = 1, 2


def write(selection: Selection, folder: Path) -> None:
    """Writes events.export.CSV, events.mentions.CSV, trace.tsv and README.txt."""
    cast = selection.cast()
    events, mentions = (folder / f"events.{kind}.CSV" for kind in ("export", "mentions"))
    with events.open("wb") as told, mentions.open("wb") as mentioned, Trace(folder) as trace:
        for event, pages in selection.reported():
            numbers: list[int | None] = []
            if dyads.happened(event):
                sources = len(selection.project.sources(event))
                for dyad in dyads.dyads(event):
                    number = event_number(event.id, dyad)
                    numbers.append(number)
                    told.write(dyads.tab_separated(_event(number, event, dyad, cast, pages, sources)))
                    mentioned.writelines(dyads.lines(_mentions(number, event, pages)))
            trace.add(event, numbers or [None])
    write_guide(folder, "gdelt")


def event_number(event: str, dyad: Dyad) -> int:
    """A whole number for a row, the same in every export of the event; below 2**60, as GDELT's are integers."""
    return int(content_id("row", event, *dyad).rpartition("-")[2][:15], 16)


def _event(
    number: int, event: Event, dyad: Dyad, cast: Mapping[str, Actor], pages: Mapping[str, Imprint], sources: int
) -> Iterable[str | int | float | None]:
    code = to_cameo(event.type, event.mode)
    first = pages[event.reports[0].document]
    return (
        *(number, *_when(event.date), *_party(cast.get(dyad[0])), *_party(cast.get(dyad[1] or ""))),
        *(None, code, code[:3], code[:2], root_quad(code), None),
        *(len(event.reports), sources, len({report.document for report in event.reports}), None),
        *[None] * 16,
        *(None, dyads.place_name(event.place)[1], *[None] * 6),
        *(_digits(dyads.day(first.published)), first.source),
    )


def _when(edtf: str | None) -> Cells:
    """Day, month, year, each only where it is known; the fraction of the year only with the day."""
    bounds, day = edtf_bounds(edtf) if edtf else None, dyads.day(edtf)
    first, last = bounds or ("", "-")
    month = _digits(first[:7]) if first[:7] == last[:7] else None
    year = first[:4] if first[:4] == last[:4] else None
    fraction = f"{int(first[:4]) + ((int(first[5:7]) - 1) * 30 + int(first[8:])) / 365:.4f}" if day else None
    return _digits(day), month, year, fraction


def _party(actor: Actor | None) -> Cells:
    if actor is None:
        return (None,) * 10
    country = actor.country if actor.country in state_codes() else None
    above = None if country else actor.country
    types = list(dict.fromkeys(kind for code in (above, actor.sector) if (kind := actor_types().get(code or ""))))
    group = known_groups().get(above or "")
    whole = "".join(filter(None, (country or group, *types[:1])))
    return (whole, actor.name.upper(), country, group, None, None, None, *_three(types))


def _three(types: Sequence[str]) -> Cells:
    return tuple([*types, None, None, None][:3])


def _mentions(number: int, event: Event, pages: Mapping[str, Imprint]) -> Iterable[Cells]:
    for report in event.reports:
        page = pages[report.document]
        web = page.source.lower().startswith(("http://", "https://"))
        yield (
            *(number, None, _digits(dyads.day(page.published)), _WEB if web else _OTHER, page.outlet, page.source),
            *(None, None, None, report.start, 1, round(100 * report.confidence)),
            *(None, None, None, f"{report.document}:{report.start}-{report.end}"),
        )


def _digits(day: str | None) -> str | None:
    return day.replace("-", "") if day else None
