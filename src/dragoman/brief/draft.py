"""A brief as it is drafted: what the record says of two parties in a time, the most important first."""

from __future__ import annotations

from dragoman.brief import dates
from dragoman.brief.answered import answered
from dragoman.brief.contested import contested
from dragoman.brief.covered import covered
from dragoman.brief.english import begun
from dragoman.brief.happened import happened
from dragoman.brief.material import Material, material
from dragoman.brief.parts import Brief
from dragoman.brief.turned import turned
from dragoman.brief.voices import voices
from dragoman.brief.wanted import wanted
from dragoman.brief.wording import say
from dragoman.record import Project


def draft(project: Project, a: str, b: str, since: str | None = None, until: str | None = None) -> Brief:
    """A brief of two parties, each an actor's id, an ISO 3166 code or a name, in the time from `since` to `until` (EDTF).

    It is written from the record only: nothing in it is said to be true, each sentence has the words or the figures that it
    rests on. Raises SettingsError where a name means nobody or several, or a date is none.
    """
    with project.snapshot():
        found = material(project, a, b, since, until)
        sections = (
            *happened(found),
            turned(found),
            voices(found),
            wanted(found),
            contested(found),
            answered(found),
            covered(found),
        )
    return Brief(_title(found), found.a.actor.id, found.b.actor.id, since, until, sections)


def _title(found: Material) -> str:
    times = {name: dates.named(date) for name, date in (("since", found.since), ("until", found.until)) if date}
    if found.since and found.since == found.until:
        return begun(say("title_in", when=times["since"], **found.called))
    template = {(): "title", ("since",): "title_since", ("until",): "title_until"}.get(tuple(times), "title_between")
    return begun(say(template, **found.called, **times))
