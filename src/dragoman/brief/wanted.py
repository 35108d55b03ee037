"""What one of the two demands of the other, on what condition, and what in the record may meet it."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.analyze.demands import Demand, Tied, demands
from dragoman.brief import dates
from dragoman.brief.deeds import agreeing
from dragoman.brief.english import be, begun, counted, listed, quoted
from dragoman.brief.material import Material
from dragoman.brief.parts import Evidence, Figure, Section, Sentence
from dragoman.brief.wording import say

DEMANDS = 3
"""Demands of each of the other that a brief tells, at most: the most repeated, the latest."""
TIED = 2
"""Conditions, promises and threats of one demand that it tells, at most of each."""


def wanted(material: Material) -> Section:
    sentences = [*_of(material, turned=False), *_of(material, turned=True)]
    return Section(say("section_demands"), tuple(sentences or [material.none("no_demands")]))


def _of(material: Material, *, turned: bool) -> Iterator[Sentence]:
    by, of = (material.b, material.a) if turned else (material.a, material.b)
    found = demands(
        material.project, of.actor.id, by.actor.id, statements=material.statements, events=material.everything
    )
    voiced = [one for one in found if material.within(_between(one))]
    voiced.sort(key=lambda one: (-one.texts, min(map(material.cite.place, one.statements))))
    yield from (_demand(one, material) for one in voiced[:DEMANDS])


def _between(one: Demand) -> str | None:
    """From when to when a demand was voiced, by whole days."""
    if one.first is None or one.last is None or one.first == one.last or len(one.first) < 10 or len(one.last) < 10:
        return one.first
    return f"{one.first}/{one.last}"


def _demand(one: Demand, material: Material) -> Sentence:
    names = material.names
    said = sorted(one.statements, key=material.cite.place)
    whom = names.of(one.of) if one.of else say("nobody")
    template = "demand_otherwise" if one.otherwise else "demand"
    parts = [
        begun(say(template, by=names.speaker(said[0]), be=be(names.speak(said[0])), of=whom, quote=quoted(one.what)))
    ]
    first = say("first_on", when=dates.on(one.first)) if one.first else say("first_unknown")
    outlets = listed(material.outlets(said))
    parts.append(say("demand_voiced", texts=counted(one.texts, "text"), outlets=outlets, first=first))
    evidence = [*material.cite.statements(said)]
    for kind, tied in (("condition", one.conditions), ("promised", one.promised), ("threatened", one.threatened)):
        parts += [say(f"demand_{kind}", quote=quoted(hangs.text)) for hangs in tied[:TIED]]
        evidence += _tied(tied[:TIED], material)
    met = next((event for event in material.everything if one.met_by and event.id == one.met_by.event), None)
    if met is None:
        parts.append(say("demand_not_met"))
    else:
        words = material.cite.event(agreeing(met))
        parts.append(say("demand_met", when=dates.on(met.date), quote=quoted(words[0].text)))
        evidence += words
    count = Figure(f"texts of the demand “{quoted(one.what, 99)}”", one.texts, rows=tuple(row.id for row in said))
    return Sentence(" ".join(parts), tuple(dict.fromkeys(evidence)), (count,))


def _tied(tied: tuple[Tied, ...], material: Material) -> list[Evidence]:
    ids = {one.statement for one in tied}
    return [material.cite.statement(said) for said in material.statements if said.id in ids]
