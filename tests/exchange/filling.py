"""Puts readings into a project, and words that mean harm into every field that a page can fill."""

import sys
from dataclasses import replace
from pathlib import Path

import samples

from dragoman.model import Actor, ActorType
from dragoman.ontology.plover import plover

sys.path.insert(0, str(Path(__file__).parents[1] / "hostile"))


def fill(project, *readings):
    run = project.start_run("reader 1", {})
    for reading in readings:
        project.add(reading, run)
    project.finish_run(run)
    project.resolve()


def hostile(project, vectors):
    """A project of one page for each vector."""
    import script

    run = project.start_run("hostile 1", {})
    for number, vector in enumerate(vectors):
        project.add(script.reading(vector, number), run)
    project.finish_run(run)


def told(*events):
    """A reading of one page that reports these events: (type, mode, actors, recipients, date, status, place)."""
    of = samples.document(samples.ARTICLE, "https://herald.example/1", language="en", title="A title")
    made = []
    for number, given in enumerate(events):
        type, mode, actor, recipient, date, status, place = given
        made.append(
            replace(
                samples.event(of, type=type, actor=actor, recipient=recipient, date=date),
                id=f"event-{number:016x}",
                mode=mode,
                quad=plover().types[type].quad,
                status=status,
                place=place,
            )
        )
    base = samples.reading(samples.ARTICLE, "https://herald.example/1", language="en", title="A title")
    everybody = {actor.id: actor for given in events for actor in (*given[2], *given[3])}
    actors = {actor.id: actor for actor in base.actors} | everybody
    return replace(base, document=of, actors=tuple(actors.values()), events=tuple(made))


def state(iso3, name):
    return Actor(f"state:{iso3}", name, ActorType.STATE, iso3, "GOV", f"Q{iso3}")


__all__ = ["fill", "hostile", "state", "told"]
