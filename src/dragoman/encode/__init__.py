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
    """The language base: our own, or the installed spaCy pipeline called `name` ("spacy:en_core_web_sm").

    Raises WeightsError or SettingsError where it is not installed.
    """
    if name is None:
        from dragoman.encode.base import Base

        return Base()
    from dragoman.encode.spacy_base import SpacyBase

    return SpacyBase(name.removeprefix("spacy:"))
