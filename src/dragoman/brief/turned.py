"""Turning points: the months from which on the record of the two stands at another level."""

from __future__ import annotations

from dragoman.analyze.change_points import LEAST_WINDOWS, ChangePoint, change_points
from dragoman.analyze.series import series_of, windows_of
from dragoman.brief import dates
from dragoman.brief.english import counted, decimal, numeral
from dragoman.brief.material import Material
from dragoman.brief.parts import Figure, Section, Sentence
from dragoman.brief.wording import say


def turned(material: Material) -> Section:
    windows = windows_of(material.events, material.documents.values(), "month", material.since, material.until)
    series = series_of(material.a, material.b, material.events, material.documents, "month", windows)
    found = change_points(series.both)
    return Section(say("section_changes"), tuple(map(_change, found.found)) or (_none(sought=not found.not_sought),))


def _none(*, sought: bool) -> Sentence:
    if sought:
        return Sentence(say("no_change"), figures=(Figure("turning points", 0),))
    text = say("change_not_sought", number=numeral(LEAST_WINDOWS))
    return Sentence(text, figures=(Figure("months that a turning point takes", LEAST_WINDOWS),))


def _change(change: ChangePoint) -> Sentence:
    scale = 100 if change.measure == "conflict_share" else 1
    values = {"before": change.before * scale, "after": change.after * scale}
    many = {"windows_before": "month", "windows_after": "month", "n_before": "event", "n_after": "event"}
    numbers = values | {name: getattr(change, name) for name in (*many, "documents_before", "documents_after")}
    fields = {name: counted(int(n), many[name]) if name in many else decimal(n) for name, n in numbers.items()}
    key = f"change of {change.measure} {change.window.name}"
    counts = tuple(
        Figure(f"{key} {name}", round(number, 1), change.window.name, change.events if name == "after" else ())
        for name, number in numbers.items()
    )
    wanted: tuple[str, ...] = (*values, "windows_before", "windows_after", "documents_before", "documents_after")
    if change.measure == "conflict_share":
        wanted = (*values, "n_before", "n_after")
    when = dates.named(change.window.name)
    return Sentence(
        say(f"change_{change.measure}", when=when, **{name: fields[name] for name in wanted}), figures=counts
    )
