"""The list of contested events is what asking for the accounts of every event would give."""

import shutil

from tests.analyze.test_accounts import ACCUSED, DENIAL, OTHER, SEIZED, keep

from dragoman.analyze.accounts import accounts
from dragoman.analyze.contested import contests
from dragoman.digest import Digest
from dragoman.record import Project


def test_it_has_all_that_are_denied_or_differ_and_no_other(examples):
    with Project(examples) as project:
        listed = {one.id for row in contests(project).events for one in row.accounts.events}
        for event in project.events():
            found = accounts(project, event)
            denied = any(one.position == "denies" for one in found.accounts)
            assert (event.id in listed) >= (denied or bool(event.differing)), event.id
        for row in contests(project).events:
            whole = accounts(project, row.event)
            assert (row.accounts.events, row.accounts.accounts) == (whole.events, whole.accounts)


def test_what_some_assert_and_others_deny_comes_first(examples):
    with Project(examples) as project:
        both = [row.accounts.contested for row in contests(project).events]
        assert any(both)
        assert both == sorted(both, reverse=True)


def test_a_denial_in_another_document_makes_an_event_contested(tmp_path):
    with Project(tmp_path / "project") as project:
        keep(project, SEIZED, ACCUSED, OTHER)
        assert not any(row.accounts.contested for row in contests(project).events)
        keep(project, DENIAL)
        first, *_ = contests(project).events
        assert first.accounts.contested
        assert (first.asserting, first.denying) == (2, 1)
        assert OTHER.events[0].id not in {row.event.id for row in contests(project).events}


def test_of_a_large_record_those_are_looked_at_that_reports_deny(examples, tmp_path, monkeypatch):
    monkeypatch.setattr("dragoman.analyze.contested.LARGE", 0)
    shutil.copytree(examples, tmp_path / "large")
    with Project(tmp_path / "large") as project:
        Digest.make(project)
        found = contests(project)
        assert found.looked == len(found.events) == sum(event.status == "denied" for event in project.events())
        assert all(row.denying for row in found.events)
        for row in found.events:
            whole = {(one.position, one.holder) for one in accounts(project, row.event).accounts}
            assert {(one.position, one.holder) for one in row.accounts.accounts} <= whole
        assert contests(project) is found
        some = contests(project, since="2032-05")
        assert 0 < some.looked < found.looked
