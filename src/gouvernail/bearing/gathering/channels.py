"""Each channel over the year: spend, results, revenue, and how results moved with spend from week to week.

Spend is a channel's by the action that owns the campaign, else by platform and type of campaign. Results are
leads or sales of record, by what they name; where the record names nothing of a channel, what its one
platform claims (claims of several platforms are never added).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from typing import Any

from gouvernail.base.outcome import Outcome
from gouvernail.base.periods import Grain, Period, last_whole
from gouvernail.bearing.gathering.actions import channel_of
from gouvernail.bearing.gathering.ground import Ground
from gouvernail.checks.campaign_evidence import ChannelFacts
from gouvernail.measurement.attribution.touch import Credit
from gouvernail.metrics.conditions import dated, ended, holds
from gouvernail.metrics.keys import Identity
from gouvernail.metrics.stock import Chosen

WEEKS = 104
"""Whole weeks that are looked at for how results move with spend."""
SEPARATOR = "\x1f"
"""Between the parts of a key: the unit separator, which no name holds."""
NAMES = ("campaign", "promo_code", "traffic_source", "channel")
Results = tuple[Mapping[str, Decimal], Mapping[tuple[str, date], float]]


@dataclass
class _Spent:
    """What one channel spent: over the year, and week by week, with what its platforms claim."""

    year: Decimal = Decimal(0)
    weeks: dict[date, float] = field(default_factory=lambda: defaultdict(float))
    claimed: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    claims: dict[date, float] = field(default_factory=lambda: defaultdict(float))


def channels(ground: Ground) -> Mapping[str, ChannelFacts]:
    """Return what is known of every channel that spent, brought or was credited with anything."""
    spent = _spent(ground)
    brought, by_week = _brought(ground)
    revenue = _revenue(ground)
    weeks = _weeks(ground)
    return {
        channel: _facts(
            ground, channel, spent.get(channel), brought.get(channel), by_week, revenue.get(channel), weeks
        )
        for channel in sorted({*spent, *brought, *revenue})
    }


def _facts(
    ground: Ground,
    channel: str,
    spent: _Spent | None,
    brought: Decimal | None,
    by_week: Mapping[tuple[str, date], float],
    revenue: Decimal | None,
    weeks: list[date],
) -> ChannelFacts:
    claimed = brought is None and spent is not None and len(spent.claimed) == 1
    results = {week: by_week.get((channel, week), 0.0) for week in weeks}
    if spent is not None and claimed:
        brought = next(iter(spent.claimed.values()))
        results = {week: spent.claims.get(week, 0.0) for week in weeks}
    return ChannelFacts(
        channel=channel,
        spend=ground.money(spent.year) if spent else None,
        conversions=brought,
        revenue=ground.money(revenue),
        elasticity=_elasticity(spent, results, weeks) if brought is not None else None,
        claimed=claimed,
    )


def _elasticity(spent: _Spent | None, results: Mapping[date, float], weeks: list[date]) -> Outcome | None:
    """Look at the weeks from the first with results or spend on; earlier ones may not have been imported."""
    if spent is None:
        return None
    from gouvernail.measurement.response import elasticity

    told = [week for week in weeks if results[week]]
    first = max(min(told), min(spent.weeks)) if told and spent.weeks else weeks[0]
    span = [week for week in weeks if first <= week <= (max(told) if told else weeks[-1])]
    return elasticity([spent.weeks.get(week, 0.0) for week in span], [results[week] for week in span])


def _weeks(ground: Ground) -> list[date]:
    last = last_whole(ground.period.end, Grain.week).start
    return [last - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]


def _window(ground: Ground) -> Period:
    weeks = _weeks(ground)
    return Period(min(weeks[0], ground.year.start), ground.period.end)


def _spent(ground: Ground) -> Mapping[str, _Spent]:
    """Ask which campaigns there are, then for the spend of each channel by week."""
    found: dict[str, _Spent] = defaultdict(_Spent)
    if not ground.has("spend"):
        return found
    table = ground.within(ground.table("spend"), _window(ground))
    table = table.mutate(name=_key(table, ("source", "campaign")))
    named = table.group_by(["source", "campaign", "name"]).aggregate(
        campaign_id=table.campaign_id.max(), campaign_type=table.campaign_type.max()
    )
    serving = {row["name"]: _serves(ground, row) for row in ground.rows(named)}
    day = table["day"]
    whole = ended(table, day).truncate("W") == day.truncate("W")
    table = table.mutate(
        week=whole.ifelse(day.truncate("W"), None),
        now=day >= ground.year.start,
        worth=ground.worth(table, "cost", day),
        serves=_among(table.name, serving),
    )
    table = table.filter(table.serves.notnull())
    grouped = table.group_by(["serves", "source", "week", "now"])
    for row in ground.rows(grouped.aggregate(cost=table.worth.sum(), claims=table.conversions.sum())):
        _add(found[row["serves"]], row)
    return found


def _serves(ground: Ground, row: Mapping[str, Any]) -> str | None:
    owner = ground.owner("spend", row["source"], row["campaign"], row["campaign_id"], row["source"])
    return ground.channel_of(owner) or channel_of(row["source"], row["campaign_type"])


def _add(spent: _Spent, row: Mapping[str, Any]) -> None:
    if row["now"]:
        spent.year += row["cost"] or 0
        if row["claims"] is not None:
            spent.claimed[row["source"]] += Decimal(str(round(row["claims"], 6)))
    if row["week"] is not None:
        spent.weeks[row["week"]] += float(row["cost"] or 0)
        spent.claims[row["week"]] += float(row["claims"] or 0)


def _key(table: Any, names: Sequence[str]) -> Any:
    """What rows say of themselves, as one text."""
    parts = [table[name].coalesce("") for name in names]
    return reduce(lambda a, b: a + SEPARATOR + b, parts)


def _among(key: Any, serving: Mapping[str, str | None]) -> Any:
    """Return the channel of a row by its key, empty where it serves none."""
    import ibis

    keys: dict[str, list[str]] = defaultdict(list)
    for name, channel in serving.items():
        if channel:
            keys[channel].append(name)
    branches = [(key.isin(sorted(named)), channel) for channel, named in sorted(keys.items())]
    return ibis.cases(*branches) if branches else ibis.null("string")


def _brought(ground: Ground) -> Results:
    """Return results of record by channel, over the year and by week: orders where there are, else leads."""
    chosen = _record(ground)
    if chosen is None:
        return {}, {}
    measure, window = chosen.measure, _window(ground)
    table = ground.table(measure.table)
    table = table.filter(table.source.isin(chosen.sources) & holds(table, measure))
    table = table.mutate(fact_day=dated(table, measure.day))
    table = table.filter((table.fact_day >= window.start) & (table.fact_day <= window.end))
    names = [name for name in NAMES if name in table.columns]
    row = table["import_id"].coalesce("") + ":" + table["source_row"].cast("string").coalesce("")
    number = "deal_id" if measure.table == "deals" else "order_id"
    # Each lead or order once, on its first day; its lines and later stages name the same origin or none.
    each = table.group_by(["source", "account", table[number].coalesce(row).name("which")]).aggregate(
        fact_day=table.fact_day.min(), **{name: table[name].max() for name in names}
    )
    each = each.mutate(name=_key(each, ("source", *names)))
    named = each.select("source", "name", *names).distinct()
    serving = {row["name"]: _brings(ground, measure.table, row) for row in ground.rows(named)}
    each = each.mutate(
        week=each.fact_day.truncate("W"),
        now=each.fact_day >= ground.year.start,
        serves=_among(each.name, serving),
    )
    each = each.filter(each.serves.notnull())
    return _by_channel(ground.rows(each.group_by(["serves", "week", "now"]).aggregate(n=each.count())))


def _record(ground: Ground) -> Chosen | None:
    """The measure of results: where deals are sold, they are few and late, and leads are what a week's spend brings."""
    facts = ground.measures.facts
    if facts is None:
        return None
    orders = facts.measure_of("orders")
    if orders is None or orders.measure.table == "deals":
        return facts.measure_of("leads") or orders
    return orders


def _brings(ground: Ground, table: str, row: Mapping[str, Any]) -> str | None:
    identity = Identity(
        table, row["source"], row["campaign"], None, row.get("promo_code"), row["traffic_source"]
    )
    return ground.channel_of(ground.owners.of(identity)) or row["channel"]


def _by_channel(rows: list[dict[str, Any]]) -> Results:
    year: dict[str, Decimal] = defaultdict(Decimal)
    weeks: dict[tuple[str, date], float] = defaultdict(float)
    for row in rows:
        weeks[row["serves"], row["week"]] += row["n"]
        if row["now"]:
            year[row["serves"]] += row["n"]
    return year, weeks


def _revenue(ground: Ground) -> Mapping[str, Decimal]:
    """Return the year's last-touch revenue of each channel's actions."""
    given = ground.yearly_credit
    found: dict[str, Decimal] = defaultdict(Decimal)
    if isinstance(given, Credit):
        for action, share in given.by_action.items():
            channel = ground.channel_of(action)
            if channel:
                found[channel] += share.revenue
    return found
