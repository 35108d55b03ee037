"""Plain English from pieces: lists, numbers, quotations, and names with their article and number."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose

from dragoman.brief.wording import say, words
from dragoman.exchange.plain import clean
from dragoman.model import Actor, ActorType

_MARKS = '"“”„‟«»'
_INNER = str.maketrans({'"': "’", "“": "‘", "”": "’", "„": "‘", "‟": "‘", "«": "‘", "»": "’"})
_NONE = str.maketrans("", "", _MARKS)
_PAIRS = (("“", "”"), ("«", "»"))
LONG = 28
"""Words of a quotation that a sentence has, at most."""
LETTERS = 9
"""Characters that a word of it may have at the mean: some scripts have no blanks."""


def called(name: str) -> str:
    """A name on one line as it stands in a sentence, where only the words of others have double quotation marks."""
    return clean(name).translate(_INNER)


def quoted(text: str, most: int = LONG) -> str:
    """The words in one pair of quotation marks, cut after whole words with an ellipsis. Marks within them become single, and
    are left out where one has lost its other."""
    bare = clean(text).strip(_MARKS + " ").rstrip(" ,;:.").strip(_MARKS)
    paired = all(bare.count(opening) == bare.count(closing) for opening, closing in _PAIRS) and bare.count('"') % 2 == 0
    parts = bare.translate(_INNER if paired else _NONE).split(" ")
    kept, room = parts[:most], most * LETTERS
    while len(kept) > 1 and sum(map(len, kept)) + len(kept) > room:
        kept.pop()
    said = " ".join(kept)
    if len(kept) < len(parts) or len(said) > room:
        said = f"{said[:room].rstrip(' ,;:.-–—')}…"
    return f"“{said}”"


def listed(names: Sequence[str], most: int = 4) -> str:
    """ "A", "A and B", "A, B and C"; of more than `most` the first, "and others"."""
    some = [*names[: most - 1], say("others")] if len(names) > most else [*names]
    return " and ".join([", ".join(some[:-1]), some[-1]] if len(some) > 1 else some)


def counted(number: int, what: str) -> str:
    """ "no events", "one event", "12 events"."""
    return f"{numeral(number)} {what}{'' if number == 1 else 's'}"


def numeral(number: int) -> str:
    """A small number as a word, others in digits."""
    return words().numbers[number] if 0 <= number < len(words().numbers) else f"{number:,}"


def decimal(number: float) -> str:
    """A number with one digit behind the point, none where that is 0."""
    rounded = round(number, 1)
    return str(int(rounded)) if isclose(rounded, int(rounded)) else str(rounded)


def be(many: bool) -> str:
    return "are" if many else "is"


def have(many: bool) -> str:
    return "have" if many else "has"


def begun(text: str) -> str:
    """`text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def with_article(actor: Actor | None, name: str) -> str:
    """A name as it stands in a sentence: "the Senate", "the United States", "the naval attaché", "two members", "Chile"."""
    said = called(name)
    first, _, rest = said.partition(" ")
    if first.lower() in words().numbers:
        return f"{first.lower()} {rest}".strip()
    head = _head(said)
    if first.lower() in ("the", "a", "an") or "’s " in said or "'s " in said:
        return said
    common = head.islower() and not _plural(head)
    titled = (
        actor is None or actor.type not in (ActorType.PERSON, ActorType.OUTLET)
    ) and head.lower() in words().with_the
    return f"the {said}" if common or titled else said


def is_many(actor: Actor | None, name: str) -> bool:
    """Whether a name is one of several people: "two members of the council", "officials"."""
    head = _head(clean(name))
    return _plural(head) and (head.islower() or (actor is not None and actor.type is ActorType.GROUP))


def _head(name: str) -> str:
    """The noun of a name: "members" of "two members of the council"."""
    return name.partition(" of ")[0].partition(" in ")[0].rpartition(" ")[2]


def _plural(noun: str) -> bool:
    return noun.lower().endswith("s") and not noun.lower().endswith(("ss", "us", "is"))
