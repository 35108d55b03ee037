"""Exchange two states and those who act for them: what is resolved is exchanged, and changes in nothing else."""

from dataclasses import replace
from itertools import groupby

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.model import Actor, ActorType, Document, Event, EventReport, Published, Status, content_id
from dragoman.ontology.plover import plover
from dragoman.resolve.actors import merge_actors
from dragoman.resolve.copies import find_copies, text_of
from dragoman.resolve.events import merge_events
from dragoman.resolve.same_events import names_of, same_events, telling

NORWAY = Actor("state:NOR", "Norway", ActorType.STATE, "NOR", "GOV")
CHILE = Actor("state:CHL", "Chile", ActorType.STATE, "CHL", "GOV")
PERU = Actor("state:PER", "Peru", ActorType.STATE, "PER", "GOV")
MINISTER = Actor("person-9f", "Signe Øvrum", ActorType.PERSON, "NOR", "GOV")
ENVOY = Actor("person-0a", "Inés Rojas", ActorType.PERSON, "CHL", "GOV")
CAST = {"x": NORWAY, "y": CHILE, "x's": MINISTER, "y's": ENVOY, "other": PERU}
TURNED = {"x": CHILE, "y": NORWAY, "x's": ENVOY, "y's": MINISTER, "other": PERU}

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["AID", "ACCUSE", "COERCE", "CONSULT", "ASSAULT"]),
        st.sampled_from(["x", "y", "x's", "y's", "other"]),
        st.sampled_from([None, "x", "y", "y's"]),
        st.sampled_from(Status),
        st.sampled_from([None, "2031-05-03", "2031-05-04"]),
        st.sampled_from([None, "2031-05-04", "2031-05-05"]),
        st.sampled_from(
            ["seized the trawler at the quay", "took a boat", "spoke of nets, bread and tents in the port"]
        ),
    ),
    max_size=10,
)
"""Type, actor, recipient, status and date of an event, when it is published, and the words that tell it."""
HALF = [
    ("COERCE", "x's", None, Status.HAPPENED, None, "2031-05-04", "took a boat"),
    ("COERCE", "y's", "x", Status.HAPPENED, None, "2031-05-04", "took a boat"),
]


def told(rows, cast):
    """A document for each row, and the event that it tells."""
    for number, (type_, actor, recipient, status, date, published, deed) in enumerate(rows):
        actors = (cast[actor].id,)
        recipients = (cast[recipient].id,) if recipient not in (None, actor) else ()
        target = cast[recipient].name if recipients else "others"
        text = f"{cast[actor].name} {deed} to {target}, page {number} says."
        document = Document(text, f"{number}.txt", published=Published(published, "header" if published else "none"))
        report = EventReport(document.id, 0, len(text), text, confidence=0.9)
        id, quad = content_id("event", type_, actors, recipients, date), plover().types[type_].quad
        basis = "text" if date else None
        yield document, Event(id, type_, None, (), quad, actors, recipients, status, date, basis, None, (report,))


def resolved(rows, cast):
    """The events of the rows, with the parts of the cast in the place of ids and rows in the place of documents."""
    pages = list(told(rows, cast))
    number = {document.id: str(at) for at, (document, _) in enumerate(pages)}
    who = {actor.id: actor for actor in cast.values()}
    part = {actor.id: name for name, actor in cast.items()}
    tellings = (
        telling(event, 0, page.text, day and (day, day), page.published.value, who, names_of(page.text))
        for page, event in pages
        for day in [event.date]
    )
    same = same_events(tellings)
    by_event = sorted(pages, key=lambda page: same[page[0].id, 0])
    for _, group in groupby(by_event, key=lambda page: same[page[0].id, 0]):
        event = merge_events([event for _, event in group])
        reports = [number[report.document] for report in event.reports]
        accounts = {
            one.what: [
                (" ".join(part.get(id, id) for id in value.split("; ")), frozenset(reports[at] for at in given))
                for value, given in one.accounts
            ]
            for one in event.differing
        }
        parties = [[part[id] for id in ids] for ids in (event.actor, event.recipient)]
        yield sorted(reports), event.type, parties, event.status, event.date, accounts


@settings(max_examples=150, deadline=None)
@example(HALF)
@given(ROWS)
def test_two_states_exchanged_are_exchanged_in_all_events_and_nothing_else_changes(rows):
    assert sorted(resolved(rows, CAST), key=repr) == sorted(resolved(rows, TURNED), key=repr)


def test_a_deed_is_not_of_him_who_suffers_it():
    assert len(list(resolved(HALF, CAST))) == 2


def test_reports_that_give_one_deed_to_others_are_one_event_that_tells_so():
    deed = "seized the trawler of the cooperative at the northern quay with nets and bread"
    rows = [("COERCE", who, "y", Status.HAPPENED, "2031-05-03", "2031-05-04", deed) for who in ("x", "other", "x")]
    ((_, _, parties, _, _, accounts),) = resolved(rows, CAST)
    assert parties == [["x"], ["y"]]
    assert accounts["actor"] == [("x", {"0", "2"}), ("other", {"1"})]


def test_which_of_two_copies_is_the_original_does_not_depend_on_names():
    words = " ".join(f"word{n} of the quay" for n in range(30))
    firsts = set()
    for one, other in ((NORWAY, CHILE), (CHILE, NORWAY)):
        pages = [Document(f"{one.name} met {other.name}. {words}", source) for source in ("a.txt", "b.txt")]
        found = find_copies(text_of(page, None) for page in pages)
        firsts.add(tuple(found[page.id].copy_of is None for page in pages))
    assert firsts == {(True, False)}


def test_a_country_on_which_documents_are_divided_stays_open():
    assert merge_actors({MINISTER: 1, replace(MINISTER, country="CHL"): 1}).country is None
    assert merge_actors({MINISTER: 2, replace(MINISTER, country="CHL"): 1}).country == "NOR"
