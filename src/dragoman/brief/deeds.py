"""Sentences that tell one event: who is reported to have done what to whom, when, and according to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.analyze.network import Parties
from dragoman.brief import dates
from dragoman.brief.english import be, begun, counted, have, listed, quoted
from dragoman.brief.material import Material
from dragoman.brief.parts import Evidence, Sentence
from dragoman.brief.wording import deed, say
from dragoman.model import Event, Status


def told(event: Event, material: Material) -> Sentence:
    """One event as its reports tell it, with the words of the surest; never as more than what is reported."""
    own = agreeing(event, material.names.parties)
    evidence = material.cite.event(own)
    surest = _surest(own, evidence)
    fields = {"when": when(event), "ground": _ground(own, material), "quote": quoted(surest.text)}
    text = begun(say(event.status.value, **_acts(event, material, surest), **fields))
    other = [*_told_otherwise(event, material)]
    parts = [text, *(part for part, _ in other), _differing(event, material)]
    return Sentence(" ".join(filter(None, parts)), (*evidence, *(cited for _, cited in other)))


def agreeing(event: Event, parties: Parties) -> Event:
    """The event with those of its reports that tell it with its own status and parties: who denies it, or says that another
    did it, is no source of it."""
    others = {number for status, numbers in _statuses(event) if status is not event.status for number in numbers}
    for what, own in (("actor", event.actor), ("recipient", event.recipient)):
        for value, numbers in _accounts(event, what):
            if own and parties.all(value.split("; ")) != parties.all(own):
                others |= set(numbers)
    kept = tuple(report for number, report in enumerate(event.reports) if number not in others)
    return replace(event, reports=kept or event.reports)


def clause(event: Event, material: Material) -> str:
    """The event as a clause behind "that": "Chile has released people or property on 4 May 2031"."""
    own = agreeing(event, material.names.parties)
    acts = _acts(event, material, _surest(own, material.cite.event(own)))
    name = "that" if event.status is Status.HAPPENED else f"that_{event.status.value}"
    return say(name, **acts, when=when(event))


def when(event: Event) -> str:
    """Its date with a blank before it; nothing where it is not known."""
    return f" {dates.on(event.date)}" if event.date else ""


def _acts(event: Event, material: Material, surest: Evidence) -> dict[str, str]:
    names = material.names
    words = deed(event.type, event.mode, bool(event.recipient))
    whom = names.who(event.recipient, surest.text)
    did, does = (form.format(whom=whom) if event.recipient else form for form in (words.did, words.does))
    fields = {"who": names.who(event.actor, surest.text)}
    many = names.many(event.actor)
    if event.status is Status.HAPPENED:
        return {**fields, "did": did, "be": be(many), "have": have(many)}
    return {**fields, "did": did, "have": have(many)} if event.status is Status.DENIED else {**fields, "does": does}


def _surest(event: Event, evidence: tuple[Evidence, ...]) -> Evidence:
    sure = {(report.document, report.start): report.confidence for report in event.reports}
    return max(evidence, key=lambda one: sure[one.document, one.start])


def _ground(event: Event, material: Material) -> str:
    """Who tells it, in how many independent sources; when it was published, where its own date is not known."""
    outlets, tellers = material.outlets(event.reports), material.names.tellers(event)
    sources = len(material.project.sources(event))
    found = outlets[0]
    if len(outlets) > 1 or sources > 1:
        number = counted(sources, "independent source" if sources > 1 else "source")
        found = say("ground_sources", sources=number, outlets=listed(outlets))
    if tellers:
        found = say("ground_tellers", tellers=listed(tellers), told=found)
    published = material.documents[min(event.reports, key=material.cite.place).document].published
    if event.date is None and published:
        found = say("ground_published", told=found, when=dates.on(published))
    return say("ground", told=found)


def _told_otherwise(event: Event, material: Material) -> Iterator[tuple[str, Evidence]]:
    """For each other status, who tells it so, with the first report."""
    for status, numbers in _statuses(event):
        reports = sorted((event.reports[number] for number in numbers), key=material.cite.place)
        if status is not event.status:
            outlets = listed(material.outlets(reports))
            yield say(f"differ_{status.value}", outlets=outlets), material.cite.report(event, reports[0])


def _statuses(event: Event) -> Iterator[tuple[Status, tuple[int, ...]]]:
    return ((Status(value), numbers) for value, numbers in _accounts(event, "status"))


def _accounts(event: Event, what: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What its reports tell of it differently, each value with the numbers of the reports that give it."""
    return (account for one in event.differing if one.what == what for account in one.accounts)


def _differing(event: Event, material: Material) -> str:
    """In which dates, numbers and parties the reports differ; who acts for a state is of its party."""
    found = []
    for one in event.differing:
        values = [value for value, _ in one.accounts]
        if one.what == "date":
            found.append(say("differ_date", dates=listed([dates.named(value) for value in values])))
        elif one.what.startswith("number of "):
            found.append(say("differ_number", what=one.what.removeprefix("number of "), numbers=listed(values)))
        elif one.what in ("actor", "recipient"):
            accounts = [value.split("; ") for value in values]
            if len({material.names.parties.all(ids) for ids in accounts}) > 1:
                named = sorted(accounts, key=material.names.side)
                found.append(say(f"differ_{one.what}", names=listed([material.names.who(ids) for ids in named])))
    return " ".join(found)
