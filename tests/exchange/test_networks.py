"""Networks are counted as asked, and open in what draws networks."""

import io
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import networkx
import pytest
import samples
from hypothesis import HealthCheck, given, settings
from samples import BELMARK, HERALD, KARSOVIA, ORLEN

from dragoman.errors import SettingsError
from dragoman.exchange import Drawing, export
from dragoman.model import Actor, ActorType, Status
from dragoman.record import Project

from .filling import fill, hostile, state, told

PERU, CHILE, SPAIN = state("PER", "Peru"), state("CHL", "Chile"), state("ESP", "Spain")
MINISTER = Actor("person:rosas", "Ana Rosas", ActorType.PERSON, "PER", "GOV")
TANEL = Actor("person:tanel", "Ivo Tanel", ActorType.PERSON, "XBE", "BUS")
DONE = Status.HAPPENED
ELEMENTS = set(
    "gexf meta creator description graph attributes attribute nodes node edges edge attvalues attvalue spells spell".split()
)
NS = {"g": "http://gexf.net/1.3"}


def graphml(project, **drawing):
    out = io.BytesIO()
    export(project, "graphml", out, None, Drawing(**drawing))
    return networkx.parse_graphml(out.getvalue().decode(), force_multigraph=True)


def gexf(project, **drawing):
    out = io.BytesIO()
    export(project, "gexf", out, None, Drawing(**drawing))
    return ElementTree.fromstring(out.getvalue())


def edges(graph):
    return {(a, b, data.get("window")): data["n"] for a, b, data in graph.edges(data=True)}


def saying(*said):
    """One page for each (speaker, whom it is about, polarity, day of publication)."""
    for number, (speaker, other, polarity, published) in enumerate(said):
        text = f"{speaker.name} spoke. “Belmark must pay {number},” said she, as page {number} has it."
        of = samples.document(text, f"{number}.txt", published)
        statement = samples.statement(
            of, f"“Belmark must pay {number},” said", speaker=speaker, about=((other, polarity),)
        )
        yield replace(
            samples.reading(text, f"{number}.txt"),
            document=of,
            actors=(speaker, other, HERALD),
            statements=(statement,),
        )


def test_edges_count_what_happened_and_officials_stand_for_their_state(project):
    fill(
        project,
        told(
            ("AID", None, (MINISTER,), (SPAIN,), "2031-05-03", DONE, None),
            ("ACCUSE", None, (PERU,), (SPAIN,), "2031-05", DONE, None),
            ("AID", None, (PERU,), (CHILE,), "2031-05-03", Status.PLANNED, None),
            ("CONSULT", None, (CHILE, PERU), (), "2031-06-03", DONE, None),
        ),
    )
    graph = graphml(project)
    assert graph.is_directed()
    assert edges(graph) == {("state:PER", "state:ESP", None): 2, ("state:CHL", "state:PER", None): 1}
    ((_, _, aid),) = [edge for edge in graph.edges(data=True) if edge[1] == "state:ESP"]
    assert (aid["material_cooperation"], aid["verbal_conflict"], aid["undated"]) == (1, 1, 1)
    assert (aid["first"], aid["last"], aid["weight"]) == ("2031-05-03", "2031-05-03", 2.0)
    assert graph.nodes["state:PER"] == {"label": "Peru", "kind": "state", "country": "PER"}
    assert graph.graph["format_version"] == 3
    assert ("person:rosas", "state:ESP", None) in edges(graphml(project, by="actor"))
    assert edges(graphml(project, minimum=2)) == {("state:PER", "state:ESP", None): 2}


def test_a_network_has_the_counts_of_the_analysis(project):
    from dragoman.analyze.network import network

    fill(
        project,
        told(
            ("AID", None, (MINISTER,), (SPAIN, CHILE), "2031-05-03", DONE, None),
            ("CONSULT", None, (CHILE, PERU, SPAIN), (), "2031-06-03", DONE, None),
        ),
    )
    assert edges(graphml(project)) == {(edge.source, edge.target, None): edge.n for edge in network(project).edges}


def test_two_modes_tie_actors_to_types_of_events(project):
    fill(project, told(("AID", None, (PERU, CHILE), (SPAIN,), "2031-05-03", DONE, None)))
    graph = graphml(project, mode="two")
    assert edges(graph) == {("state:PER", "type:AID", None): 1, ("state:CHL", "type:AID", None): 1}
    assert graph.nodes["type:AID"]["kind"] == "event type"


def test_windows_part_the_edges_and_leave_out_what_no_window_holds(project):
    fill(
        project,
        told(
            ("AID", None, (PERU,), (SPAIN,), "2031-05-03", DONE, None),
            ("AID", None, (PERU,), (SPAIN,), "2031-05", DONE, None),
            ("AID", None, (PERU,), (SPAIN,), "2031-08-03", DONE, None),
            ("AID", None, (PERU,), (SPAIN,), "2031", DONE, None),
        ),
    )
    pair = ("state:PER", "state:ESP")
    assert edges(graphml(project, window="month")) == {(*pair, "2031-05"): 2, (*pair, "2031-08"): 1}
    (edge,) = gexf(project, window="month").findall(".//g:edge", NS)
    weights = [
        (value.get("value"), value.get("start"), value.get("end"))
        for value in edge.findall(".//g:attvalue", NS)
        if value.get("for") == "weight"
    ]
    assert weights == [("2", "2031-05-01", "2031-05-31"), ("1", "2031-08-01", "2031-08-31")]
    assert edge.get("weight") == "3"


def test_gexf_spells_are_closed_intervals_of_whole_days(project):
    fill(
        project,
        told(
            ("AID", None, (PERU,), (SPAIN,), "2031-05-03", DONE, None),
            ("AID", None, (PERU,), (SPAIN,), "2031-05-01/2031-05-09", DONE, None),
            ("AID", None, (PERU,), (SPAIN,), "2031-05", DONE, None),
        ),
    )
    root = gexf(project)
    (edge,) = root.findall(".//g:edge", NS)
    spells = [(spell.get("start"), spell.get("end")) for spell in edge.findall(".//g:spell", NS)]
    assert spells == [("2031-05-01", "2031-05-09"), ("2031-05-03", "2031-05-03")]
    assert root.get("version") == "1.3"
    assert "format version 3" in root.find(".//g:description", NS).text
    graph = root.find("g:graph", NS)
    assert (graph.get("timeformat"), graph.get("timerepresentation")) == ("date", "interval")
    undated = [value.get("value") for value in edge.findall(".//g:attvalue", NS) if value.get("for") == "undated"]
    assert undated == ["1"]


def test_networkx_reads_gexf(project, tmp_path):
    fill(
        project,
        told(
            ("AID", None, (PERU,), (SPAIN,), "2031-05-03", DONE, None),
            ("AID", None, (PERU,), (CHILE,), "2031-06-03", DONE, None),
        ),
    )
    for window in (None, "month"):
        export(project, "gexf", tmp_path / "out.gexf", None, Drawing(window=window))
        graph = networkx.read_gexf(tmp_path / "out.gexf", version="1.3")
        assert set(graph.edges()) == {("state:PER", "state:ESP"), ("state:PER", "state:CHL")}
        assert graph.nodes["state:PER"]["label"] == "Peru"


def test_stances_are_ignored_combined_or_subtracted(project):
    fill(
        project,
        *saying(
            (ORLEN, BELMARK, -1, "2031-05-04"), (ORLEN, BELMARK, -1, "2031-05-05"), (ORLEN, BELMARK, 1, "2031-05-06")
        ),
    )
    ((_, _, ignored),) = graphml(project, of="statements", by="actor").edges(data=True)
    assert (ignored["n"], ignored["negative"], ignored["positive"], ignored["weight"]) == (3, 2, 1, 3.0)
    ((_, _, subtracted),) = graphml(project, of="statements", by="actor", stance="subtract").edges(data=True)
    assert (subtracted["weight"], subtracted["polarity"]) == (-1.0, -1)
    combined = graphml(project, of="statements", by="actor", stance="combine").edges(data=True)
    assert sorted((data["polarity"], data["n"]) for _, _, data in combined) == [(-1, 2), (1, 1)]
    kinds = {edge.get("kind") for edge in gexf(project, of="statements", stance="combine").findall(".//g:edge", NS)}
    assert kinds == {"negative", "positive"}


def test_speakers_are_tied_by_whom_they_agree_or_differ_on(project):
    fill(
        project,
        *saying(
            (ORLEN, BELMARK, -1, "2031-05-04"),
            (TANEL, BELMARK, -1, "2031-05-05"),
            (PERU, BELMARK, 1, "2031-05-06"),
            (TANEL, KARSOVIA, 1, "2031-05-07"),
            (PERU, KARSOVIA, 1, "2031-05-07"),
            (ORLEN, KARSOVIA, 0, "2031-05-07"),
        ),
    )
    agreeing = graphml(project, of="statements", by="actor", stance="congruence")
    assert not agreeing.is_directed()
    assert edges(agreeing) == {
        ("person:orlen", "person:tanel", None): 1,
        ("person:tanel", "state:PER", None): 1,
    }
    differing = graphml(project, of="statements", by="actor", stance="conflict")
    assert edges(differing) == {
        ("person:orlen", "state:PER", None): 1,
        ("person:tanel", "state:PER", None): 1,
    }


def test_two_modes_of_statements_part_speakers_from_those_spoken_of(project):
    fill(project, *saying((ORLEN, BELMARK, -1, "2031-05-04"), (BELMARK, KARSOVIA, -1, "2031-05-04")))
    graph = graphml(project, of="statements", mode="two", by="actor")
    assert edges(graph) == {
        ("person:orlen", "about:state:XBE", None): 1,
        ("state:XBE", "about:state:XKA", None): 1,
    }
    assert graph.nodes["about:state:XBE"]["kind"] == "spoken of"


def test_the_same_words_of_one_speaker_count_once(project):
    (reading,) = saying((ORLEN, BELMARK, -1, "2031-05-04"))
    other = replace(reading.document, source="other.txt")
    again = replace(
        reading, document=other, statements=(replace(reading.statements[0], id="statement-2", document=other.id),)
    )
    fill(project, reading, again)
    assert list(edges(graphml(project, of="statements", by="actor")).values()) == [1]


@pytest.mark.parametrize(
    ("drawing", "why"),
    [
        ({"stance": "combine"}, "events have no stance"),
        ({"of": "statements", "mode": "two", "stance": "conflict"}, "one mode"),
        ({"minimum": 0}, "1 or more"),
    ],
)
def test_what_cannot_be_drawn_is_told(drawing, why):
    with pytest.raises(SettingsError, match=why):
        Drawing(**drawing)


def test_hostile_names_stay_names(project):
    import script

    hostile(project, script.VECTORS[::7])
    for drawing in ({"by": "actor"}, {"of": "statements", "by": "actor"}):
        graph = graphml(project, **drawing)
        labels = {data["label"] for _, data in graph.nodes(data=True)}
        root = gexf(project, **drawing)
        assert {node.get("label") for node in root.findall(".//g:node", NS)} == labels
        assert {element.tag.split("}")[1] for element in root.iter()} <= ELEMENTS


@given(reading=samples.strange_readings())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_strange_names_are_well_formed(tmp_path_factory, reading):
    with Project(tmp_path_factory.mktemp("strange") / "project") as project:
        fill(project, reading)
        for of in ("events", "statements"):
            graphml(project, of=of, by="actor")
            gexf(project, of=of, by="actor")
