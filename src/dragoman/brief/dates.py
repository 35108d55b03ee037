"""EDTF dates in words, as precise as they are known and no more."""

from __future__ import annotations

from dragoman.brief.wording import words
from dragoman.model.edtf import edtf_bounds


def on(edtf: str | None) -> str:
    """ "on 5 March 2032", "in March 2032", "between 3 March 2032 and 5 March 2032", "on a date that is not given"."""
    if edtf is None:
        return "on a date that is not given"
    first, slash, last = edtf.partition("/")
    if slash:
        if ".." in (first, last):
            return f"not after {named(last)}" if first == ".." else f"not before {named(first)}"
        return f"between {named(first)} and {named(last)}"
    perhaps = "perhaps " if edtf.endswith(("?", "%")) else ""
    about = " or about" if edtf.endswith(("~", "%")) else ""
    parts = edtf.rstrip("?~%").split("-")
    return f"{perhaps}{'on' if len(parts) == 3 and parts[2] != 'XX' else 'in'}{about} {named(edtf)}"


def named(edtf: str) -> str:
    """The date itself, without a preposition: "5 March 2032", "spring 2032", "the 2030s", "23 June of an unknown year"."""
    parts = edtf.rstrip("?~%").split("-")
    year = _year(parts[0])
    if len(parts) == 1 or parts[1] == "XX":
        return year
    if parts[1] in words().seasons:
        return f"{words().seasons[parts[1]]} {year}"
    month = words().months[int(parts[1]) - 1]
    day = f"{int(parts[2])} " if len(parts) == 3 and parts[2] != "XX" else ""
    return f"{day}{month} of an unknown year" if parts[0] == "XXXX" else f"{day}{month} {year}"


def during(first: str, last: str) -> str:
    """Whole months, quarters or years between two ISO days: "in March 2032", "from January 2032 to March 2032", "in 2032"."""
    if first[:7] == last[:7]:
        return f"in {named(first[:7])}"
    if first[:4] == last[:4] and first.endswith("-01-01") and last.endswith("-12-31"):
        return f"in {first[:4]}"
    return f"from {named(first[:7])} to {named(last[:7])}"


def _year(year: str) -> str:
    if year == "XXXX":
        return "an unknown year"
    if "X" not in year:
        return year
    if year.endswith("XX"):
        low, high = edtf_bounds(year) or (year, year)
        return f"{low[:4]} to {high[:4]}"
    return f"the {year[:3]}0s"
