"""Rows on their way in: one Parquet file a table, written as batches come, so that memory stays flat."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gouvernail.warehouse.schema import REJECTS, arrow_schema, with_all_columns
from gouvernail.warehouse.spans import Key, Span, joined, spans_of

ROW_GROUP = 131_072


def open_writer(path: Path, table: str) -> pq.ParquetWriter:
    """Return a writer of `table`; the options are those measured in docs/lake.md."""
    schema = arrow_schema(table)
    words = [field.name for field in schema if field.type == pa.string()]
    days = [name for name in ("day", "until") if name in schema.names]
    return pq.ParquetWriter(
        path,
        schema,
        compression="snappy",
        use_dictionary=words,
        write_statistics=days,
    )


class Spool:
    """The rows of one table of one import. Keeps their count and covered days."""

    def __init__(self, path: Path, table: str) -> None:
        self.path = path
        self.rows = 0
        self.spans: dict[Key, Span] = {}
        self._table = table
        self._writer = open_writer(path, table)
        self._waiting: list[pa.RecordBatch] = []
        self._waiting_rows = 0

    def add(self, rows: pa.RecordBatch) -> None:
        """Take rows that already have the schema of the table."""
        self._waiting.append(rows)
        self._waiting_rows += rows.num_rows
        self.rows += rows.num_rows
        if self._waiting_rows >= ROW_GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is left; the file is whole and durable afterwards."""
        self._flush()
        self._writer.close()
        sync(self.path)

    def _flush(self) -> None:
        if not self._waiting_rows:
            return
        rows = pa.Table.from_batches(self._waiting)
        self._waiting, self._waiting_rows = [], 0
        if self._table != REJECTS:
            self.spans = joined(self.spans, spans_of(rows, self._table))
        self._writer.write_table(rows, row_group_size=ROW_GROUP)


def batches(path: Path, table: str) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a file of a table, a row group at a time; columns that are newer than the file are null."""
    with pq.ParquetFile(path) as file:
        for rows in file.iter_batches(batch_size=ROW_GROUP):
            yield with_all_columns(rows, table)


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
