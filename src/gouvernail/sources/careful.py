"""The careful way from raw text to typed columns: whatever an export may write, read or refused with its reason.

It costs several microseconds a cell, and defines what a cell means; `plain` is the short way for rows where nothing
of this is needed.
"""

from __future__ import annotations

from gouvernail.sources.cells import Cell, Reading, literal
from gouvernail.sources.protocol import Context
from gouvernail.sources.values import dates, missing, numbers, persons, yes_no

SPILLED = 9
"""Code of a row that is wider than its header."""
PEOPLE = frozenset({"exposures", "conversions"})
"""Counts of people, which cannot be below zero; corrections may be, of other figures."""
FUTURE_OK = frozenset({"closed", "due", "ended"})
"""Days that may lie ahead: the expected close of a deal, the due day of a task, the end of
a holdout."""


def careful_query(relation: str, reading: Reading, context: Context, spill: int | None) -> str:
    """Return the SQL of the typed columns of every row, with three columns besides.

    `_skip`: the row is to be left out · `_wrong`: NULL, or number of the first wrong cell × 10 + reason (see
    `rejects`) · `_value`: raw text of that cell. `spill` is the raw column of what stands beyond the headers.
    """
    cells = reading.cells
    used = sorted({position for cell in cells for position in cell.raw})
    typed = ", ".join(f'{typed_cell(cell, context)} AS "{cell.column}"' for cell in cells)
    skip = f"coalesce({reading.skip}, false)" if reading.skip else "false"
    checks = [wrong_cell(number, cell, context) for number, cell in enumerate(cells)]
    if spill is not None:
        used.append(spill)
        checks.insert(0, f"CASE WHEN c{spill} <> '' THEN {SPILLED} END")
    wrong = f"coalesce({', '.join(checks)})" if len(checks) > 1 else checks[0]
    raw = "".join(f", c{i}" for i in used)
    inner = f"SELECT {typed}{raw}, {skip} AS _skip FROM {relation}"  # noqa: S608 - names and literals are ours
    kept, derived = canonical_columns(reading)
    shown = " ".join(f"WHEN {n} THEN {_shown(cell)}" for n, cell in enumerate(cells))
    outer = f"SELECT {', '.join([*kept, *derived])}, _skip, {wrong} AS _wrong{raw} FROM ({inner})"  # noqa: S608 - names and literals are ours
    columns = [*kept, *(f'"{column}"' for column in reading.derived)]
    spilled = f"WHEN _wrong = {SPILLED} THEN c{spill} " if spill is not None else ""
    value = f"CASE WHEN _wrong IS NULL THEN NULL {spilled}ELSE CASE _wrong // 10 {shown} END END AS _value"
    return f"SELECT {', '.join(columns)}, _skip, _wrong, {value} FROM ({outer})"  # noqa: S608 - names and literals are ours


def canonical_columns(reading: Reading) -> tuple[list[str], list[str]]:
    """Return the SQL of the columns kept as they were typed, and of those derived from them."""
    kept = [f'"{cell.column}"' for cell in reading.cells if not cell.column.startswith("_")]
    return kept, [f'{sql} AS "{column}"' for column, sql in reading.derived.items()]


def typed_cell(cell: Cell, context: Context) -> str:
    """Return the SQL of a cell's value, NULL where it holds nothing or is wrong."""
    parts = [_typed_one(cell, f"c{i}", context) for i in cell.raw]
    if len(parts) == 1:
        return parts[0]
    if cell.first:
        return f"coalesce({', '.join(parts)})"
    kind = "DOUBLE" if cell.kind == "decimal" else "BIGINT" if cell.kind == "count" else "DECIMAL(20, 6)"
    return f"CAST({' * '.join(parts)} AS {kind})"


def mapped(cell: Cell, text: str) -> str:
    """Return the SQL of the house's word for a cell of words."""
    if cell.values is None:
        return text
    cases = " ".join(
        f"WHEN {literal(old.casefold())} THEN {literal(new)}" for old, new in cell.values.items()
    )
    rest = (
        text if cell.otherwise is None else f"CASE WHEN {text} IS NOT NULL THEN {literal(cell.otherwise)} END"
    )
    return f"CASE lower({text}) {cases} ELSE {rest} END" if cases else rest


def wrong_cell(number: int, cell: Cell, context: Context) -> str:
    """Return the SQL of `number * 10 + reason` over typed and raw columns, NULL where the cell is right."""
    column, base = f'"{cell.column}"', number * 10
    if cell.kind in ("text", "currency", "flag", "person"):
        return f"CASE WHEN {column} IS NULL THEN {base + 4} END" if cell.required else "NULL::INTEGER"
    absent = f" {'AND' if cell.first else 'OR'} ".join(missing.sql_missing(f"c{i}") for i in cell.raw)
    nothing = f"{base + 4}" if cell.required else "NULL"
    unread = f"CASE WHEN {absent} THEN {nothing} ELSE {base + 1} END"
    bound = out_of_bounds(cell, context)
    reason = {"cost": 2, "micros": 2, "count": 5}.get(cell.kind, 3)
    rule = f"CASE WHEN {bound} THEN {base + reason} END" if bound else "NULL"
    return f"CASE WHEN {column} IS NULL THEN {unread} ELSE {rule} END"


def out_of_bounds(cell: Cell, context: Context) -> str | None:
    """Return the SQL condition of a value that no export can hold: spend or people below zero, a day not come yet."""
    if cell.kind in ("cost", "micros") or (cell.kind == "count" and cell.column in PEOPLE):
        return f'"{cell.column}" < 0'
    if cell.kind in ("day", "instant") and cell.column not in FUTURE_OK:
        # A day of margin: the clock of an export may run ahead of ours by a time zone.
        return f"\"{cell.column}\" >= DATE '{context.today.isoformat()}' + 2"
    return None


def _shown(cell: Cell) -> str:
    return " || ' × ' || ".join(f"coalesce(c{i}, '')" for i in cell.raw)


def _typed_one(cell: Cell, raw: str, context: Context) -> str:
    match cell.kind:
        case "text":
            return mapped(cell, missing.sql_words(raw))
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
        case "yes_no":
            return yes_no.sql_yes_no(mapped(cell, missing.sql_words(raw)) if cell.values else raw)
        case "person":
            return f"CASE WHEN NOT {missing.sql_missing(raw)} THEN {persons.sql_pseudonym(raw, context.secret)} END"
        case _:
            return numbers.sql_decimal(raw, cell.mark)
