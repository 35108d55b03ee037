"""Briefs: drafted from a relation and a time, edited, checked sentence by sentence, and taken out as a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.datastructures import FormData

from dragoman.brief import Brief, Evidence, Section, Sentence, check, draft, kept, load, save, to_json
from dragoman.brief.evidence import cite
from dragoman.brief.render import FORMATS, render
from dragoman.errors import DragomanError, ProjectError, SettingsError
from dragoman.record import Filter, Project
from dragoman.web.asked import Asked, segment
from dragoman.web.cards import Names
from dragoman.web.screen import Action, Answer, Download, File, Missing, Screen
from dragoman.web.views.relations import pair_rows

PROPOSED = 8
"""Relations that are proposed for a brief."""
MOST = 400
"""Characters of an entry, or of a problem, that are kept in the address."""
MEDIA = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json",
}
SUFFIX = {"csl": "json"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A brief that the project keeps."""

    name: str
    title: str
    path: str
    sentences: int
    problem: str | None = None
    """Why it cannot be opened."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A sentence as the editor shows it."""

    section: int
    number: int
    text: str
    evidence: tuple[Evidence, ...]
    rows: str
    """Ids of the rows of its evidence, apart by blanks."""
    figures: tuple[str, ...]
    reasons: tuple[str, ...]
    """Why it is unsupported; none where it is supported."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the editor shows it."""

    title: str
    sentences: tuple[Edited, ...]


def briefs(project: Project, asked: Asked) -> Answer:
    """The screen at "/briefs"."""
    time = Filter(since=asked.day("since"), until=asked.day("until"), limit=PROPOSED)
    return {
        "title": "Briefs",
        "kept": [_kept(project, name) for name in kept(project)],
        "proposed": pair_rows(project, time)[1],
        "a": asked.text("a"),
        "b": asked.text("b"),
        "name": asked.text("name"),
        "problem": asked.text("problem"),
    }


def brief(project: Project, asked: Asked) -> Answer:
    """The screen at "/brief/{name}"."""
    name = asked.parts["name"]
    found = _load(project, name)
    checked = {(one.section, one.sentence): one.reasons for one in check(project, found)}
    names = Names(project, (found.a, found.b))
    parts = tuple(
        Part(section.title, tuple(_edited(at, n, one, checked[at, n]) for n, one in enumerate(section.sentences)))
        for at, section in enumerate(found.sections)
    )
    return {
        "title": found.title,
        "name": name,
        "a": names.of(found.a),
        "b": names.of(found.b),
        "of_since": found.since,
        "of_until": found.until,
        "sections": parts,
        "unsupported": sum(bool(reasons) for reasons in checked.values()),
        "sentences": len(checked),
        "was": stamp(found),
        "formats": FORMATS,
    }


def new(project: Project, asked: Asked, form: FormData) -> str:
    """Drafts a brief of two parties and keeps it under a name; where that cannot be done, back with the problem and all that
    was entered."""
    given = {name: _field(form, name) for name in ("a", "b", "since", "until", "name")}
    try:
        return _drafted(project, Asked(asked.path, given))
    except DragomanError as problem:
        time = Asked("/briefs", given).followed().values
        entered = {name: given[name][:MOST] for name in ("a", "b", "name")}
        return asked.to("/briefs", **time, **entered, problem=str(problem)[:MOST])


def _drafted(project: Project, given: Asked) -> str:
    a, b = given.text("a"), given.text("b")
    if not a or not b:
        raise SettingsError("a brief is of two: name both parties")
    found = draft(project, a, b, given.day("since"), given.day("until"))
    name = given.text("name") or found.title[:80].rstrip(" .")
    name = "".join(letter if letter.isalnum() or letter in " .()+-_" else " " for letter in name)
    name = " ".join(name.split())
    save(project, name, found, new=True)
    return f"/brief/{segment(name)}"


def edit(project: Project, asked: Asked, form: FormData) -> str:
    """Keeps a brief as the form has it. Raises SettingsError where it was changed elsewhere meanwhile."""
    name = asked.parts["name"]
    found = _load(project, name)
    if _field(form, "was") != stamp(found):
        raise SettingsError(f"the brief '{name}' was changed elsewhere meanwhile: open it anew, and change it again")
    save(project, name, changed(project, found, form))
    return f"/brief/{segment(name)}"


def changed(project: Project, found: Brief, form: FormData) -> Brief:
    """The brief with the texts, the evidence and the new sentences of the form; a sentence without text is taken out."""
    sections = []
    for at, section in enumerate(found.sections):
        sentences = []
        for n, sentence in enumerate(section.sentences):
            text = _field(form, f"text-{at}-{n}", sentence.text)
            ids = _field(form, f"rows-{at}-{n}", _rows(sentence.evidence)).split()
            if text:
                sentences.append(_with_evidence(project, replace(sentence, text=text), ids))
        if added := _field(form, f"new-{at}"):
            sentences.append(_with_evidence(project, Sentence(added), _field(form, f"new-rows-{at}").split()))
        sections.append(Section(section.title, tuple(sentences)))
    return replace(found, title=_field(form, "title", found.title) or found.title, sections=tuple(sections))


def stamp(found: Brief) -> str:
    """What tells whether a brief is still the same."""
    return hashlib.sha256(to_json(found).encode()).hexdigest()[:16]


def written(project: Project, asked: Asked) -> File:
    """The brief as a file of the format in "?format="."""
    name = asked.parts["name"]
    format = asked.choice("format", FORMATS) or "md"
    found = _load(project, name)
    return File(f"{name}.{SUFFIX.get(format, format)}", MEDIA[format], render(found, check(project, found), format))


def _load(project: Project, name: str) -> Brief:
    try:
        return load(project, name)
    except (ProjectError, SettingsError) as problem:
        raise Missing(str(problem)) from problem


def _kept(project: Project, name: str) -> Kept:
    path = f"/brief/{segment(name)}"
    try:
        found = load(project, name)
    except Exception as problem:
        return Kept(name, name, path, 0, str(problem))
    return Kept(name, found.title, path, sum(1 for _ in found.sentences()))


def _edited(at: int, number: int, one: Sentence, reasons: tuple[str, ...]) -> Edited:
    figures = tuple(figure.what for figure in one.figures)
    return Edited(at, number, one.text, one.evidence, _rows(one.evidence), figures, reasons)


def _rows(evidence: Sequence[Evidence]) -> str:
    return " ".join(dict.fromkeys(one.row for one in evidence))


def _with_evidence(project: Project, sentence: Sentence, ids: Sequence[str]) -> Sentence:
    """The sentence with the evidence of these rows: what it has of them as it is, the rest anew."""
    had = tuple(one for one in sentence.evidence if one.row in ids)
    missing = [id for id in dict.fromkeys(ids) if id not in {one.row for one in had}]
    return replace(sentence, evidence=(*had, *cite(project, missing)))


def _field(form: FormData, name: str, otherwise: str = "") -> str:
    value = form.get(name)
    return " ".join(value.split()) if isinstance(value, str) else otherwise


SCREENS = (
    Screen("/briefs", "briefs.html", briefs, "/briefs"),
    Screen("/brief/{name}", "brief.html", brief, "/briefs"),
)
ACTIONS = (Action("/briefs", new), Action("/brief/{name}", edit))
DOWNLOADS = (Download("/brief/{name}/file", written),)
