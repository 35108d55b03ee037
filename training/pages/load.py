"""Reads the annotated pages of this folder (README.md says how they are written) and refuses any that is broken.

`PYTHONPATH=src python training/pages/load.py` checks them all and counts what is in them.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from gold import BrokenPage, GoldStatement, Page
from marks import Marks, header, sections, strip

from dragoman.model import Act, Form

PAGES = "[0-9]*.txt"


def pages(folder: Path) -> list[Page]:
    """All annotated pages of `folder`, in the order of their names. Raises BrokenPage for the first broken one."""
    return [page(path) for path in sorted(folder.glob(PAGES))]


def page(path: Path) -> Page:
    """One annotated page. Raises BrokenPage."""
    head, marked, events = sections(path, path.read_text("utf-8"), ("events",))
    fields, same = header(path, head)
    text, labels, spans = strip(path, marked)
    read = Marks(path.name, text, fields, same)
    published, basis = read.published()
    return Page(
        name=path.stem,
        kind=fields["kind"],
        text=text,
        outlet=fields.get("outlet"),
        author=fields.get("author"),
        published=published,
        basis=basis,
        labels=labels,
        statements=tuple(_statements(read, spans)),
        events=tuple(read.event(line) for line in events.splitlines() if line.strip()),
        same=same,
    )


def _statements(read: Marks, spans: list[tuple[int, int, str, int]]) -> list[GoldStatement]:
    done: list[GoldStatement] = []
    for start, end, attributes, outer in spans:
        parts = [part.strip() for part in attributes.split("|")]
        if len(parts) not in (3, 4) or len(parts[1].split()) != 2:
            raise BrokenPage(f"{read.name}: {attributes!r} is not SPEAKER | FORM ACT | CUE [| VIA; VIA]")
        form, act = parts[1].split()
        if form not in set(Form) or act not in set(Act):
            raise BrokenPage(f"{read.name}: {parts[1]!r} is no form and act")
        via = [read.known(name.strip()) for name in parts[3].split(";")] if len(parts) == 4 else []
        beyond = done[outer].chain if outer >= 0 else tuple(filter(None, [read.fields.get("outlet")]))
        speaker = read.known(parts[0])
        chain = tuple(dict.fromkeys((speaker, *via, *beyond)))
        done.append(GoldStatement(start, end, speaker, form, act, read.cue(parts[2], start, end), chain))
    return done


def main() -> int:
    found: list[Page] = []
    broken = 0
    for path in sorted(Path(__file__).parent.glob(PAGES)):
        try:
            found.append(page(path))
        except BrokenPage as error:
            print(error, file=sys.stderr)
            broken += 1
    statements = [s for p in found for s in p.statements]
    events = [e for p in found for e in p.events]
    print(f"{len(found)} pages, {sum(len(p.text.split()) for p in found)} words")
    print(f"{len(statements)} statements", *sorted(Counter(s.act for s in statements).items()))
    print(*sorted(Counter(s.form for s in statements).items()))
    print("chain lengths", *sorted(Counter(len(s.chain) for s in statements).items()))
    print(f"{len(events)} events", *sorted(Counter(e.type for e in events).items()))
    print(*sorted(Counter(e.status for e in events).items()))
    print("labels", *sorted(Counter(label.name for p in found for label in p.labels).items()))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
