"""What the views need of a large record, derived from it and kept beside it."""

from dragoman.digest.answers import (
    ActorRow,
    DocumentRow,
    EventRow,
    Facet,
    Month,
    OutletRow,
    Page,
    RelationRow,
    StatementPage,
)
from dragoman.digest.digest import Digest, also_behind

__all__ = [
    "ActorRow",
    "Digest",
    "DocumentRow",
    "EventRow",
    "Facet",
    "Month",
    "OutletRow",
    "Page",
    "RelationRow",
    "StatementPage",
    "also_behind",
]
