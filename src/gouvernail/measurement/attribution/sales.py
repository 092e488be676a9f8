"""What was sold in a period: the lines of orders, or the deals won, of the source that counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import Period
from gouvernail.base.text import T
from gouvernail.metrics.catalogue import METRICS
from gouvernail.metrics.conditions import dated, holds
from gouvernail.metrics.rates import Rate, converted
from gouvernail.metrics.stock import Chosen, Stock

if TYPE_CHECKING:
    import ibis

DAY_SECONDS = 86400


def seconds(instant: Any) -> Any:
    """Return the whole seconds since 1970 of an instant: fractions are cut off, which engines would round each its way."""
    return instant.epoch_seconds().floor().cast("int64")


def source_of_sales(engine: Any, of_record: Mapping[str, str]) -> Chosen | Refusal:
    """Return the source whose orders or deals are the revenue; refuses (`no_data`) where there is none."""
    measures = [measure for metric in METRICS.values() for measure in metric.measures]
    chosen = Stock(engine, measures, of_record).choose(METRICS["revenue"].measures)
    if chosen is None:
        return Refusal(
            "no_data", T("No revenue can be credited: neither orders nor deals won were imported.")
        )
    return chosen


def sales(engine: Any, chosen: Chosen, period: Period, currency: str, rates: tuple[Rate, ...]) -> ibis.Table:
    """Return one row a line of a sale: who, when, how much, and what the source recorded of its origin.

    `bought` numbers the order or deal, alike for its lines, null for a refund; `order` does so for refunds too.
    """
    import ibis

    measure = chosen.measure
    table = engine.table(measure.table)
    table = table.filter(table["source"].isin(chosen.sources) & holds(table, measure))
    day = dated(table, measure.day)
    table = table.mutate(fact_day=day)
    table = table.filter((table.fact_day >= period.start) & (table.fact_day <= period.end))
    midnight = table.fact_day.cast("timestamp").epoch_seconds()
    deals = measure.table == "deals"
    # A deal is won at some hour of its day: touches of that day are before it.
    at = midnight + DAY_SECONDS - 1 if deals else seconds(table["instant"]).coalesce(midnight)
    worth = converted(table, "amount" if deals else "value", table.fact_day, currency, rates)
    # Lines of one order are one sale; refunds are none.
    bought = (
        table["deal_id"]
        if deals
        else (table["kind"] != "refund").ifelse(table["order_id"].coalesce(""), ibis.null("string"))
    )
    lines = table.select(
        "person",
        "campaign",
        "channel",
        "traffic_source",
        sale_source=table["source"],
        code=ibis.null("string") if deals else table["promo_code"],
        at=at,
        worth=worth,
        bought=bought,
        order=table["deal_id" if deals else "order_id"].coalesce(""),
        place=table["import_id"].coalesce("") + ":" + table["source_row"].cast("string").coalesce(""),
    )
    turn = ibis.window(order_by=[lines.place, lines.at, lines.worth])
    lines = lines.mutate(sale=ibis.row_number().over(turn))
    nameless = "row " + lines.sale.cast("string")
    return lines.mutate(
        bought=(lines.bought == "").ifelse(nameless, lines.bought),
        order=(lines.order == "").ifelse(nameless, lines.order),
    )
