"""Typed rows in the form of a canonical table: its columns in order, constants filled in, channels told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gouvernail.sources.cells import Reading

if TYPE_CHECKING:
    import pyarrow as pa


def schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a canonical table's chunks: that of the lake, without `import_id`."""
    from gouvernail.warehouse.schema import arrow_schema

    whole = arrow_schema(table)
    return whole.remove(whole.get_field_index("import_id"))


def empty(table: str) -> pa.RecordBatch:
    """Return no row of a canonical table."""
    import pyarrow as pa

    form = schema(table)
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in form], schema=form)


def canonical_rows(
    batch: pa.RecordBatch, places: pa.Array, reading: Reading, own_traffic: Mapping[str, str] | None = None
) -> pa.RecordBatch:
    """Return typed rows as rows of the reading's table; `places` are their 1-based places below the header."""
    import pyarrow as pa

    form = schema(reading.table)
    fixed = {"source": reading.source, "account": reading.account or None, **reading.constants}
    present = set(batch.schema.names)

    def column(name: str, kind: pa.DataType) -> pa.Array:
        if name == "source_row":
            return places
        if name in present:
            found = batch.column(name)
            filled = found if found.type == kind else found.cast(kind)
            return filled.fill_null(pa.scalar(fixed[name], kind)) if fixed.get(name) is not None else filled
        if name == "until" and name not in fixed:
            return batch.column("day") if "day" in present else pa.nulls(len(batch), kind)
        value = fixed.get(name)
        return pa.nulls(len(batch), kind) if value is None else pa.repeat(pa.scalar(value, kind), len(batch))

    arrays = [column(field.name, field.type) for field in form]
    return with_channels(pa.RecordBatch.from_arrays(arrays, schema=form), own_traffic)


def with_channels(batch: pa.RecordBatch, own_traffic: Mapping[str, str] | None = None) -> pa.RecordBatch:
    """Fill empty `channel` cells from source, medium, campaign and channel group, once per distinct combination.

    `own_traffic` (source → channel id) is what the organisation says of its sources, and comes first.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    names = [n for n in ("traffic_source", "medium", "campaign", "channel_group") if n in batch.schema.names]
    if "channel" not in batch.schema.names or batch.column("channel").null_count == 0 or len(names) < 2:
        return batch
    if all(batch.column(n).null_count == len(batch) for n in names if n != "campaign"):
        return batch
    from gouvernail.base.channels import classify

    blank = [batch.column(n).fill_null("") for n in names]
    keys = pc.binary_join_element_wise(*blank, "\x1f").dictionary_encode()
    found = [
        classify(
            told.get("traffic_source", ""),
            told.get("medium", ""),
            told.get("campaign", ""),
            told.get("channel_group", ""),
            own_traffic or {},
        )
        for key in keys.dictionary.to_pylist()
        for told in (dict(zip(names, key.split("\x1f"), strict=True)),)
    ]
    channels = pa.array([str(c) if c is not None else None for c in found], pa.string()).take(keys.indices)
    at = batch.schema.get_field_index("channel")
    return batch.set_column(at, "channel", pc.coalesce(batch.column("channel"), channels))
