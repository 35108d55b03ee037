"""One event out of many reports, one actor out of many names, in whatever order they come."""

from dataclasses import replace
from itertools import permutations

import samples

from dragoman.resolve.actors import merge_actors
from dragoman.resolve.events import merge_events
from dragoman.resolve.settle import settled


def reported(source, **more):
    return samples.event(samples.document(source=source), **more)


def test_an_event_has_all_reports_sorted_and_what_most_of_them_say():
    told = [
        reported("a.txt", mode="withdraw", place="Tarn"),
        reported("b.txt", mode="withdraw", context=("territory",)),
        reported("c.txt", mode="expel", context=()),
    ]
    merged = [merge_events(order) for order in permutations(told)]
    assert len(set(merged)) == 1
    event = merged[0]
    assert (event.mode, event.place, event.context) == ("withdraw", "Tarn", ("diplomatic", "territory"))
    assert [report.document for report in event.reports] == sorted(event.reports[0].document for event in told)


def test_the_same_report_counts_once():
    event = reported("a.txt")
    assert merge_events([event, event]) == event


def test_a_date_keeps_its_own_basis():
    undated = replace(reported("a.txt"), date=None, date_basis=None)
    dated = replace(reported("b.txt"), date="2031-05-03", date_basis="relative")
    merged = merge_events([undated, dated, undated])
    assert (merged.date, merged.date_basis) == ("2031-05-03", "relative")


def test_parties_are_never_mixed_from_several_reports():
    one = reported("a.txt", actor=(samples.KARSOVIA, samples.BELMARK), recipient=())
    other = replace(reported("b.txt", actor=(samples.BELMARK, samples.KARSOVIA), recipient=()), id=one.id)
    (actors,) = {merge_events(order).actor for order in permutations([one, other])}
    assert set(actors) == {"state:XBE", "state:XKA"}


def test_an_actor_gathers_aliases_and_takes_the_commonest_name():
    known = [
        samples.ORLEN,
        replace(samples.ORLEN, aliases=("Dana Ö.",)),
        replace(samples.ORLEN, name="D. Örlén", country=None, sector="LEG", aliases=()),
    ]
    merged = {merge_actors(dict.fromkeys(order, 1)) for order in permutations(known)}
    assert merged == {replace(samples.ORLEN, aliases=("Dana Ö.", "Örlén"))}


def test_of_what_is_said_as_often_the_first_is_taken():
    assert settled(["b", "a", None, "c", None, None]) == "b"
    assert settled([None, None]) is None
    assert settled([]) is None


def test_what_more_documents_say_of_an_actor_counts_more():
    other = replace(samples.ORLEN, sector="LEG")
    assert merge_actors({samples.ORLEN: 2, other: 3}).sector == "LEG"
