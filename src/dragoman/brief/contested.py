"""What is contested: events that some assert and others deny, and who says nothing of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from dragoman.analyze.accounts import Account, Accounts, accounts
from dragoman.analyze.voices import SHARED
from dragoman.analyze.voices import Evidence as Words
from dragoman.brief.deeds import clause
from dragoman.brief.english import begun, called, have, listed, quoted
from dragoman.brief.evidence import MOST, Citer
from dragoman.brief.material import Material
from dragoman.brief.parts import Evidence, Section, Sentence
from dragoman.brief.weight import weightiest
from dragoman.brief.wording import say
from dragoman.model import Act, Event, Status
from dragoman.ontology.stems import stems

EVENTS = 8
"""Events that are looked at closely, at most."""
TOLD = 4
"""Contested events that a brief tells, at most."""
WORDS = 2
"""Words of one who asserts or denies it that a sentence cites, at most."""


def contested(material: Material) -> Section:
    matters = (_matter(event, found, material) for event, found in _found(material))
    sentences = tuple(islice(filter(None, matters), TOLD))
    return Section(say("section_contested"), sentences or (material.none("nothing_contested"),))


def _found(material: Material) -> Iterator[tuple[Event, Accounts]]:
    """Each contested event once, also where it is told with several statuses; the weightiest first."""
    may_be = _disputable(material)
    seen: set[str] = set()
    for event in islice(filter(may_be, weightiest(material)), EVENTS):
        if event.id in seen:
            continue
        found = accounts(material.project, event, events=material.events, statements=material.statements)
        seen |= {one.id for one in found.events}
        if found.contested:
            yield event, found


def _disputable(material: Material) -> Callable[[Event], bool]:
    """Whether the record has anything that may deny an event, so that only such events are looked at closely: a report or an
    event of its type that is told as denied, a rejection in a document that tells it, or a denial with words of it."""
    denials = [said for said in material.statements if said.act is Act.DENY]
    ids = {(said.document, said.id) for said in denials}
    denied = {event.type for event in material.events if _told_as_denied(event)}
    rejecting = {report.document for event in material.events if event.type == "REJECT" for report in event.reports}
    having: dict[str, list[int]] = defaultdict(list)
    for number, said in enumerate(denials):
        for word in stems(said.text):
            having[word].append(number)

    def may_be(event: Event) -> bool:
        if event.type in denied or any(
            report.document in rejecting or (report.document, report.statement) in ids for report in event.reports
        ):
            return True
        content = frozenset[str]().union(*(stems(report.text) for report in event.reports))
        shared = Counter(number for word in content for number in having.get(word, ()))
        return any(many >= SHARED for many in shared.values())

    return may_be


def _told_as_denied(event: Event) -> bool:
    statuses = {value for one in event.differing if one.what == "status" for value, _ in one.accounts}
    return event.status is Status.DENIED or Status.DENIED.value in statuses


def _matter(event: Event, found: Accounts, material: Material) -> Sentence | None:
    held = {
        position: sorted((one for one in found.accounts if one.position == position), key=_first(material.cite))
        for position in ("asserts", "denies")
    }
    words = {position: _cited(accounts, found.events, material) for position, accounts in held.items()}
    asserted, denied = ([one for cited in words[position] for one in cited] for position in ("asserts", "denies"))
    if not asserted or not denied:
        return None
    text = say(
        "contested",
        what=clause(event, material),
        asserted=listed([*map(_holder, held["asserts"], words["asserts"])]),
        denied=listed([*map(_holder, held["denies"], words["denies"])]),
        asserting=quoted(asserted[0].text),
        denying=quoted(denied[0].text),
    )
    if silent := [one for one in found.silent if one.kind == "party"]:
        ids = [one.holder for one in silent]
        told = say("contested_silent", silent=material.names.who(ids), have=have(material.names.many(ids)))
        text += f" {begun(told)}"
    evidence = [*asserted, *denied, *material.cite.event(event)[:1]]
    return Sentence(text, tuple(dict.fromkeys(evidence)))


def _holder(one: Account, cited: Sequence[Evidence]) -> str:
    """Who holds an account, with the outlets of the words that are cited."""
    if one.kind == "outlet":
        return called(one.name or "") or say("no_outlet_named")
    name = called(one.name or "") or say("nobody")
    outlets = list(dict.fromkeys(called(words.outlet) for words in cited if words.outlet))
    more = len(one.outlets) > len(outlets)
    return f"{name} ({listed([*outlets, say('others')] if more else outlets)})" if outlets else name


def _first(cite: Citer) -> Callable[[Account], tuple[str, str, int]]:
    """Sorts accounts by the earliest of their words."""

    def place(words: Words) -> tuple[str, str, int]:
        document = cite.document(words.document)
        return document.published.value or "~", document.source, words.start

    return lambda account: min(map(place, account.evidence))


def _cited(held: Sequence[Account], events: Sequence[Event], material: Material) -> list[list[Evidence]]:
    """The first words of each account, reports or statements; none of accounts beyond `MOST`."""
    reports = {
        (report.document, report.start, report.end): (event, report)
        for event in (*material.events, *events)
        for report in event.reports
    }
    said = {(one.document, one.start, one.end): one for one in material.statements}
    found: list[list[Evidence]] = [[] for _ in held]
    for account, cited in zip(held[:MOST], found, strict=False):
        for words in account.evidence:
            at = words.document, words.start, words.end
            if at in reports:
                cited.append(material.cite.report(*reports[at]))
            elif at in said:
                cited.append(material.cite.statement(said[at]))
        del cited[WORDS:]
    return found
