"""How values are written on screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dragoman.record.dates import bounds

_MARKS = '"“”„‟«»'
_MONTHS = "January February March April May June July August September October November December".split()
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
TOWARD = {-1: "against", 0: "on", 1: "for"}
"""Before the actor whom a statement is about."""
POLARITIES = {-1: "against", 0: "neither", 1: "for"}
"""As names of what is counted."""


def day(edtf: str | None) -> str:
    """An EDTF date for people: "9 March 2032", "March 2032", "March 9, year unknown", "undated"."""
    if not edtf:
        return "undated"
    core = edtf.rstrip("?~%")
    doubt = " (uncertain)" if core != edtf else ""
    parts = core.split("-")
    if "/" in core or not all(part.isdigit() or set(part) == {"X"} for part in parts if part):
        days = bounds(edtf)
        return f"{day(days[0])} to {day(days[1])}{doubt}" if days and "/" in core else edtf
    year, month, of_month = (*parts, "", "")[:3]
    named = _MONTHS[int(month) - 1] if month.isdigit() and 1 <= int(month) <= 12 else ""
    if year == "XXXX":
        return " ".join(filter(None, (str(int(of_month)) if of_month.isdigit() else "", named, "of an unknown year")))
    if of_month.isdigit() and named and year.isdigit():
        return f"{int(of_month)} {named} {year}{doubt}"
    if month in _SEASONS:
        return f"{_SEASONS[month]} {year}{doubt}"
    if named and not of_month:
        return f"{named} {year}{doubt}"
    return edtf


def moment(utc: str | None) -> str:
    """An ISO 8601 time for people: "9 March 2032, 14:05", a dash where there is none."""
    return f"{day(utc[:10])}, {utc[11:16]}" if utc else "–"


def quoted(text: str) -> str:
    """The words in one pair of quotation marks, whether or not the page's own are among them."""
    return f"“{' '.join(text.split()).strip(_MARKS)}”"


def number(count: int, one: str, many: str | None = None) -> str:
    """ "1 event", "1,200 events"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def share(value: float | None) -> str:
    """A share as per cent, a dash where there is none."""
    return "–" if value is None else f"{100 * value:.0f}%"


def fixed(value: float | None, digits: int = 1) -> str:
    """A number with so many digits behind the point and a true minus, a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}".replace("-", "−")


def toward(polarity: int) -> str:
    """The word for a statement's polarity."""
    return TOWARD[polarity]


def listed(names: Sequence[str]) -> str:
    """ "Brazil", "Brazil and Chile", "Brazil, Chile and Peru"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def sentence(text: str) -> str:
    """A message as a sentence: with a capital letter, unless it begins with a path or the like, and a full stop."""
    text = text.strip()
    first = text.partition(" ")[0]
    return (
        (text[:1].upper() if first.isalpha() else text[:1]) + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
    )


def polarity(value: int) -> str:
    """The name of a statement's polarity, where nobody's name follows."""
    return POLARITIES[value]


FILTERS: Mapping[str, Callable[..., str]] = {
    "day": day,
    "moment": moment,
    "quoted": quoted,
    "number": number,
    "share": share,
    "fixed": fixed,
    "toward": toward,
    "polarity": polarity,
    "sentence": sentence,
}
"""What templates call by these names."""
