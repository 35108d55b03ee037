"""Briefs: what the record says of two parties in a time, each sentence with the words and figures that it rests on."""

from dragoman.brief.as_json import FORMAT_VERSION, from_json, to_json
from dragoman.brief.check import Checked, check
from dragoman.brief.draft import draft
from dragoman.brief.evidence import cite
from dragoman.brief.keep import kept, load, save
from dragoman.brief.parts import Brief, Evidence, Figure, Section, Sentence

__all__ = [
    "FORMAT_VERSION",
    "Brief",
    "Checked",
    "Evidence",
    "Figure",
    "Section",
    "Sentence",
    "check",
    "cite",
    "draft",
    "from_json",
    "kept",
    "load",
    "save",
    "to_json",
]
