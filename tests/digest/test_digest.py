"""A digest answers as the record does, also right after a correction, and says when it cannot."""

import os
import random
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import made_record
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.digest import Digest
from dragoman.errors import SettingsError
from dragoman.model import Act
from dragoman.record import Filter, Project, Reviewed
from dragoman.record.relations import acting, party

seeds = st.integers(0, 10_000)


def relations(digest, **filter):
    rows = digest.relations(limit=1000, **filter).rows
    return [(row.a, row.b, row.n, dict(row.quads), row.first, row.last) for row in rows]


def answers(digest):
    """All that a digest tells of a record."""
    said = digest.statements(limit=1000)
    return {
        "relations": relations(digest),
        "events": digest.events(limit=1000),
        "statements": (said.total, said.rows, {name: sorted((f.value, f.n) for f in fs) for name, fs in said.facets.items()}),
        "actors": sorted(digest.actors(limit=1000).rows, key=lambda row: row.actor.id),
        "outlets": digest.outlets(),
        "documents": digest.documents(limit=1000),
        "months": digest.months(),
        "totals": digest.totals(),
        "to_review": digest.to_review(1000),
    }  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_relations_are_those_of_the_record(seed):
    with tempfile.TemporaryDirectory() as folder, Project(folder) as project:
        made_record.keep(project, made_record.readings(seed))
        digest = Digest.make(project)
        for actor in (None, "NOR", "Øvrum", "Chile", "nobody"):
            expected = [
                (one.a, one.b, len(one.events), dict(one.quads), one.first, one.last)
                for one in project.relations(Filter(actor=actor))
            ]
            assert relations(digest, actor=actor) == expected


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_events_and_statements_are_those_of_the_record(seed):
    with tempfile.TemporaryDirectory() as folder, Project(folder) as project:
        made_record.keep(project, made_record.readings(seed))
        digest = Digest.make(project)
        events, statements = list(project.events()), list(project.statements())
        assert digest.totals() == project.counts()
        assert digest.to_review(1000) == project.to_review(1000)
        assert digest.to_review(3, 4) == project.to_review(3, 4)
        assert sorted(row.event.id for row in digest.events(limit=1000).rows) == sorted(event.id for event in events)
        for row in digest.events(limit=1000).rows:
            assert row.event in events
            assert row.sources == len(project.sources(row.event))
        assert list(digest.statements(order="earliest", limit=1000).rows) == statements
        assert digest.names(actor.id for actor in project.actors()) == {
            actor.id: actor.name for actor in project.actors()
        }
        whose = {actor.id: party(actor) for actor in project.actors()}
        taking = [event.id for event in events if "state:NOR" in {whose[id] for id in acting(event)}]
        if taking:
            assert sorted(row.event.id for row in digest.events(actor="NOR", limit=1000).rows) == sorted(taking)
        for act in Act:
            found = digest.statements(act=act, limit=1000)
            assert Counter({facet.value: facet.n for facet in found.facets["form"]}) == Counter(
                one.form.value for one in statements if one.act is act
            )
            assert found.total == len(found.rows) == sum(one.act is act for one in statements)


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_a_correction_takes_effect_at_once_and_leaves_what_making_it_anew_would(seed):
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, Project(folder) as project:
        made_record.keep(project, made_record.readings(seed, 6))
        Digest.make(project)
        for _ in range(4):
            made_record.correct(project, dice)
            kept = answers(Digest.open(project))
        assert kept == answers(Digest.make(project))


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_what_to_look_at_first_is_told_as_the_record_tells_it(seed):
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, Project(folder) as project:
        made_record.keep(project, [unsure(reading, dice) for reading in made_record.readings(seed, 6)])
        Digest.make(project)
        for _ in range(4):
            first = project.to_review(1000)
            digest = Digest.open(project)
            assert digest.to_review(1000) == first
            assert digest.to_review(3, 4) == first[4:7]
            made_record.correct(project, dice)
            if first:
                project.review(Reviewed("accept", first[0].id, "mk"))


def unsure(reading, dice):
    """The reading as one that is more or less sure of each row."""

    def again(row):
        return replace(row, confidence=dice.choice((0.42, 0.6, 0.611, 0.987)))

    statements = tuple(map(again, reading.statements))
    events = tuple(replace(one, reports=tuple(map(again, one.reports))) for one in reading.events)
    return replace(reading, statements=statements, events=events)


def test_pages_follow_each_other_without_a_gap(project):
    digest = Digest.make(project)
    whole = digest.events(limit=1000).rows
    assert [row for at in range(0, 200, 7) for row in digest.events(limit=7, offset=at).rows] == list(whole)
    assert [row for at in range(0, 200, 7) for row in digest.statements(limit=7, offset=at).rows] == list(
        digest.statements(limit=1000).rows
    )


def test_a_period_holds_what_may_lie_in_it(project):
    digest = Digest.make(project)
    june = digest.events(since="2031-06", until="2031-06", limit=1000).rows
    assert june
    for row in june:
        days = row.event.date or ""
        assert days in ("", "2031") or days.startswith("2031-06")


def test_two_parties_are_asked_for_by_code_name_or_id(project):
    digest = Digest.make(project)
    by_code = digest.events(("NOR", "CHL"), limit=1000)
    assert by_code == digest.events(("Norway", "state:CHL"), limit=1000)
    assert by_code.total == next(
        row.n for row in digest.relations(limit=99).rows if {row.a.id, row.b.id} == {"state:NOR", "state:CHL"}
    )
    with pytest.raises(SettingsError, match="is nobody in the record"):
        digest.events(("NOR", "Nusquama"))


def test_actors_are_found_by_a_part_of_a_name_without_accents(project):
    (row,) = Digest.make(project).actors("ines ARAYA").rows
    assert (row.actor.id, row.party) == ("person:araya", "state:CHL")
    assert row.events == sum(row.actor.id in acting(event) for event in project.events())


def test_without_a_digest_or_with_one_of_less_there_is_none(project):
    assert Digest.open(project) is None
    Digest.make(project)
    assert Digest.open(project) is not None
    made_record.keep(project, made_record.readings(8, 2), resolve=False)
    assert Digest.open(project) is None
    assert Digest.open(project, behind_too=True).behind
    assert not Digest.make(project).behind


def test_threads_may_ask_while_another_corrects(project):
    Digest.make(project)
    totals, stop = [], threading.Event()

    def ask():
        with Project(project.path, create=False) as own:
            while not stop.is_set():
                digest = Digest.open(own)
                totals.append((digest.events(status="denied", limit=5).total, digest.statements(limit=3).total))

    with ThreadPoolExecutor(3) as threads:
        asking = [threads.submit(ask) for _ in range(3)]
        statements = len(list(project.statements()))
        for event in list(project.events())[:8]:
            project.review(Reviewed("status", event.id, "an analyst", "denied"))
        stop.set()
        for thread in asking:
            thread.result()
    assert {statements} == {said for _, said in totals}
    denied = sum(event.status == "denied" for event in project.events())
    assert Digest.open(project).events(status="denied").total == denied


def test_what_was_killed_half_way_is_thrown_away(project):
    killed = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    (project.path / f"digest.db.{killed.stdout.strip()}.part").write_bytes(b"half")
    Digest.make(project)
    assert sorted(path.name for path in project.path.glob("digest.db*part*")) == []


def test_what_is_no_digest_is_none(project):
    (project.path / "digest.db").write_bytes(b"something else" * 1000)
    assert Digest.open(project) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_has_views_without_a_digest(project):
    Digest.make(project)
    Path(project.path).chmod(0o500)
    try:
        assert Digest.open(project) is not None
    finally:
        Path(project.path).chmod(0o700)
