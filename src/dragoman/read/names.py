"""Named mentions: listed names found by the gazetteer, and people and organisations found by the entity head."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.encode import Analysis
from dragoman.model import content_id
from dragoman.ontology.actors import Name, find_names
from dragoman.ontology.phrases import normalise

PLACE_CASES = frozenset(
    (
        "in at near outside inside around across throughout within into from onto over above beyond through via "
        "towards toward"
    ).split()
)
"""Prepositions after which a state, capital or seat is a place: "arrested in Moscow"."""
_TITLES = frozenset(
    (
        "mr mrs ms dr prof sir dame lord lady president minister prime premier king queen prince princess sheikh "
        "general gen col colonel lt maj capt sen rep gov ambassador chancellor secretary"
    ).split()
)
MEDIA = frozenset(
    "daily weekly newspaper paper magazine portal website site channel broadcaster station radio agency outlet blog "
    "tabloid journal monthly newsletter gazette".split()
)
"""Nouns for outlets."""
_TITLED = frozenset("radio tv agencia agence agenzia agentur televisión televisão".split())
_HYPHENS = frozenset("-‐‑–")
_PREFIXES = frozenset(["anti", "pro", "non", "post", "pre", "ex", "former"])
_TAIL = frozenset(("'s", "’s", "'", "’", ".", ","))


@dataclass(frozen=True, slots=True)
class Named:
    """Tokens `[start, end)` that name somebody: a listed name, or a PER or ORG entity that no list knows."""

    start: int
    end: int
    listed: Name | None
    label: str
    """PER, ORG, LOC or OUTLET; of listed names that of their actor's type."""


def named(analysis: Analysis) -> list[Named]:
    """Names in order, without overlap. A longer entity beats a listed name inside it, save where it only adds a title."""
    words = [token.text for token in analysis.tokens]
    entities = [Named(*_trim(analysis, e.start, e.end, e.label), None, e.label) for e in analysis.entities]
    entities = [e for e in entities if e.start < e.end and _is_name(analysis, e)]
    listed = []
    for start, end, names in find_names(words):
        name = _choose(analysis, start, end, names)
        if name is not None:
            listed.append(Named(start, end, name, {"person": "PER", "state": "LOC"}.get(name.actor.type, "ORG")))
    taken: list[Named] = []
    longest_first = sorted(
        [*listed, *entities, *_outlets(analysis)],
        key=lambda n: (-(n.end - n.start), n.listed is None, n.label != "OUTLET", n.start),
    )
    for item in longest_first:
        if not any(item.start < other.end and other.start < item.end for other in taken):
            taken.append(item)
    # A demonym or place inside a longer unlisted name is the country of that name, not a mention of its own.
    return sorted(taken, key=lambda n: n.start)


def outlet_id(name: str) -> str:
    """The id of an outlet that no list knows."""
    return content_id("outlet", normalise(name))


def _outlets(analysis: Analysis) -> list[Named]:
    """Unlisted outlets by the noun before them: "the business daily X", "the news portal X Y", "Radio X"."""
    tokens = analysis.tokens
    out = []
    for i, token in enumerate(tokens[:-1]):
        if token.text.lower() not in _TITLED and token.lemma.lower() not in MEDIA:
            continue
        end = i + 1
        while end < len(tokens) and tokens[end].upos == "PROPN" and end - i <= 4:
            end += 1
        if end > i + 1:
            out.append(Named(i if token.text.istitle() or token.text.isupper() else i + 1, end, None, "OUTLET"))
    return out


def countries_in(analysis: Analysis, start: int, end: int) -> list[Name]:
    """Listed states, by name, demonym, capital or seat, within tokens `[start, end)`, in order."""
    words = [token.text for token in analysis.tokens[start:end]]
    found = []
    for first, last, names in find_names(words):
        name = _choose(analysis, start + first, start + last, names)
        if name is not None and name.actor.country and name.actor.type in ("state", "organisation"):
            found.append(name)
    return found


def case_of(analysis: Analysis, token: int) -> str:
    """The preposition that marks a token's phrase, lower-cased, or ""."""
    for child in analysis.children[token]:
        if analysis.tokens[child].relation == "case" and analysis.tokens[child].upos == "ADP":
            return analysis.tokens[child].text.lower()
    return ""


def head_of(analysis: Analysis, start: int, end: int) -> int:
    """The token of `[start, end)` whose head lies outside; the last one if there are several."""
    best = end - 1
    for i in range(end - 1, start - 1, -1):
        if not start <= analysis.tokens[i].head < end and analysis.tokens[i].upos != "PUNCT":
            best = i
            if analysis.tokens[i].upos in ("PROPN", "NOUN", "ADJ"):
                break
    return best


def _choose(analysis: Analysis, start: int, end: int, names: tuple[Name, ...]) -> Name | None:
    """Of several actors of one name the state first, then the rest in the lists' order; none for a common word, nor
    behind a prefix ("anti-Russian")."""
    if (
        start > 1
        and analysis.tokens[start - 1].text in _HYPHENS
        and analysis.tokens[start - 2].text.lower() in _PREFIXES
    ):
        return None
    first = analysis.tokens[start]
    if first.text.islower() and not any(t.text[:1].isupper() for t in analysis.tokens[start:end]):
        return None
    if end - start == 1 and first.upos in ("VERB", "AUX", "ADV", "ADP", "PRON", "DET") and first.text.istitle():
        return None
    order = {"name": 0, "acronym": 1, "demonym": 2, "capital": 3, "seat": 4, "person": 5}
    return min(names, key=lambda n: (n.actor.type != "state", order[n.kind]), default=None)


def _trim(analysis: Analysis, start: int, end: int, label: str) -> tuple[int, int]:
    tokens = analysis.tokens
    while start < end and (
        tokens[start].text.lower() in ("the", "a", "an")
        or (label == "PER" and tokens[start].text.lower().rstrip(".") in _TITLES and end - start > 1)
        or tokens[start].upos == "PUNCT"
    ):
        start += 1
    while start < end and (tokens[end - 1].text in _TAIL or tokens[end - 1].upos in ("PUNCT", "ADP", "DET", "PART")):
        end -= 1
    return start, end


def _is_name(analysis: Analysis, item: Named) -> bool:
    tokens = analysis.tokens[item.start : item.end]
    return item.label != "LOC" and any(t.text[:1].isupper() for t in tokens) and tokens[0].text not in ("I", "We")
