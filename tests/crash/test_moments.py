"""Whatever is killed with -9, at whatever moment, leaves a whole project, and doing it again gives the same record."""

import sqlite3
from contextlib import closing

import pytest
from tests.crash.moments import ACTIVITIES, chosen, survive

from dragoman.record.database import give_functions
from dragoman.record.integrity import check_project
from dragoman.record.schema import migrate, steps

MOMENTS = 8


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_killed_at_any_moment_and_done_again_is_the_same_as_undisturbed(activity, tmp_path):
    survival = survive(activity, MOMENTS, tmp_path)
    assert survival.problems == []
    # Most are killed in their course; on a busy machine the moment is not kept exactly.
    assert survival.struck >= 2


def test_the_moments_are_the_same_each_time_and_lie_all_over_the_course():
    moments = chosen(50, 7, "read")
    assert moments == chosen(50, 7, "read")
    assert all(number / 50 <= moment < (number + 1) / 50 for number, moment in enumerate(moments))


@pytest.mark.parametrize("version", range(1, len(steps())))
def test_a_project_that_a_kill_left_between_two_versions_can_be_checked(version, tmp_path):
    first = min(version, 3)
    ACTIVITIES[f"migrate from {first}"].prepare(tmp_path)
    with closing(sqlite3.connect(tmp_path / "project" / "project.db", isolation_level=None)) as database:
        give_functions(database)
        migrate(database, steps()[:version])
    findings = check_project(tmp_path / "project")
    assert f"the database is of version {version}" in [finding.what for finding in findings]
    assert not any(finding.wrong for finding in findings)
