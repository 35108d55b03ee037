"""What is contested: events that some assert and others deny, and who says nothing of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.analyze.accounts import Account, Accounts, accounts
from dragoman.brief.deeds import clause
from dragoman.brief.english import begun, called, have, listed, quoted
from dragoman.brief.evidence import MOST, Citer
from dragoman.brief.material import Material
from dragoman.brief.parts import Evidence, Section, Sentence
from dragoman.brief.wording import say
from dragoman.model import Act, Event, Status

EVENTS = 40
"""Events that are looked at, at most."""
TOLD = 4
"""Contested events that a brief tells, at most."""
WORDS = 2
"""Words of one who asserts or denies it that a sentence cites, at most."""


def contested(material: Material) -> Section:
    sentences = [told for event, found in _found(material) if (told := _matter(event, found, material))][:TOLD]
    return Section(say("section_contested"), tuple(sentences) or (material.none("nothing_contested"),))


def _found(material: Material) -> Iterator[tuple[Event, Accounts]]:
    """Each contested event once, also where it is told with several statuses."""
    denials = any(said.act is Act.DENY for said in material.statements)
    denied = any(event.status is Status.DENIED or event.type == "REJECT" for event in material.events)
    seen: set[str] = set()
    looked_at = material.events[:EVENTS] if denials or denied else ()
    for event in sorted(looked_at, key=lambda one: one.status is not Status.HAPPENED):
        if event.id in seen:
            continue
        found = accounts(material.project, event, events=material.events, statements=material.statements)
        seen |= {one.id for one in found.events}
        if found.contested:
            yield event, found


def _matter(event: Event, found: Accounts, material: Material) -> Sentence | None:
    asserted, denied = (
        [one for one in found.accounts if one.position == position] for position in ("asserts", "denies")
    )
    words = [[*_cited(held, found.events, material)] for held in (asserted, denied)]
    if not all(words):
        return None
    text = say(
        "contested",
        what=clause(event, material),
        asserted=_holders(asserted, material),
        denied=_holders(denied, material),
        asserting=quoted(words[0][0].text),
        denying=quoted(words[1][0].text),
    )
    if silent := [one for one in found.silent if one.kind == "party"]:
        names = [material.names.of(one.holder) for one in silent]
        text += f" {begun(say('contested_silent', silent=listed(sorted(names)), have=have(len(names) > 1)))}"
    evidence = [*words[0], *words[1], *material.cite.event(event)[:1]]
    return Sentence(text, tuple(dict.fromkeys(evidence)))


def _holders(held: Sequence[Account], material: Material) -> str:
    return listed([_holder(one, material) for one in sorted(held, key=lambda one: _first(one, material.cite))])


def _holder(one: Account, material: Material) -> str:
    if one.kind == "outlet":
        return called(one.name or "") or say("no_outlet_named")
    name = called(one.name or "") or say("nobody")
    outlets = listed([called(outlet) for outlet in one.outlets], 2)
    return f"{name} ({outlets})" if outlets else name


def _first(one: Account, cite: Citer) -> tuple[object, ...]:
    return min((cite.document(words.document).published.value or "~", words.start) for words in one.evidence)


def _cited(held: Sequence[Account], events: Sequence[Event], material: Material) -> Iterator[Evidence]:
    """The first words of each account: a report, or a statement."""
    reports = {
        (report.document, report.start, report.end): (event.id, report)
        for event in (*material.events, *events)
        for report in event.reports
    }
    said = {(one.document, one.start, one.end): one for one in material.statements}
    for account in held[:MOST]:
        for words in account.evidence[:WORDS]:
            at = words.document, words.start, words.end
            report = reports.get(at)
            if report:
                yield material.cite.report(*report)
            elif at in said:
                yield material.cite.statement(said[at])
