"""Panels of markets among the organisation's own facts: orders by country, and what was imported by market.

Conversions carry the buyer's country; observations name a market in their dimensions (`market=Lyon`). Each source is a
panel of its own, so that what two of them tell of the same orders is never added up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T, Text
from gouvernail.metrics.rates import converted, rates_of
from gouvernail.plan.model import Plan
from gouvernail.sources.geo_panel import FEWEST, GeoTable, panel, whole
from gouvernail.sources.geo_shape import COUNTS
from gouvernail.warehouse.engine import engine_of
from gouvernail.warehouse.lake import Lake

if TYPE_CHECKING:
    import ibis

DIMENSIONS = ("market", "geo", "region", "city", "country", "location", "store")
"""Dimensions of an observation that name a market, the surest first."""
COUNTED = ("order", "lead", "signup", "subscription")
DIVIDER = "|"


@dataclass(frozen=True)
class Offer:
    """A panel that the facts hold.

    Attributes:
        id: to ask for it, stable: `order_value|shopify`.
        name: for people.
        money: whether what is added up is money, in the organisation's currency.
        markets: their names, in order; `first` and `last` the days they cover.
    """

    id: str
    name: Text
    money: bool
    markets: tuple[str, ...]
    first: date
    last: date


def offered(lake: Lake | None) -> tuple[Offer, ...]:
    """Return the panels that the facts hold, those with most markets first."""
    if lake is None:
        return ()
    found = [*_conversions(engine_of(lake)), *_observations(engine_of(lake))]
    return tuple(sorted(found, key=lambda one: (-len(one.markets), one.id)))


def table_of(plan: Plan, lake: Lake, id: str) -> GeoTable:
    """Return a panel of the facts.

    Raises:
        UsageError: the facts hold no such panel.
        SourceError: days are missing in it, or it holds too few markets.
    """
    engine = engine_of(lake)
    kind, _, rest = id.partition(DIVIDER)
    if kind == "observation" and DIVIDER in rest:
        source, _, metric = rest.partition(DIVIDER)
        rows = _observed(engine, plan, source, metric)
        filled = False
    elif kind in COUNTED or kind == "order_value":
        rows, filled = _converted(engine, plan, kind, rest), True
    else:
        rows, filled = None, False
    if rows is None or not len(rows["day"]):
        raise UsageError(T("The facts hold no panel of markets “{id}”.", id=id[:80]))
    days = sorted(set(rows["day"].tolist()))
    # Sales that a shop or a CRM tells are whole: a day without any is a day on which nothing was sold.
    kept, step = (_every(days), 1) if filled else whole(days)
    return panel(rows["day"], rows["market"], rows["value"], kept, step, outcome=kind if filled else rest)


def _name(kind: str, source: str) -> Text:
    title = _title(source)
    match kind:
        case "order_value":
            return T("Value of orders by country, {source}", source=title)
        case "order":
            return T("Orders by country, {source}", source=title)
        case "lead":
            return T("Leads by country, {source}", source=title)
        case "signup":
            return T("Sign-ups by country, {source}", source=title)
    return T("Subscriptions by country, {source}", source=title)


def _title(id: str) -> str:
    from gouvernail.sources.catalogue import sources

    return next((one.title for one in sources() if one.id == id), id)


def _every(days: list[date]) -> tuple[date, ...]:
    return tuple(days[0] + timedelta(days=after) for after in range((days[-1] - days[0]).days + 1))


def _conversions(engine: Any) -> Iterator[Offer]:
    table = engine.table("conversions")
    table = table.filter(table["country"].notnull() & table["kind"].isin(COUNTED))
    asked = table.group_by(["source", "kind", "country"]).aggregate(
        first=table.day.min(), last=table.day.max(), valued=table.value.count()
    )
    rows = engine.execute(asked.rename(market="country")).to_pylist()
    for (source, kind), some in _grouped(rows, "source", "kind"):
        spread = _spread(some)
        if kind == "order" and any(row["valued"] for row in some):
            yield Offer(f"order_value{DIVIDER}{source}", _name("order_value", source), True, *spread)
        yield Offer(f"{kind}{DIVIDER}{source}", _name(kind, source), False, *spread)


def _grouped(
    rows: list[dict[str, Any]], *keys: str
) -> Iterator[tuple[tuple[str, ...], list[dict[str, Any]]]]:
    """The rows of a panel each, of those with markets enough."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(str(row[key]) for key in keys), []).append(row)
    yield from ((key, some) for key, some in sorted(groups.items()) if len(some) >= FEWEST)


def _spread(some: list[dict[str, Any]]) -> tuple[tuple[str, ...], date, date]:
    markets = tuple(sorted(row["market"] for row in some))
    return markets, min(row["first"] for row in some), max(row["last"] for row in some)


def _converted(engine: Any, plan: Plan, kind: str, source: str) -> Any:
    table = engine.table("conversions")
    wanted = "order" if kind == "order_value" else kind
    table = table.filter(table["country"].notnull() & (table["kind"] == wanted) & (table["source"] == source))
    if kind == "order_value":
        table = table.mutate(worth=_worth(table, "value", plan))
        value = table.worth.sum()
    else:
        # Lines of one order are one order; those without a number are one each.
        value = table.order_id.nunique() + table.order_id.isnull().sum()
    asked = table.group_by(["day", "country"]).aggregate(value=value.cast("float64").coalesce(0.0))
    return _columns(engine.execute(asked.rename(market="country")))


def _observations(engine: Any) -> Iterator[Offer]:
    table = _marked(engine.table("observations"))
    asked = table.group_by(["source", "metric", "market"]).aggregate(
        first=table.day.min(), last=table.day.max(), money=table.currency.count()
    )
    for (source, metric), some in _grouped(engine.execute(asked).to_pylist(), "source", "metric"):
        name = T("“{metric}” by market, {source}", metric=metric, source=_title(source))
        # Whatever is imported bears the currency of its table: the name tells what is no amount.
        money = any(row["money"] for row in some) and not COUNTS & set(metric.casefold().split("_"))
        yield Offer(DIVIDER.join(("observation", source, metric)), name, money, *_spread(some))


def _observed(engine: Any, plan: Plan, source: str, metric: str) -> Any:
    table = _marked(engine.table("observations"))
    table = table.filter((table["source"] == source) & (table["metric"] == metric))
    table = table.mutate(worth=_worth(table, "value", plan))
    asked = table.group_by(["day", "market"]).aggregate(value=table.worth.sum().cast("float64").coalesce(0.0))
    return _columns(engine.execute(asked))


def _marked(table: ibis.Table) -> ibis.Table:
    """Return the observations of a market, with its name."""
    padded = ";" + table["dimensions"] + ";"
    named = [padded.re_extract(f";{name}=([^;]+);", 1).nullif("") for name in DIMENSIONS]
    first = named[0]
    for other in named[1:]:
        first = first.coalesce(other)
    table = table.mutate(market=first)
    return table.filter(table["market"].notnull())


def _worth(table: ibis.Table, column: str, plan: Plan) -> Any:
    organisation = plan.organisation
    told = [(one.currency, one.day, one.rate) for one in organisation.exchange_rates]
    return converted(table, column, table["day"], organisation.currency.upper(), rates_of(told))


def _columns(found: Any) -> dict[str, Any]:
    import numpy as np

    return {
        "day": np.array(found["day"].to_pylist(), dtype=object),
        "market": np.array(found["market"].to_pylist(), dtype=object),
        "value": np.array(found["value"].to_pylist(), dtype=np.float64),
    }
