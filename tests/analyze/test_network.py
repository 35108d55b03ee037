"""A network counts events and words once, gives officials to their state, and is always drawn alike."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.analyze import network as networks
from dragoman.analyze.network import layout, network, node_rows, readable, rows
from dragoman.digest import Digest
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
from dragoman.record import Project

NORWAY = Actor("state:NOR", "Norway", ActorType.STATE, "NOR", "GOV")
CHILE = Actor("state:CHL", "Chile", ActorType.STATE, "CHL", "GOV")
PERU = Actor("state:PER", "Peru", ActorType.STATE, "PER", "GOV")
MINISTER = Actor("person:ovrum", "Signe Øvrum", ActorType.PERSON, "NOR", "GOV")
ENVOY = Actor("person:rojas", "Inés Rojas", ActorType.PERSON, "CHL", "GOV")
BANKER = Actor("person:lunde", "Pål Lunde", ActorType.PERSON, "NOR", "BUS")
UNION = Actor("org-pilots", "Pilots", ActorType.ORGANISATION)
EVERYBODY = {actor.id: actor for actor in (NORWAY, CHILE, PERU, MINISTER, ENVOY, BANKER, UNION)}


def told(clause, actor, recipient, type="COERCE", date="2031-05-03", status=Status.HAPPENED, mode=None, within=None):
    """An event and the clause of the text that tells it; `within` is the text of the statement that it stands in."""
    actors, recipients = (one if isinstance(one, tuple) else (one,) if one else () for one in (actor, recipient))
    return clause, tuple(a.id for a in actors), tuple(r.id for r in recipients), type, date, status, mode, within


def said(quote, speaker, act, *about, condition=None, form=Form.INDIRECT):
    """A statement; `condition` is the text of the statement that it hangs on; `about` are actors, or actors and polarities."""
    return quote, speaker, act, tuple(one if isinstance(one, tuple) else (one, 0) for one in about), condition, form


def page(text, events=(), statements=(), source="1.txt", published="2031-05-04", outlet="The Tarn Herald"):
    """A reading of a text, in which each clause and quote must stand."""
    document = Document(
        text, source, outlet, published=Published(published, "header" if published else "none"), body=((0, len(text)),)
    )
    end = ChainLink(None, outlet) if outlet else None
    ids = {quote: content_id("statement", document.id, quote) for quote, *_ in statements}
    words = []
    for quote, speaker, act, about, condition, form in statements:
        start = text.index(quote)
        who = Speaker(speaker.id, speaker.name) if speaker else Speaker()
        chain = tuple(link for link in (ChainLink(who.actor, who.name), end) if link)
        polarities = tuple(About(actor.id, polarity) for actor, polarity in about)
        hangs = ids[condition] if condition else None
        place = (document.id, start, start + len(quote), quote)
        words.append(Statement(ids[quote], *place, form, act, None, who, chain, polarities, 0.9, hangs))
    found = []
    for clause, actors, recipients, type_, date, status, mode, within in events:
        start = text.index(clause)
        speaker = next((speaker for quote, speaker, *_ in statements if quote == within), None)
        chain = tuple(link for link in (ChainLink(speaker.id, speaker.name) if speaker else None, end) if link)
        report = EventReport(document.id, start, start + len(clause), clause, chain, ids[within] if within else None)
        found.append(
            Event(
                id=content_id("event", type_, actors, recipients, date, status, clause),
                type=type_,
                mode=mode,
                context=(),
                quad=plover().types[type_].quad,
                actor=actors,
                recipient=recipients,
                status=status,
                date=date,
                date_basis="text" if date else None,
                place=None,
                reports=(report,),
            )
        )
    return Reading(document, "reader 1", tuple(EVERYBODY.values()), (), tuple(words), tuple(found))


def rare(name, words=40):
    """Words that no other page has, so that no two are taken for copies."""
    return " ".join(f"w{name}x{place}" for place in range(words)) + "."


def keep(project, *pages):
    run = project.start_run("reader 1", {})
    for one in pages:
        project.add(one, run)
    project.resolve()
    return project


def twice(pages):
    """Each page again, as another address has it."""
    return [*pages, *(again(one) for one in pages)]


def again(one):
    """The same text and rows from another source."""
    document = replace(one.document, source=f"again-{one.document.source}")
    ids = {s.id: content_id("statement", document.id, s.text) for s in one.statements}
    return replace(
        one,
        document=document,
        statements=tuple(
            replace(s, id=ids[s.id], document=document.id, condition=ids.get(s.condition)) for s in one.statements
        ),
        events=tuple(
            replace(
                e,
                reports=tuple(replace(r, document=document.id, statement=ids.get(r.statement)) for r in e.reports),
            )
            for e in one.events
        ),
    )


@pytest.fixture
def project(tmp_path):
    with Project(tmp_path / "project") as project:
        yield project


PAGES = [
    page(
        f"Norway seized a Chilean ship on 3 May 2031. {rare('a')}",
        [told("Norway seized a Chilean ship on 3 May 2031", NORWAY, CHILE)],
        [said(rare("a"), MINISTER, Act.ASSERT, (CHILE, -1))],
        source="a.txt",
    ),
    page(
        f"Signe Øvrum detained Chilean sailors on 9 June 2031. {rare('b')}",
        [told("Signe Øvrum detained Chilean sailors on 9 June 2031", MINISTER, CHILE, date="2031-06-09")],
        source="b.txt",
    ),
    page(
        f"Norway and Peru met on 4 July 2031. Chile will aid Peru. {rare('c')}",
        [
            told("Norway and Peru met on 4 July 2031", (PERU, NORWAY), None, "CONSULT", "2031-07-04"),
            told("Chile will aid Peru", CHILE, PERU, "AID", None, Status.PLANNED),
        ],
        source="c.txt",
    ),
]


def edges(result):
    return {(edge.source, edge.target): edge for edge in result.edges}


def test_officials_count_for_their_state_unless_actors_are_asked_for(project):
    keep(project, *PAGES)
    assert {pair: edge.n for pair, edge in edges(network(project)).items()} == {
        ("state:NOR", "state:CHL"): 2,
        ("state:NOR", "state:PER"): 1,
    }
    assert edges(network(project, by="actor"))["person:ovrum", "state:CHL"].n == 1


def test_only_what_happened_makes_an_edge(project):
    found = network(keep(project, *PAGES))
    assert ("state:CHL", "state:PER") not in edges(found)
    assert found.not_happened == 1
    assert found.n == 3


def test_what_two_do_together_has_no_direction(project):
    found = edges(network(keep(project, *PAGES)))
    assert found["state:NOR", "state:PER"].mutual == 1
    assert found["state:NOR", "state:CHL"].mutual == 0


def test_an_event_that_is_given_twice_counts_once(project):
    events = list(keep(project, *PAGES).events())
    assert network(project, events=[*events, *events]).edges == network(project).edges


def test_quads_stay_apart(project):
    found = edges(network(keep(project, *PAGES)))
    assert found["state:NOR", "state:CHL"].quads == {1: 0, 2: 0, 3: 0, 4: 2}
    assert found["state:NOR", "state:PER"].quads == {1: 1, 2: 0, 3: 0, 4: 0}


def test_a_minimum_leaves_thin_edges_out_and_says_so(project):
    found = network(keep(project, *PAGES), minimum=2)
    assert set(edges(found)) == {("state:NOR", "state:CHL")}
    assert found.edges_left_out == 1
    assert [node.id for node in found.nodes] == ["state:CHL", "state:NOR"]


@given(counts=st.lists(st.integers(1, 20), max_size=40), most=st.integers(1, 30))
def test_no_more_edges_are_kept_than_can_be_read_but_some_always(counts, most):
    minimum = readable(counts, most)
    kept = sum(count >= minimum for count in counts)
    assert kept <= most or minimum == max(counts)
    assert kept or not counts
    assert minimum == 1 or sum(count >= minimum - 1 for count in counts) > most


def test_the_minimum_is_raised_as_far_as_it_must_be(project):
    everything = network(keep(project, *PAGES))
    found = network(project, most=1)
    assert everything.minimum == 1
    assert found.minimum == max(edge.n for edge in everything.edges)
    assert len(found.edges) + found.edges_left_out == len(everything.edges)


@pytest.mark.parametrize("digested", [False, True])
def test_a_time_holds_what_happened_in_it(project, digested):
    keep(project, *PAGES)
    if digested:
        Digest.make(project)
    days = sorted({event.date for event in project.events() if event.date and event.status is Status.HAPPENED})
    parts = [network(project, since=day, until=day) for day in days]
    assert all(part.n for part in parts)
    assert network(project, until="2030").n == network(project, since="2032").n == 0
    assert network(project, since=days[0], until=days[-1]).n == sum(part.n for part in parts)


def test_statements_go_from_the_speaker_to_whom_they_are_about(project):
    found = network(keep(project, *PAGES), kind="statements")
    (edge,) = found.edges
    assert (edge.source, edge.target, edge.n, edge.negative, edge.polarity) == ("state:NOR", "state:CHL", 1, 1, -1)


@pytest.mark.parametrize("kind", ["events", "statements"])
def test_order_and_copies_change_nothing(tmp_path, kind):
    results = []
    for number, pages in enumerate((PAGES, PAGES[::-1], twice(PAGES), twice(PAGES)[::-1])):
        with Project(tmp_path / str(number)) as project:
            results.append(network(keep(project, *pages), kind=kind))
    assert all(result == results[0] for result in results)


def test_the_busiest_nodes_are_kept_and_the_cut_is_told(project, monkeypatch):
    monkeypatch.setattr(networks, "MOST", 2)
    found = network(keep(project, *PAGES))
    assert [node.id for node in found.nodes] == ["state:CHL", "state:NOR"]
    assert (found.nodes_left_out, found.edges_left_out) == (1, 1)


def test_an_empty_project_has_an_empty_network(project):
    found = network(project)
    assert (found.nodes, found.edges, found.n) == ((), (), 0)
    assert not list(rows(found)) + list(node_rows(found))


def test_nodes_lie_apart_within_the_frame_and_always_alike():
    draw = random.Random(3)
    nodes = [f"n{number:03}" for number in range(150)]
    ties = {tuple(sorted(draw.sample(nodes, 2))): draw.randint(1, 9) for _ in range(300)}
    places = layout(nodes, ties)
    assert places == layout(nodes, dict(draw.sample(sorted(ties.items()), len(ties))))
    assert np.abs(places).max() <= 1
    assert len(set(places)) == len(nodes)


def test_what_is_tied_is_drawn_nearer_than_what_is_not():
    nodes = [f"{side}{number}" for side in "ab" for number in range(8)]
    ties = {(one, other): 5 for one in nodes for other in nodes if one < other and one[0] == other[0]}
    at = dict(zip(nodes, np.array(layout(nodes, ties)), strict=True))
    far = {tied: [] for tied in (True, False)}
    for one in nodes:
        for other in nodes:
            if one < other:
                far[one[0] == other[0]].append(np.linalg.norm(at[one] - at[other]))
    assert np.mean(far[True]) < np.mean(far[False]) / 2


def test_rows_name_both_ends(project):
    found = network(keep(project, *PAGES))
    first = next(rows(found))
    assert (first["source_name"], first["target_name"], first["material_conflict"]) == ("Norway", "Chile", 2)
    assert {row["id"] for row in node_rows(found)} == {"state:NOR", "state:CHL", "state:PER"}
