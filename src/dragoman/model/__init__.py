"""The nouns of Dragoman as frozen dataclasses. Nothing here reads a file or opens a connection."""

from dragoman.model.actor import Actor, ActorType
from dragoman.model.document import Block, Document, Published
from dragoman.model.event import Differing, Event, EventReport, Status
from dragoman.model.ids import content_id
from dragoman.model.reading import Mention, Reading
from dragoman.model.span import Span
from dragoman.model.statement import About, Act, ChainLink, Form, Speaker, Statement

__all__ = [
    "About",
    "Act",
    "Actor",
    "ActorType",
    "Block",
    "ChainLink",
    "Differing",
    "Document",
    "Event",
    "EventReport",
    "Form",
    "Mention",
    "Published",
    "Reading",
    "Span",
    "Speaker",
    "Statement",
    "Status",
    "content_id",
]
