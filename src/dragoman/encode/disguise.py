"""States in disguise: the encoder sees the first state that a text names as Norway, the second as Kenya, and so on.

So whatever is read from its states cannot depend on which states a text is about: exchange the states, and the encoder sees
the same words. Only one-word names, adjectives, peoples and capitals are disguised, each by the word of the same kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from dragoman.ontology.actors import state_words

STAND_INS = tuple(
    "NOR KEN CHL HUN PAK PER SWE EGY LVA CAN BGR IDN ALB URY THA AUT EST TUN HRV FIN BGD ROU CUB SVN GRC ARM".split()
)
"""In a vocabulary of word pieces the names of these are words of their own."""
_AMBIGUOUS = frozenset(
    "Georgia Georgian Georgians Jordan Chad Guinea Niger Dominica Dominican Dominicans Samoa Congo Sudan Ireland Victoria "
    "Georgetown Kingston Santiago Lima Male Turkey Kingstown Hamilton Stanley Paris Pole Poles Swede Dane".split()
)
"""Names that are also persons' names, other places' or common words: disguised only where the text names the state by
another word as well."""
_WITH_ARTICLE = frozenset("Philippines Netherlands Gambia Bahamas Maldives Comoros Seychelles".split())
_PARTS = frozenset(
    "South North East West Northern Southern Eastern Western New Equatorial Saudi Papua American".split()
)


def disguised(words: Sequence[str]) -> list[str]:
    """The words as the encoder is to see them, one for one."""
    known, stand_ins = _words(), _stand_ins()
    plain = {state for word in set(words) if word not in _AMBIGUOUS and (state := known.get(word, ("", 0))[0])}
    seen: dict[str, int] = {}
    out = list(words)
    for i, word in enumerate(words):
        shouted = len(word) > 3 and word.isupper()
        title = word.title() if shouted else word
        found = known.get(title)
        if found is None or (i and words[i - 1] in _PARTS):
            continue
        state, kind = found
        if title in _AMBIGUOUS and state not in plain:
            continue
        new = stand_ins[seen.setdefault(state, len(seen)) % len(stand_ins)][kind]
        out[i] = new.upper() if shouted else new
    return out


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, int]]:
    """State and kind of each word that means one state only."""
    found: dict[str, set[tuple[str, int]]] = {}
    for state, kinds in state_words():
        for kind, forms in enumerate(kinds):
            for form in _plain(forms):
                found.setdefault(form, set()).add((state, kind))
    return {form: min(meant) for form, meant in found.items() if len({state for state, _ in meant}) == 1}


def _plain(forms: Iterable[str]) -> Iterator[str]:
    return (form for form in forms if form.isalpha() and form.istitle() and form not in _WITH_ARTICLE)


@lru_cache(maxsize=1)
def _stand_ins() -> list[list[str]]:
    """For each stand-in its name, adjective, person, plural and capital."""
    kinds = {state: [forms[0] for forms in found] for state, found in state_words() if all(found)}
    return [kinds[f"state:{code}"] for code in STAND_INS]
