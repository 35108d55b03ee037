"""Every analysis says the same of a record with a digest as without one, also after corrections."""

import random
import sqlite3
import tempfile
from dataclasses import replace

import made_record
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.analyze.accounts import accounts
from dragoman.analyze.balance import balance
from dragoman.analyze.coverage import coverage
from dragoman.analyze.demands import demands
from dragoman.analyze.mirror import mirror
from dragoman.analyze.network import network
from dragoman.analyze.prepared import MINIMA, prepare
from dragoman.analyze.reactions import reactions
from dragoman.analyze.series import relation_series
from dragoman.analyze.statements import GROUPINGS, NOBODY, Wanted, found
from dragoman.analyze.windows import KINDS
from dragoman.digest import Digest
from dragoman.errors import SettingsError
from dragoman.record import Project, Reviewed

seeds = st.integers(0, 10_000)
PAIRS = (("NOR", "CHL"), ("PER", "NOR"), ("person:ovrum", "CHL"), ("NOR", "Signe Øvrum"), ("person:lunde", "KEN"))


def outcome(analysis):
    """What an analysis finds, or the message that it refuses with."""
    try:
        return analysis()
    except SettingsError as error:
        return str(error)


def same_with_a_digest(seed, *analyses):
    """Asks the analyses without a digest and with one, then again after some corrections."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, Project(folder) as project:
        made_record.keep(project, made_record.readings(seed, 10))
        for _ in range(2):
            (project.path / "digest.db").unlink(missing_ok=True)
            without = [outcome(lambda analysis=analysis: analysis(project)) for analysis in analyses]
            Digest.make(project)
            assert [outcome(lambda analysis=analysis: analysis(project)) for analysis in analyses] == without
            for _ in range(3):
                made_record.correct(project, dice)
            kept = [outcome(lambda analysis=analysis: analysis(project)) for analysis in analyses]
            assert Digest.open(project) is not None
            (project.path / "digest.db").unlink()
            assert kept == [outcome(lambda analysis=analysis: analysis(project)) for analysis in analyses]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=6, deadline=None)
@given(seeds)
def test_series(kind, seed):
    same_with_a_digest(
        seed,
        *(lambda project, pair=pair: relation_series(project, *pair, kind) for pair in PAIRS),
        lambda project: relation_series(project, "NOR", "CHL", kind, "2031-03", "2031-07-15"),
        lambda project: relation_series(project, "NOR", "CHL", kind, until="2030"),
    )


@settings(max_examples=12, deadline=None)
@given(seeds)
def test_balance(seed):
    same_with_a_digest(
        seed,
        lambda project: balance(project, "NOR", ["CHL", "PER"]),
        lambda project: balance(project, "NOR", ["CHL", "Signe Øvrum", "KEN"], "year"),
        lambda project: balance(project, "CHL", ["NOR"], "quarter", "2031-02", "2031-09"),
    )


@settings(max_examples=12, deadline=None)
@given(seeds)
def test_coverage(seed):
    same_with_a_digest(seed, coverage)


@settings(max_examples=8, deadline=None)
@given(seeds)
def test_network(seed):
    same_with_a_digest(
        seed,
        *(
            lambda project, minimum=minimum, by=by, kind=kind: network(project, minimum, by, kind)
            for minimum in (1, 3)
            for by in ("party", "actor")
            for kind in ("events", "statements")
        ),
        lambda project: network(project, most=4),
        lambda project: network(project, kind="statements", since="2031-03", until="2031-07-15", most=4),
        lambda project: network(project, since="1900", until="2200"),
    )


@settings(max_examples=8, deadline=None)
@given(seeds)
def test_mirror(seed):
    def looked_at(project, pair, **time):
        found = mirror(project, *pair, **time)
        return replace(found, events=tuple(found.events))

    same_with_a_digest(
        seed,
        *(lambda project, pair=pair: looked_at(project, pair) for pair in PAIRS),
        lambda project: looked_at(project, PAIRS[0], since="1900", until="2200"),
    )


@settings(max_examples=8, deadline=None)
@given(seeds)
def test_accounts(seed):
    def of_all(project):
        events = list(project.events())
        return [accounts(project, event.id) for event in events[:12]]

    same_with_a_digest(
        seed,
        of_all,
        lambda project: accounts(project, "withdraw vessels"),
        lambda project: accounts(project, "event-0"),
    )


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_reactions(seed):
    same_with_a_digest(
        seed,
        reactions,
        lambda project: reactions(project, "NOR"),
        *(lambda project, pair=pair: reactions(project, *pair) for pair in PAIRS),
    )


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_demands(seed):
    same_with_a_digest(
        seed,
        demands,
        lambda project: demands(project, "CHL"),
        lambda project: demands(project, by="NOR"),
        *(lambda project, pair=pair: demands(project, *pair) for pair in PAIRS),
    )


@settings(max_examples=8, deadline=None)
@given(seeds)
def test_statements_by_facets(seed):
    wanted = (
        Wanted(),
        Wanted(side="state:NOR"),
        Wanted(about="state:CHL", polarity="-1"),
        Wanted(act="demand", since="2031-03"),
        Wanted(speaker=NOBODY),
        Wanted(outlet=NOBODY, form="direct"),
    )
    same_with_a_digest(
        seed,
        *(
            lambda project, one=one, group=group, at=at: found(project, one, group, limit=7, offset=at)
            for one in wanted
            for group in (None, *GROUPINGS)
            for at in (0, 5)
        ),
    )


def test_what_was_prepared_is_kept_until_something_is_corrected(tmp_path):
    with Project(tmp_path / "project") as project:
        made_record.keep(project, made_record.readings(7))
        told = []
        prepare(project, lambda what, done: told.append(what))
        assert {"documents", "actors", "networks"} <= set(told)
        with sqlite3.connect(project.path / "digest.db") as database:
            kept = "SELECT count(*) FROM kept WHERE question LIKE 'network %'"
            assert database.execute(kept).fetchone() == (len(MINIMA),)
            event = next(project.events())
            project.review(Reviewed("status", event.id, "an analyst", "denied"))
            Digest.open(project)
            assert database.execute(kept).fetchone() == (0,)
