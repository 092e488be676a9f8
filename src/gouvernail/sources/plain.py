"""The short way from raw text to typed columns, for rows in which every cell is written plainly.

Plain is: an ISO day, a number without thousands, a word without blanks around it. The query tells for each
row whether that is so; only then its values count, and they are those that `careful` would give. The raw text of other rows
comes along, for `careful` to read. Clean exports are read at the engine's own speed in this way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gouvernail.sources.careful import canonical_columns, mapped, out_of_bounds, typed_cell, wrong_cell
from gouvernail.sources.cells import Cell, Reading, literal
from gouvernail.sources.protocol import Context
from gouvernail.sources.reading import Row
from gouvernail.sources.values import missing

Tokens = Mapping[int, Sequence[str]]
"""Raw column → the ways of writing "nothing" that its first rows show."""
_SOMETHING = re.compile(r"\w")
_MOST_TOKENS = 4
_BLANKS = (" ", "\u00a0", "\u202f", "\t", "\n", "\r")


def plain_query(relation: str, reading: Reading, context: Context, tokens: Tokens, raw: Sequence[int]) -> str:
    """Return the SQL of the typed columns with `_skip`, and `_raw`: the raw columns asked for, NULL in plain rows."""
    cells = reading.cells
    typed = ", ".join(f'{_typed(cell, context, tokens)} AS "{cell.column}"' for cell in cells)
    skip = f"coalesce({reading.skip}, false)" if reading.skip else "false"
    listed = ", ".join(f"c{i}" for i in raw)
    inner = f"SELECT {typed}, {listed}, {skip} AS _skip FROM {relation}"  # noqa: S608 - names and literals are ours
    kept, derived = canonical_columns(reading)
    odd = " OR ".join(f"({_odd(cell, context, tokens)})" for cell in cells)
    if len(reading.names) in raw:
        odd += f" OR c{len(reading.names)} <> ''"
    aside = f"CASE WHEN NOT _skip AND ({odd}) THEN [{listed}] END AS _raw"
    return f"SELECT {', '.join([*kept, *derived])}, _skip, {aside} FROM ({inner})"  # noqa: S608 - names and literals are ours


def missing_tokens(rows: Sequence[Row], raw: Sequence[int], reading: Reading) -> dict[int, list[str]]:
    """Return the marks of "nothing" (`--`) that stand in some rows of each raw column; words are left to `careful`."""
    words = {i for cell in reading.cells if cell.kind == "text" for i in cell.raw}
    found: dict[int, list[str]] = {}
    for column in raw:
        known = missing.WORDS if column in words else missing.NUMBERS
        values = {row.cells[column] for row in rows if column < len(row.cells)} - {""}
        found[column] = sorted(v for v in values if v.strip(" ") in known and not _SOMETHING.search(v))[
            :_MOST_TOKENS
        ]
    return found


def _is_short(cell: Cell) -> bool:
    """Whether this module has a way of its own to read the cell."""
    if len(cell.raw) > 1 or (cell.kind in ("day", "instant") and cell.style != "iso"):
        return False
    return cell.kind in ("text", "currency", "day", "instant", "count", "decimal", "money", "cost")


def _absent(cell: Cell, tokens: Tokens) -> str:
    raw = f"c{cell.raw[0]}"
    return " OR ".join(f"{raw} = {literal(token)}" for token in ("", *tokens.get(cell.raw[0], ())))


def _typed(cell: Cell, context: Context, tokens: Tokens) -> str:
    if not _is_short(cell):
        return typed_cell(cell, context)
    raw = f"c{cell.raw[0]}"
    match cell.kind:
        case "text":
            return mapped(cell, f"CASE WHEN {_absent(cell, tokens)} THEN NULL ELSE {raw} END")
        case "currency":
            return f"nullif({raw}, '')"
        case "day":
            return f"CASE WHEN strlen({raw}) = 10 THEN TRY_CAST({raw} AS DATE) END"
        case "instant":
            return f"CASE WHEN strlen({raw}) <= 19 THEN TRY_CAST({raw} AS TIMESTAMP) END"
        case "count":
            return f"CASE WHEN NOT contains({raw}, '.') THEN TRY_CAST({raw} AS BIGINT) END"
        case "decimal":
            return f"CAST({_decimal(cell, raw)} AS DOUBLE)"
    return _decimal(cell, raw)


def _decimal(cell: Cell, raw: str) -> str:
    quick = f"TRY_CAST({raw} AS DECIMAL(18, 6))"
    if cell.mark == ",":
        bare = f"TRY_CAST(replace({raw}, ',', '.') AS DECIMAL(18, 6))"
        quick = f"CASE WHEN regexp_full_match({raw}, '-?[0-9]+(,[0-9]+)?') THEN {bare} END"
    return f"CAST({quick} AS DECIMAL(20, 6))"


def _odd(cell: Cell, context: Context, tokens: Tokens) -> str:
    """Return the SQL condition under which the short way may not be trusted for this cell."""
    if not _is_short(cell):
        return f"{wrong_cell(0, cell, context)} IS NOT NULL"
    raw, column = f"c{cell.raw[0]}", f'"{cell.column}"'
    conditions = [f"{raw} IS NULL OR {_absent(cell, tokens)}"] if cell.required else []
    if cell.kind == "text":
        conditions.append(f"NOT ({_absent(cell, tokens)}) AND ({_untidy(raw)})")
    elif cell.kind == "currency":
        conditions.append(
            f"strlen({raw}) <> 3 AND {raw} <> '' OR {raw} < 'AAA' AND {raw} <> '' OR {raw} > 'ZZZ' OR upper({raw}) <> {raw} OR suffix({raw}, ' ')"
        )
    else:
        conditions.append(f"{column} IS NULL AND NOT ({_absent(cell, tokens)})")
        if bound := out_of_bounds(cell, context):
            conditions.append(bound)
    return " OR ".join(f"({condition})" for condition in conditions)


def _untidy(raw: str) -> str:
    """Blanks around the words, or one of the words for nothing."""
    ends = " OR ".join(f"suffix({raw}, {literal(blank)})" for blank in _BLANKS)
    nothing = " OR ".join(f"lower({raw}) = {literal(word)}" for word in missing.WORDS if word)
    starts = f"starts_with({raw}, '\u00a0') OR starts_with({raw}, '\u202f')"
    return (
        f"{raw} < '!' OR {ends} OR CASE WHEN {raw} > '~' THEN {starts} ELSE false END "
        f"OR CASE WHEN strlen({raw}) <= 4 THEN {nothing} ELSE false END"
    )
