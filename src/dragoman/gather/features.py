"""What speaks for or against a unit's being the article, as numbers by name; those that are 0 are left out."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.gather.context import APPEAL, Context, Hint
from dragoman.gather.manner import manner
from dragoman.gather.neighbours import neighbours
from dragoman.gather.shape import Shape
from dragoman.gather.units import Unit

_BAR = 0.34
_LONG = 8
_SHORT = 3
_FEW = 5
_FULL = 40
_HALF = 20
_ECHO = 0.4
"""A line before the article that shares so many words with its beginning is a headline, even if it comes twice."""
_AMID = 0.4
"""Three dots at the end of a paragraph amid others are more often its author's."""


def features(
    units: Sequence[Unit], shapes: Sequence[Shape], around: Sequence[Context], hints: Sequence[Hint]
) -> list[dict[str, float]]:
    """The features of each unit: of its markers and its place, of how it is written, and of the units beside it."""
    known = {unit.text: manner(unit.text, given) for unit, given in zip(units, shapes, strict=True)}
    beside = neighbours(units, shapes, around)
    return [
        _features(given, context, hint) | known[unit.text] | near
        for unit, given, context, hint, near in zip(units, shapes, around, hints, beside, strict=True)
    ]


def _features(given: Shape, context: Context, hint: Hint) -> dict[str, float]:
    found: dict[str, float] = {"length": min(given.words, _FULL) / _FULL}
    if given.terminal:
        found["terminal"] = 1.0
    if given.words >= _LONG and given.frequent:
        found["frequent"] = max(-0.6, min(1.0, 4 * (given.frequent - 0.15)))
    if given.truncated and _LONG - 2 <= given.words <= 80:
        found["truncated"] = _AMID if context.between else 1.0
    if context.repeats > 1 and given.words and context.echo < _ECHO:
        found[_repetition(given)] = 1.0
    dated = given.date or given.signed or given.clock
    if given.words <= _SHORT and not (given.terminal or dated or context.between):
        found["short"] = 1.0
    _marker_features(found, given, context)
    for name in ("address", "byline", "dateline"):
        if getattr(given, name):
            found[name] = 1.0
    if given.separators:
        found["separators"] = min(given.separators, 3)
    if context.foreign and not context.signed:
        found["foreign"] = 1.0
    _zone_features(found, given, context)
    if context.zone == "tail" and given.words < _HALF and not context.paragraph and not context.continues:
        brief = given.words < _LONG
        found["tail_short" if given.terminal else "tail_open"] = 1.0 if brief or not given.terminal else 0.5
    applies = given.marker in (None, context.governor) and not (context.lead and context.governor == "form")
    if context.governed and applies:
        found["governed"] = context.governed
        found[f"governed_{context.governor}"] = context.governed
    if given.appeal:
        found["appeal"] = min(given.appeal, 6)
        if given.appeal >= APPEAL:
            found["appeal_strong"] = 1.0
        if context.zone in ("tail", "above") or context.governed > 0.3:
            found["appeal_aside"] = min(given.appeal, 6)
    if context.continues:
        found["inside_sentence"] = 1.0
    _page_features(found, given, hint)
    return found


def _zone_features(found: dict[str, float], given: Shape, context: Context) -> None:
    if context.log:
        found["log"] = 1.0
    elif context.signed:
        found["signed"] = 1.0
    elif given.date or given.signed or given.clock:
        found["date"] = 1.0
    elif given.number:
        found["number"] = 1.0
    if context.zone == "headline":
        found["headline"] = 1.0
    elif context.zone in ("above", "under") and not context.signed:
        found[context.zone] = 1.0
        if context.lead:
            found["lead_near" if context.lead <= 2 else "lead_far"] = 1.0
        if context.zone == "under" and not (context.echo or given.terminal) and given.words <= _FEW:
            found["apart"] = 1.0
    if context.echo and not context.signed:
        found["echo"] = context.echo
    if given.bar >= _BAR and not given.terminal and given.words > 1:
        found["bar"] = given.bar
    if context.ranked and not context.paragraph:
        found["ranked"] = 1.0
    if context.turn:
        found["turn"] = 1.0
    if context.appealing:
        found["appealing"] = 1.0
    if context.bio:
        found["bio"] = 1.0


def _repetition(given: Shape) -> str:
    """Pages repeat teasers and menus, but some give the first paragraph twice as well."""
    if given.words < _LONG:
        return "repeated_short"
    return "repeated_whole" if given.terminal else "repeated_long"


def _marker_features(found: dict[str, float], given: Shape, context: Context) -> None:
    if not given.marker or (context.signed and given.marked == "within"):
        return
    if given.marked == "header" and context.between and given.marker == "menu":
        found["section_word"] = 1.0
        return
    found["header" if given.marked in ("pointer", "comments") else given.marked] = 1.0
    found[f"{given.marker}_marker"] = 0.6 if given.marked == "within" else 1.0


def _page_features(found: dict[str, float], given: Shape, hint: Hint) -> None:
    if hint.links:
        found["links"] = hint.links
    if hint.region:
        found[f"in_{hint.region}"] = 1.0
    if hint.title:
        found["is_title"] = 1.0
    elif hint.tag == "h1":
        found["heading"] = 1.0
    if hint.stated is not None and given.words >= _SHORT:
        found["stated" if hint.stated else "not_stated"] = 1.0
