"""The drawing of two series: each on its own scale, what was not read apart from calm, and safe whatever a name holds."""

import xml.etree.ElementTree as tree
from dataclasses import replace

from tests.analyze.beside import compared, ours, theirs

from dragoman.web.charts.compared import HALF, chart, drawn


def test_each_series_is_as_high_as_the_other_whatever_it_counts():
    drawing = chart(compared(ours("2031-01-05", n=2), theirs("2031-01-05", n=28)), "Others")
    (own,), (other,) = (row.cells[0].blocks for row in drawing.rows)
    assert own.height == other.height > HALF / 2
    assert (own.n, other.n) == (2, 28)


def test_windows_of_which_one_has_nothing_are_grey_there_and_marked_where_they_part():
    drawing = chart(compared(ours("2031-01-05"), theirs("2031-01-05") + theirs("2031-02-05")), "Others")
    assert [cell.read for cell in drawing.rows[0].cells] == [True, False, False]
    assert [cell.read for cell in drawing.rows[1].cells] == [True, True, False]
    assert [place.part for place in drawing.places] == [None, "only theirs", None]


def test_a_name_cannot_break_the_drawing():
    found = compared(ours("2031-01-05"), theirs("2031-01-05"))
    wild = replace(found, a=replace(found.a, name="<script>alert(1)</script>\x0b&\udcff"))
    drawing = tree.fromstring(drawn(wild, "A & B"))
    assert not [one for one in drawing.iter() if one.tag.endswith("script")]


def test_a_drawing_without_windows_is_one_still():
    assert tree.fromstring(drawn(compared([], [], ("2031-03", "2031-01")), "Others")) is not None
