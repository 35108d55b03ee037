"""Documents that say the same for the same reason count as one source, and the reason is told."""

from dragoman.resolve.sources import Origin, independent_sources


def test_copies_agencies_and_outlets_count_once():
    found = independent_sources(
        [
            Origin("a", "tarn herald", "a", ("outlet:tass",)),
            Origin("b", "evening post", "b", ("person-x", "outlet:tass")),
            Origin("c", "morning sun", "b", ()),
            Origin("d", "morning sun", "d", ()),
            Origin("e", "sea mail", "e", ()),
            Origin("f", None, "f", ()),
        ]
    )
    assert [source.documents for source in found] == [("a", "b", "c", "d"), ("e",), ("f",)]
    assert found[0].why == ("one agency: outlet:tass", "one outlet: morning sun", "one text")
    assert found[1].why == ()


def test_several_reports_of_one_document_are_one_source():
    assert len(independent_sources([Origin("a", "x", "a", ()), Origin("a", "x", "a", ())])) == 1


def test_an_outlet_that_is_no_agency_does_not_join():
    assert (
        len(
            independent_sources(
                [Origin("a", "x", "a", ("outlet:bbc-news",)), Origin("b", "y", "b", ("outlet:bbc-news",))]
            )
        )
        == 2
    )
