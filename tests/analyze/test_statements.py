"""Each count of a facet is the number of statements that choosing its value would show, and repeats count once."""

import pytest
from tests.analyze.test_network import CHILE, ENVOY, MINISTER, NORWAY, keep, page, rare, said

from dragoman.analyze.statements import FACETS, GROUPINGS, NOBODY, Wanted, found
from dragoman.errors import SettingsError
from dragoman.model import Act
from dragoman.record import Project


@pytest.fixture(scope="module")
def read(examples):
    with Project(examples) as project:
        yield project


@pytest.fixture
def project(tmp_path):
    with Project(tmp_path / "project") as project:
        yield project


QUOTE = "Chile must release the trawler"


def telling(name, act=Act.DEMAND, published="2031-05-04", **more):
    text = f"{MINISTER.name} said: {QUOTE}. {rare(name)}"
    return page(text, (), [said(QUOTE, MINISTER, act, (CHILE, -1))], source=f"{name}.txt", published=published, **more)


@pytest.mark.parametrize("chosen", [{}, {"about": "state:PRY"}, {"speaker": NOBODY}])
def test_a_count_is_what_choosing_its_value_shows(read, chosen):
    these = found(read, Wanted(**chosen), limit=0)
    assert these.total
    for facet in FACETS:
        for value, n in list(these.facets[facet].items())[:3]:
            if facet not in chosen:
                assert found(read, Wanted(**chosen, **{facet: value}), limit=0).total == n, (facet, value)


def test_pages_hold_each_statement_once_and_the_newest_first(read):
    total = found(read, Wanted(), limit=0).total
    pages = [told for offset in range(0, total, 50) for told in found(read, Wanted(), limit=50, offset=offset).some]
    assert len({told.statement.id for told in pages}) == len(pages) == total
    dates = [date for told in pages if (date := read.document(told.statement.document).published.value)]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("group", GROUPINGS)
def test_groups_stand_together_the_largest_first(read, group):
    these = found(read, Wanted(), group, limit=1000)
    values = [told.group for told in these.some]
    assert list(dict.fromkeys(values)) == list(these.groups)
    assert {value: values.count(value) for value in these.groups} == these.groups
    assert these.facets[group].items() <= these.groups.items()


def test_the_same_words_of_one_speaker_count_once(project):
    keep(project, telling("a"), telling("b", published="2031-05-09", outlet="Fjord Post"), telling("c", Act.THREATEN))
    these = found(project, Wanted(act="demand"))
    assert (these.total, these.tellings, these.documents) == (1, 2, 2)
    assert these.facets["outlet"] == {"fjord post": 1, "the tarn herald": 1}
    assert these.outlets["fjord post"] == "Fjord Post"
    (told,) = these.some
    assert project.document(told.statement.document).outlet == "Fjord Post"
    assert [project.document(one.document).outlet for one in told.others] == ["The Tarn Herald"]


def test_an_official_speaks_for_the_state_and_for_himself(project):
    keep(
        project, telling("a"), page(f"Inés Rojas said: we wait. {rare('b')}", (), [said("we wait", ENVOY, Act.ASSERT)])
    )
    assert found(project, Wanted(side=NORWAY.id)).total == found(project, Wanted(speaker=MINISTER.id)).total == 1
    assert found(project, Wanted(speaker=NORWAY.id)).total == 0


def test_words_must_stand_beside_each_other(project):
    keep(project, telling("a"))
    assert found(project, Wanted(words="RELEASE the trawler")).total == 1
    assert found(project, Wanted(words="trawler release")).total == 0
    assert found(project, Wanted(words="trawl")).total == 0
    with pytest.raises(SettingsError, match="no letter or digit"):
        found(project, Wanted(words="?!"))


def test_nothing_found_is_an_empty_answer(project):
    these = found(project, Wanted(speaker=NOBODY))
    assert (these.total, these.some, these.groups) == (0, (), {})
