"""A reader for tests of the pool: quick, without weights, and able to misbehave when the text asks for it."""

import os
import re
import signal
import time

from dragoman.errors import InputError, WeightsError
from dragoman.gather import Source
from dragoman.model import (
    Act,
    Actor,
    ActorType,
    ChainLink,
    Document,
    Form,
    Mention,
    Reading,
    Speaker,
    Statement,
    content_id,
)


class Stub:
    """Takes each `X said: Y.` for a statement of the person X."""

    name = "stub 1"

    def document(self, source: Source) -> Document:
        if "UNREADABLE" in source.content:
            raise InputError(f"{source.name} is not for us")
        return Document(source.content, source.name, language="en", body=((0, len(source.content)),))

    def read(self, document: Document) -> Reading:
        text = document.text
        if "KILL" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "SLOW" in text:
            time.sleep(600)
        if "FAULT" in text:
            raise ValueError("something nobody thought of")
        if "BONJOUR" in text:
            return Reading(document, self.name, notes=("language 'fr' is not read yet",))
        time.sleep(0.02)
        actors, mentions, statements = {}, [], []
        for found in re.finditer(r"(\w+) said: ([^.]+\.)", text):
            actor = f"person:{found[1].lower()}"
            actors[actor] = Actor(actor, found[1], ActorType.PERSON)
            mentions.append(Mention(*found.span(1), actor, "name"))
            speaker = Speaker(actor, found[1], None, found.span(1))
            chain = (ChainLink(actor, found[1], found.span(1)),)
            id = content_id("stm", document.id, found.start(2))
            act = (Form.DIRECT, Act.ASSERT, None)
            statements.append(Statement(id, document.id, *found.span(2), found[2], *act, speaker, chain))
        everyone = tuple(actors[id] for id in sorted(actors))
        return Reading(document, self.name, everyone, tuple(mentions), tuple(statements))


class Unfit(Stub):
    """A reader that cannot begin."""

    def __init__(self) -> None:
        raise WeightsError("the weights are not installed: install them")
