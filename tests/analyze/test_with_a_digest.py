"""Every analysis says the same of a record with a digest as without one, also after corrections."""

import random
import tempfile

import made_record
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.analyze.series import relation_series
from dragoman.analyze.windows import KINDS
from dragoman.digest import Digest
from dragoman.errors import SettingsError
from dragoman.record import Project

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
