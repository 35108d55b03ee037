"""How many independent sources stand behind the reports of an event, and why those that count together do.

Documents that repeat one text, that pass on one agency, or that one outlet published count as one source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.ontology.actors import agencies


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of where a document's report comes from."""

    document: str
    outlet: str | None
    """Who published it: an actor's id, or a name."""
    text: str
    """The document whose words it repeats, itself if none."""
    through: tuple[str, ...]
    """Ids of the actors of the report's chain."""


@dataclass(frozen=True, slots=True)
class IndependentSource:
    """Documents that count as one source, sorted, and why each reason joins them."""

    documents: tuple[str, ...]
    why: tuple[str, ...]


def independent_sources(origins: Iterable[Origin]) -> tuple[IndependentSource, ...]:
    """The sources behind reports, largest first; their number is the count of independent sources."""
    parent: dict[str, str] = {}

    def root(document: str) -> str:
        while parent[document] != document:
            document = parent[document]
        return document

    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for origin in origins:
        parent.setdefault(origin.document, origin.document)
        shared["one text", origin.text].add(origin.document)
        if origin.outlet:
            shared["one outlet", origin.outlet].add(origin.document)
        for actor in origin.through:
            if actor in agencies():
                shared["one agency", actor].add(origin.document)
    for documents in shared.values():
        first, *others = sorted(documents)
        for other in others:
            one, two = sorted((root(first), root(other)))
            parent[two] = one
    groups: dict[str, set[str]] = defaultdict(set)
    reasons: dict[str, set[str]] = defaultdict(set)
    for document in parent:
        groups[root(document)].add(document)
    for (why, what), documents in shared.items():
        if len(documents) > 1:
            reasons[root(min(documents))].add(why if why == "one text" else f"{why}: {what}")
    found = [IndependentSource(tuple(sorted(group)), tuple(sorted(reasons[key]))) for key, group in groups.items()]
    return tuple(sorted(found, key=lambda source: (-len(source.documents), source.documents)))
