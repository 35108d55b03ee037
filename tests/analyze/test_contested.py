"""The list of contested events is what asking for the accounts of every event would give."""

from tests.analyze.test_accounts import ACCUSED, DENIAL, OTHER, SEIZED, keep

from dragoman.analyze.accounts import accounts
from dragoman.analyze.contested import contested
from dragoman.record import Project


def test_it_has_all_that_are_denied_or_differ_and_no_other(examples):
    with Project(examples) as project:
        listed = {one.id for row in contested(project) for one in row.accounts.events}
        for event in project.events():
            found = accounts(project, event)
            denied = any(one.position == "denies" for one in found.accounts)
            assert (event.id in listed) >= (denied or bool(event.differing)), event.id
        for row in contested(project):
            whole = accounts(project, row.event)
            assert (row.accounts.events, row.accounts.accounts) == (whole.events, whole.accounts)


def test_what_some_assert_and_others_deny_comes_first(examples):
    with Project(examples) as project:
        both = [row.accounts.contested for row in contested(project)]
        assert any(both)
        assert both == sorted(both, reverse=True)


def test_a_denial_in_another_document_makes_an_event_contested(tmp_path):
    with Project(tmp_path / "project") as project:
        keep(project, SEIZED, ACCUSED, OTHER)
        assert not any(row.accounts.contested for row in contested(project))
        keep(project, DENIAL)
        first, *_ = contested(project)
        assert first.accounts.contested
        assert (first.asserting, first.denying) == (2, 1)
        assert OTHER.events[0].id not in {row.event.id for row in contested(project)}
