"""What people decide about actors: two are one, they are not, how one is called; and taking that back."""

from __future__ import annotations

from starlette.datastructures import FormData

from dragoman.errors import SettingsError
from dragoman.record import Decided, Project
from dragoman.record.account import account
from dragoman.web.asked import Asked, segment
from dragoman.web.people import one_actor
from dragoman.web.screen import Action

LONGEST = 300
"""Characters of a name that is given."""


def merge(project: Project, asked: Asked, form: FormData) -> str:
    """The actor of the address and the `other` are one."""
    other = one_actor(project, _given(form, "other", "name the other actor"))
    number = project.decide(Decided("merge", asked.parts["id"], _by(form), other=other.id))
    return _back(asked.parts["id"], form, number)


def split(project: Project, asked: Asked, form: FormData) -> str:
    """The actor with the id `actor`, as documents have it, is not the `other`; or it is another one in a `document`."""
    one = _given(form, "actor", "say which actor is another one")
    other, document = _text(form, "other"), _text(form, "document")
    number = project.decide(Decided("split", one, _by(form), other=other or None, document=document or None))
    return _back(asked.parts["id"], form, number)


def rename(project: Project, asked: Asked, form: FormData) -> str:
    """The actor of the address is called `name`."""
    name = _given(form, "name", "write a name")
    number = project.decide(Decided("rename", asked.parts["id"], _by(form), name=name))
    return _back(asked.parts["id"], form, number)


def undo(project: Project, asked: Asked, form: FormData) -> str:
    """The decision of that `number` is taken back."""
    number = _text(form, "number")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise SettingsError(f"'{number}' is no number of a decision: take one of the list under Actors")
    project.undo(int(number))
    actor = _text(form, "actor")
    return _back(actor, form, int(number)) if actor else "/actors/decisions"


def _back(actor: str, form: FormData, number: int) -> str:
    by = _by(form)
    return Asked(f"/actor/{segment(actor)}").url(done=number, by=by if by != account() else None)


def _by(form: FormData) -> str:
    return _text(form, "by") or account()


def _given(form: FormData, name: str, otherwise: str) -> str:
    if value := _text(form, name):
        return value
    raise SettingsError(f"Nothing was decided: {otherwise}.")


def _text(form: FormData, name: str) -> str:
    value = str(form.get(name, "")).strip()
    if len(value) > LONGEST:
        raise SettingsError(f"Nothing was decided: '{value[:20]}…' is longer than {LONGEST} characters.")
    return value


ACTIONS = (
    Action("/actor/{id}/merge", merge),
    Action("/actor/{id}/split", split),
    Action("/actor/{id}/rename", rename),
    Action("/actors/undo", undo),
)
