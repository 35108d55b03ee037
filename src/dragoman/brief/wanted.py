"""What one of the two demands of the other, on what condition, and what in the record may meet it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.analyze.demands import Demand, Tied, demands
from dragoman.brief import dates
from dragoman.brief.deeds import agreeing
from dragoman.brief.english import be, begun, counted, listed, quoted
from dragoman.brief.material import Material
from dragoman.brief.parts import Evidence, Figure, Section, Sentence
from dragoman.brief.wording import say
from dragoman.model import Act

DEMANDS = 3
"""Demands of each of the other that a brief tells, at most: the most repeated, the latest."""
TIED = 2
"""Conditions, promises and threats of one demand that it tells, at most of each."""


def wanted(material: Material) -> Section:
    chosen = [*_voiced(material, turned=False), *_voiced(material, turned=True)]
    sentences = tuple(_demand(one, material) for one in _met(chosen, material))
    return Section(say("section_demands"), sentences or (material.none("no_demands"),))


def _voiced(material: Material, *, turned: bool) -> list[Demand]:
    """The demands of one of the other that are told, without what may meet them."""
    by, of = (material.b, material.a) if turned else (material.a, material.b)
    if not any(said.act is Act.DEMAND and said.speaker.actor in by.ids for said in material.statements):
        return []
    requests = [event for event in material.between if event.type == "REQUEST"]
    found = demands(material.project, of.actor.id, by.actor.id, statements=material.statements, events=requests)
    voiced = [one for one in found if material.within(_between(one))]
    return sorted(voiced, key=lambda one: (-one.texts, min(map(material.cite.place, one.statements))))[:DEMANDS]


def _met(chosen: Sequence[Demand], material: Material) -> list[Demand]:
    """The same demands with what may meet them, which is sought for these alone: for all of a record it takes long."""
    if not chosen:
        return []
    place = {row.id: number for number, one in enumerate(chosen) for row in one.statements}
    kept = {*place, *(row.condition for one in chosen for row in one.statements)}
    bargains = [row for row in material.statements if row.act is not Act.DEMAND or row.id in kept]
    found = demands(material.project, statements=bargains, events=material.between)
    asked = [one for one in found if one.statements[0].id in place]
    return sorted(asked, key=lambda one: place[one.statements[0].id])


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
    met = next((event for event in material.between if one.met_by and event.id == one.met_by.event), None)
    if met is None:
        parts.append(say("demand_not_met"))
    else:
        words = material.cite.event(agreeing(met, material.names.parties))
        parts.append(say("demand_met", when=dates.on(met.date), quote=quoted(words[0].text)))
        evidence += words
    count = Figure(f"texts of the demand “{quoted(one.what, 99)}”", one.texts, rows=tuple(row.id for row in said))
    return Sentence(" ".join(parts), tuple(dict.fromkeys(evidence)), (count,))


def _tied(tied: tuple[Tied, ...], material: Material) -> list[Evidence]:
    ids = {one.statement for one in tied}
    return [material.cite.statement(said) for said in material.statements if said.id in ids]
