"""Pages as the units that the line labeller judges: the features of each, and the states that its annotation allows.

From our annotated pages (training/pages, training/corpus/train), the pages that tests read (tests/gather), and the marked
HTML pages of bench/extraction. Never from dev, test or held-out parts.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path += [str(ROOT / "training" / "pages"), str(ROOT / "training" / "corpus")]

from annotated import texts  # noqa: E402
from gold import JUNK, Page  # noqa: E402
from load import pages  # noqa: E402

from dragoman.gather.context import Hint, contexts  # noqa: E402
from dragoman.gather.document import PageLines  # noqa: E402
from dragoman.gather.features import features  # noqa: E402
from dragoman.gather.labels import BODY, STATES  # noqa: E402
from dragoman.gather.page import offsets, render  # noqa: E402
from dragoman.gather.shape import shape  # noqa: E402
from dragoman.gather.units import Unit, units  # noqa: E402

ANY = frozenset(STATES)
LIKE_REAL = 2.0
"""How much a page counts that was written after what real pages do; texts of the corpus hold little junk."""
_MARKS = re.compile("[⟦⟧⟨⟩]")
_MEANT = {"⟦": BODY, "⟨": "any", "⟧": "junk", "⟩": "junk"}


@dataclass(frozen=True, slots=True)
class Example:
    """A page: the features of its units, and the states that each may have."""

    kind: str
    name: str
    features: list[dict[str, float]]
    allowed: list[frozenset[str]]
    counts: float = 1.0
    """How much it counts in learning."""


def examples() -> list[Example]:
    """All that may be learnt from."""
    found = [_annotated("pages", page) for page in pages(ROOT / "training" / "pages")]
    found += [_annotated("corpus", page) for page in texts(ROOT / "training" / "corpus" / "train")]
    for folder in ("pages", "layouts"):
        for path in sorted((ROOT / "tests" / "gather" / folder).glob("*.page")):
            found += [_labelled(folder, path, blank) for blank in ("", "\n")]
    found += [_marked(path) for path in sorted((ROOT / "bench" / "extraction").glob("*.html"))]
    return [example for example in found if len(example.features) > 1]


def _annotated(kind: str, page: Page) -> Example:
    states = [BODY] * len(page.text)
    for label in page.labels:
        if label.name in JUNK:
            states[label.start : label.end] = [label.name] * (label.end - label.start)
    return _example(kind, page.name, page.text, lambda unit: _most(_letters(page.text, states, unit)))


def _labelled(kind: str, path: Path, blank: str) -> Example:
    """A page of tests/gather: a label and a line in each line."""
    text, states = "", list[str]()
    for line in path.read_text("utf-8").splitlines():
        label, content = line.split("|", 1)
        text += f"{content}\n{blank}"
        states += [label if label in STATES else BODY] * (len(text) - len(states))
    return _example(kind, path.stem, text, lambda unit: _most(_letters(text, states, unit)))


def _marked(path: Path) -> Example:
    """A page of bench/extraction, which says only what is the article."""
    marked = path.read_text("utf-8")
    lines, metadata = render(_MARKS.sub("", marked))
    text = "\n".join(line.text for line in lines)
    states, meant = list[str](), "junk"
    for character in "\n".join(line.text for line in render(marked)[0]):
        meant = _MEANT.get(character, meant)
        states += [meant] * (character not in _MEANT)
    assert len(states) == len(text), path

    def allowed(unit: Unit) -> frozenset[str]:
        told = _most(_letters(text, states, unit))
        return {frozenset({"any"}): ANY, frozenset({"junk"}): ANY - {BODY}}.get(told, told)

    return _example("html", path.stem, text, allowed, PageLines(lines, [at for at, _ in offsets(lines)], metadata).hint)


def _example(
    kind: str,
    name: str,
    text: str,
    allowed: Callable[[Unit], frozenset[str]],
    hint_at: Callable[[Unit], Hint] = lambda _: Hint(),
) -> Example:
    found = units(text)
    hints = [hint_at(unit) for unit in found]
    shapes = [shape(unit.text) for unit in found]
    described = features(found, shapes, contexts(found, shapes, hints), hints)
    return Example(kind, name, described, [allowed(unit) for unit in found], LIKE_REAL if kind == "pages" else 1.0)


def _letters(text: str, states: list[str], unit: Unit) -> Iterator[str]:
    return (states[at] for at in range(unit.start, unit.end) if not text[at].isspace())


def _most(states: Iterable[str]) -> frozenset[str]:
    return frozenset({Counter(states).most_common(1)[0][0]})
