"""A small engine over rows written in a test: the columns of the canonical tables, DuckDB in memory."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import pyarrow as pa

from gouvernail.warehouse.schema import arrow_schema

Row = dict[str, Any]


class MemoryEngine:
    """Speaks as `warehouse.engine.Engine` does; counts its questions."""

    is_local = True

    def __init__(self, **tables: list[Row] | pa.Table) -> None:
        self._connection = ibis.duckdb.connect()
        self._tables: dict[str, ibis.Table] = {}
        self._rows = tables
        self.questions = 0

    def table(self, name: str) -> ibis.Table:
        if name not in self._tables:
            schema = arrow_schema(name)
            rows = self._rows.get(name, [])
            if isinstance(rows, list):
                full = pa.Table.from_pylist([self._row(row, schema) for row in rows], schema=schema)
            else:
                full = self._filled(rows, schema)
            self._tables[name] = self._connection.create_table(name, full)
        return self._tables[name]

    def is_empty(self, name: str) -> bool:
        return name not in self._rows

    def execute(self, expression: Any) -> pa.Table:
        self.questions += 1
        return self._connection.to_pyarrow(expression.as_table())

    def stream(self, expression: Any, rows: int = 7) -> Any:
        return self._connection.to_pyarrow_batches(expression, chunk_size=rows)

    @staticmethod
    def _filled(rows: pa.Table, schema: pa.Schema) -> pa.Table:
        columns = {
            field.name: rows[field.name].cast(field.type)
            if field.name in rows.column_names
            else pa.nulls(rows.num_rows, field.type)
            for field in schema
        }
        return pa.table(columns, schema=schema)

    @staticmethod
    def _row(row: Row, schema: pa.Schema) -> Row:
        full = {"source": "google_ads", "account": "main", "import_id": "i1", "source_row": 1, **row}
        if "until" in schema.names and "until" not in full:
            full["until"] = full.get("day")
        return {name: full.get(name) for name in schema.names}


def day(month: int, of_month: int = 1, year: int = 2026) -> date:
    return date(year, month, of_month)


def money(words: str) -> Decimal:
    return Decimal(words)
