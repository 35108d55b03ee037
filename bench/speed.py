"""How fast a whole reading is beside its parser alone, in one run.

    python bench/speed.py [--data FILE_OR_FOLDER] [--json]

The reading is `gather.document` and `read.read`; the parser is the very calls of `base.analyze` that the reading makes,
made again without the rest. Both are timed on one thread in CPU seconds, in turns; words are those of the running text
that is parsed. Without --data: the bundled examples and our own annotated pages.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from report import finish, table

if TYPE_CHECKING:
    from dragoman.encode import Analysis, LanguageBase
    from dragoman.model import Span

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 7
WORDS_A_ROUND = 8_000
"""Documents are read again within a round until it has about so many words."""
GOAL = 0.5


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, help="a file or folder of pages")
    options.add_argument("--json", action="store_true", help="print the figures as one object on the last line")
    args = options.parse_args()
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"  # before numpy is imported
    from dragoman.encode import load
    from dragoman.gather import Failure, Source, document, sources
    from dragoman.read import read

    found: list[Source | Failure]
    if args.data:
        found = list(sources([args.data]))
    else:
        with as_file(files("dragoman") / "examples") as examples:
            found = list(sources([examples]))
        found += [Source(name, text) for name, text in _our_pages()]
    pages = [source for source in found if isinstance(source, Source)]
    base = load()
    listening = Listening(base)
    for page in pages:
        read(document(page), listening)
    words = listening.words
    if not words:
        sys.exit(f"{args.data or 'the bundled examples'}: no article was found to read")
    times = max(1, round(WORDS_A_ROUND / words))

    def whole() -> None:
        for page in pages * times:
            read(document(page), base)

    def parser() -> None:
        for text, spans in listening.calls * times:
            base.analyze(text, spans)

    rounds = [(_seconds(whole), _seconds(parser)) for _ in range(ROUNDS)]
    reading, parsing = (words * times / statistics.median(column) for column in zip(*rounds, strict=True))
    ratios = sorted(alone / all_ for all_, alone in rounds)
    ratio = reading / parsing
    print(
        table([["words per CPU second", "median"], ["whole reading", round(reading)], ["parser alone", round(parsing)]])
    )
    print(f"\n{len(pages)} pages, {words:,} words of running text, {times} times a round, {ROUNDS} rounds in turns")
    print(f"ratio: {ratio:.2f}, from {ratios[0]:.2f} to {ratios[-1]:.2f} by round (goal: at least {GOAL})")
    finish(args, {"ratio": ratio, "words_per_second": reading, "parser_words_per_second": parsing})


class Listening:
    """A language base that passes everything on and remembers what it was asked."""

    def __init__(self, base: LanguageBase) -> None:
        self._base = base
        self.name = base.name
        self.calls: list[tuple[str, Sequence[Span]]] = []
        self.words = 0

    def analyze(self, text: str, spans: Sequence[Span]) -> Analysis:
        analysis = self._base.analyze(text, spans)
        self.calls.append((text, spans))
        self.words += sum(any(map(str.isalnum, token.text)) for token in analysis.tokens)
        return analysis


def _our_pages() -> list[tuple[str, str]]:
    """Names and texts of the annotated pages, without their annotation."""
    folder = ROOT / "training" / "pages"
    sys.path.append(str(folder))
    from load import pages

    return [(page.name, page.text) for page in pages(folder)]


def _seconds(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
