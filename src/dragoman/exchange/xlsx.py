"""The tables as one workbook (Office Open XML, ECMA-376), written row by row: a sheet a table, and one that explains them.

Every text is a text cell, and one that would run as a formula has a ' before it. A sheet that is full goes on in another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dragoman.exchange.cells import Cell, flat
from dragoman.exchange.guide import guide
from dragoman.exchange.markup import escaped
from dragoman.exchange.selection import Selection
from dragoman.exchange.tables import TABLES

ROWS = 1_048_576
"""Rows that a sheet may have."""
LONGEST = 32_767
"""UTF-16 units that a cell may have."""
CUT = " [cut]"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes the workbook. Its bytes hold no time."""
    names = ["README"]
    with ZipFile(out, "w", ZIP_DEFLATED) as book:
        _sheet(book, 1, ((line,) for line in guide("xlsx").splitlines()))
        for table in TABLES:
            kinds = tuple(table.columns.values())
            rows: Iterator[tuple[Cell, ...]] = (tuple(map(flat, row, kinds)) for row in table.rows(selection))
            part, more = 1, True
            while more:
                some = chain([tuple(table.columns)], islice(rows, ROWS - 1))
                names.append(table.name if part == 1 else f"{table.name} {part}")
                _sheet(book, len(names), some)
                part += 1
                first = next(rows, None)
                more = first is not None
                rows = chain([first], rows) if first is not None else iter(())
        _parts(book, names)


def _sheet(book: ZipFile, number: int, rows: Iterable[tuple[Cell, ...]]) -> None:
    with book.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as sheet:
        _text(sheet, f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>')
        for place, row in enumerate(rows, 1):
            _text(sheet, f'<row r="{place}">{"".join(_cells(row, place))}</row>')
        _text(sheet, "</sheetData></worksheet>")


def _cells(row: tuple[Cell, ...], place: int) -> Iterator[str]:
    for letter, cell in zip(_LETTERS, row, strict=False):
        if isinstance(cell, str):
            yield f'<c r="{letter}{place}" t="inlineStr"><is><t xml:space="preserve">{_inline(cell)}</t></is></c>'
        elif cell is not None:
            yield f'<c r="{letter}{place}"><v>{cell!r}</v></c>'


def _inline(text: str) -> str:
    """The text as XML; controls as _xHHHH_, and an underscore that would be read as one of these."""
    units = text.encode("utf-16-le")
    if len(units) > 2 * LONGEST:
        text = units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT
    return escaped(_CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


def _parts(book: ZipFile, names: list[str]) -> None:
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in zip(numbers, names, strict=True)
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers
    )
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{types}</Types>',
    }
    for name, text in parts.items():
        book.writestr(_entry(name), _HEAD + text)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def _text(sheet: IO[bytes], text: str) -> None:
    sheet.write(text.encode())
