"""Raw text to canonical rows: one SQL query types every column of a sheet at once, streaming.

A `Reading` says where each canonical column comes from. The query casts all columns in one pass (the plain case is
one cast a cell) and marks, for each row, the first cell that is wrong and why. Only such rows are looked at
in Python, so that a clean file costs what the engine's own import costs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T, Text
from gouvernail.sources.protocol import Chunk, Context, Reject
from gouvernail.sources.reading import Sheet
from gouvernail.sources.values import dates, missing, numbers, persons
from gouvernail.warehouse.tables import TABLES

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Kind = Literal["text", "day", "instant", "count", "decimal", "money", "cost", "micros", "flag", "person", "currency"]
"""cost: money that cannot be negative · micros: millionths of the currency · person: hashed before it is stored."""
MAX_REJECTS = 10_000
SPILLED = 9
"""Code of a row that is wider than its header."""
BATCH = 122_880
_FUTURE_OK = frozenset({"closed", "due"})
"""Days that may lie ahead: the expected close of a deal, the due day of a task."""


@dataclass(frozen=True)
class Cell:
    """One column to make: its kind and the raw columns it is read from (several are multiplied)."""

    column: str
    kind: Kind
    raw: tuple[int, ...]
    required: bool = False
    values: Mapping[str, str] | None = None
    """Words of the file → words of the house; others keep theirs, or become `otherwise`."""
    otherwise: str | None = None
    mark: numbers.Mark = "."
    style: dates.Style = "iso"
    first: bool = False
    """Several raw columns: take the first that holds anything, instead of their product."""


@dataclass(frozen=True)
class Reading:
    """How the rows below `header` of a sheet become rows of `table`."""

    table: str
    source: str
    account: str
    header: int
    names: tuple[str, ...]
    """Headers as in the file, for messages."""
    cells: tuple[Cell, ...]
    constants: Mapping[str, Any] = field(default_factory=dict)
    derived: Mapping[str, str] = field(default_factory=dict)
    """Canonical column → SQL over the typed columns (quoted by name)."""
    skip: str | None = None
    """SQL condition over raw columns c0 …: totals, footers, rows the user leaves out."""


def read_rows(sheet: Sheet, reading: Reading, context: Context) -> Iterator[Chunk]:
    """Yield the canonical rows of a sheet, then the rejects with their physical lines.

    Raises:
        SourceError: the engine cannot go through the file.
    """
    import duckdb

    with duckdb.connect() as connection:
        query = _query(connection, sheet, reading, context)
        bad: list[tuple[int, int, str]] = []
        rejected = 0
        first = 1
        try:
            for batch in connection.execute(query).to_arrow_reader(BATCH):
                rows, wrong = _split(batch, reading, first)
                first += batch.num_rows
                rejected += len(wrong)
                bad += wrong[: MAX_REJECTS - len(bad)]
                yield Chunk(reading.table, rows)
            faults = _engine_faults(connection)
        except duckdb.Error as error:
            raise SourceError(
                T("The file cannot be read to its end: {why}", why=str(error).splitlines()[0][:200])
            ) from error
    rejects = (*_rejects(sheet, reading, bad), *_shape_rejects(sheet), *faults)
    if rejects:
        count = rejected + len(sheet.faults) + len(faults)
        yield Chunk(reading.table, empty(reading.table), rejects[:MAX_REJECTS], count)


def schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a canonical table's chunks: its columns and the house's, without `import_id`."""
    import pyarrow as pa

    types = {
        "text": pa.string(), "day": pa.date32(), "instant": pa.timestamp("us"), "count": pa.int64(),
        "decimal": pa.float64(), "money": pa.decimal128(20, 6), "flag": pa.bool_(),
    }  # fmt: skip
    house = [("source", pa.string()), ("account", pa.string()), ("source_row", pa.int64())]
    return pa.schema([*((column.name, types[column.type]) for column in TABLES[table].columns), *house])


def empty(table: str) -> pa.RecordBatch:
    """Return no row of a canonical table."""
    import pyarrow as pa

    form = schema(table)
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in form], schema=form)


def _query(connection: duckdb.DuckDBPyConnection, sheet: Sheet, reading: Reading, context: Context) -> str:
    relation = sheet.relation(connection, reading.header, len(reading.names))
    cells = reading.cells
    used = sorted({position for cell in cells for position in cell.raw})
    typed = ", ".join(f'{_typed(cell, context)} AS "{cell.column}"' for cell in cells)
    skip = f"coalesce({reading.skip}, false)" if reading.skip else "false"
    checks = [_check(number, cell, context) for number, cell in enumerate(cells)]
    if sheet.spills:
        used.append(len(reading.names))
        checks.insert(0, f"CASE WHEN c{used[-1]} <> '' THEN {SPILLED} END")
    wrong = f"coalesce({', '.join(checks)})" if len(checks) > 1 else checks[0]
    raw = "".join(f", c{i}" for i in used)
    inner = f"SELECT {typed}{raw}, {skip} AS _skip FROM {relation}"  # noqa: S608 - names and literals are ours
    kept = [f'"{cell.column}"' for cell in cells if not cell.column.startswith("_")]
    derived = [f'{sql} AS "{column}"' for column, sql in reading.derived.items()]
    shown = " ".join(f"WHEN {n} THEN {_shown(cell)}" for n, cell in enumerate(cells))
    outer = f"SELECT {', '.join([*kept, *derived])}, _skip, {wrong} AS _wrong{raw} FROM ({inner})"  # noqa: S608 - names and literals are ours
    columns = [*kept, *(f'"{column}"' for column in reading.derived)]
    spilled = f"WHEN _wrong = {SPILLED} THEN c{len(reading.names)} " if sheet.spills else ""
    value = f"CASE WHEN _wrong IS NULL THEN NULL {spilled}ELSE CASE _wrong // 10 {shown} END END AS _value"
    return f"SELECT {', '.join(columns)}, _skip, _wrong, {value} FROM ({outer})"  # noqa: S608 - names and literals are ours


def _shown(cell: Cell) -> str:
    return " || ' × ' || ".join(f"coalesce(c{i}, '')" for i in cell.raw)


def _typed(cell: Cell, context: Context) -> str:
    parts = [_typed_one(cell, f"c{i}", context) for i in cell.raw]
    if len(parts) == 1:
        return parts[0]
    if cell.first:
        return f"coalesce({', '.join(parts)})"
    kind = "DOUBLE" if cell.kind == "decimal" else "BIGINT" if cell.kind == "count" else "DECIMAL(20, 6)"
    return f"CAST({' * '.join(parts)} AS {kind})"


def _typed_one(cell: Cell, raw: str, context: Context) -> str:
    match cell.kind:
        case "text":
            return _mapped(cell, missing.sql_words(raw))
        case "currency":
            return f"nullif(upper(left(trim({raw}), 3)), '')"
        case "day":
            return dates.sql_day(raw, cell.style, context.time_zone)
        case "instant":
            return dates.sql_instant(raw, cell.style, context.time_zone)
        case "count":
            return numbers.sql_count(raw, cell.mark)
        case "decimal":
            return f"CAST({numbers.sql_decimal(raw, cell.mark)} AS DOUBLE)"
        case "micros":
            return f"CAST(TRY_CAST({raw} AS BIGINT) / 1000000::DECIMAL(20, 6) AS DECIMAL(20, 6))"
        case "flag":
            return f"lower(trim({raw})) IN ('true', '1', 'yes', 'oui', 'vrai', 't', 'y')"
        case "person":
            return f"CASE WHEN NOT {missing.sql_missing(raw)} THEN {persons.sql_pseudonym(raw, context.secret)} END"
        case _:
            return numbers.sql_decimal(raw, cell.mark)


def _mapped(cell: Cell, text: str) -> str:
    if cell.values is None:
        return text
    cases = " ".join(f"WHEN {literal(old.casefold())} THEN {literal(new)}" for old, new in cell.values.items())
    rest = text if cell.otherwise is None else f"CASE WHEN {text} IS NOT NULL THEN {literal(cell.otherwise)} END"
    return f"CASE lower({text}) {cases} ELSE {rest} END" if cases else rest


def literal(words: str) -> str:
    """Return words as a SQL literal."""
    return "'" + words.replace("'", "''") + "'"


def _check(number: int, cell: Cell, context: Context) -> str:
    """Return the SQL of `number * 10 + reason`, NULL where the cell is right. Reasons: see `_REASONS`."""
    column, base = f'"{cell.column}"', number * 10
    if cell.kind in ("text", "currency", "flag", "person"):
        return f"CASE WHEN {column} IS NULL THEN {base + 4} END" if cell.required else "NULL::INTEGER"
    absent = f" {'AND' if cell.first else 'OR'} ".join(missing.sql_missing(f"c{i}") for i in cell.raw)
    nothing = f"{base + 4}" if cell.required else "NULL"
    unread = f"CASE WHEN {absent} THEN {nothing} ELSE {base + 1} END"
    rule = "NULL"
    if cell.kind in ("cost", "micros"):
        rule = f"CASE WHEN {column} < 0 THEN {base + 2} END"
    elif cell.kind in ("day", "instant") and cell.column not in _FUTURE_OK:
        # A day of margin: the clock of an export may run ahead of ours by a time zone.
        rule = f"CASE WHEN {column} >= DATE '{context.today.isoformat()}' + 2 THEN {base + 3} END"
    return f"CASE WHEN {column} IS NULL THEN {unread} ELSE {rule} END"


def _split(batch: pa.RecordBatch, reading: Reading, first: int) -> tuple[pa.RecordBatch, list[tuple[int, int, str]]]:
    """Return the good rows in canonical form, and (row, code, raw value) of the wrong ones."""
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers_ = pa.array(range(first, first + batch.num_rows), pa.int64())
    wrong, skip = batch.column("_wrong"), batch.column("_skip")
    bad: list[tuple[int, int, str]] = []
    if wrong.null_count < batch.num_rows or pc.any(skip).as_py():
        good = pc.and_(pc.is_null(wrong), pc.invert(skip))
        faulty = pc.and_(pc.is_valid(wrong), pc.invert(skip))
        some = batch.filter(faulty)
        bad = list(
            zip(
                numbers_.filter(faulty).to_pylist(), some.column("_wrong").to_pylist(),
                some.column("_value").to_pylist(), strict=True,
            )
        )  # fmt: skip
        batch, numbers_ = batch.filter(good), numbers_.filter(good)
    return _canonical(batch, numbers_, reading), bad


def _canonical(batch: pa.RecordBatch, numbers_: pa.Array, reading: Reading) -> pa.RecordBatch:
    import pyarrow as pa

    form = schema(reading.table)
    fixed = {"source": reading.source, "account": reading.account or None, **reading.constants}
    present = set(batch.schema.names)

    def column(name: str, kind: pa.DataType) -> pa.Array:
        if name == "source_row":
            return numbers_
        if name in present:
            found = batch.column(name)
            filled = found if found.type == kind else found.cast(kind)
            return filled.fill_null(pa.scalar(fixed[name], kind)) if fixed.get(name) is not None else filled
        if name == "until" and name not in fixed:
            return batch.column("day") if "day" in present else pa.nulls(len(batch), kind)
        value = fixed.get(name)
        return pa.nulls(len(batch), kind) if value is None else pa.repeat(pa.scalar(value, kind), len(batch))

    arrays = [column(field.name, field.type) for field in form]
    return with_channels(pa.RecordBatch.from_arrays(arrays, schema=form))


def with_channels(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Fill empty `channel` cells from source, medium, campaign and channel group, once per distinct combination."""
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
        classify(told.get("traffic_source", ""), told.get("medium", ""), told.get("campaign", ""), told.get("channel_group", ""))
        for key in keys.dictionary.to_pylist()
        for told in (dict(zip(names, key.split("\x1f"), strict=True)),)
    ]
    channels = pa.array([str(c) if c is not None else None for c in found], pa.string()).take(keys.indices)
    at = batch.schema.get_field_index("channel")
    return batch.set_column(at, "channel", pc.coalesce(batch.column("channel"), channels))


def _reason(code: int, cell: Cell) -> Text:
    if code == SPILLED:
        return T("more cells than headers")
    match code % 10:
        case 2:
            return T("negative spend")
        case 3:
            return T("date in the future")
        case 4:
            return T("nothing where a value is needed")
    if cell.kind in ("day", "instant"):
        return T("not a date")
    return T("not a whole number") if cell.kind in ("count", "micros") else T("not a number")


def _rejects(sheet: Sheet, reading: Reading, bad: list[tuple[int, int, str]]) -> tuple[Reject, ...]:
    if not bad:
        return ()
    lines = sheet.lines(reading.header, [row for row, _, _ in bad])
    cells = reading.cells
    return tuple(
        Reject(
            lines.get(row, 0),
            "" if code == SPILLED else " × ".join(reading.names[i] for i in cells[code // 10].raw),
            (value or "")[:200],
            _reason(code, cells[code // 10]),
        )
        for row, code, value in bad
    )


def _shape_rejects(sheet: Sheet) -> tuple[Reject, ...]:
    words = {
        "unclosed": T("a quote opens here and is never closed; nothing after it was read"),
        "not_json": T("not a JSON object"),
    }
    return tuple(Reject(fault.line, "", fault.value, words[fault.kind]) for fault in sheet.faults)


def _engine_faults(connection: duckdb.DuckDBPyConnection) -> tuple[Reject, ...]:
    """The rows of a large CSV that the engine set aside for their shape."""
    import duckdb

    try:
        query = "SELECT line, any_value(csv_line), min(error_type) FROM reject_errors GROUP BY line ORDER BY line"
        found = connection.execute(query).fetchall()
    except duckdb.CatalogException:
        return ()
    words = {
        "TOO MANY COLUMNS": T("more cells than headers"),
        "MISSING COLUMNS": T("fewer cells than headers"),
        "UNQUOTED VALUE": T("a quote opens here and is never closed; nothing after it was read"),
    }
    return tuple(
        Reject(int(line), "", str(text or "")[:200], words.get(str(kind), T("a row that cannot be read")))
        for line, text, kind in itertools.islice(found, MAX_REJECTS)
    )


