"""Plugins: what installed packages offer in place of our own, found by the entry points of their metadata.

`dragoman.language_bases` name what makes a `dragoman.encode.LanguageBase` of an argument (a string or None);
`dragoman.readers` what makes a `dragoman.read.DocumentReader` of a language base and an argument. Nothing of a package is
imported before it is named by the user.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from dragoman.errors import SettingsError

LANGUAGE_BASES, READERS = "dragoman.language_bases", "dragoman.readers"
WHAT = {LANGUAGE_BASES: "language base", READERS: "reader"}
_OWN = (
    EntryPoint("spacy", "dragoman.encode.spacy_base:SpacyBase", LANGUAGE_BASES),
    EntryPoint("llm", "dragoman.ask.reader:ModelReader", READERS),
)


@dataclass(frozen=True, slots=True)
class Plugin:
    """Something that can be named with an option."""

    group: str
    name: str
    package: str
    """Name and version of the distribution."""
    value: str
    """The object, as `module:name`."""


def plugins() -> list[Plugin]:
    """All that are installed, sorted; our own come first."""
    own = [Plugin(one.group, one.name, "dragoman", one.value) for one in _OWN]
    taken = {(one.group, one.name) for one in own}
    others = [
        Plugin(group, one.name, f"{one.dist.name} {one.dist.version}" if one.dist else "unknown", one.value)
        for group in WHAT
        for one in entry_points(group=group)
        if (group, one.name) not in taken
    ]
    return own + sorted(others, key=lambda one: (one.group, one.name, one.package))


def load_plugin(group: str, name: str) -> Any:
    """The object behind a name. Raises SettingsError where nothing of that name is installed, or it cannot be imported."""
    found = [one for one in plugins() if (one.group, one.name) == (group, name)]
    if not found:
        raise SettingsError(f"there is no {WHAT[group]} '{name}'{_hint(group, name)}")
    if len({one.value for one in found}) > 1:
        packages = ", ".join(one.package for one in found)
        raise SettingsError(f"several packages have a {WHAT[group]} '{name}' ({packages}): uninstall all but one")
    try:
        return EntryPoint(name, found[0].value, group).load()
    except Exception as error:
        message = f"the {WHAT[group]} '{name}' of {found[0].package} cannot be loaded: {type(error).__name__}: {error}"
        raise SettingsError(message) from error


def _hint(group: str, name: str) -> str:
    known = [one.name for one in plugins() if one.group == group]
    close = get_close_matches(name, known, 1)
    return f": did you mean '{close[0]}'?" if close else f": installed are {', '.join(known)}"
