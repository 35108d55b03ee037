"""`dragoman review` shows what to look at, and keeps what people say of it."""

import pytest

from dragoman.cli import review
from dragoman.errors import SettingsError
from dragoman.record import Project


def said(capsys, *arguments):
    assert review.run([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def test_rows_are_listed_with_ids_words_and_each_of_several_reports(project, capsys):
    out = said(capsys, project)
    assert "evt-letters  1.00, 2 reports\n  Karsovia -> Veldonia: ACCUSE (allege), happened, 2026-06-22\n" in out
    assert "  evt-letters/1  1.00\n  “Karsovia accused Veldonia of spying”\n" in out
    assert "stm-wire.txt  1.00\n  Orlan Tessik -> Harbour Post: accuse, direct\n  “They opened our letters,”\n" in out
    assert "wire.txt of 2026-06-24 [38:62]" in out
    assert said(capsys, project, "--limit", 1).count("[") == 2
    for row in ("evt-letters", "stm-post.html", "stm-wire.txt"):
        said(capsys, project, "accept", row)
    assert said(capsys, project) == "Nothing is left to look at.\n"


def test_rows_are_corrected_and_the_reviews_listed_and_undone(project, capsys):
    assert said(capsys, project, "list") == "No reviews.\n"
    assert "Review 1: stm-wire.txt has the speaker state:VEL" in said(
        capsys, project, "speaker", "stm-wire.txt", "Veldonia", "--by", "mk"
    )
    assert "has the act deny" in said(capsys, project, "act", "stm-wire.txt", "deny")
    assert "has the status denied" in said(capsys, project, "status", "evt-letters", "denied")
    assert "has the type CONSULT" in said(capsys, project, "type", "evt-letters", "CONSULT")
    assert "Review 5: stm-post.html" in said(capsys, project, "reject", "stm-post.html")
    with Project(project) as opened:
        (statement,), (event,) = opened.statements(), opened.events()
    assert (statement.speaker.actor, statement.act) == ("state:VEL", "deny")
    assert (event.status, event.type, len(event.reports)) == ("denied", "CONSULT", 2)
    assert "Review 5 is undone." in said(capsys, project, "undo", 5)
    listed = said(capsys, project, "list")
    assert "1 speaker stm-wire.txt state:VEL by mk, " in listed
    assert ", undone " in listed
    assert "“They opened our letters,” (doc-" in listed


def test_the_reports_of_an_event_are_rejected_one_by_one_or_all(project, capsys):
    assert "evt-letters/2" in said(capsys, project, "reject", "evt-letters/2")
    assert "1 report\n" in said(capsys, project)
    out = said(capsys, project, "reject", "evt-letters")
    assert "Review 2: evt-letters/1 says nothing of its kind" in out
    assert "Review 1: evt-letters/2" in out
    with Project(project) as opened:
        assert list(opened.events()) == []


def test_an_event_is_parted_and_made_one_again(project, capsys):
    assert "are not one event" in said(capsys, project, "apart", "evt-letters/1", "evt-letters/2")
    with Project(project) as opened:
        assert len(list(opened.events())) == 2
    assert "apart evt-letters evt-letters by " in said(capsys, project, "list")
    said(capsys, project, "undo", 1)
    with Project(project) as opened:
        assert len(list(opened.events())) == 1
    assert "are one event" in said(capsys, project, "same", "evt-letters/1", "evt-letters/2")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["reject", "stm-none"],
            "no statement or event of .* has the id 'stm-none': 'dragoman review .*' and .* --ids",
        ),
        (["reject"], "write 'dragoman review PROJECT reject ID'; there were 0 words"),
        (["speaker", "stm-wire.txt"], "'dragoman review PROJECT speaker ID SPEAKER': SPEAKER is an actor"),
        (["speaker", "stm-wire.txt", "Nobody"], "no actor in .* is called 'Nobody': 'dragoman actors"),
        (["speaker", "evt-letters", "Veldonia"], "cannot be said of evt-letters, an event"),
        (["act", "stm-wire.txt", "shout"], "choose from assert, accuse"),
        (["same", "evt-letters", "stm-wire.txt"], "is a statement: 'same' is said of events"),
        (["apart", "evt-letters", "evt-letters"], "name two of its 2 reports, as evt-letters/1 and evt-letters/2"),
        (["undo", "²"], "no number of a review"),
        (["undo", "9" * 30], "no review 9+ holds"),
        (["rejct", "stm-wire.txt"], "did you mean 'reject'?"),
        (["list", "x"], "write 'dragoman review PROJECT list'"),
    ],
)
def test_wrong_use_is_told_and_changes_nothing(project, capsys, words, message):
    with pytest.raises(SettingsError, match=message):
        review.run([project, *words])
    assert said(capsys, project, "list") == "No reviews.\n"
