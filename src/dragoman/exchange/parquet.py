"""The tables as Parquet, typed: lists are lists and numbers are numbers. https://parquet.apache.org/docs/file-format/"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman.errors import SettingsError
from dragoman.exchange.guide import write_guide
from dragoman.exchange.selection import FORMAT_VERSION, Selection
from dragoman.exchange.tables import TABLES, Row, Table

TOGETHER = 5_000
"""Rows of a row group."""


def write(selection: Selection, folder: Path) -> None:
    """Writes one file a table, and a README.txt. Raises SettingsError where pyarrow is not installed."""
    arrow, parquet = _arrow()
    for table in TABLES:
        schema = _schema(arrow, table)
        rows = table.rows(selection)
        with parquet.ParquetWriter(folder / f"{table.name}.parquet", schema, compression="zstd") as out:
            for group in _groups(rows):
                columns = [
                    arrow.array(column, kind)
                    for column, kind in zip(zip(*group, strict=True), schema.types, strict=True)
                ]
                out.write_table(arrow.Table.from_arrays(columns, schema=schema))
    write_guide(folder, "parquet")


def _groups(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while group := list(islice(rows, TOGETHER)):
        yield group


def _schema(arrow: Any, table: Table) -> Any:
    words = arrow.list_(arrow.string())
    kinds = {"text": arrow.string(), "whole": arrow.int64(), "number": arrow.float64(), "list": words, "chain": words}
    return arrow.schema(
        [(name, kinds[kind]) for name, kind in table.columns.items()],
        metadata={"dragoman": "record", "table": table.name, "format_version": str(FORMAT_VERSION)},
    )


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise SettingsError("Parquet needs pyarrow: pip install 'dragoman[parquet]'") from error
    return pyarrow, pyarrow.parquet
