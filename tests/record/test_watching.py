"""The rows of what is watched and of what was found: each change whole, each page once, in its time."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from dragoman.errors import ProjectError
from dragoman.record import Project
from dragoman.record.watching import TO_READ, Answer, Found, Watching, host_of, stamp

NOW = datetime(2031, 6, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED, OTHER = "https://news.example.org/feed", "https://other.example.org/feed"
ANSWER = Answer('"1"', "Tue, 24 Jun 2031 10:00:00 GMT", NOW + HOUR)


def pages(*names, host="news.example.org"):
    return [Found(f"https://{host}/{name}") for name in names]


@pytest.fixture
def rows(project):
    with Watching(project.path) as rows:
        yield rows


def urls(found):
    return [one.url.rpartition("/")[2] for one in found]


def test_an_address_is_due_when_it_is_added_and_watched_once(rows):
    assert rows.next_due() is None
    assert rows.add(FEED, "feed", NOW)
    assert not rows.add(FEED, "page", NOW)
    (watched,) = rows.due(NOW)
    assert (watched.url, watched.kind, watched.checked, watched.failures) == (FEED, "feed", None, 0)
    assert rows.due(NOW - timedelta(seconds=1)) == []
    assert rows.next_due() == NOW


def test_an_answer_is_kept_with_its_pages_and_only_new_ones_count(rows):
    rows.add(FEED, "feed", NOW)
    assert rows.answered(FEED, ANSWER, pages("a", "b"), NOW) == 2
    assert rows.answered(FEED, ANSWER, pages("b", "c"), NOW) == 1
    (watched,) = rows.watched()
    assert (watched.etag, watched.modified, watched.checked) == (ANSWER.etag, ANSWER.modified, stamp(NOW))
    assert rows.due(NOW) == []
    assert rows.due(NOW + HOUR) == [watched]
    assert rows.waiting() == 3


def test_an_answer_without_all_of_its_pages_is_not_kept(rows):
    rows.add(FEED, "feed", NOW)

    def broken():
        yield from pages("a")
        raise KeyError

    with pytest.raises(KeyError):
        rows.answered(FEED, ANSWER, broken(), NOW)
    assert rows.waiting() == 0
    assert rows.watched()[0].etag is None


def test_what_was_removed_meanwhile_brings_nothing(rows):
    rows.add(FEED, "feed", NOW)
    rows.remove(FEED)
    assert rows.answered(FEED, ANSWER, pages("a"), NOW) == 0
    rows.page_answered(FEED, ANSWER, NOW, FEED, None)
    assert rows.waiting() == 0
    assert rows.page(FEED) is None


def test_removing_forgets_what_waits_keeps_what_came_and_has_the_others_asked_in_full(rows):
    for url in (FEED, OTHER):
        rows.add(url, "feed", NOW)
    rows.answered(FEED, ANSWER, pages("a", "b"), NOW)
    rows.answered(OTHER, ANSWER, pages("b"), NOW)
    rows.kept("https://news.example.org/a", "https://news.example.org/a", "0" * 64, NOW)
    assert rows.remove(FEED)
    assert not rows.remove(FEED)
    assert urls(rows.to_read(9)) == ["a"]
    assert rows.waiting() == 0
    assert [(one.url, one.etag, one.modified) for one in rows.watched()] == [(OTHER, None, None)]
    assert rows.answered(OTHER, ANSWER, pages("a", "b"), NOW) == 1


def test_a_page_goes_from_waiting_to_kept_to_read(rows):
    rows.add(FEED, "feed", NOW)
    rows.answered(FEED, ANSWER, [Found(f"{FEED}/a", "A title", "2031-06-24")], NOW)
    (page,) = rows.pages_due(NOW, 9)
    assert (page.title, page.published, page.found_in, page.fetched) == ("A title", "2031-06-24", FEED, None)
    rows.kept(page.url, "https://last.example.org/a", "0" * 64, NOW)
    assert rows.pages_due(NOW + HOUR, 9) == []
    (page,) = rows.to_read(9)
    assert (page.final_url, page.fetched, page.problem) == ("https://last.example.org/a", stamp(NOW), TO_READ)
    rows.was_read(page, None)
    assert rows.to_read(9) == []
    assert rows.page(page.url).problem is None


def test_a_page_that_came_anew_meanwhile_is_still_to_be_read(rows):
    rows.add(FEED, "feed", NOW)
    rows.answered(FEED, ANSWER, pages("a"), NOW)
    url = pages("a")[0].url
    rows.kept(url, url, "0" * 64, NOW)
    (before,) = rows.to_read(9)
    rows.kept(url, url, "1" * 64, NOW)
    rows.was_read(before, None)
    assert [page.original for page in rows.to_read(9)] == ["1" * 64]


def test_what_fails_is_counted_and_due_later(rows):
    rows.add(FEED, "feed", NOW)
    for times in (1, 2):
        rows.failed(FEED, "it is down", NOW + times * HOUR)
        (watched,) = rows.watched()
        assert (watched.failures, watched.problem, watched.due) == (times, "it is down", stamp(NOW + times * HOUR))
    rows.answered(FEED, ANSWER, pages("a", "b"), NOW + 2 * HOUR)
    assert (rows.watched()[0].failures, rows.watched()[0].problem) == (0, None)
    a, b = (one.url for one in pages("a", "b"))
    rows.page_failed(a, "it is down", NOW + 3 * HOUR)
    rows.given_up(b, "it is gone", NOW)
    assert rows.pages_due(NOW + 2 * HOUR, 9) == []
    assert urls(rows.pages_due(NOW + 3 * HOUR, 9)) == ["a"]
    assert (rows.page(b).problem, rows.page(b).original) == ("it is gone", None)


def test_a_host_is_held_back_in_both_tables_and_no_other(rows):
    for url in (FEED, OTHER):
        rows.add(url, "feed", NOW)
    rows.answered(FEED, Answer(None, None, NOW), pages("a") + pages("b", host="other.example.org"), NOW)
    rows.hold("news.example.org", NOW + HOUR)
    assert [one.url for one in rows.due(NOW)] == [OTHER]
    assert urls(rows.pages_due(NOW, 9)) == ["b"]
    rows.hold("news.example.org", NOW)
    assert [one.url for one in rows.due(NOW)] == [OTHER]
    assert len(rows.due(NOW + HOUR)) == 2


def test_of_each_host_the_newest_of_the_longest_waiting_come_first(rows):
    rows.add(FEED, "feed", NOW)
    dated = [Found(f"https://news.example.org/{day}", None, f"2031-06-{day}") for day in (11, 13, 12)]
    rows.answered(FEED, ANSWER, dated + pages("x", "y", host="other.example.org"), NOW)
    assert set(urls(rows.pages_due(NOW, 2))) == {"13", "12", "x", "y"}
    assert set(urls(rows.pages_due(NOW, 1))) == {"13", "x"}


def test_a_watched_page_keeps_the_original_of_before_where_none_is_given(rows):
    rows.add(FEED, "page", NOW)
    rows.page_answered(FEED, ANSWER, NOW, FEED, "0" * 64)
    rows.page_answered(FEED, Answer('"2"', None, NOW + HOUR, "it is empty"), NOW, FEED + "/2", None)
    page, (watched,) = rows.page(FEED), rows.watched()
    assert (page.original, page.final_url, page.problem) == ("0" * 64, FEED + "/2", "it is empty")
    assert (watched.etag, watched.problem) == ('"2"', "it is empty")


def test_nothing_is_due_too_early_and_times_of_all_zones_are_one(rows):
    rows.add(FEED, "feed", NOW)
    rows.failed(FEED, "it is down", NOW + timedelta(seconds=1.2))
    assert rows.due(NOW + timedelta(seconds=1.9)) == []
    assert len(rows.due(NOW + timedelta(seconds=2))) == 1
    assert stamp(NOW.astimezone(timezone(timedelta(hours=5)))) == stamp(NOW)


def test_text_that_has_no_utf8_and_long_problems_are_kept_in_part(rows):
    rows.add(FEED, "feed", NOW)
    rows.answered(FEED, ANSWER, [Found("https://news.example.org/\ud800", "half \udfff")], NOW)
    (page,) = rows.pages_due(NOW, 9)
    assert (urls([page]), page.title) == (["?"], "half ?")
    rows.given_up(page.url, "x" * 100_000, NOW)
    assert len(rows.page(page.url).problem) == 2000


@pytest.mark.parametrize("url", ["", "no address", "http://[::1", "mailto:a@b"])
def test_what_has_no_host_has_none(url):
    assert host_of(url) == ""


def test_several_may_write_at_once_and_each_page_is_taken_down_once(project):
    with Watching(project.path) as rows:
        rows.add(FEED, "feed", NOW)
    counts = []

    def write():
        with Watching(project.path) as rows:
            for n in range(20):
                counts.append(rows.answered(FEED, ANSWER, pages(*map(str, range(n))), NOW))

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 19


def test_a_damaged_database_is_told(tmp_path):
    Project(tmp_path).close()
    (tmp_path / "project.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(ProjectError, match=r"project\.db"):
        Watching(tmp_path)
