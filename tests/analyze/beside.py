"""Events of ours and rows of others that are made up, and the comparison of the two."""

from dragoman.analyze.compare import compare
from dragoman.analyze.series import Side, series_of
from dragoman.analyze.windows import windows_between
from dragoman.digest.documents import ReadDocument
from dragoman.exchange.incoming import Theirs
from dragoman.exchange.incoming.coded import coded
from dragoman.model import Actor, ActorType, Event, EventReport, Status

CHILE = Actor("state:CHL", "Chile", ActorType.STATE, "CHL", "GOV")
PERU = Actor("state:PER", "Peru", ActorType.STATE, "PER", "GOV")
KINDS = {"042": ("CONSULT", None), "190": ("ASSAULT", None), "010": None}
QUADS = {"CONSULT": 1, "ASSAULT": 4}


def ours(day, type="CONSULT", status="happened", n=1):
    """So many events of a day, each with a page of its own of the same day."""
    return [(day, type, Status(status))] * n


def theirs(day, code="042", n=1, reports=None, same=False):
    """So many rows of a day, each of another day of the month unless they are the same."""
    return [
        coded(
            f"{day} {code} {at}",
            ("CHL", "PER"),
            day if same else f"{day[:8]}{1 + at % 28:02}",
            code,
            KINDS[code],
            reports,
        )
        for at in range(n)
    ]


def compared(told, coded_events, months=("2031-01", "2031-03"), quiet=(), elsewhere=()):
    """The comparison; `quiet` are days of pages that tell nothing, `elsewhere` days of rows of other parties."""
    documents, events = {}, []
    for at, (day, type_, status) in enumerate(told):
        id = f"doc-{at}"
        documents[id] = ReadDocument(id, day, "outlet:tarn", "Tarn Herald", "unknown", id, "en")
        report = EventReport(id, 0, 4, "They")
        sides = (CHILE.id,), (PERU.id,)
        events.append(
            Event(f"evt-{at:03}", type_, None, (), QUADS[type_], *sides, status, day, "text", None, (report,))
        )
    for day in quiet:
        documents[day] = ReadDocument(day, day, "outlet:tarn", "Tarn Herald", "unknown", day, "en")
    windows = windows_between(f"{months[0]}-01", f"{months[1]}-28", "month")
    a, b = (Side(one, frozenset((one.id,))) for one in (CHILE, PERU))
    series = series_of(a, b, events, documents, "month", windows)
    days = {}
    for day in (*(one.date for one in coded_events), *elsewhere):
        days[day] = days.get(day, 0) + 1
    return compare(series, Theirs((), tuple(coded_events), days))
