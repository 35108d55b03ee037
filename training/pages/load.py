"""Reads the annotated pages of this folder (README.md says how they are written) and refuses any that is broken.

`PYTHONPATH=src python training/pages/load.py` checks them all and counts what is in them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from gold import JUNK, PARTS, BrokenPage, GoldEvent, GoldStatement, Label, Page

from dragoman.model import Act, Form, Status
from dragoman.ontology.actors import states
from dragoman.ontology.plover import plover
from dragoman.ontology.table import ABOVE_STATES

BASES = frozenset({"header", "dateline", "text", "none"})
PAGES = "[0-9]*.txt"
REACH = 240
"""A cue stands at most so many characters before or after its content."""

_TAG = re.compile(r"<(/?)([a-z]+)((?:\s[^<>]*)?)>")
_EDTF = re.compile(r"[\dX]{4}(-[\dX]{2}(-[\dX]{2})?)?[?~%]?(/(\.\.|[\dX]{4}(-[\dX]{2}(-[\dX]{2})?)?[?~%]?))?")
_ISO3 = re.compile(r"[A-Z]{3}")


def pages(folder: Path) -> list[Page]:
    """All annotated pages of `folder`, in the order of their names. Raises BrokenPage for the first broken one."""
    return [page(path) for path in sorted(folder.glob(PAGES))]


def page(path: Path) -> Page:
    """One annotated page. Raises BrokenPage."""
    head, marked, events = _sections(path)
    fields, same = _header(path, head)
    text, labels, spans = _strip(path, marked)
    read = _Reader(path.name, text, fields, same)
    published, _, basis = fields.get("published", "- none").partition(" ")
    if basis not in BASES or (published == "-") != (basis == "none"):
        raise BrokenPage(f"{path.name}: published is {fields.get('published')!r}, not DATE and one of {sorted(BASES)}")
    return Page(
        name=path.stem,
        kind=fields["kind"],
        text=text,
        outlet=fields.get("outlet"),
        author=fields.get("author"),
        published=None if published == "-" else read.edtf(published),
        basis=basis,
        labels=labels,
        statements=tuple(read.statements(spans)),
        events=tuple(read.event(line) for line in events.splitlines() if line.strip()),
        same=same,
    )


def _sections(path: Path) -> tuple[str, str, str]:
    parts = re.split(r"^===(?: events)?\n", path.read_text("utf-8"), flags=re.MULTILINE)
    if len(parts) != 3:
        raise BrokenPage(f"{path.name}: expected header, page and events, divided by '===' and '=== events'")
    return parts[0], parts[1].rstrip("\n"), parts[2]


def _header(path: Path, head: str) -> tuple[dict[str, str], dict[str, str]]:
    fields: dict[str, str] = {}
    same: dict[str, str] = {}
    for line in head.splitlines():
        key, _, value = (part.strip() for part in line.partition(":"))
        if key == "same":
            first, *others = (name.strip() for name in value.split("="))
            same.update(dict.fromkeys(others, first))
        elif key in {"kind", "outlet", "author", "published"} and key not in fields:
            fields[key] = value
        else:
            raise BrokenPage(f"{path.name}: header line {line!r} is unknown or a second one")
    if "kind" not in fields:
        raise BrokenPage(f"{path.name}: the header names no kind")
    return fields, same


_Open = tuple[str, int, str, int]


def _strip(path: Path, marked: str) -> tuple[str, tuple[Label, ...], list[tuple[int, int, str, int]]]:
    """The text without marks, its labels, and its statements: start, end, attributes, index of the enclosing one."""
    out: list[str] = []
    size = last = 0
    stack: list[_Open] = []
    labels: list[Label] = []
    spans: list[tuple[int, int, str, int]] = []
    for tag in _TAG.finditer(marked):
        out.append(marked[last : tag.start()])
        size, last = size + tag.start() - last, tag.end()
        closing, name, attributes = tag.groups()
        if name != "s" and name not in JUNK | PARTS:
            raise BrokenPage(f"{path.name}: unknown mark {tag.group()!r}")
        if not closing:
            outer = next((index for kind, _, _, index in reversed(stack) if kind == "s"), -1)
            if name == "s":
                spans.append((size, size, attributes, outer))
            elif stack:
                raise BrokenPage(f"{path.name}: {tag.group()!r} stands inside {stack[-1][0]!r}")
            stack.append((name, size, attributes, len(spans) - 1))
            continue
        if not stack or stack[-1][0] != name:
            raise BrokenPage(f"{path.name}: {tag.group()} closes nothing, after {marked[: tag.start()][-40:]!r}")
        kind, start, attributes, index = stack.pop()
        if start == size:
            raise BrokenPage(f"{path.name}: empty {kind!r} before {marked[tag.end() :][:40]!r}")
        if kind == "s":
            spans[index] = (start, size, attributes, spans[index][3])
        else:
            labels.append(Label(start, size, kind))
    if stack:
        raise BrokenPage(f"{path.name}: {stack[-1][0]!r} is never closed: {stack[-1][2]!r}")
    text = "".join([*out, marked[last:]])
    if stray := re.search(r"[<>]", text):
        raise BrokenPage(f"{path.name}: stray {stray.group()!r} at {text[stray.start() :][:40]!r}")
    return text, tuple(labels), spans


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns attributes and event lines of one page into gold, checking each against the page's text."""

    name: str
    text: str
    fields: dict[str, str]
    same: dict[str, str]

    def statements(self, spans: list[tuple[int, int, str, int]]) -> list[GoldStatement]:
        done: list[GoldStatement] = []
        for start, end, attributes, outer in spans:
            parts = [part.strip() for part in attributes.split("|")]
            if len(parts) not in (3, 4) or len(parts[1].split()) != 2:
                raise BrokenPage(f"{self.name}: {attributes!r} is not SPEAKER | FORM ACT | CUE [| VIA; VIA]")
            form, act = parts[1].split()
            if form not in set(Form) or act not in set(Act):
                raise BrokenPage(f"{self.name}: {parts[1]!r} is no form and act")
            via = [self.known(name.strip()) for name in parts[3].split(";")] if len(parts) == 4 else []
            beyond = done[outer].chain if outer >= 0 else tuple(filter(None, [self.fields.get("outlet")]))
            speaker = self.known(parts[0])
            chain = tuple(dict.fromkeys((speaker, *via, *beyond)))
            done.append(GoldStatement(start, end, speaker, form, act, self.cue(parts[2], start, end), chain))
        return done

    def known(self, name: str) -> str:
        """`name` if the page, its header or an alias knows it."""
        places = [self.text, self.fields.get("outlet", ""), self.fields.get("author", "")]
        names = [name, *(other for other, first in self.same.items() if first == name)]
        if name != "?" and not any(form.casefold() in place.casefold() for form in names for place in places):
            raise BrokenPage(f"{self.name}: {name!r} stands nowhere on the page")
        return name

    def cue(self, word: str, start: int, end: int) -> tuple[int, int] | None:
        """The occurrence of `word` nearest to the content and outside it; None for "-"."""
        if word == "-":
            return None
        found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", self.text)]
        near = [(min(abs(s - end), abs(start - e)), s, e) for s, e in found if e <= start or s >= end]
        if not near or min(near)[0] > REACH:
            raise BrokenPage(f"{self.name}: no cue {word!r} near {self.text[start:end][:50]!r}")
        return min(near)[1:]

    def event(self, line: str) -> GoldEvent:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 6:
            raise BrokenPage(f"{self.name}: {line!r} is not TYPE | ACTORS | RECIPIENTS | STATUS | DATE | EVIDENCE")
        type_, _, mode = parts[0].partition("/")
        if not plover().has(type_, mode or None) or parts[3] not in set(Status):
            raise BrokenPage(f"{self.name}: unknown type, mode or status in {line!r}")
        actor, recipient = self.actors(parts[1]), self.actors(parts[2])
        if not actor:
            raise BrokenPage(f"{self.name}: no actor in {line!r}")
        if plover().types[type_].needs_recipient and not recipient:
            raise BrokenPage(f"{self.name}: {type_} needs a recipient in {line!r}")
        date = None if parts[4] == "-" else self.edtf(parts[4])
        start, end = self.evidence(parts[5])
        return GoldEvent(type_, mode or None, actor, recipient, parts[3], date, start, end)

    def actors(self, part: str) -> tuple[str, ...]:
        names = [name.strip() for name in part.split(";") if name.strip() != "-"]
        if wrong := [n for n in names if _ISO3.fullmatch(n) and f"state:{n}" not in states() and n not in ABOVE_STATES]:
            raise BrokenPage(f"{self.name}: {wrong} are no ISO 3166 codes")
        return tuple(name if _ISO3.fullmatch(name) else self.known(name) for name in names)

    def edtf(self, date: str) -> str:
        if not _EDTF.fullmatch(date):
            raise BrokenPage(f"{self.name}: {date!r} is not an EDTF date")
        return date

    def evidence(self, words: str) -> tuple[int, int]:
        """Where `words` stand; they must stand once, or end in "#2" for the second time."""
        words, _, number = words.partition(" #")
        found = [match.start() for match in re.finditer(re.escape(words), self.text)]
        if not found or (len(found) > 1 and not number) or int(number or 1) > len(found):
            raise BrokenPage(f"{self.name}: evidence {words!r} stands {len(found)} times on the page")
        start = found[int(number or 1) - 1]
        return start, start + len(words)


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
