"""What the lake holds: one query a table, summed up by day in the engine and by account here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gouvernail.warehouse.engine import Engine
from gouvernail.warehouse.records import Coverage
from gouvernail.warehouse.tables import TABLES, Table

Row = Mapping[str, Any]


def coverage(engine: Engine) -> tuple[Coverage, ...]:
    """Return the coverage of every source, account and table, in that order."""
    return coverage_of(days_of(engine))


def days_of(engine: Engine) -> Mapping[str, Sequence[Row]]:
    """Return, for every table with rows, what `by_day` says of it; one question a table."""
    return {table.name: by_day(engine, table) for table in TABLES.values() if not engine.is_empty(table.name)}


def coverage_of(days: Mapping[str, Sequence[Row]]) -> tuple[Coverage, ...]:
    """Return the coverage that the rows of `days_of` tell."""
    found = [item for name, rows in days.items() for item in _of_table(TABLES[name], rows)]
    return tuple(sorted(found, key=lambda item: (item.source, item.account, item.table)))


def _of_table(table: Table, days: Sequence[Row]) -> Iterable[Coverage]:
    groups: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in days:
        groups[row["source"], row["account"]].append(row)
    for (source, account), rows in groups.items():
        yield _coverage(source, account, table, rows)


def by_day(engine: Engine, table: Table) -> list[dict[str, Any]]:
    """Return rows and sums of a table by source, account, days covered, cut and currency.

    `rows_in_all` counts the rows; sums bear the names of the table's summable columns.
    """
    facts = engine.table(table.name)
    keys = [
        name for name in ("source", "account", "day", "until", "cut", "currency") if name in facts.columns
    ]
    sums = {name: facts[name].sum() for name in table.summable}
    query = facts.group_by(keys).aggregate(rows_in_all=facts.count(), **sums)
    rows: list[dict[str, Any]] = engine.execute(query).to_pylist()
    return rows


def _coverage(source: str, account: str, table: Table, rows: Sequence[Row]) -> Coverage:
    days = [(row["day"], row.get("until") or row["day"]) for row in rows if row["day"]]
    currencies = {row["currency"] for row in rows if row.get("currency")}
    return Coverage(
        source,
        account,
        table.name,
        sum(row["rows_in_all"] for row in rows),
        min((first for first, _ in days), default=None),
        max((last for _, last in days), default=None),
        _missing(days),
        _totals(table, _best_cut(table, rows), mixed=len(currencies) > 1),
        currencies.pop() if len(currencies) == 1 else None,
    )


def _missing(days: Iterable[tuple[date, date]]) -> int:
    missing, reached = 0, None
    for first, last in sorted(days):
        if reached is not None and first > reached:
            missing += (first - reached).days - 1
        reached = max(last, reached) if reached else last
    return missing


def _best_cut(table: Table, rows: Sequence[Row]) -> Sequence[Row]:
    """Keep the rows of one cut, so that nothing is totalled twice."""
    for cut in table.cuts:
        if chosen := [row for row in rows if row["cut"] == cut]:
            return chosen
    return rows


def _totals(table: Table, rows: Sequence[Row], *, mixed: bool) -> dict[str, Decimal]:
    totals = {}
    for name in table.summable:
        if mixed and table.column(name).type == "money":
            continue
        values = [row[name] for row in rows if row[name] is not None]
        if values:
            totals[name] = sum((Decimal(str(value)) for value in values), Decimal(0))
    return totals
