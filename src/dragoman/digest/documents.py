"""What is known of a document that was read, beside its text."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Document
from dragoman.ontology.outlets import State, publisher
from dragoman.record import Project


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What series need to know of a document that was read."""

    id: str
    published: str | None
    """EDTF."""
    outlet: str | None
    """Id of the listed outlet that published it, else the outlet's name without case and accents."""
    name: str | None
    """The outlet's name as the document has it."""
    state: State
    """Whether a state owns or funds the outlet, as the ontology says; "unknown" for outlets that it does not list."""
    language: str | None
    text: str
    """The document whose words it repeats, itself if none."""


def read_document(document: Document, copy_of: str | None) -> ReadDocument:
    """A document, and the one that it is a copy of."""
    outlet: str | None = None
    state: State = "unknown"
    if document.outlet:
        outlet, state = publisher(document.outlet)
    id = document.id
    published = document.published.value
    return ReadDocument(id, published, outlet, document.outlet, state, document.language, copy_of or id)


def documents_read(project: Project) -> dict[str, ReadDocument]:
    """Every document of a project under its id."""
    found = (read_document(one, project.kinship(one.id).copy_of) for one in project.documents())
    return {document.id: document for document in found}
