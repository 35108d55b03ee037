"""Dates of publication that htmldate finds in what a page says of itself, and what is no evidence of one."""

import pytest

from dragoman.gather import Source, document

ARTICLE = "Velmark has called its ambassador home from Tarsia after talks on the fishing grounds broke down. " * 4


def published(head="", before="", after=""):
    html = f"""<!DOCTYPE html><html><head><title>Velmark recalls its envoy</title>{head}</head><body>
        <h1>Velmark recalls its envoy</h1>{before}<p>{ARTICLE}</p>{after}</body></html>"""
    found = document(Source("page.html", html, markup=True)).published
    assert (found.basis == "metadata") == (found.value is not None)
    return found.value


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="citation_publication_date" content="2031-04-09">',
        '<meta property="article:published" content="2031-04-09T23:10:00+02:00">',
        '<meta name="DC.date.created" content="20310409">',
        '<meta name="publish_date" content="2031-04-09"><meta name="date_modified" content="2031-05-01">',
    ],
)
def test_a_meta_element_that_few_pages_have_tells_the_day(head):
    assert published(head) == "2031-04-09"


def test_an_element_whose_class_says_published_tells_the_day():
    dated = '<abbr class="published" title="2031-04-09T08:00">a while ago</abbr>'
    changed = '<time class="updated" datetime="2031-04-11">on Friday</time>'
    assert published(before=dated + changed) == "2031-04-09"


def test_the_known_elements_come_first():
    both = (
        '<meta name="publish_date" content="2031-04-08"><meta property="article:published_time" content="2031-04-09">'
    )
    assert published(both) == "2031-04-09"


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ('<meta property="article:modified_time" content="2031-04-09">', ""),
        ('<meta name="expires" content="2031-04-09">', ""),
        ('<meta name="event_date" content="2031-04-09">', ""),
        ('<link rel="canonical" href="https://gazette.example/2031/04/09/envoy">', ""),
        ('<meta property="og:url" content="https://gazette.example/2031/04/09/envoy">', ""),
        ("", "<footer>© 2031 The Harbour Gazette</footer>"),
        ("", '<abbr class="unit" title="2031-04-09">then</abbr>'),
        ("", "".join(f'<time class="entry-date" datetime="2031-04-{day}">{day}</time>' for day in (10, 11))),
    ],
)
def test_changes_addresses_copyrights_and_lists_of_other_articles_tell_nothing(head, after):
    assert published(head, after=after) is None
