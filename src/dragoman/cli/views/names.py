"""Names for people in place of ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dragoman.cli.terminal import plain
from dragoman.model import ChainLink, Document
from dragoman.record import Project

ARROW = " -> "
_MARKS = '"“”„‟«»'


def actor_names(project: Project) -> dict[str, str]:
    """The name of each actor by its id."""
    return {actor.id: plain(actor.name) for actor in project.actors()}


def chain(links: Iterable[ChainLink], names: Mapping[str, str]) -> str:
    """The way of the words, innermost first: `Chizhov -> Kerimov -> JAMnews`."""
    return ARROW.join(mouth(link.actor, link.name, names) for link in links)


def mouth(actor: str | None, name: str | None, names: Mapping[str, str]) -> str:
    """Who speaks: the actor's name, the words of the page where no actor is known, or "unknown"."""
    return names.get(actor or "") or plain(name or "") or "unknown"


def quoted(text: str) -> str:
    """The words in one pair of quotation marks, whether or not the page's own are among them."""
    return f"“{plain(text).strip(_MARKS)}”"


def page(document: Document) -> str:
    """Where to look it up: the source, and the date of publication where there is one."""
    date = document.published.value
    return plain(document.source) + (f" of {date}" if date else "")


def dated(document: Document) -> str:
    """The date of publication, or "undated"."""
    return document.published.value or "undated"


def label(document: Document) -> str:
    """What a document is called: its outlet and its source."""
    return ", ".join(plain(part) for part in (document.outlet, document.source) if part)
