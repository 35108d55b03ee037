"""Reports of one event come together, near misses stay apart, and neither order nor copies change that."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dragoman.resolve.same_events import Telling, features, hashed, names_of, same_events, sentence_around


def telling(
    number,
    words="",
    *,
    type="SANCTION",
    day=None,
    published=100,
    actors=("state:XKA",),
    recipients=("state:XBE",),
    **more,
):
    given = tuple(sorted({hashed(word) for word in words.split()}))
    names = tuple(sorted({hashed(word) for word in words.split() if word[0].isupper()}))
    return Telling(
        document=f"doc-{number:03}",
        position=0,
        event=more.pop("event", f"event-{number:03}"),
        type=type,
        mode=more.pop("mode", None),
        actors=frozenset(actors),
        recipients=frozenset(recipients),
        doers=frozenset(actors),
        sufferers=frozenset(recipients),
        day=(day, day) if day else None,
        published=published,
        words=given,
        names=names,
        story=names,
    )


EXPELLED = telling(1, "expelled two diplomats wiretap Quay", day=98)
SENT_HOME = telling(2, "diplomats sent home wiretap Quay affair", day=98, published=101)
A_WEEK_LATER = telling(3, "expelled third envoy Harbour", day=106, published=107)
ANSWER = telling(4, "expelled two officials symmetrical", day=99, actors=("state:XBE",), recipients=("state:XKA",))
ELSEWHERE = telling(5, "expelled two diplomats", day=98, actors=("state:XNO",), recipients=("state:XSU",))


def groups(tellings):
    told = same_events(tellings)
    return {frozenset(key for key in told if told[key] == event) for event in set(told.values())}


def key(one):
    return one.document, one.position


def test_two_wordings_are_one_and_near_misses_are_not():
    everything = [EXPELLED, SENT_HOME, A_WEEK_LATER, ANSWER, ELSEWHERE]
    assert frozenset({key(EXPELLED), key(SENT_HOME)}) in groups(everything)
    assert len(groups(everything)) == 4


def test_one_of_its_own_keeps_its_id():
    assert same_events([ELSEWHERE]) == {key(ELSEWHERE): ELSEWHERE.event}


def test_groups_of_one_reading_id_get_different_ids():
    one = replace(EXPELLED, event="event-same")
    other = replace(A_WEEK_LATER, event="event-same")
    told = same_events([one, other])
    assert len(set(told.values())) == 2
    assert "event-same" in told.values()


@given(st.randoms(use_true_random=False))
def test_neither_order_nor_doubling_changes_anything(random: Random):
    everything = [EXPELLED, SENT_HOME, A_WEEK_LATER, ANSWER, ELSEWHERE]
    expected = same_events(everything)
    doubled = [*everything, *(replace(one, document=f"z-{one.document}") for one in everything)]
    random.shuffle(doubled)
    told = same_events(doubled)
    assert {k: v for k, v in told.items() if not k[0].startswith("z-")} == expected
    assert all(told[f"z-{document}", at] == event for (document, at), event in expected.items())


def test_turned_roles_are_seen_and_meetings_have_none():
    assert features(EXPELLED, ANSWER)["turned"] == 1
    meeting = replace(EXPELLED, type="CONSULT"), replace(ANSWER, type="CONSULT")
    assert "turned" not in features(*meeting)
    assert "other doer" not in features(*meeting)


def test_the_sentence_and_its_names():
    text = "Nothing else. The town of Ostrel was shelled by guns. It burned."
    start = text.index("shelled")
    assert sentence_around(text, start, start + 7) == "The town of Ostrel was shelled by guns"
    assert names_of(text) == names_of("The market of Ostrel")
