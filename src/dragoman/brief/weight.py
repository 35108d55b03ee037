"""Which events weigh most: those told as done, by their severity and independent sources, dated ones first."""

from __future__ import annotations

from dragoman.brief.deeds import agreeing
from dragoman.brief.material import Material
from dragoman.model import Event, Status
from dragoman.ontology.plover import plover

MOST = 3
"""Independent sources beyond which an event weighs no more."""


def weightiest(material: Material) -> list[Event]:
    """The events of a brief, the weightiest first."""
    order = {event.id: number for number, event in enumerate(material.events)}

    def key(event: Event) -> tuple[bool, float, bool, int]:
        severity = abs(plover().score(event.type, event.mode)) if event.type in plover().types else 0.0
        sources = len(material.project.sources(agreeing(event, material.names.parties)))
        done = event.status is Status.HAPPENED
        return not done, -severity * min(sources, MOST), event.date is None, order[event.id]

    return sorted(material.events, key=key)
