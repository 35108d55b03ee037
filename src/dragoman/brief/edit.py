"""A brief with a sentence put in, changed or taken out. Sections and sentences are numbered from 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.brief.parts import Brief, Sentence
from dragoman.errors import SettingsError


def put_in(brief: Brief, section: int, at: int, sentence: Sentence) -> Brief:
    """The brief with a sentence before the one of number `at`, or at the end of the section where `at` is their number.

    This and the others raise SettingsError where the brief has no such place.
    """
    return _with(brief, section, at, at, (sentence,))


def change(brief: Brief, section: int, at: int, sentence: Sentence) -> Brief:
    """The brief with another sentence in the place of one."""
    return _with(brief, section, at, at + 1, (sentence,))


def take_out(brief: Brief, section: int, at: int) -> Brief:
    """The brief without a sentence."""
    return _with(brief, section, at, at + 1, ())


def _with(brief: Brief, section: int, start: int, end: int, new: Sequence[Sentence]) -> Brief:
    if not 0 <= section < len(brief.sections) or not 0 <= start <= end <= len(brief.sections[section].sentences):
        raise SettingsError(f"the brief has no sentence {start} in section {section}")
    old = brief.sections[section]
    changed = replace(old, sentences=(*old.sentences[:start], *new, *old.sentences[end:]))
    return replace(brief, sections=(*brief.sections[:section], changed, *brief.sections[section + 1 :]))
