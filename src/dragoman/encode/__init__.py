"""The language base: tokens, tags, trees, entities and attribution roles of a text."""

from __future__ import annotations

from dragoman.encode.analysis import (
    Analysis,
    Attributed,
    Between,
    Entity,
    Happened,
    LanguageBase,
    Meant,
    RoleSpan,
    Token,
)

__all__ = [
    "Analysis",
    "Attributed",
    "Between",
    "Entity",
    "Happened",
    "LanguageBase",
    "Meant",
    "RoleSpan",
    "Token",
    "load",
]


def load(name: str | None = None) -> LanguageBase:
    """The language base: our own, or what is called `name`: an installed spaCy pipeline ("spacy:en_core_web_sm"), or the
    language base of an installed plugin ("NAME" or "NAME:ARGUMENT").

    Raises WeightsError or SettingsError where it is not installed.
    """
    if name is None:
        from dragoman.encode.base import Base

        return Base()
    from dragoman.plugins import LANGUAGE_BASES, load_plugin

    kind, _, argument = name.partition(":")
    base: LanguageBase = load_plugin(LANGUAGE_BASES, kind)(argument or None)
    return base
