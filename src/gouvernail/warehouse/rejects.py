"""Rejected rows as a table: the reason keeps its template and typed values, so it renders in any language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from gouvernail.base.money import Money
from gouvernail.base.text import Text
from gouvernail.base.values import Number, Ratio
from gouvernail.warehouse.records import Rejected, RejectedRow
from gouvernail.warehouse.schema import REJECTS, arrow_schema


def rejects_batch(rejects: Iterable[Rejected], import_id: str) -> pa.RecordBatch:
    """Return rejects as rows of the `rejects` table."""
    rows = [
        (import_id, reject.line, reject.column, reject.value, _written(reject.reason)) for reject in rejects
    ]
    columns = list(zip(*rows, strict=True)) or [()] * 5
    schema = arrow_schema(REJECTS)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def rejected_rows(rows: pa.Table) -> tuple[RejectedRow, ...]:
    """Return the rows of the `rejects` table as values, in file order."""
    found = [
        RejectedRow(row["line"], row["column"], row["value"], _read(row["reason"]))
        for row in rows.to_pylist()
    ]
    return tuple(sorted(found, key=lambda row: (row.line, row.column)))


def _written(reason: Text) -> str:
    return json.dumps(_pack(reason), ensure_ascii=False)


def _read(words: str) -> Text:
    packed = json.loads(words)
    values = {name: _unpack(part) for name, part in packed["values"].items()}
    return Text(packed["text"], values, packed["plural"])


def _pack(value: Any) -> Any:
    match value:
        case Text():
            values = {name: _pack(part) for name, part in value.values.items()}
            return {"text": value.template, "values": values, "plural": value.plural}
        case Money():
            return {"money": str(value.amount), "currency": value.currency}
        case Ratio() | Number():
            return {type(value).__name__.lower(): value.value, "digits": value.digits}
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return {"date": value.isoformat()[:10]}
        case list() | tuple():
            return [_pack(part) for part in value]
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)


def _unpack(value: Any) -> Any:
    match value:
        case {"text": template, "values": values, "plural": plural}:
            return Text(template, {name: _unpack(part) for name, part in values.items()}, plural)
        case {"money": amount, "currency": currency}:
            return Money(Decimal(amount), currency)
        case {"ratio": number, "digits": digits}:
            return Ratio(number, digits)
        case {"number": number, "digits": digits}:
            return Number(number, digits)
        case {"decimal": number}:
            return Decimal(number)
        case {"date": day}:
            return date.fromisoformat(day)
        case list():
            return [_unpack(part) for part in value]
        case _:
            return value
