"""How outlets of each side tell the same relation, with how much was read of each beside it."""

import pytest
from tests.analyze import test_network
from tests.analyze.test_network import keep, page, rare, said, told, twice

from dragoman.analyze.mirror import country, mirror, rows
from dragoman.errors import SettingsError
from dragoman.model import Act, Actor, ActorType, Status
from dragoman.record import Project

RUSSIA = Actor("state:RUS", "Russia", ActorType.STATE, "RUS", "GOV")
FRANCE = Actor("state:FRA", "France", ActorType.STATE, "FRA", "GOV")
ENVOY = Actor("person:besse", "Odile Besse", ActorType.PERSON, "FRA", "GOV")


@pytest.fixture(autouse=True)
def _actors(monkeypatch):
    monkeypatch.setattr(test_network, "EVERYBODY", {actor.id: actor for actor in (RUSSIA, FRANCE, ENVOY)})


@pytest.fixture
def project(tmp_path):
    with Project(tmp_path / "project") as project:
        yield project


SUMMONED = "Odile Besse seized a Russian tanker"
CUT = "Russia cut its gas to France"


def pages():
    return [
        page(
            f"{SUMMONED} on 3 May. {rare('a')}",
            [told(SUMMONED, ENVOY, RUSSIA)],
            [said(f"{SUMMONED} on 3 May", RUSSIA, Act.ACCUSE, (ENVOY, -1))],
            source="a.txt",
            outlet="TASS",
        ),
        page(
            f"{CUT} on 9 June. {rare('b')}",
            [told(CUT, RUSSIA, FRANCE, "SANCTION", "2031-06-09")],
            source="b.txt",
            outlet="Agence France-Presse",
        ),
        page(
            f"{CUT} this summer. France will answer. {rare('c')}",
            [
                told(CUT, RUSSIA, FRANCE, "SANCTION", "2031-06-09"),
                told("France will answer", FRANCE, RUSSIA, "THREATEN", None, Status.PLANNED),
            ],
            [said("France will answer", ENVOY, Act.THREATEN, RUSSIA)],
            source="c.txt",
            outlet="Reuters",
        ),
        page(f"Nothing of note. {rare('d')}", source="d.txt", outlet="The Tarn Herald"),
    ]


def by_group(result):
    return {one.group: one for one in result.tellings}


def test_outlets_are_grouped_by_the_country_of_the_list(project):
    found = by_group(mirror(keep(project, *pages()), "RUS", "FRA"))
    assert found["a"].outlets == ("TASS",)
    assert found["b"].outlets == ("Agence France-Presse",)
    assert found["others"].outlets == ("Reuters",)
    assert (found["unknown"].outlets, found["unknown"].n_read) == ((), 1)
    assert country("outlet:tass") == "RUS"
    assert country("the tarn herald") is None


def test_events_of_each_group_count_once_by_quad_and_plans_apart(project):
    found = by_group(mirror(keep(project, *pages()), "RUS", "FRA"))
    assert found["a"].quads == {1: 0, 2: 0, 3: 0, 4: 1}
    assert [found[group].n for group in ("a", "b", "others", "unknown")] == [1, 1, 1, 0]
    assert found["others"].not_happened == {"planned": 1, "hypothetical": 0, "denied": 0}


def test_what_only_one_side_tells_is_listed(project):
    result = mirror(keep(project, *pages()), "RUS", "FRA")
    kinds = {event.id: event.type for event in result.events}
    only = {one.group: [kinds[id] for id in one.only] for one in result.tellings}
    assert only == {"a": ["COERCE"], "b": [], "others": ["THREATEN"], "unknown": []}
    assert (result.n, result.told_by_both, result.both) == (2, 0, ())


def test_statements_that_tie_the_two_count_by_act_and_polarity(project):
    found = by_group(mirror(keep(project, *pages()), "RUS", "FRA"))
    (toward,) = found["a"].toward_b
    assert (toward.act, toward.negative, toward.neutral, toward.positive, toward.n) == ("accuse", 1, 0, 0, 1)
    assert found["a"].toward_a == ()
    assert [one.act for one in found["others"].toward_a] == ["threaten"]


def test_state_media_are_told(project):
    found = by_group(mirror(keep(project, *pages()), "RUS", "FRA"))
    assert (found["a"].state_documents, found["a"].known_documents, found["a"].documents) == (1, 1, 1)
    assert (found["others"].state_documents, found["others"].known_documents) == (0, 1)


def test_order_and_copies_change_nothing(tmp_path):
    results = []
    for number, some in enumerate((pages(), pages()[::-1], twice(pages()), twice(pages())[::-1])):
        with Project(tmp_path / str(number)) as project:
            found = list(rows(mirror(keep(project, *some), "RUS", "FRA")))
            results.append(found)
    assert all(result == results[0] for result in results)


def test_a_relation_of_which_nothing_was_read_has_empty_groups(project):
    found = mirror(keep(project, pages()[3]), "RUS", "FRA")
    assert found.n == 0
    assert all(one.n == one.documents == one.n_statements == 0 for one in found.tellings)


def test_rows_have_the_same_columns(project):
    found = list(rows(mirror(keep(project, *pages()), "RUS", "FRA")))
    assert len({tuple(row) for row in found}) == 1


def test_the_two_must_differ(project):
    with pytest.raises(SettingsError, match="same actor"):
        mirror(project, "RUS", "Russia")
