"""A made record with all that a digest must keep apart: officials, agencies, copies, statuses, vague dates, demands, denials."""

import random
from dataclasses import replace
from datetime import date, timedelta

from dragoman.model import (
    About,
    Act,
    Actor,
    ActorType,
    ChainLink,
    Document,
    Event,
    EventReport,
    Form,
    Published,
    Reading,
    Speaker,
    Statement,
    Status,
    content_id,
)
from dragoman.ontology.plover import plover
from dragoman.record import Decided, Reviewed

STATES = tuple(Actor(f"state:{code}", name, ActorType.STATE, code, "GOV") for code, name in (
    ("NOR", "Norway"), ("CHL", "Chile"), ("PER", "Peru"), ("KEN", "Kenya")
))  # fmt: skip
PEOPLE = (
    Actor("person:ovrum", "Signe Øvrum", ActorType.PERSON, "NOR", "GOV", aliases=("Øvrum",)),
    Actor("person:lunde", "Pål Lunde", ActorType.PERSON, "NOR", "BUS"),
    Actor("person:araya", "Inés Araya", ActorType.PERSON, "CHL", "MIL"),
    Actor("person:quispe", "Tomás Quispe", ActorType.PERSON, "PER", "LEG"),
)
OUTLETS = ("The Tarn Herald", "Harbour Post", "TASS", "NRK", None)
AGENCY = Actor("outlet:reuters", "Reuters", ActorType.OUTLET)
RELAY = Actor("organisation:guild", "The Guild", ActorType.ORGANISATION, sector="CVL")
WORDS = "withdraw release sanctions talks harbour border treaty vessels grain pipeline envoy protest fishermen".split()
KINDS = ("CONSULT", "COERCE", "ACCUSE", "AID", "REQUEST", "REJECT", "RETREAT", "SANCTION", "AGREE", "COOPERATE")


def readings(seed, many=12):
    """Readings of made pages, the same for the same seed; some are copies of others under another address."""
    dice = random.Random(seed)
    found = []
    for number in range(many):
        if found and dice.random() < 0.15:
            found.append(_again(dice.choice(found), number, dice.choice(OUTLETS)))
        else:
            found.append(_reading(dice, number))
    return found


def keep(project, readings, resolve=True):
    run = project.start_run("reader 1", {})
    for reading in readings:
        project.add(reading, run)
    project.finish_run(run)
    if resolve:
        project.resolve()
    return project


def correct(project, dice):
    """Says something of a row, or takes it back."""
    statements, events = list(project.statements()), list(project.events())
    held = [one.number for one in project.reviews() if one.undone is None]
    people = list(project.named(one.id for one in PEOPLE))
    if held and dice.random() < 0.25:
        project.undo_review(dice.choice(held))
    elif people and dice.random() < 0.15:
        actor = dice.choice(people)
        project.decide(Decided("rename", actor.id, "an analyst", name=f"{actor.name} {dice.randrange(9)}"))
    elif statements and dice.random() < 0.5:
        row = dice.choice(statements).id
        kind = dice.choice(("reject", "speaker", "act", "accept") if people else ("reject", "act", "accept"))
        value = {"speaker": people and dice.choice(people).id, "act": dice.choice(list(Act))}.get(kind)
        project.review(Reviewed(kind, row, "an analyst", value))
    elif events:
        event = dice.choice(events)
        kind = dice.choice(("reject", "type", "status"))
        value = {"type": dice.choice(KINDS), "status": dice.choice(list(Status))}.get(kind)
        row = (
            f"{event.id}/{dice.randint(1, len(event.reports))}"
            if kind == "reject" and len(event.reports) > 1
            else event.id
        )
        project.review(Reviewed(kind, row, "an analyst", value))


def _reading(dice, number):
    lines, events, statements = [], [], []
    for _ in range(dice.randint(1, 4)):
        events.append((sum(len(line) + 1 for line in lines), *_told(dice, lines)))
    for _ in range(dice.randint(0, 4)):
        statements.append((sum(len(line) + 1 for line in lines), *_said(dice, lines)))
    lines.append(" ".join(f"page{number}x{place}" for place in range(25)))
    text = "\n".join(lines)
    day = dice.choice([_day(dice), _day(dice), _day(dice), _day(dice)[:7], None])
    document = Document(
        text,
        f"{number}.txt",
        dice.choice(OUTLETS),
        f"Page {number}",
        published=Published(day, "header" if day else "none"),
        language=dice.choice(("en", "en", None)),
        body=((0, len(text)),),
    )
    said = {}
    for start, line, speaker, act, form, about, chain in statements:
        id = content_id("statement", document.id, start)
        condition = dice.choice([*said, None]) if said and dice.random() < 0.4 else None
        said[id] = Statement(
            *(id, document.id, start, start + len(line), line, form, act, None),
            Speaker(speaker.id, speaker.name) if speaker else Speaker(),
            *(chain, about, 0.7, condition),
        )
    told = [_event(document, dice, said, *one) for one in events]
    return Reading(document, "reader 1", (*STATES, *PEOPLE, AGENCY, RELAY), (), tuple(said.values()), tuple(told))


def _told(dice, lines):
    type = dice.choice(KINDS)
    everybody = (*STATES, *STATES, *PEOPLE)
    actor = tuple(dice.sample(everybody, dice.choice((1, 1, 1, 2))))
    actor = tuple(dict.fromkeys(one.id for one in actor))
    recipient = tuple(dict.fromkeys(dice.choice(everybody).id for _ in range(dice.choice((0, 1, 1, 1, 2)))))
    if not recipient and plover().types[type].needs_recipient:
        recipient = (dice.choice(STATES).id,)
    day = dice.choice([_day(dice), _day(dice), _day(dice), _day(dice)[:7], "2031", None])
    verb = dice.choice(("in response to", "after", "and", "over"))
    line = f"{' '.join(actor)} {type} {' '.join(recipient)} {verb} {' '.join(dice.sample(WORDS, 4))} {day}."
    lines.append(line)
    status = dice.choice([Status.HAPPENED] * 4 + list(Status))
    return line, type, actor, recipient, day, status


def _said(dice, lines):
    speaker = dice.choice((*STATES, *PEOPLE, *PEOPLE, None))
    act = dice.choice([*Act, Act.DEMAND, Act.DEMAND, Act.DENY])
    line = f"{speaker.name if speaker else 'Somebody'}: {' '.join(dice.sample(WORDS, 5))}."
    lines.append(line)
    about = tuple(About(one.id, dice.choice((-1, 0, 1))) for one in dice.sample((*STATES, *PEOPLE), dice.randint(0, 2)))
    links = [ChainLink(speaker.id, speaker.name)] if speaker else []
    links += [ChainLink(RELAY.id, RELAY.name)] * (dice.random() < 0.3) + [ChainLink(AGENCY.id, AGENCY.name)] * (
        dice.random() < 0.4
    )
    return line, speaker, act, dice.choice(list(Form)), about, tuple(links)


def _event(document, dice, said, start, line, type, actor, recipient, day, status):
    within = dice.choice([*said, None])
    chain = said[within].chain if within else (ChainLink(AGENCY.id, AGENCY.name),) * (dice.random() < 0.4)
    report = EventReport(document.id, start, start + len(line), line, chain, within, 0.6)
    known = plover().types[type]
    mode = dice.choice([*known.modes, None]) if known.modes else None
    id = content_id("event", type, actor, recipient, day, status)
    basis = "text" if day else None
    return Event(id, type, mode, (), known.quad, actor, recipient, status, day, basis, None, (report,))


def _again(reading, number, outlet):
    """The same page from another address."""
    document = replace(reading.document, source=f"{number}.txt", outlet=outlet)
    own = {one.id: content_id("statement", document.id, one.start) for one in reading.statements}
    own[None] = None
    events = tuple(
        replace(
            event,
            reports=tuple(replace(one, document=document.id, statement=own[one.statement]) for one in event.reports),
        )
        for event in reading.events
    )
    statements = tuple(
        replace(one, id=own[one.id], document=document.id, condition=own[one.condition]) for one in reading.statements
    )
    return replace(reading, document=document, events=events, statements=statements)


def _day(dice):
    return (date(2031, 1, 1) + timedelta(dice.randrange(500))).isoformat()
