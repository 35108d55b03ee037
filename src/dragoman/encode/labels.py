"""The label sets of the language base, shared by training and running. Their order is the order of the heads' outputs."""

from __future__ import annotations

from dragoman.ontology.plover import plover

UPOS = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
ENTITY = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
ROLES = ("source", "cue", "content")
"""Parts of an attribution, as PolNeAR annotates them; each has its own sequence of tags, and so have
those of attributions inside a content."""
BIOES = ("O", "B", "I", "E", "S")
"""Outside, first, inside, last, and a span of one word."""
ACTS = ("assert", "accuse", "deny", "demand", "threaten", "promise", "condition", "praise", "reject", "predict")
VOICES = ("report", "said", "own")
"""Whether a word is plain reporting, somebody's statement, or the author's own claim."""
REQUIRED = ("O", "B-required", "I-required", "B-follows", "I-follows")
"""What a condition requires, and what follows if it is met or is not."""
RELAYED = ("O", "relay")
"""Whether a word names somebody through whom a statement near by reached the page."""

EVENTS = tuple(
    "none AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT".split()
)
"""PLOVER's types; none where a word triggers no event."""
MODES = ("none", *(f"{name}/{mode}" for name, type_ in plover().types.items() for mode in type_.modes))
STATUSES = ("happened", "planned", "hypothetical", "denied")
PLV = tuple(
    "ACCUSE AGREE AID ASSAULT COERCE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST SANCTION SUPPORT THREATEN YIELD".split()
)
"""Types between a given pair, as the PLV dataset (Hu et al. 2022, ZSP) has them: CONCEDE and RETREAT are one."""
QUADS = ("none", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""Quad classes of a given pair as CoPED has them, which counts sanctions with verbal conflict; appeals are none there."""

CASES = 7


def case_of(word: str) -> int:
    """Orthographic class of a word: 0 padding, 1 lower, 2 Title, 3 UPPER, 4 mixed, 5 digits, 6 other."""
    if word.islower():
        return 1
    if word.istitle():
        return 2
    if word.isupper() and len(word) > 1:
        return 3
    if any(letter.isupper() for letter in word):
        return 4
    return 5 if word.isdigit() else 6
