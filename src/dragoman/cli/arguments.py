"""Argument parsing with errors that say what was probably meant."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, NoReturn

from dragoman.errors import SettingsError


class Parser(argparse.ArgumentParser):
    """A parser for one verb. Wrong use raises SettingsError, which `main` prints like every other failure."""

    def __init__(self, verb: str, description: str, examples: Sequence[str]) -> None:
        listed = "\n".join(f"  {line}" for line in examples)
        super().__init__(
            prog=f"dragoman {verb}",
            description=description,
            epilog=f"examples:\n{listed}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        self.options = ["--help"]
        """Every option that the verb has, in its long form."""

    def add_argument(self, *args: Any, **kwargs: Any) -> argparse.Action:
        action = super().add_argument(*args, **kwargs)
        if args[0] != "-h":
            self.options += [option for option in action.option_strings if option.startswith("--")]
        return action

    def parse(self, arguments: list[str]) -> argparse.Namespace:
        """`arguments` parsed; an option that does not exist is named first, with the nearest that does."""
        for argument in arguments:
            if argument == "--":
                break
            option = argument.split("=", 1)[0]
            if option.startswith("--") and option not in self.options:
                raise SettingsError(f"{self.prog}: there is no option '{option}'{meant(option, self.options)}")
        return self.parse_args(arguments)

    def error(self, message: str) -> NoReturn:
        raise SettingsError(f"{self.prog}: {message} ('{self.prog} --help' tells more)")


def meant(word: str, known: Iterable[str]) -> str:
    """ ": did you mean '...'?" or, where nothing is near, what there is."""
    names = list(known)
    close = get_close_matches(word, names, 1)
    return f": did you mean '{close[0]}'?" if close else f": choose from {', '.join(names)}"


def one_of(*names: str) -> Callable[[str], str]:
    """An argument type that takes one of `names`."""

    def parse(word: str) -> str:
        if word not in names:
            raise argparse.ArgumentTypeError(f"there is no '{word}'{meant(word, names)}")
        return word

    return parse


def count(word: str) -> int:
    """An argument type for a whole number from 1."""
    if not word.isascii() or not word.isdigit() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"'{word}' is not a whole number from 1")
    return int(word)


def day(word: str) -> str:
    """An argument type for a year, month or day: 2026, 2026-06 or 2026-06-23."""
    try:
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", word):
            raise ValueError
        date.fromisoformat(f"{word}-01-01"[:10])
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{word}' is no date: write 2026, 2026-06 or 2026-06-23") from None
    return word
