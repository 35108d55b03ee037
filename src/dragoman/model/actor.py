"""Actors: states, persons, organisations, groups and outlets with a stable id."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorType(StrEnum):
    STATE = "state"
    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, speaks or is spoken of.

    States have the id `state:` and their ISO 3166 alpha-3 code; listed organisations and outlets `org:` or `outlet:` and a
    slug; people and groups that only documents know have ids made from their name (and country), see `read.who`.
    """

    id: str
    name: str
    type: ActorType
    country: str | None = None
    """ISO 3166 alpha-3, or PLOVER's IGO, UNO, EUR, NGO, MNC, IMG for those above states."""
    sector: str | None = None
    """PLOVER sector: GOV, MIL, LEG, JRN, ..."""
    qid: str | None = None
    """Wikidata item."""
    aliases: tuple[str, ...] = ()
    """Forms of the name that the documents use, sorted."""
