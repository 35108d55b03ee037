"""What people and institutions are called: nouns and titles with their PLOVER sector and office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from dragoman.ontology.phrases import PhraseBook, capitalised_as, normalise
from dragoman.ontology.table import read_table

RoleKind = Literal["person", "institution", "collective"]
_COLUMNS = ("noun", "sector", "office", "kind", "comments", "plural", "aliases")


@dataclass(frozen=True, slots=True)
class Role:
    """A role noun, e.g. "foreign minister": GOV, office foreign_minister, a person."""

    noun: str
    sector: str | None
    office: str | None
    """The key under which `ontology.offices` has the holders, or None where it is no office of a state."""
    kind: RoleKind
    comments: bool
    """Whether the press asks such people for their views: experts, analysts, observers."""


@lru_cache(maxsize=1)
def roles() -> Mapping[str, Role]:
    """Every role under its normalised noun, in the singular and the plural and in other spellings."""
    return {key: role for key, ((_, role), *_) in _forms().items()}


def find_roles(words: Sequence[str]) -> list[tuple[int, int, Role]]:
    """The roles in a document's words as spans `[start, end)`, longest first and without overlap.

    Only the form of a word is looked at, so "general" is found in "general elections" too.
    """
    found = _book().find(words, lambda entry, cased, start, end: capitalised_as(entry[0], cased[start:end]))
    return [(start, end, entries[0][1]) for start, end, entries in found]


@lru_cache(maxsize=1)
def _forms() -> Mapping[str, tuple[tuple[str, Role], ...]]:
    found: dict[str, tuple[tuple[str, Role], ...]] = {}
    for row in read_table("roles.csv", _COLUMNS):
        kind = cast(RoleKind, row.choice("kind", ("person", "institution", "collective")))
        role = Role(row.text("noun"), row.sector(), row.optional("office"), kind, row.flag("comments"))
        for form in (role.noun, *row.many("aliases"), *row.many("plural")):
            key = normalise(form)
            if found.setdefault(key, ((form, role),))[0][1] != role:
                raise row.fail(f"{form!r} is already a form of {found[key][0][1].noun!r}")
    return found


@lru_cache(maxsize=1)
def _book() -> PhraseBook[tuple[str, Role]]:
    return PhraseBook(_forms())
