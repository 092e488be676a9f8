"""Each channel over the year: spend, results, revenue, and how results moved with spend from week to week.

Spend is a channel's by the action that owns the campaign, else by platform and type of campaign. Results are
leads or sales of record, by what they name; where the record names nothing of a channel, what its one
platform claims (claims of several platforms are never added).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from gouvernail.base.outcome import Outcome
from gouvernail.base.periods import Grain, Period, last_whole
from gouvernail.bearing.gathering.actions import channel_of
from gouvernail.bearing.gathering.ground import Ground
from gouvernail.checks.evidence import ChannelFacts
from gouvernail.measurement.attribution.touch import Credit
from gouvernail.metrics.conditions import dated, ended, holds
from gouvernail.metrics.keys import Identity

WEEKS = 104
"""Whole weeks that are looked at for how results move with spend."""
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
    last = last_whole(ground.period.end, Grain.week)
    return [each.start for each in Period(last.back(WEEKS - 1).start, last.end).buckets(Grain.week)]


def _window(ground: Ground) -> Period:
    weeks = _weeks(ground)
    return Period(min(weeks[0], ground.year.start), ground.period.end)


def _spent(ground: Ground) -> Mapping[str, _Spent]:
    """Ask for spend by campaign and week: accounts have few campaigns a week, whatever their rows."""
    found: dict[str, _Spent] = defaultdict(_Spent)
    if not ground.has("spend"):
        return found
    table = ground.within(ground.table("spend"), _window(ground))
    day = table["day"]
    whole = ended(table, day).truncate("W") == day.truncate("W")
    in_year = (day >= ground.year.start).ifelse(1, 0)
    table = table.mutate(
        week=whole.ifelse(day.truncate("W"), None), now=in_year, worth=ground.worth(table, "cost", day)
    )
    question = table.group_by(["source", "campaign", "campaign_id", "campaign_type", "week"]).aggregate(
        cost=table.worth.sum(),
        year=table.worth.sum(where=table.now == 1),
        claims=table.conversions.sum(),
        yearly_claims=table.conversions.sum(where=table.now == 1),
    )
    for row in ground.rows(question):
        owner = ground.owner("spend", row["source"], row["campaign"], row["campaign_id"], row["source"])
        channel = ground.channel_of(owner) or channel_of(row["source"], row["campaign_type"])
        if channel:
            _add(found[channel], row)
    return {channel: each for channel, each in found.items() if each.year or each.weeks}


def _add(spent: _Spent, row: Mapping[str, Any]) -> None:
    spent.year += row["year"] or 0
    if row["yearly_claims"] is not None:
        spent.claimed[row["source"]] += Decimal(str(round(row["yearly_claims"], 6)))
    if row["week"] is not None:
        spent.weeks[row["week"]] += float(row["cost"] or 0)
        spent.claims[row["week"]] += float(row["claims"] or 0)


def _brought(ground: Ground) -> Results:
    """Return results of record by channel, over the year and by week: orders where there are, else leads."""
    facts = ground.measures.facts
    chosen = (facts.measure_of("orders") or facts.measure_of("leads")) if facts else None
    if facts and chosen and chosen.measure.table == "deals":
        # Where deals are sold, they are few and late: leads are what a week's spend brings.
        chosen = facts.measure_of("leads") or chosen
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
    each = each.mutate(week=each.fact_day.truncate("W"), now=each.fact_day >= ground.year.start)
    question = each.group_by(["source", *names, "week", "now"]).aggregate(n=each.count())
    return _by_channel(ground, measure.table, ground.rows(question))


def _by_channel(ground: Ground, table: str, rows: list[dict[str, Any]]) -> Results:
    year: dict[str, Decimal] = defaultdict(Decimal)
    weeks: dict[tuple[str, date], float] = defaultdict(float)
    for row in rows:
        identity = Identity(
            table, row["source"], row["campaign"], None, row.get("promo_code"), row["traffic_source"]
        )
        channel = ground.channel_of(ground.owners.of(identity)) or row["channel"]
        if channel:
            weeks[channel, row["week"]] += row["n"]
            if row["now"]:
                year[channel] += row["n"]
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
