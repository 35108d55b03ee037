"""The notes of a brief: each evidence once, numbered as the sentences cite it, and what a note says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.brief import dates
from dragoman.brief.check import Checked
from dragoman.brief.english import be, begun, counted, quoted
from dragoman.brief.parts import Brief, Evidence, Sentence
from dragoman.brief.wording import say
from dragoman.exchange.plain import clean

LONG = 70
"""Words of a quotation in a note, at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as it is written: without controls, with the numbers of its notes, and why it is unsupported, if it is."""

    text: str
    notes: tuple[int, ...]
    unsupported: str | None


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """A brief laid out for a page, in whatever format; all of it is plain text of one line each."""

    title: str
    about: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    """The first is number 1."""


def laid(brief: Brief, checked: Sequence[Checked]) -> Laid:
    """The brief with its notes and marks; `checked` is what `check` found of it."""
    numbers: dict[Evidence, int] = {}
    why = {(one.section, one.sentence): one.reasons for one in checked}
    parts = []
    for at, section in enumerate(brief.sections):
        lines = [
            _line(sentence, why.get((at, number), ()), numbers) for number, sentence in enumerate(section.sentences)
        ]
        parts.append(Part(clean(section.title), tuple(lines)))
    unsupported = sum(not one.supported for one in checked)
    about = say("about")
    if unsupported:
        marked = say("about_unsupported", sentences=counted(unsupported, "sentence"), be=be(unsupported > 1))
        about += f" {begun(marked)}"
    return Laid(clean(brief.title), about, tuple(parts), tuple(" ".join(_note(one)) for one in numbers))


def _line(sentence: Sentence, reasons: Sequence[str], numbers: dict[Evidence, int]) -> Line:
    notes = tuple(dict.fromkeys(numbers.setdefault(one, len(numbers) + 1) for one in sentence.evidence))
    return Line(clean(sentence.text), notes, say("unsupported", why=clean("; ".join(reasons))) if reasons else None)


def _note(one: Evidence) -> Iterator[str]:
    yield say(
        "note",
        outlet=begun(clean(one.outlet or "") or say("no_outlet_named")),
        title=say("note_title", title=quoted(one.title, LONG)) if one.title else "",
        when=dates.named(one.published) if one.published else say("note_undated"),
        quote=quoted(one.text, LONG),
    )
    if one.chain and one.chain != clean(one.outlet or ""):
        yield say("note_chain", chain=clean(one.chain))
    yield say("note_source", source=clean(one.source))
    yield say("note_row", kind=one.kind, row=clean(one.row), start=str(one.start), end=str(one.end))
