"""What was read from what, by which run, as PROV-JSON. https://www.w3.org/submissions/prov-json/

A run (activity) uses sources and generates documents; statements and events are derived from the documents that they were read
from. The readers are software agents. Runs have times and ids of their own, so that two projects of equal records differ here.
The paths that a run was given are left out: they tell of a machine, and each source has its name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from dragoman.exchange.selection import FORMAT_VERSION, Selection

Item = tuple[str, dict[str, Any]]
_PREFIX = {
    "dragoman": "urn:dragoman:",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes one object, a key for each kind of thing."""
    out.write(f'{{"prefix": {json.dumps(_PREFIX)}'.encode())
    for kind, items in (
        ("agent", _agents(selection)),
        ("activity", _activities(selection)),
        ("entity", _entities(selection)),
        ("wasAssociatedWith", _associations(selection)),
        ("used", _used(selection)),
        ("wasGeneratedBy", _generated(selection)),
        ("wasDerivedFrom", _derived(selection)),
    ):
        _write(kind, items, out)
    out.write(b"}\n")


def _write(kind: str, items: Iterable[Item], out: BinaryIO) -> None:
    out.write(f',\n"{kind}": {{'.encode())
    for number, (id, item) in enumerate(items):
        line = f"{json.dumps(id)}: {json.dumps(item, ensure_ascii=False)}"
        out.write(((",\n" if number else "\n") + line).encode("utf-8", "replace"))
    out.write(b"\n}")


def _agents(selection: Selection) -> Iterator[Item]:
    readers = sorted({run.reader for run in selection.project.runs()})
    for number, reader in enumerate(readers):
        kind = {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"}
        yield f"dragoman:reader-{number}", {"prov:type": kind, "prov:label": reader}


def _activities(selection: Selection) -> Iterator[Item]:
    for run in selection.project.runs():
        times = {"prov:startTime": run.started, "prov:endTime": run.finished}
        known = {name: time for name, time in times.items() if time}
        given = {name: value for name, value in run.options.items() if name != "inputs"}
        options = json.dumps(given, ensure_ascii=False, sort_keys=True)
        yield f"dragoman:{run.id}", {**known, "dragoman:options": options, "prov:label": f"read with {run.reader}"}


def _entities(selection: Selection) -> Iterator[Item]:
    yield "dragoman:export", {"prov:label": "Dragoman", "dragoman:format_version": FORMAT_VERSION}
    for document, _ in selection.documents():
        yield f"dragoman:source-{document.id}", {"prov:label": document.source}
        known = {"prov:label": document.title or document.source, "dragoman:sha256": document.sha256}
        yield f"dragoman:{document.id}", known
    for statement in selection.statements():
        yield f"dragoman:{statement.document}.{statement.id}", {"prov:label": statement.act.value}
    for event in selection.events():
        yield f"dragoman:{event.id}", {"prov:label": event.type, "dragoman:status": event.status.value}


def _associations(selection: Selection) -> Iterator[Item]:
    runs = selection.project.runs()
    number = {reader: place for place, reader in enumerate(sorted({run.reader for run in runs}))}
    for run in runs:
        by = {"prov:activity": f"dragoman:{run.id}", "prov:agent": f"dragoman:reader-{number[run.reader]}"}
        yield f"_:by-{run.id}", by


def _used(selection: Selection) -> Iterator[Item]:
    for document, run in _read(selection):
        used = {"prov:activity": f"dragoman:{run}", "prov:entity": f"dragoman:source-{document}"}
        yield f"_:used-{document}", used


def _generated(selection: Selection) -> Iterator[Item]:
    for document, run in _read(selection):
        made = {"prov:activity": f"dragoman:{run}", "prov:entity": f"dragoman:{document}"}
        yield f"_:made-{document}", made


def _derived(selection: Selection) -> Iterator[Item]:
    for document, _ in selection.documents():
        yield f"_:text-{document.id}", _from(document.id, f"source-{document.id}")
    for statement in selection.statements():
        said = f"{statement.document}.{statement.id}"
        yield f"_:{said}", _from(said, statement.document, statement.start, statement.end)
    for event in selection.events():
        for number, report in enumerate(event.reports, 1):
            yield f"_:{event.id}-{number}", _from(event.id, report.document, report.start, report.end)


def _read(selection: Selection) -> Iterator[tuple[str, str]]:
    """Each document and the run that read it."""
    for document, _ in selection.documents():
        if found := selection.project.provenance(document.id):
            yield document.id, found.run


def _from(what: str, origin: str, start: int | None = None, end: int | None = None) -> dict[str, Any]:
    ends = {"prov:generatedEntity": f"dragoman:{what}", "prov:usedEntity": f"dragoman:{origin}"}
    return {**ends, **({} if start is None else {"dragoman:start": start, "dragoman:end": end})}
