"""EDTF dates are compared by the days they may mean."""

import pytest

from dragoman.record.dates import bounds, sort_key


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-02-03", "2024-02-03", "2024-02-03"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2024-06-12?", "2024-06-12", "2024-06-12"),
        ("2024~", "2024-01-01", "2024-12-31"),
        ("2024-21", "2024-03-01", "2024-11-30"),
        ("2024-06-01/2024-06-05", "2024-06-01", "2024-06-05"),
        ("2024-06/..", "2024-06-01", "9999-12-31"),
        ("../2024", "0001-01-01", "2024-12-31"),
    ],
)
def test_a_date_means_the_days_from_first_to_last(edtf, first, last):
    assert bounds(edtf) == (first, last)


@pytest.mark.parametrize(
    "edtf", [None, "", "XXXX-06-23", "yesterday", "2024-13", "2024-02-30", "2024-00-01", "..", "٢٠٢٤"]
)
def test_what_names_no_days_has_none(edtf):
    assert bounds(edtf) is None


def test_things_without_a_date_come_last():
    assert sorted(["2024-06-01", None, "2023", "XXXX-01-01", "2024"], key=sort_key) == [
        "2023",
        "2024",
        "2024-06-01",
        None,
        "XXXX-01-01",
    ]
