"""Raw text to canonical rows: one SQL query types every column of a sheet at once, streaming.

A `Reading` says where each canonical column comes from. A large file is read by the short way (`plain`), which hands
over the rows that need care; those, small files, and files where such rows are many are read by `careful`.
Either way the engine types all columns in one pass and only wrong rows are looked at in Python.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T
from gouvernail.sources.canonical import canonical_rows, empty, schema, with_channels
from gouvernail.sources.careful import careful_query
from gouvernail.sources.cells import Cell, Kind, Reading, literal
from gouvernail.sources.plain import missing_tokens, plain_query
from gouvernail.sources.protocol import Chunk, Context
from gouvernail.sources.reading import Sheet
from gouvernail.sources.reading.sheet import MemorySheet
from gouvernail.sources.rejects import MAX_REJECTS, Wrong, broken_shapes, set_aside, wrong_cells

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = [
    "BATCH", "MAX_REJECTS", "Cell", "Kind", "Reading", "empty", "literal", "read_rows", "schema", "with_channels",
]  # fmt: skip
BATCH = 122_880
MOSTLY_PLAIN = 0.2
"""Share of rows that may need care before the careful way alone is the shorter one."""
_BUFFER = "32MB"
"""What the engine may read ahead while a batch is being stored."""
Typed = tuple["pa.RecordBatch", "pa.Array", list[Wrong]]
"""Typed columns of the good rows, their places below the header, and the wrong rows."""


def read_rows(sheet: Sheet, reading: Reading, context: Context) -> Iterator[Chunk]:
    """Yield the canonical rows of a sheet, then the rejects with their physical lines.

    Raises:
        SourceError: the engine cannot go through the file.
    """
    import duckdb

    wrong: list[Wrong] = []
    rejected = 0
    with duckdb.connect() as connection:
        connection.execute(f"SET streaming_buffer_size = '{_BUFFER}'")
        try:
            for batch, places, some in _typed(connection, sheet, reading, context):
                rejected += len(some)
                wrong += some[: MAX_REJECTS - len(wrong)]
                yield Chunk(reading.table, canonical_rows(batch, places, reading, context.own_traffic))
            aside = set_aside(connection)
        except duckdb.Error as error:
            raise SourceError(
                T("The file cannot be read to its end: {why}", why=str(error).splitlines()[0][:200])
            ) from error
    rejects = (*wrong_cells(sheet, reading, wrong, aside), *broken_shapes(sheet), *aside)
    if rejects:
        count = rejected + len(sheet.faults) + len(aside)
        yield Chunk(reading.table, empty(reading.table), rejects[:MAX_REJECTS], count)


def _typed(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, reading: Reading, context: Context
) -> Iterator[Typed]:
    width = len(reading.names)
    relation = sheet.relation(connection, reading.header, width)
    spill = width if sheet.spills else None
    if isinstance(sheet, MemorySheet):
        yield from _all_with_care(connection, careful_query(relation, reading, context, spill))
        return
    # A blank row lacks the cells that are required, so the short way sets it aside without a test of its own.
    cared = replace(reading, skip=_skip_blank(reading))
    short = reading if any(cell.required for cell in reading.cells) else cared
    with_care = careful_query("odd_rows", cared, context, spill)
    raw = sorted({int(i) for i in re.findall(r"\bc(\d+)\b", with_care) if int(i) <= width})
    tokens = missing_tokens(sheet.head[reading.header + 1 :], raw, reading)
    batches = connection.execute(plain_query(relation, short, context, tokens, raw)).to_arrow_reader(BATCH)
    first = next(batches, None)
    if first is None or first.num_rows - first.column("_raw").null_count > MOSTLY_PLAIN * first.num_rows:
        yield from _all_with_care(connection, careful_query(relation, cared, context, spill))
        return
    place = 1
    with connection.cursor() as beside:
        for batch in itertools.chain((first,), batches):
            yield _few_with_care(beside, with_care, raw, batch, _places(place, batch.num_rows))
            place += batch.num_rows


def _skip_blank(reading: Reading) -> str:
    """A row of which every cell that is read is blank is no row, as in a small file."""
    read = dict.fromkeys(position for cell in reading.cells for position in cell.raw)
    blank = f"coalesce({', '.join(f'c{i}' for i in read)}) IS NULL"
    return f"({reading.skip}) OR {blank}" if reading.skip else blank


def _all_with_care(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[Typed]:
    place = 1
    for batch in connection.execute(query).to_arrow_reader(BATCH):
        yield _split(batch, _places(place, batch.num_rows))
        place += batch.num_rows


def _few_with_care(
    connection: duckdb.DuckDBPyConnection, query: str, raw: list[int], batch: pa.RecordBatch, places: pa.Array
) -> Typed:
    """Return the plain rows of a batch together with its odd ones, read with care, in the order of the file."""
    import pyarrow as pa
    import pyarrow.compute as pc

    odd = pc.is_valid(batch.column("_raw"))
    skip = batch.column("_skip")
    if odd.true_count == 0 and skip.true_count == 0:
        return batch, places, []
    plain = pc.invert(pc.or_(odd, skip))
    good, where = batch.filter(plain), places.filter(plain)
    if odd.true_count == 0:
        return good, where, []
    cells = batch.column("_raw").filter(odd).flatten()
    columns = {f"c{i}": cells[n :: len(raw)] for n, i in enumerate(raw)}
    connection.register("odd_rows", pa.table(columns))
    read = pa.Table.from_batches(list(connection.execute(query).to_arrow_reader(BATCH))).combine_chunks()
    mended, at, wrong = _split(read.to_batches()[0], places.filter(odd))
    names = [name for name in mended.schema.names if not name.startswith("_")]
    both = pa.concat_batches([good.select(names), mended.select(names)])
    order = pc.sort_indices(pa.concat_arrays([where, at]))
    return both.take(order), pa.concat_arrays([where, at]).take(order), wrong


def _places(first: int, count: int) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    return pa.array(np.arange(first, first + count, dtype=np.int64))


def _split(batch: pa.RecordBatch, places: pa.Array) -> Typed:
    """Return the good rows of a carefully read batch, and the wrong ones."""
    import pyarrow.compute as pc

    wrong, skip = batch.column("_wrong"), batch.column("_skip")
    if wrong.null_count == batch.num_rows and skip.true_count == 0:
        return batch, places, []
    good = pc.and_(pc.is_null(wrong), pc.invert(skip))
    faulty = pc.and_(pc.is_valid(wrong), pc.invert(skip))
    codes, values = wrong.filter(faulty).to_pylist(), batch.column("_value").filter(faulty).to_pylist()
    some = list(zip(places.filter(faulty).to_pylist(), codes, values, strict=True))
    return batch.filter(good), places.filter(good), some
