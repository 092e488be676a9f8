"""What of leads and sales has no source, and what of the revenue no action can be credited with."""

from __future__ import annotations

from functools import reduce
from typing import Any

from gouvernail.base.money import Money
from gouvernail.bearing.gathering.ground import UNNAMED, Ground
from gouvernail.checks.measuring_evidence import Tracing
from gouvernail.measurement.attribution.touch import Credit
from gouvernail.metrics.conditions import dated, holds

ORIGINS = ("traffic_source", "medium", "campaign", "promo_code", "channel")
KINDS = (("leads", "lead"), ("orders", "order"))
"""Metric of record → kind told; an order that the CRM tells is a deal."""


def tracing(ground: Ground) -> tuple[Tracing, ...]:
    """Return leads and sales of record of the period, and those of them without any source."""
    facts = ground.measures.facts
    if facts is None:
        return ()
    found = []
    for metric, kind in KINDS:
        chosen = facts.measure_of(metric)
        if chosen is not None:
            told = "deal" if metric == "orders" and chosen.measure.table == "deals" else kind
            found.append(_traced(ground, chosen, told))
    return tuple(one for one in found if one.count)


def _traced(ground: Ground, chosen: Any, kind: str) -> Tracing:
    """Count each lead, order or deal once; one line of it that names a source is enough."""
    measure = chosen.measure
    table = ground.table(measure.table)
    table = table.filter(table.source.isin(chosen.sources) & holds(table, measure))
    day = dated(table, measure.day)
    amount = "amount" if measure.table == "deals" else "value"
    row = table["import_id"].coalesce("") + ":" + table["source_row"].cast("string").coalesce("")
    number = "deal_id" if measure.table == "deals" else "order_id"
    table = table.mutate(
        which=table[number].coalesce(row),
        fact_day=day,
        named=_named(table),
        worth=ground.worth(table, amount, day),
        touched=_touched(ground, table),
    )
    each = table.group_by(["source", "account", "which"]).aggregate(
        fact_day=table.fact_day.min(),
        traced=(table.named | table.touched).any(),
        # A deal has a row for each stage, an order one for each line.
        worth=table.worth.max() if measure.table == "deals" else table.worth.sum(),
    )
    each = each.filter((each.fact_day >= ground.period.start) & (each.fact_day <= ground.period.end))
    (found,) = ground.rows(
        each.aggregate(
            n=each.count(),
            lost=(~each.traced).ifelse(1, 0).sum(),
            worth=each.worth.sum(),
            lost_worth=each.worth.sum(where=~each.traced),
        )
    )
    worth = ground.money(found["worth"])
    without = (ground.money(found["lost_worth"] or 0)) if worth is not None else None
    return Tracing(kind, found["n"], found["lost"] or 0, worth, without)


def _named(table: Any) -> Any:
    """Whether the row itself says where it came from."""
    told = [
        table[name].notnull() & ~table[name].strip().lower().isin(UNNAMED)
        for name in ORIGINS
        if name in table.columns
    ]
    return reduce(lambda a, b: a | b, told)


def _touched(ground: Ground, table: Any) -> Any:
    """Whether a touch of the same person is known."""
    import ibis

    if not ground.has("touchpoints"):
        return ibis.literal(False)
    touches = ground.table("touchpoints")
    return table.person.notnull() & table.person.isin(touches.person)


def revenue(ground: Ground) -> tuple[Money | None, Money | None]:
    """Return the revenue that the credit rule looked at, and the part that no action is credited with."""
    given = ground.deeds.credits["last"]
    if not isinstance(given, Credit):
        return None, None
    loose = given.unmatched.revenue + given.untraced.revenue
    return ground.money(given.total.revenue), ground.money(loose)
