"""Arrow schemas of the canonical tables, and the shaping of incoming rows to them."""

from __future__ import annotations

from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from gouvernail.base.errors import WarehouseError
from gouvernail.base.text import T
from gouvernail.warehouse.tables import HOUSE, TABLES, Column, Table

_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "day": pa.date32(),
    "instant": pa.timestamp("us"),
    "count": pa.int64(),
    "decimal": pa.float64(),
    "money": pa.decimal128(20, 6),
    "flag": pa.bool_(),
}

REJECTS = "rejects"
_REJECTS = pa.schema(
    [
        ("import_id", pa.string()),
        ("line", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("reason", pa.string()),
    ]
)


def columns_of(table: Table) -> tuple[Column, ...]:
    """Return every stored column: the table's own, then the four of the house."""
    return (*table.columns, *HOUSE)


@cache
def arrow_schema(table: str | Table) -> pa.Schema:
    """Return the Arrow schema of a canonical table (by name or itself), or of `rejects`.

    Raises:
        KeyError: no such table.
    """
    if table == REJECTS:
        return _REJECTS
    known = TABLES[table] if isinstance(table, str) else table
    return pa.schema([(column.name, _TYPES[column.type]) for column in columns_of(known)])


def conform(rows: pa.RecordBatch, table: str, *, source: str, account: str, import_id: str) -> pa.RecordBatch:
    """Return `rows` with exactly the columns and types of `table`.

    Missing columns are null; `source`, `account` and `until` are filled where null.

    Raises:
        WarehouseError: a column that the table does not have, or values of another type.
    """
    schema = arrow_schema(table)
    unknown = [name for name in rows.schema.names if name not in schema.names]
    if unknown:
        raise WarehouseError(
            T(
                "The table {table} has no column {columns}.",
                table=table,
                columns=unknown,
            )
        )
    constants = {"source": source, "account": account}
    arrays: dict[str, pa.Array] = {}
    for field in schema:
        array = _cast(rows, field, table)
        if field.name == "import_id":
            array = pa.repeat(pa.scalar(import_id, pa.string()), rows.num_rows)
        elif field.name in constants and array.null_count:
            array = pc.fill_null(array, constants[field.name])
        elif field.name == "until" and array.null_count:
            array = pc.coalesce(array, arrays["day"])
        arrays[field.name] = array
    return pa.RecordBatch.from_arrays(list(arrays.values()), schema=schema)


def with_all_columns(rows: pa.RecordBatch, table: str) -> pa.RecordBatch:
    """Return rows of a table as an older program wrote them, with the columns that are newer: they are null."""
    schema = arrow_schema(table)
    if rows.schema.names == schema.names:
        return rows
    return pa.RecordBatch.from_arrays([_cast(rows, field, table) for field in schema], schema=schema)


def _cast(rows: pa.RecordBatch, field: pa.Field, table: str) -> pa.Array:
    index = rows.schema.get_field_index(field.name)
    if index < 0:
        return pa.nulls(rows.num_rows, field.type)
    array = rows.column(index)
    if array.type == field.type:
        return array
    try:
        return array.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise WarehouseError(
            T(
                "The column {column} of {table} holds values of another type: {reason}",
                column=field.name,
                table=table,
                reason=str(error),
            )
        ) from error
