"""A user's own actors and office holders are known like those of the lists, and only while they are in use."""

import pytest

from dragoman.errors import OntologyError
from dragoman.ontology.actors import actors, find_names
from dragoman.ontology.offices import holders
from dragoman.ontology.own import use

OFFICES = "country,office,name,surname,aliases,valid_from,valid_to,source,last_checked\n"


@pytest.fixture(autouse=True)
def forgotten():
    yield
    use(None)


def found(text):
    return [name.actor.id for _, _, names in find_names(text.split()) for name in names]


def test_own_actors_are_found_by_every_name(tmp_path):
    (tmp_path / "actors.csv").write_text(
        "name,type,country,sector,aliases,qid\nHarbour League,group,XKX,REB,HL|Harbour Leaguers,Q1\n", "utf-8"
    )
    assert found("The Harbour League and HL met") == []
    digest = use(tmp_path)
    assert digest
    assert found("The Harbour League and HL met") == ["own:harbour-league"] * 2
    assert (actors()["own:harbour-league"].country, actors()["own:harbour-league"].sector) == ("XKX", "REB")
    assert use(None) is None
    assert found("The Harbour League met") == []


def test_own_holders_stand_beside_the_others(tmp_path):
    (tmp_path / "offices.csv").write_text(
        f"{OFFICES}XKX,foreign_minister,Dana Orlen,Orlen,,2031-01,..,desk,2031-02\n", "utf-8"
    )
    use(tmp_path)
    assert [one.iso3 for one in holders("Orlen", "2031-02")] == ["XKX"]
    assert holders("Lavrov", "2022")


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("actors.csv", "name,type\nX,state\n", r"actors\.csv, line 1: the header"),
        ("actors.csv", "name,type,country,sector,aliases,qid\nX,tribe,,,,\n", r"actors\.csv, line 2: type is 'tribe'"),
        ("actors.csv", "name,type,country,sector,aliases,qid\nX,group,QQQ,,,\n", r"QQQ is neither a state's code"),
        ("offices.csv", f"{OFFICES}XKX,boss,A B,B,,,,desk,2031\n", r"no office 'boss'"),
    ],
)
def test_a_broken_file_is_told_with_its_line(tmp_path, file, text, message):
    (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(OntologyError, match=message):
        use(tmp_path)


def test_a_file_that_is_no_utf8_is_told(tmp_path):
    (tmp_path / "actors.csv").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(OntologyError, match="UTF-8"):
        use(tmp_path)
