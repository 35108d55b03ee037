"""What a reviewer does: accept, reject, edit, join, part and undo. Each takes effect at once, and leads to the next decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.datastructures import FormData

from dragoman.errors import DragomanError, SettingsError
from dragoman.model import Event, Statement
from dragoman.record import Project, Reviewed
from dragoman.record.account import account
from dragoman.record.reviewed import Kind
from dragoman.web.asked import Asked
from dragoman.web.cards import Names
from dragoman.web.decision import row_called, stamp
from dragoman.web.screen import Action

MOST = 400
"""Characters of a reviewer's entry, or of a problem, that are kept in the address."""
_EDITS = {"statement": ("speaker", "act"), "event": ("type", "status")}


def decide(project: Project, asked: Asked, form: FormData) -> str:
    """At "/review/decide": keeps what the form says of a row, and leads on; where that cannot be kept, back with the problem
    and all that was entered."""
    given = {name: str(value).strip() for name, value in form.items()}
    by = given.get("by") or account()
    what = _WHAT.get(given.get("do", ""))
    try:
        if what is None:
            raise SettingsError(f"'{given.get('do', '')}' is none of {', '.join(_WHAT)}")
        _unchanged(project, given)
        numbers = what(project, given, by)
    except DragomanError as problem:
        entered = {name: given.get(name, "")[:MOST] for name in ("speaker", "act", "type", "status", "other")}
        where = {name: given.get(name, "")[:MOST] for name in ("row", "document")}
        back = {**entered, **where, "problem": str(problem)[:MOST]}
        return asked.to("/review", **_kept(given), **back)
    stays = given["do"] in ("same", "apart") or "/" in given.get("row", "")
    where = _now(project, numbers) if stays else {}
    return asked.to("/review", **_kept(given), **where, done=",".join(map(str, numbers)))


def undo(project: Project, asked: Asked, form: FormData) -> str:
    """At "/review/undo": takes reviews back, and leads to the decision that is open again, or to the list."""
    given = {name: str(value).strip() for name, value in form.items()}
    listed = given.get("to") == "decisions"
    where: Mapping[str, str] = {}
    try:
        numbers = [int(str(number)) for number in form.getlist("number") if str(number).isdecimal()]
        where = {} if listed else _now(project, numbers)
        for number in numbers:
            project.undo_review(number)
    except DragomanError as problem:
        given["problem"] = str(problem)[:MOST]
    if listed:
        values = {name: given.get(name) for name in ("show", "page", "problem")}
        return asked.to("/review/decisions", by=given.get("by"), **values)
    return asked.to("/review", **_kept(given), **where, problem=given.get("problem"))


def _kept(given: Mapping[str, str]) -> dict[str, str | None]:
    """What goes along from decision to decision."""
    by, skip = given.get("by", "")[:MOST], given.get("skip", "")[:9]
    return {"by": by if by != account() else None, "skip": skip if skip != "0" else None}


def _unchanged(project: Project, given: Mapping[str, str]) -> None:
    """Raises SettingsError where the row is not what it was when the form was shown."""
    row = row_called(project, given.get("row", ""), given.get("document"))
    if row is None and not project.words(given.get("row", ""), given.get("document")):
        raise SettingsError(f"the record has no row {given.get('row', '')} now: it was read again, or undone elsewhere")
    if row is not None and given.get("stamp") and given["stamp"] != stamp(row):
        raise SettingsError("this row changed after it was shown to you: look at it again, nothing was kept")


def _now(project: Project, numbers: list[int]) -> dict[str, str]:
    """The row that the first of these reviews is applied to now, and its document."""
    made = {one.number: one for one in project.reviews()}
    first = made.get(numbers[0]) if numbers else None
    return {"row": first.now or first.row.partition("/")[0], "document": first.document} if first else {}


def _accept(project: Project, given: Mapping[str, str], by: str) -> list[int]:
    return [project.review(Reviewed("accept", given["row"], by, document=given.get("document", "")))]


def _reject(project: Project, given: Mapping[str, str], by: str) -> list[int]:
    """All reports of an event, or the one that `ID/2` names."""
    found = project.words(given["row"], given.get("document"))
    return [project.review(Reviewed("reject", one.id, by, document=one.document)) for one in found]


def _edit(project: Project, given: Mapping[str, str], by: str) -> list[int]:
    """What differs from what was read; where nothing does, the row is right as it is."""
    row = row_called(project, given["row"], given.get("document"))
    if row is None:
        raise SettingsError(f"{given['row']} was rejected: undo that before you correct it")
    kind = "statement" if isinstance(row, Statement) else "event"
    changes = [(name, _value(project, name, given.get(name, ""), row)) for name in _EDITS[kind]]
    kinds: dict[str, Kind] = {"speaker": "speaker", "act": "act", "type": "type", "status": "status"}
    where = given.get("document", "")
    made = [
        project.review(Reviewed(kinds[name], row.id, by, value, document=where)) for name, value in changes if value
    ]
    return made or _accept(project, given, by)


def _value(project: Project, name: str, entered: str, row: Statement | Event) -> str | None:
    """The value of a correction; None where it is what the row has, or nothing was entered."""
    if not entered:
        return None
    if isinstance(row, Statement):
        if name == "act":
            return entered if entered != row.act else None
        if row.speaker.actor and entered == Names(project, [row.speaker.actor]).name(row.speaker.actor):
            return None
        return project.actor_called(entered).id
    return entered if entered != (row.type if name == "type" else row.status) else None


def _pair(kind: Kind) -> Callable[[Project, Mapping[str, str], str], list[int]]:
    def said(project: Project, given: Mapping[str, str], by: str) -> list[int]:
        return [project.review(Reviewed(kind, given["row"], by, other=given.get("other") or None))]

    return said


_WHAT: Mapping[str, Callable[[Project, Mapping[str, str], str], list[int]]] = {
    "accept": _accept,
    "reject": _reject,
    "edit": _edit,
    "same": _pair("same"),
    "apart": _pair("apart"),
}

ACTIONS = (Action("/review/decide", decide), Action("/review/undo", undo))
