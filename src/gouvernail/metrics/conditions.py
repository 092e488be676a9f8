"""What a measure keeps and counts, as expressions of the engine."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from gouvernail.metrics.rates import Rate, converted
from gouvernail.warehouse.tables import TABLES

if TYPE_CHECKING:
    import ibis

    from gouvernail.metrics.metric import Measure

PROMOTER, DETRACTOR = 9, 6
ADD_OVER_EVENTS = ("events", "key_events", "transactions", "revenue")
"""Figures of `web` that may be added over event names; one visit has many events. The cut `other` stacks
several tables of one report, which tell the same visits again: no total reads it."""


def dated(table: ibis.Table, column: str) -> Any:
    """Return the day of the fact: the column asked for, else `day` where it is empty."""
    return table["day"] if column == "day" else table[column].coalesce(table["day"])


def ended(table: ibis.Table, day: Any) -> Any:
    """Return the last day that a row covers."""
    return table["until"].coalesce(day) if "until" in table.columns else day


def holds(table: ibis.Table, measure: Measure) -> Any:
    """Return the condition under which a row belongs to the measure."""
    import ibis

    parts = [_among(table, name, values) for name, values in measure.where]
    parts += [table[name].notnull() & ~table[name].isin(values) for name, values in measure.without]
    parts += [table[name] <= limit for name, limit in measure.at_most]
    if measure.table == "web":
        apart = ("other",) if measure.column in ADD_OVER_EVENTS else ("other", "event")
        parts.append(~table["cut"].coalesce("date").isin(apart))
    if measure.column:
        parts.append(table[measure.column].notnull())
    if measure.since:
        parts.append(table[measure.since].notnull())
    return reduce(lambda a, b: a & b, parts, ibis.literal(True))


def quantity(table: ibis.Table, measure: Measure, day: Any, currency: str, rates: tuple[Rate, ...]) -> Any:
    """Return the column that is added up, in the organisation's currency where it is money."""
    if measure.since:
        return _elapsed(table, measure)
    column = table[str(measure.column)]
    if is_money(measure):
        return converted(table, str(measure.column), day, currency, rates)
    match measure.how:
        case "mean":
            return column.cast("float64")
        case "weighted_mean":
            return column.cast("float64") * table[str(measure.weight)].cast("float64")
        case "nps":
            promoter = (column >= PROMOTER).cast("int64")
            return (promoter - (column <= DETRACTOR).cast("int64")) * 100
        case _:
            return column


def is_money(measure: Measure) -> bool:
    """Whether the measure adds up amounts of a currency."""
    if not measure.table or not measure.column or measure.since:
        return False
    return TABLES[measure.table].column(measure.column).type == "money"


def _elapsed(table: ibis.Table, measure: Measure) -> Any:
    instants = TABLES[measure.table].column(str(measure.column)).type == "instant"
    end = table[str(measure.column)].cast("timestamp").epoch_seconds()
    start = table[str(measure.since)].cast("timestamp").epoch_seconds()
    return (end - start).cast("float64") / (3600.0 if instants else 86400.0)


def _among(table: ibis.Table, name: str, values: tuple[str, ...]) -> Any:
    column = table[name]
    if column.type().is_boolean():
        return column == (values == ("true",))
    # Only deals are asked for by cut; rows of an importer that names none are deals.
    return (column.coalesce("deals") if name == "cut" else column).isin(values)
