"""Documents of a few days that share names are a story; those that share only common ones, or come later, are not."""

from dragoman.resolve.stories import WINDOW, StoryText, find_stories


def text(number, day, *features, group=None):
    return StoryText(f"doc-{number}", day, frozenset(features), group or f"doc-{number}")


def test_shared_names_make_a_story():
    common = [text(n, 100 + n % 3, 1, 2, 50 + n) for n in range(20)]
    story = [text(30, 100, 1, 7, 8, 9), text(31, 102, 2, 7, 8, 10)]
    later = text(32, 103 + WINDOW, 7, 8, 11)
    found = find_stories([*common, *story, later])
    assert found["doc-31"] == found["doc-30"] == "doc-30"
    assert found["doc-32"] == "doc-32"
    assert all(found[one.document] == one.document for one in common)
    assert find_stories([later, *story, *common[::-1]]) == found


def test_copies_are_one_story_whatever_their_day():
    found = find_stories([text(1, None, 1, group="g"), text(2, 100, 1, group="g")])
    assert set(found.values()) == {"doc-2"}
