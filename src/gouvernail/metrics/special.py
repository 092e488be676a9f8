"""Measures that one grouped sum cannot give: first times, open deals, influence, typed observations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gouvernail.base.periods import Period
from gouvernail.metrics.cells import Cell, Question, bucketed
from gouvernail.metrics.conditions import dated, holds
from gouvernail.metrics.metric import Measure
from gouvernail.metrics.rates import Rate, converted

if TYPE_CHECKING:
    import ibis

    from gouvernail.metrics.stock import Chosen

INFLUENCE_DAYS = 90


def first_times(engine: Any, chosen: Chosen, question: Question) -> dict[date | None, Cell]:
    """Return how many keys (people, companies, deals) appear for the first time in each bucket."""
    table, measure = _own(engine, chosen), chosen.measure
    table = table.filter(holds(table, measure)).mutate(fact_day=dated(table, measure.day))
    firsts = table.group_by(table[str(measure.column)].name("who")).aggregate(fact_day=table.fact_day.min())
    firsts = bucketed(firsts, question, firsts.fact_day)
    found = firsts.group_by("fact_bucket").aggregate(n=firsts.count())
    return {
        row["fact_bucket"] if question.grain else None: Cell(row["n"], None, row["n"], 0, row["n"])
        for row in engine.execute(found).to_pylist()
    }


def open_deals(
    engine: Any, chosen: Chosen, ends: tuple[Period, ...], currency: str, rates: tuple[Rate, ...]
) -> dict[date, Cell]:
    """Return the value of the deals open at the end of each period, by the period's first day.

    A deal is open from its creation (else its first row) until its first row won or lost.
    """
    import ibis

    table, measure = _own(engine, chosen), chosen.measure
    table = table.filter(table["cut"].coalesce("deals") == "deals")
    over = table["stage"].isin(("won", "lost"))
    day = dated(table, "closed")
    amount = converted(table, str(measure.column), table["day"], currency, rates)
    table = table.mutate(
        opened=dated(table, "created"), over_on=over.ifelse(day, ibis.null("date")), worth=amount
    )
    deals = table.group_by("deal_id").aggregate(
        opened=table.opened.min(), over_on=table.over_on.min(), worth=table.worth.argmax(table.day)
    )
    wanted: dict[str, Any] = {}
    for number, period in enumerate(ends):
        end = ibis.literal(period.end)
        is_open = (deals.opened <= end) & (deals.over_on.isnull() | (deals.over_on > end))
        wanted[f"t{number}"] = deals.worth.sum(where=is_open)
        wanted[f"n{number}"] = is_open.ifelse(1, 0).sum()
    row = engine.execute(deals.aggregate(**wanted)).to_pylist()[0]
    return {
        period.start: Cell(row[f"t{number}"] or Decimal(0), None, row[f"n{number}"] or 0, 0, 1)
        for number, period in enumerate(ends)
    }


def influenced(
    engine: Any, chosen: Chosen, question: Question, currency: str, rates: tuple[Rate, ...]
) -> dict[date | None, Cell]:
    """Return the revenue from people whom a marketing touch reached in the 90 days before they bought."""
    measure = chosen.measure
    sales = _own(engine, chosen)
    plain = Measure(measure.table, "sum", measure.column, where=measure.where)
    sales = sales.filter(holds(sales, plain))
    sales = bucketed(sales, question, sales.day).mutate(
        worth=converted(sales, str(measure.column), sales.day, currency, rates)
    )
    touches = engine.table("touchpoints")
    for name, out in measure.without:
        touches = touches.filter(touches[name].notnull() & ~touches[name].isin(out))
    touches = touches.select(who=touches.person, touched=touches.instant)
    since = sales.instant.epoch_seconds() - touches.touched.epoch_seconds()
    reached = sales.semi_join(
        touches, [sales.person == touches.who, since >= 0, since <= INFLUENCE_DAYS * 86400]
    )
    found = reached.group_by("fact_bucket").aggregate(t=reached.worth.sum(), n=reached.count())
    return {
        row["fact_bucket"] if question.grain else None: Cell(
            row["t"] or Decimal(0), None, row["n"], 0, row["n"]
        )
        for row in engine.execute(found).to_pylist()
    }


def has_touches(engine: Any) -> bool:
    """Whether any touchpoint was ever imported."""
    return bool(
        engine.execute(engine.table("touchpoints").aggregate(n=lambda t: t.count())).to_pylist()[0]["n"]
    )


def observed(
    engine: Any, question: Question, currency: str, rates: tuple[Rate, ...]
) -> dict[tuple[str, date | None], tuple[Cell, Decimal | float]]:
    """Return what was typed or mapped by hand: (metric, bucket) → sum with its rows, and the latest value."""
    table = engine.table("observations")
    day = table["day"]
    table = table.mutate(
        worth=converted(table, "value", day, currency, rates), fact_end=table["until"].coalesce(day)
    )
    table = bucketed(table, question, table.day, table.fact_end)
    found = table.group_by(["metric", "fact_bucket"]).aggregate(
        t=table.worth.sum(),
        n=table.worth.count(),
        days=table.day.nunique(),
        x=(table.value.notnull() & table.worth.isnull()).ifelse(1, 0).sum(),
        latest=table.worth.argmax(table.day),
    )
    cells: dict[tuple[str, date | None], tuple[Cell, Decimal | float]] = {}
    for row in engine.execute(found).to_pylist():
        if row["n"] or row["x"]:
            cell = Cell(row["t"] or 0, None, row["n"], row["x"], row["days"])
            cells[row["metric"], row["fact_bucket"] if question.grain else None] = (cell, row["latest"])
    return cells


def _own(engine: Any, chosen: Chosen) -> ibis.Table:
    table = engine.table(chosen.measure.table)
    return table.filter(table["source"].isin(chosen.sources))
