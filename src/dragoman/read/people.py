"""Persons of a document: the names one man goes by, and the roles the document gives him."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.encode import Analysis
from dragoman.ontology.roles import Role, find_roles

from .names import Named, countries_in

_SENT_TO = frozenset(
    "ambassador envoy representative adviser advisor aide delegate emissary commissioner candidate assistant".split()
)
_LEADERS = frozenset("head chief chairman chairwoman chair director leader commander boss founder".split())
"""Nouns for whoever leads a body, so that "of" tells whose he is."""
WIDE = 60
"""Tokens between a name and a role noun whose phrase may touch it, at most."""
PORTFOLIO = 12
"""Tokens that a portfolio may go on for after its first part, at most."""
NEAR = 14
"""Tokens after a name in which an apposition may give the role."""


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A role noun at tokens `[start, end)` within its phrase `[first, last)`, and the country its phrase names."""

    start: int
    end: int
    first: int
    last: int
    role: Role
    country: str | None
    plural: bool


@dataclass(slots=True)
class Person:
    """A person under construction: canonical name, mentions as token ranges, roles in the order found."""

    name: str
    tokens: tuple[str, ...]
    mentions: list[tuple[int, int]] = field(default_factory=list)
    roles: list[RoleMention] = field(default_factory=list)
    unnamed: bool = False
    """Only a description introduces the person: "an official of the trade ministry"."""


def role_mentions(analysis: Analysis, names: Sequence[Named]) -> list[RoleMention]:
    """Role nouns with their phrases: modifiers before ("the Russian foreign minister") and "of", "for", "to" behind."""
    tokens = analysis.tokens
    words = [token.text for token in tokens]
    inside = {i for n in names if n.label == "PER" for i in range(n.start, n.end)}
    by_start = {n.start: n for n in names}
    by_end = {n.end: n for n in names}
    out = []
    for start, end, role in find_roles(words):
        if (
            start in inside
            or tokens[end - 1].upos not in ("NOUN", "PROPN", "ADJ")
            or tokens[end - 1].relation == "amod"
        ):
            continue
        first = start
        while first > 0 and _modifies(analysis, first - 1, first, by_end):
            first = by_end[first].start if first in by_end else first - 1
        while first < start and tokens[first].upos in ("DET", "PUNCT", "PART", "ADP", "CCONJ", "ADV", "SCONJ", "PRON"):
            first += 1
        last = _phrase_end(analysis, end, by_start)
        if last > end and tokens[start].text[:1].isupper():
            last = _portfolio_end(analysis, last, by_start) or last
        before = [name.actor.country for name in countries_in(analysis, first, start)]
        leads = role.sector is not None or tokens[end - 1].lemma.lower() in _LEADERS
        after = _owner(analysis, end, last) if leads and not before else []
        owners = before or after[:1]
        country = owners[0] if len(set(owners)) == 1 else None
        plural = tokens[end - 1].xpos in ("NNS", "NNPS")
        out.append(RoleMention(start, end, first, last, role, country, plural))
    # A role noun within another's phrase ("member of the board of directors") is part of that description.
    alone, reach = [], 0
    for mention in out:
        if mention.end > reach:
            alone.append(mention)
        reach = max(reach, mention.last)
    return alone


def persons(analysis: Analysis, names: Sequence[Named], roles: Sequence[RoleMention]) -> list[Person]:
    """One person for all the forms of a name: a bare surname or first name goes to the last full name that has it."""
    tokens = analysis.tokens
    full: list[Person] = []
    mentions = [n for n in names if n.label == "PER" and (n.listed is None or n.listed.kind == "person")]
    for item in mentions:
        parts = tuple(t.text for t in tokens[item.start : item.end])
        if len(parts) > 1:
            match = _same(full, parts)
            if match is None:
                match = Person(_text(analysis, item.start, item.end), parts)
                full.append(match)
            elif len(parts) > len(match.tokens):
                match.name, match.tokens = _text(analysis, item.start, item.end), parts
            match.mentions.append((item.start, item.end))
    for item in mentions:
        if item.end - item.start > 1:
            continue
        part = tokens[item.start].text
        owner = _of_surname(full, part, item.start)
        if owner is None:
            owner = Person(part, (part,))
            full.append(owner)
        owner.mentions.append((item.start, item.end))
    starts = [role.start for role in roles]
    for person in full:
        person.mentions.sort()
        for start, end in person.mentions:
            near = roles[bisect_left(starts, start - WIDE) : bisect_right(starts, end + WIDE)]
            person.roles += [r for r in near if _belongs(analysis, r, start, end)]
        person.roles += [r for r in roles if _joined(analysis, r, person.roles)]
    return sorted(full, key=lambda p: p.mentions[0])


def unnamed(analysis: Analysis, roles: Sequence[RoleMention]) -> list[Person]:
    """Persons whom only an indefinite description introduces ("a spokesman for the port", "one of the drivers")."""
    out = []
    for role in roles:
        before = analysis.tokens[role.first - 1].text.lower() if role.first else ""
        if not role.plural and before in ("a", "an", "another"):
            name = " ".join(_text(analysis, role.first, role.last).split())
            out.append(Person(name, (name,), [(role.first, role.last)], [role], unnamed=True))
    return out


def _same(known: Sequence[Person], parts: tuple[str, ...]) -> Person | None:
    """The one of `known` with this surname and first name or initial, or whose name ends in these words or begins before them."""
    folded = tuple(p.casefold().rstrip(".") for p in parts)
    for person in known:
        theirs = tuple(p.casefold().rstrip(".") for p in person.tokens)
        short, long = sorted((folded, theirs), key=len)
        if folded[-1] == theirs[-1] and (
            (len(short) > 1 and long[-len(short) :] == short)
            or folded[0] == theirs[0]
            or folded[0][:1] == theirs[0]
            or theirs[0][:1] == folded[0]
        ):
            return person
    return None


def _of_surname(known: Sequence[Person], part: str, at: int) -> Person | None:
    """The person last named before `at` (else first after) with this surname; with this first name if nobody has it so."""
    for position in (-1, 0):
        having = [p for p in known if p.tokens[position].casefold() == part.casefold()]
        if having:
            before = [p for p in having if p.mentions and p.mentions[0][0] <= at]
            return max(before, key=lambda p: max(m[0] for m in p.mentions if m[0] <= at)) if before else having[0]
    return None


def _belongs(analysis: Analysis, role: RoleMention, start: int, end: int) -> bool:
    """Whether a role phrase stands before a name ("minister X", "Y's envoy to Z, X") or behind it in apposition."""
    tokens = analysis.tokens
    if role.last <= start:
        gap = tokens[role.last : start]
        if not gap and role.last > role.end and not tokens[role.start].text[:1].isupper():
            return False  # "an aide of leader X" is not X, "President of Y X" is
        return len(gap) <= 1 and all(t.text in (",", "-") for t in gap) and not (gap and role.plural)
    if role.end <= start and start < role.last:
        return False
    if not end <= role.first <= end + NEAR or tokens[end].text != "," or role.plural:
        return False
    gap = tokens[end + 1 : role.first]
    if any(t.upos in ("VERB", "AUX") or t.text in (",", ".", ";", ":", '"', "“", "”") for t in gap):
        # A second role of the same apposition: "X, minister of A and aide of B".
        return False
    return all(t.upos in ("DET", "ADJ", "NOUN", "PROPN", "PART", "PRON", "NUM", "ADV", "PUNCT", "X") for t in gap)


def _joined(analysis: Analysis, role: RoleMention, others: Sequence[RoleMention]) -> bool:
    """Whether a role is coordinated with one of `others`: "minister for trade and an old friend of the leader"."""
    token = analysis.tokens[role.end - 1]
    return token.relation == "conj" and role not in others and any(o.start <= token.head < o.last for o in others)


def _modifies(analysis: Analysis, left: int, right: int, by_end: dict[int, Named]) -> bool:
    token = analysis.tokens[left]
    if token.text in (",", ";", ":", ".", '"', "“", "”", "(", ")") or token.upos in (
        "VERB",
        "AUX",
        "ADP",
        "CCONJ",
        "SCONJ",
    ):
        return False
    if token.upos in ("DET", "PRON"):
        return token.relation in ("nmod:poss",)
    if right in by_end and by_end[right].label == "PER":
        return False
    if token.text in ("'s", "’s", "'", "’"):
        return token.xpos == "POS" or token.relation == "case"
    return token.upos in ("ADJ", "NOUN", "PROPN", "PUNCT", "ADV", "X") and token.text not in ("said", "told")


def _phrase_end(analysis: Analysis, end: int, by_start: dict[int, Named]) -> int:
    """The end of "of the Atlas Research Center", "to the European Union", "for emergency situations" after a role noun."""
    tokens = analysis.tokens
    last = end
    while last < len(tokens) and (
        tokens[last].text.lower() in ("of", "for", "in", "at")
        or (tokens[last].text.lower() == "to" and tokens[end - 1].lemma.lower() in _SENT_TO)
    ):
        at = last + 1
        while (at < len(tokens) and tokens[at].upos in ("DET", "ADJ", "NOUN", "PROPN", "NUM")) or (
            at < len(tokens) and (tokens[at].text in ("-", "&") or tokens[at].xpos == "POS") and at > last + 1
        ):
            if at in by_start and by_start[at].label == "PER":
                break
            at += 1
        if at == last + 1 or tokens[at - 1].upos in ("DET",):
            break
        last = at
    return last


def _portfolio_end(analysis: Analysis, last: int, by_start: dict[int, Named]) -> int | None:
    """Where a portfolio of several ends that goes on at `last` and stands before its holder's name: "Minister for Trade |,
    Energy and Human Rights X Y". None where it does not, or where a state or another role is part of it."""
    tokens = analysis.tokens
    at = last
    while (
        at < len(tokens)
        and at - last <= PORTFOLIO
        and (tokens[at].text == "," or tokens[at].upos == "CCONJ" or tokens[at].text[:1].isupper())
    ):
        found = by_start.get(at)
        if found is not None and found.label == "PER":
            listed = any(token.upos == "CCONJ" for token in tokens[last : at - 1])
            ends = tokens[at - 1].text != "," and tokens[at - 1].upos != "CCONJ"
            plain = not find_roles([token.text for token in tokens[last:at]]) and not countries_in(analysis, last, at)
            return at if listed and ends and plain else None
        at += 1
    return None


def without_portfolios(analysis: Analysis, names: Sequence[Named], roles: Sequence[RoleMention]) -> list[Named]:
    """The names without the organisations that are but the parts of a portfolio of several."""
    inside = {
        at
        for role in roles
        if any(token.upos == "CCONJ" for token in analysis.tokens[role.end : role.last])
        for at in range(role.end, role.last)
    }
    return [name for name in names if name.listed is not None or name.label != "ORG" or name.start not in inside]


def _owner(analysis: Analysis, end: int, last: int) -> list[str]:
    """The country after "of": "ambassador of A to B" is A's; "ambassador to B" tells nothing of whose."""
    if end < last and analysis.tokens[end].text.lower() == "of":
        stop = next((i for i in range(end + 1, last) if analysis.tokens[i].text.lower() in ("to", "for", "in")), last)
        return [n.actor.country for n in countries_in(analysis, end, stop) if n.actor.country]
    return []


def _text(analysis: Analysis, start: int, end: int) -> str:
    return analysis.text[analysis.tokens[start].start : analysis.tokens[end - 1].end]
