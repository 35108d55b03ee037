"""How events of an annotated text are scored, for the benches that have such texts.

Each gold event is set against the event that meets its evidence and agrees with it best. Pair: actors and recipients, as
ISO3 where they act for a state; what is mutual has no direction. Coded: pair and type right. Type, status and date are
counted on events that met, and once more on those whose pair is right; no date is right where the text tells none.
Precision is over the events that meet some gold evidence; `told` tells which share of all events that is.
"""

from __future__ import annotations

import sys

from said import ROOT, Result, union

from dragoman.model import Event, Reading

sys.path.append(str(ROOT / "training" / "pages"))
from compare import Names
from gold import GoldEvent


def events(result: Result, reading: Reading, names: Names) -> None:
    """Tallies the events of a reading against those of its page."""
    page = result.page
    reports = [(event, event.reports[0]) for event in reading.events if event.reports]
    meeting = [
        (_agreement(gold, event, names) + union(report, gold), g, f)
        for g, gold in enumerate(page.events)
        for f, (event, report) in enumerate(reports)
        if min(report.end, gold.end) > max(report.start, gold.start)
    ]
    for what in ("pair", "coded"):
        result.tally[f"{what}_gold"] += len(page.events)
        result.tally[f"{what}_found"] += len({f for _, _, f in meeting})
    result.tally["told_n"] += len(reports)
    result.tally["told_right"] += len({f for _, _, f in meeting})
    taken: dict[int, int] = {}
    for _, g, f in sorted(meeting, reverse=True):
        if g not in taken and f not in taken.values():
            taken[g] = f
    for g, gold in enumerate(page.events):
        if not result.count("met", g in taken):
            result.miss("event", gold.start, gold.end, f"{gold.type} {gold.actor} {gold.recipient} not found")
            continue
        event = reports[taken[g]][0]
        pair = _same_pair(gold, event, names)
        result.tally["pair_hit"] += pair
        result.tally["coded_hit"] += pair and gold.type == event.type
        if not pair:
            got = ([names.code(a) for a in event.actor], [names.code(a) for a in event.recipient])
            result.miss("pair", gold.start, gold.end, f"{gold.actor} to {gold.recipient} told {got[0]} to {got[1]}")
        for what, wanted, told in (
            ("type", gold.type, event.type),
            ("status", gold.status, event.status),
            ("date", gold.date, event.date),
        ):
            if not result.count(what, wanted == told):
                result.miss(what, gold.start, gold.end, f"{wanted} told {told}")
            if pair:
                result.count(f"pair_{what}", wanted == told)
        if gold.date:
            result.count("dated", gold.date == event.date)


def _same_pair(gold: GoldEvent, event: Event, names: Names) -> bool:
    wanted = names.codes(gold.actor), names.codes(gold.recipient)
    got = frozenset(map(names.code, event.actor)), frozenset(map(names.code, event.recipient))
    if gold.mode != "visit" and (gold.type in ("CONSULT", "COOPERATE") or (len(gold.actor) > 1 and not gold.recipient)):
        return wanted[0] | wanted[1] == got[0] | got[1]
    return wanted == got


def _agreement(gold: GoldEvent, event: Event, names: Names) -> int:
    return 2 * (gold.type == event.type) + _same_pair(gold, event, names)
