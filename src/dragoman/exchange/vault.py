"""A folder of linked Markdown notes: one for each actor, event and document. Links are those of Markdown, so that any editor that
knows folders of notes (Obsidian, VS Code, a web view of a repository) follows them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dragoman.exchange.guide import guide
from dragoman.exchange.markdown import escaped
from dragoman.exchange.plain import clean, slug
from dragoman.exchange.scratch import Scratch
from dragoman.exchange.selection import FORMAT_VERSION, Selection
from dragoman.model import Actor, ChainLink, Document, Event, Statement
from dragoman.record import Imprint

_YAML_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x7f\x85\u2028\u2029\ufeff"}
Front = Mapping[str, str | int | Sequence[str] | None]


def write(selection: Selection, folder: Path) -> None:
    """Writes actors/, events/, documents/ and README.md."""
    for name in ("actors", "events", "documents"):
        (folder / name).mkdir()
    cast = selection.cast()
    with Scratch() as scratch:
        for statement, page in selection.said():
            line = _said(statement, cast)
            scratch.add(statement.document, line)
            if speaker := statement.speaker.actor:
                scratch.add(speaker, f"{line}, in {_link('documents', page.id, page.title or page.source)}")
        for event, pages in selection.reported():
            _write(folder / "events", event.id, _event(event, pages, cast))
            line = f"- {event.date or 'undated'}: {_link('events', event.id, _title(event, cast))}"
            for id in dict.fromkeys((*event.actor, *event.recipient, *(one.document for one in event.reports))):
                scratch.add(id, line)
        scratch.sort()
        for actor in selection.actors():
            _write(folder / "actors", actor.id, _actor(actor, scratch.lines(actor.id)))
        for document, _ in selection.documents():
            _write(folder / "documents", document.id, _document(document, scratch.lines(document.id)))
    (folder / "README.md").write_text(guide("vault"), "utf-8", newline="")


def _actor(actor: Actor, found: Iterator[str]) -> Iterator[str]:
    front = {
        "id": actor.id,
        "type": actor.type.value,
        "country": actor.country,
        "sector": actor.sector,
        "wikidata": actor.qid,
    }
    yield _front({**front, "aliases": [clean(alias) for alias in actor.aliases]})
    yield f"# {_shown(actor.name)}\n\n"
    yield from (f"{line}\n" for line in found)


def _event(event: Event, pages: Mapping[str, Imprint], cast: Mapping[str, Actor]) -> Iterator[str]:
    front = {"id": event.id, "type": event.type, "mode": event.mode, "status": event.status.value, "date": event.date}
    yield _front({**front, "quad": event.quad, "context": event.context, "place": event.place})
    yield f"# {escaped(_title(event, cast))}\n\n"
    for role, ids in (("Actor", event.actor), ("Recipient", event.recipient)):
        if ids:
            yield f"{role}: {', '.join(_who(id, cast) for id in ids)}\n\n"
    for one in event.differing:
        accounts = " or ".join(_shown(value) for value, _ in one.accounts)
        yield f"Reports differ in the {_shown(one.what)}: {accounts}\n\n"
    for report in event.reports:
        page = pages[report.document]
        where = _link("documents", page.id, page.title or page.source)
        yield f"> {_shown(report.text)}\n\n{_chain(report.chain, cast)}{where}, characters {report.start} to {report.end}\n\n"


def _document(document: Document, found: Iterator[str]) -> Iterator[str]:
    known = {"id": document.id, "source": document.source, "outlet": document.outlet, "author": document.author}
    yield _front({**known, "published": document.published.value, "language": document.language})
    yield f"# {_shown(document.title or document.source)}\n\n"
    yield from (f"{line}\n" for line in found)


def _said(statement: Statement, cast: Mapping[str, Actor]) -> str:
    speaker = statement.speaker
    who = _who(speaker.actor, cast) if speaker.actor else _shown(speaker.name or "somebody")
    signs = {-1: "against ", 0: "on ", 1: "for "}
    about = ", ".join(f"{signs[one.polarity]}{_who(one.actor, cast)}" for one in statement.about)
    return f"- {statement.act.value}: {who}{f', {about}' if about else ''}: “{_shown(statement.text)}”"


def _chain(chain: Iterable[ChainLink], cast: Mapping[str, Actor]) -> str:
    links = [_who(link.actor, cast) if link.actor else _shown(link.name or "?") for link in chain]
    return f"{' → '.join(links)}, in " if links else "In "


def _title(event: Event, cast: Mapping[str, Actor]) -> str:
    doers, others = (", ".join(_name(id, cast) for id in ids) for ids in (event.actor, event.recipient))
    done = event.type.lower() + (f" ({event.mode})" if event.mode else "")
    return f"{doers}: {done}" + (f" → {others}" if others else "") + f", {event.status.value}"


def _who(id: str, cast: Mapping[str, Actor]) -> str:
    return _link("actors", id, _name(id, cast)) if id in cast else _shown(id)


def _name(id: str, cast: Mapping[str, Actor]) -> str:
    return clean(cast[id].name) if id in cast else id


def _link(room: str, id: str, words: str) -> str:
    return f"[{_shown(words) or '?'}](../{room}/{slug(id)}.md)"


def _shown(words: str) -> str:
    return escaped(clean(words))


def _front(front: Front) -> str:
    """YAML in which every value is written as JSON, which YAML takes as it is."""
    known = {"format_version": FORMAT_VERSION, **{name: value for name, value in front.items() if value}}
    lines = (
        f"{name}: {json.dumps(value, ensure_ascii=False).translate(_YAML_BREAKS)}\n" for name, value in known.items()
    )
    return f"---\n{''.join(lines)}---\n\n"


def _write(folder: Path, id: str, parts: Iterable[str]) -> None:
    # "x": two ids of one name are an error, and never one note over another.
    with (folder / f"{slug(id)}.md").open("x", encoding="utf-8", errors="replace", newline="") as note:
        note.writelines(parts)
