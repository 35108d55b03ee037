"""What people corrected: rows that say nothing, speakers, acts, types and statuses, and which events are one.

A review names words: a document, where they stand in it, and the text. It is applied to the row that says these words in the
reading that the project has now, whichever reader made it; where none does it is kept, and applied again when one does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from dragoman.errors import SettingsError
from dragoman.model import Act, Status
from dragoman.ontology.plover import plover
from dragoman.record.applying import applied, names_of
from dragoman.record.dates import now
from dragoman.record.matching import contradicted, matched
from dragoman.record.meant import Meant
from dragoman.record.reviewed import Reviewed, RowKind, Words
from dragoman.record.standing import find, storable

NO_ROW = "no row has these words now"
"""The problem of a review whose words no row of the reading says."""
_OF: dict[str, RowKind] = {
    **dict.fromkeys(("speaker", "act"), "statement"),
    **dict.fromkeys(("status", "type", "same", "apart"), "event"),
}
_LIST = "'dragoman review PROJECT' lists rows with their ids"


def add(connection: sqlite3.Connection, reviewed: Reviewed, meant: Meant) -> int:
    """Keeps a review, unless the same one holds already; returns its number. Raises SettingsError where it names what the
    project does not have, says what cannot be said of it, or contradicts another."""
    if not reviewed.made_by.strip():
        raise SettingsError(f"a review needs to say who made it (row {reviewed.row})")
    words = _one(connection, reviewed, reviewed.row, meant)
    wanted = _OF.get(reviewed.kind, words.row_kind)
    if words.row_kind != wanted:
        what = "a statement: its speaker and act" if words.row_kind == "statement" else "an event: its type and status"
        raise SettingsError(f"'{reviewed.kind}' cannot be said of {reviewed.row}, {what} can be corrected")
    other = None
    if reviewed.kind in ("same", "apart"):
        if not reviewed.other:
            raise SettingsError(f"'{reviewed.kind}' is said of two events: name another one beside {reviewed.row}")
        other = _one(connection, reviewed, reviewed.other, meant)
        if other.row_kind != "event":
            raise SettingsError(f"{reviewed.other} is a statement: '{reviewed.kind}' is said of events")
        if (other.document, other.position) == (words.document, words.position):
            raise SettingsError(
                f"{reviewed.row} and {reviewed.other} are one report: name two; the reports of an event are ID/1, ID/2, ..."
            )
    key = {
        "kind": reviewed.kind,
        "row_kind": words.row_kind,
        "row": words.read_as,
        "document": words.document,
        "start": words.start,
        "end": words.end,
        "value": _value(connection, reviewed, meant),
        "other": other.read_as if other else None,
        "other_document": other.document if other else None,
        "other_start": other.start if other else None,
        "other_end": other.end if other else None,
    }
    same = " AND ".join(f"{name} IS :{name}" for name in key)
    held = connection.execute(f"SELECT number FROM reviews WHERE undone IS NULL AND {same}", key).fetchone()
    if held and not _answered(connection, int(held[0]), reviewed.kind):
        return int(held[0])
    values = {**key, "text": words.text, "made_by": storable(reviewed.made_by.strip()), "made": now()}
    row = connection.execute(
        f"INSERT INTO reviews ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})", values
    )
    assert row.lastrowid is not None
    _agree(connection, row.lastrowid, reviewed.kind)
    return row.lastrowid


def undo(connection: sqlite3.Connection, number: int) -> int:
    """Marks a review as undone; returns its number. Raises SettingsError where there is none that holds."""
    kind_of(connection, number)
    connection.execute("UPDATE reviews SET undone = ? WHERE number = ?", (now(), number))
    return number


def kind_of(connection: sqlite3.Connection, number: int) -> str:
    """The kind of the review of this number. Raises SettingsError where there is none that holds."""
    found = None
    if 0 < number < 2**63:
        held = "SELECT kind FROM reviews WHERE number = ? AND undone IS NULL"
        found = connection.execute(held, (number,)).fetchone()
    if found is None:
        raise SettingsError(f"no review {number} holds: 'dragoman review PROJECT list' lists them")
    return str(found[0])


def all_reviews(connection: sqlite3.Connection, meant: Meant) -> list[Reviewed]:
    """In the order in which they were made, those that were undone too, each with the row that it is applied to now."""
    rows = connection.execute("SELECT * FROM reviews ORDER BY number").fetchall()
    found = matched(connection)
    actors = names_of(connection, [row["value"] for row in rows if row["kind"] == "speaker"], meant)
    contrary = contradicted(connection, found)
    made = []
    for row in rows:
        one, other = found.get((row["number"], 0)), found.get((row["number"], 1))
        problem = None
        if row["undone"] is not None:
            pass
        elif one is None or (row["other_document"] is not None and other is None):
            problem = NO_ROW
        elif other is not None and one.place == other.place:
            problem = "one row has the words of both now"
        elif row["number"] in contrary:
            problem = f"reviews {_listed(contrary[row['number']])} say that they are one"
        elif row["kind"] == "speaker" and meant.everywhere.get(row["value"], row["value"]) not in actors:
            problem = f"no actor of the project has the id {row['value']} now"
        made.append(Reviewed(**dict(row), now=one.now if one else None, problem=problem))
    return made


def _agree(connection: sqlite3.Connection, number: int, kind: str) -> None:
    """Raises SettingsError where the review of this number contradicts those before it."""
    if kind not in ("same", "apart"):
        return
    contrary = contradicted(connection, matched(connection))
    if kind == "apart" and number in contrary:
        against, said = contrary[number], "one event"
    elif kind == "same" and contrary:
        against, said = sorted(contrary), "not one event"
    else:
        return
    raise SettingsError(
        f"by the reviews that hold these are {said}: 'dragoman review PROJECT undo N' undoes {_listed(against)}"
    )


def _answered(connection: sqlite3.Connection, number: int, kind: str) -> bool:
    """Whether later reviews of the same words may say something else than the one of this number."""
    kinds = ("accept", "reject") if kind in ("accept", "reject") else (kind, kind)
    later = """SELECT 1 FROM reviews v JOIN reviews w ON w.document = v.document AND w.row_kind = v.row_kind
        AND w.number > v.number AND w.start < v.end AND w.end > v.start
        WHERE v.number = ? AND w.undone IS NULL AND w.kind IN (?, ?)"""
    return kind not in ("same", "apart") and connection.execute(later, (number, *kinds)).fetchone() is not None


def _one(connection: sqlite3.Connection, reviewed: Reviewed, id: str, meant: Meant) -> Words:
    """The words that a review names: of an event with several reports the first that was not rejected."""
    found = find(connection, id, reviewed.document if id == reviewed.row else None)
    if not found:
        raise SettingsError(f"no statement or event of the project has the id {id}: {_LIST}")
    if len(found) > 1 and reviewed.kind == "reject":
        raise SettingsError(
            f"{id} has {len(found)} reports: reject each that is none, as {found[0].id}, {found[1].id}, ..."
        )
    if len(found) > 1 and reviewed.row == reviewed.other:
        raise SettingsError(
            f"{id} is one event: name two of its {len(found)} reports, as {found[0].id} and {found[1].id}"
        )
    rejected = applied(connection, meant).reports
    return next((words for words in found if (words.document, words.position) not in rejected), found[0])


def _value(connection: sqlite3.Connection, reviewed: Reviewed, meant: Meant) -> str | None:
    """The value of a correction in the form in which it is kept."""
    if reviewed.kind not in ("speaker", "act", "status", "type"):
        return None
    value = storable((reviewed.value or "").strip())
    if reviewed.kind == "speaker":
        value = meant.everywhere.get(value, value)
        if value not in names_of(connection, [value], meant):
            raise SettingsError(f"no actor of the project has the id '{value}': 'dragoman actors PROJECT' lists them")
        return value
    value = value.upper() if reviewed.kind == "type" else value.lower()
    choices: dict[str, list[str]] = {"act": [*Act], "status": [*Status], "type": [*plover().types]}
    known = choices[reviewed.kind]
    if value not in known:
        raise SettingsError(f"'{value}' is no {reviewed.kind}: choose from {', '.join(known)}")
    return value


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
