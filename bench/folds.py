"""Folds of sentences for cross-validation, and phrases found in a sentence whatever blanks stand between their tokens."""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from dragoman.encode.base import Base
from dragoman.model import Span

ROOT = Path(__file__).parent.parent
EVENTS = Path(os.environ.get("DRAGOMAN_DATA", ROOT.parent / "shared" / "data")) / "events"

FOLDS = 5


def fold_of(sentence: str) -> int:
    """The fold of a sentence, by its letters and digits alone: PLV and CoPED share sentences and write them differently."""
    key = re.sub(r"\W", "", sentence.lower())
    return hashlib.sha256(key.encode()).digest()[0] % FOLDS


def phrase(words: str, text: str) -> Span | None:
    """Where `words` stand in `text` first; blanks do not matter."""
    pattern = r"\s*".join(re.escape(part) for part in re.findall(r"\w+|[^\w\s]", words))
    found = re.search(pattern, text) if pattern else None
    return found.span() if found else None


def add_options(options: argparse.ArgumentParser, train: str) -> None:
    """The options of a bench that reads a file with one set of weights, or its training file each fold with its own."""
    options.add_argument("--data", type=Path, help=f"a file like {train}")
    options.add_argument("--weights", type=Path, help="folder of weights other than the installed ones")
    options.add_argument("--folds", type=Path, help="folder of weights by fold, to cross-validate on --train")
    options.add_argument("--train", type=Path, default=EVENTS / train)
    options.add_argument("--errors", action="store_true", help="print each sentence told wrongly")
    options.add_argument("--json", action="store_true", help="print one JSON object as the last line")


def readers(args: argparse.Namespace) -> tuple[Path, Callable[[str], Base | None]] | None:
    """The file to read and whose weights read a sentence (None: those of no fold that is there); None, and a word on
    standard error, where there are no weights by fold."""
    if args.data is not None and args.folds is None:
        base = Base(args.weights)
        return args.data, lambda sentence: base
    folder = args.folds or ROOT / "build" / "folds"
    if not (folder / "0").is_dir():
        print(f"{folder} holds no weights by fold: training/base/folds.sh makes them; or name --data", file=sys.stderr)
        return None
    bases = [Base(folder / str(n)) if (folder / str(n)).is_dir() else None for n in range(FOLDS)]
    return args.train, lambda sentence: bases[fold_of(sentence)]
