"""A relation beside event data of others: what goes together, where the two part, and what may be the reason."""

from tests.analyze.beside import compared, ours, theirs

from dragoman.analyze.agreement import correlation, fisher, holm
from dragoman.analyze.compare import rows


def parting(found, month):
    return next(one.parting for one in found.windows if one.ours.window.name == month)


def test_where_both_have_the_same_course_nothing_parts():
    found = compared(ours("2031-01-05", n=3), theirs("2031-01-05", n=3))
    assert [one.parting for one in found.windows] == [None, None, None]


def test_where_we_read_nothing_that_is_said_and_is_no_calm():
    found = compared(ours("2031-01-05"), theirs("2031-01-05") + theirs("2031-03-05"))
    assert parting(found, "2031-03").how == "only theirs"
    assert "we read nothing of these days" in parting(found, "2031-03").why
    assert [row["n"] for row in rows(found)] == [1, None, None]


def test_where_we_read_and_found_nothing_the_pages_and_the_days_are_told():
    told = [*ours("2031-01-05"), *ours(None)]
    found = compared(told, theirs("2031-02-05"), quiet=["2031-02-03"])
    why = parting(found, "2031-02").why
    assert "we read few pages of these days: 1" in why
    assert any(reason == "our events without a day that tells their window: 1" for reason in why)
    assert any(reason.startswith("in the windows beside it we have 1:") for reason in why)


def test_where_the_files_have_nothing_at_all_that_is_the_reason():
    found = compared(ours("2031-01-05") + ours("2031-02-05"), theirs("2031-01-05"))
    assert parting(found, "2031-02").how == "only ours"
    assert "the files have no row of these days" in parting(found, "2031-02").why


def test_what_plover_leaves_out_is_counted_by_its_code_and_named_as_a_reason():
    found = compared(ours("2031-01-05"), theirs("2031-01-05", "010", n=4))
    (row, *_) = rows(found)
    assert (row["their_n"], row["their_left_out"]) == (0, "010 4")
    assert parting(found, "2031-01").how == "only ours"
    assert "their rows with codes that PLOVER leaves out (010): 4" in parting(found, "2031-01").why


def test_what_is_not_said_to_have_happened_is_named_where_only_they_count_it():
    found = compared(ours("2031-01-05", "ASSAULT", "planned"), theirs("2031-01-05", "190"))
    assert "our events that are planned, hypothetical or denied, and not counted: 1" in parting(found, "2031-01").why


def test_shares_of_conflict_part_only_beyond_chance():
    few = compared(ours("2031-01-05", n=2), theirs("2031-01-05", "190", n=2))
    assert parting(few, "2031-01") is None
    many = compared(ours("2031-01-05", n=12), theirs("2031-01-05", "190", n=12))
    assert parting(many, "2031-01").how == "more conflict in theirs"
    assert parting(many, "2031-01").p < 0.001


def test_one_event_with_many_rows_weighs_as_one():
    found = compared(ours("2031-01-05", n=12), theirs("2031-01-05", "190", n=30, same=True))
    (row, *_) = rows(found)
    assert (row["their_n"], row["their_different"]) == (30, 1)
    assert parting(found, "2031-01") is None
    alone = parting(compared([], theirs("2031-01-05", "190", n=30, same=True)), "2031-01")
    assert any(reason.startswith("their 30 rows are no more than 1 by") for reason in alone.why)


def test_rows_outside_the_windows_are_counted_apart():
    assert compared(ours("2031-01-05"), theirs("2031-01-05") + theirs("2029-01-05", n=2)).outside == 2


def test_the_articles_of_their_events_are_added_up():
    (row, *_) = rows(compared(ours("2031-01-05"), theirs("2031-01-05", n=3, reports=4)))
    assert row["their_reports"] == 12


def test_a_correlation_has_its_number_of_windows_and_an_interval():
    months = [f"203{year}-{month:02}" for year in (1, 2) for month in range(1, 13)]
    told = [one for at, month in enumerate(months) for one in ours(f"{month}-05", n=at % 7)]
    same = [one for at, month in enumerate(months) for one in theirs(f"{month}-05", n=2 * (at % 7))]
    everywhere = [f"{month}-09" for month in months]
    found = compared(told, same, (months[0], months[-1]), quiet=everywhere, elsewhere=everywhere)
    counts, _ = found.correlations
    assert (counts.n, round(counts.value, 6)) == (24, 1)
    assert counts.interval[0] > 0.99


def test_too_few_windows_have_no_correlation():
    counts, shares = compared(ours("2031-01-05"), theirs("2031-01-05")).correlations
    assert (counts.n, counts.value, counts.interval) == (1, None, None)
    assert (shares.n, shares.value) == (1, None)


def test_series_that_go_against_each_other_or_stand_still():
    down = correlation("events", [(at, -at) for at in range(20)])
    assert round(down.value, 6) == -1
    assert correlation("events", [(1, at) for at in range(20)]).value is None


def test_chance_is_that_of_fisher_and_of_holm():
    assert round(fisher(1, 10, 11, 14), 4) == 0.0028
    assert fisher(0, 5, 0, 5) == 1
    assert holm([0.01, 0.04, 0.03]) == [0.03, 0.06, 0.06]
