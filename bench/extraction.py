"""How well the article of an HTML page is found: our line labeller, trafilatura, readability, and both in one.

    PYTHONPATH=src python bench/extraction.py [--data bench/extraction] [--errors] [--json]

The pages are `*.html` in UTF-8, with the words of the article between ⟦ and ⟧; words between ⟨ and ⟩ (headline, byline,
date) count neither for nor against. The marks are taken out before a system sees the page. F1 is over words as a bag, a mean
over pages, with a bootstrap interval over pages; precision and recall are over all words. "gain" is the mean difference to
ours on the same pages. Pages whose name begins with "late_" were written after the rule of `extract.settled` was.
Our labeller learnt from these pages too: training/lines/fit.py prints how well it does on those that it did not learn from.
readability-lxml is measured where it is installed.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

from report import bootstrap, finish, interval, table

from dragoman.errors import DragomanError
from dragoman.gather import Source, document
from dragoman.gather.extract import Opinion, article_hint

DATA = Path(__file__).with_name("extraction")
_GOLD = re.compile("⟦(.*?)⟧", re.S)
_NEUTRAL = re.compile("⟨(.*?)⟩", re.S)
_MARKS = re.compile("[⟦⟧⟨⟩]")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")
_JOINERS = re.compile("[\u200b-\u200f\u00ad]")


@dataclass(frozen=True, slots=True)
class Page:
    """A page, with the words of its article and those that do not count."""

    name: str
    html: str
    gold: Counter[str]
    neutral: Counter[str]


@dataclass(frozen=True, slots=True)
class Score:
    """Words of one page: rightly found, wrongly found, missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """F1; 1 where there was nothing to find and nothing was found."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


def words(text: str) -> Counter[str]:
    """The words of `text` in lower case, with how often each stands there."""
    return Counter(_WORD.findall(_JOINERS.sub("", text).lower()))


def load(path: Path) -> Page:
    """The page in `path`; raises ValueError where no article is marked in it."""
    marked = path.read_text("utf-8")
    gold, neutral = (
        sum((words(unescape(_TAG.sub(" ", found))) for found in pattern.findall(marked)), Counter[str]())
        for pattern in (_GOLD, _NEUTRAL)
    )
    if not gold:
        raise ValueError(f"{path} marks no article: put it between ⟦ and ⟧")
    return Page(path.stem, _MARKS.sub("", marked), gold, neutral)


def score(page: Page, found: str) -> Score:
    """What `found` has of the article of `page`."""
    told = words(found)
    return Score((told & page.gold).total(), (told - page.gold - page.neutral).total(), (page.gold - told).total())


def ours(page: Page) -> str:
    """Our line labeller by itself."""
    with patch("dragoman.gather.document.article_hint", return_value=Opinion(note="not asked")):
        found = document(Source(page.name, page.html, markup=True))
    return "\n".join(found.text[start:end] for start, end in found.body)


def both(page: Page) -> str:
    """Ours, less what the second opinion drops: what `document` does."""
    found = document(Source(page.name, page.html, markup=True))
    return "\n".join(found.text[start:end] for start, end in found.body)


def opinion(page: Page) -> Opinion:
    """trafilatura in precision mode, in its process."""
    return article_hint(page.html.encode())


def readability(page: Page) -> str:
    """readability-lxml."""
    from lxml.html import fromstring  # type: ignore[import-untyped]
    from readability import Document

    return str(fromstring(Document(page.html).summary()).text_content())


def systems() -> dict[str, Callable[[Page], str]]:
    """The systems that are installed, by name; ours first."""
    found: dict[str, Callable[[Page], str]] = {
        "ours": ours,
        "trafilatura, precision": lambda page: opinion(page).text,
        "both": both,
    }
    return {**found, "readability": readability} if find_spec("readability") else found


def _f1(scores: list[Score]) -> float:
    return sum(each.f1 for each in scores) / len(scores)


def _gain(pairs: list[tuple[Score, Score]]) -> float:
    return sum(mine.f1 - base.f1 for mine, base in pairs) / len(pairs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of marked pages")
    parser.add_argument("--errors", action="store_true", help="print the pages on which ours or both are below .97")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    args = parser.parse_args()
    try:
        pages = [load(path) for path in sorted(args.data.glob("*.html"))]
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    if not pages:
        print(f"{args.data} holds no pages (*.html): give bench/extraction with --data", file=sys.stderr)
        return 1
    rows: list[tuple[object, ...]] = [("system", "F1", "95%", "precision", "recall", "gain", "95%", "pages/s")]
    figures: dict[str, object] = {}
    base: list[Score] = []
    for name, system in systems().items():
        scores, seconds = _measured(pages, system)
        base = base or scores
        right, wrong, missed = (sum(getattr(s, key) for s in scores) for key in ("right", "wrong", "missed"))
        pairs = list(zip(scores, base, strict=True))
        rows.append(
            (
                name,
                _f1(scores),
                interval(*bootstrap(scores, _f1)),
                right / max(1, right + wrong),
                right / max(1, right + missed),
                _gain(pairs),
                interval(*bootstrap(pairs, _gain)),
                round(len(pages) / seconds),
            )
        )
        late = [s for page, s in zip(pages, scores, strict=True) if page.name.startswith("late_")]
        key = name.split(",")[0]
        figures |= {f"{key}_f1": _f1(scores), f"{key}_late_f1": _f1(late) if late else float("nan")}
        figures |= {f"{key}_precision": rows[-1][3], f"{key}_recall": rows[-1][4], f"{key}_gain": rows[-1][5]}
        if args.errors and name in ("ours", "both"):
            print(
                *(f"{name} {s.f1:.3f} {page.name}" for page, s in zip(pages, scores, strict=True) if s.f1 < 0.97),
                sep="\n",
            )
    print(f"{len(pages)} pages")
    print(table(rows))
    finish(args, {**figures, "n": len(pages)})
    return 0


def _measured(pages: list[Page], system: Callable[[Page], str]) -> tuple[list[Score], float]:
    """The scores of all pages, and the seconds that they took; a page that a system cannot read counts as empty."""
    scores = []
    system(pages[0])
    started = perf_counter()
    for page in pages:
        try:
            found = system(page)
        except DragomanError:
            found = ""
        scores.append(score(page, found))
    return scores, perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
