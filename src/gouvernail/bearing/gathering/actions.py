"""Actions and campaigns: what each action spent and brought, who owns no campaign, what the data say of each campaign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.periods import FIRST, Grain, Period, last_whole
from gouvernail.bearing.gathering.ground import Ground, count, decimal
from gouvernail.bearing.spending import planned_in
from gouvernail.checks.campaign_evidence import ActionFacts, AdWeek, CampaignFacts, Creative, OrphanCampaign
from gouvernail.metrics.conditions import ended

CREATIVE_WEEKS = 13
MOST_ADS = 500
"""Ads that are looked at week by week, the dearest first: more is no longer anybody's to read."""
_TYPES = (
    (r"shopping", "shopping"),
    (r"search|recherche|suche|búsqueda|ricerca", "search_paid"),
    (r"video|vidéo|youtube", "youtube_paid"),
    (r"display", "display"),
)
"""Words of a search platform's campaign type → channel; a type that serves several channels has none."""
_PLATFORMS = {
    "meta_ads": "social_paid",
    "linkedin_ads": "linkedin_paid",
    "tiktok_ads": "tiktok_paid",
    "x_ads": "x_paid",
    "pinterest_ads": "pinterest_paid",
    "snapchat_ads": "snapchat_paid",
    "mailchimp": "email",
}


def actions(ground: Ground) -> Mapping[str, ActionFacts]:
    """Return what the facts say of each action; nothing where nothing was imported."""
    deeds = ground.deeds
    if deeds.matches is None:
        return {}
    planned = _planned(ground)
    return {
        one.id: ActionFacts(
            action=one.id,
            spend=one.spent,
            spend_to_date=_money(ground, deeds.matches.actions[one.id].spend_to_date),
            planned_to_date=planned.get(one.id),
            clicks=one.clicks,
            leads=one.leads,
            conversions=decimal(deeds.matches.actions[one.id].conversions),
            first_touch_revenue=one.first_touch,
            last_touch_revenue=one.last_touch,
        )
        for one in deeds.statuses
    }


def _planned(ground: Ground) -> Mapping[str, Money]:
    plan = ground.measures.plan
    so_far = Period(FIRST, max(ground.period.end, FIRST))
    return {
        action.id: planned_in(action, plan, so_far) for action in plan.actions if action.budget is not None
    }


def orphans(ground: Ground) -> tuple[OrphanCampaign, ...]:
    """Return the campaigns with spend that no action claims, dearest first."""
    matches = ground.deeds.matches
    return tuple(
        OrphanCampaign(one.source, one.campaign, Money(one.amount, ground.currency), one.first, one.last)
        for one in (matches.orphans if matches else ())
    )


def campaigns(ground: Ground) -> tuple[CampaignFacts, ...]:
    """Return every campaign and mailing of the period, dearest first."""
    found = [*_advertised(ground), *_mailed(ground)]
    return tuple(
        sorted(found, key=lambda one: (-(one.cost.amount if one.cost else 0), one.source, one.campaign))
    )


def _advertised(ground: Ground) -> Iterable[CampaignFacts]:
    if not ground.has("spend"):
        return
    table = ground.within(ground.table("spend"), ground.period)
    table = table.mutate(worth=ground.worth(table, "cost", table["day"])).filter(table.campaign.notnull())
    question = table.group_by(["source", "campaign"]).aggregate(
        impressions=table.impressions.sum(),
        clicks=table.clicks.sum(),
        cost=table.worth.sum(),
        conversions=table.conversions.sum(),
        # One campaign has one id and one type; a renamed type must not make two campaigns of one.
        campaign_id=table.campaign_id.max(),
        campaign_type=table.campaign_type.max(),
    )
    for row in ground.rows(question):
        action = ground.owner("spend", row["source"], row["campaign"], row["campaign_id"], row["source"])
        yield CampaignFacts(
            source=row["source"],
            campaign=row["campaign"],
            action=action,
            channel=ground.channel_of(action) or channel_of(row["source"], row["campaign_type"]),
            impressions=count(row["impressions"]) or 0,
            clicks=count(row["clicks"]) or 0,
            cost=ground.money(row["cost"]),
            conversions=decimal(row["conversions"]),
        )


def _mailed(ground: Ground) -> Iterable[CampaignFacts]:
    if not ground.has("email"):
        return
    table = ground.within(ground.table("email"), ground.period).filter(lambda t: t.campaign.notnull())
    question = table.group_by(["source", "campaign"]).aggregate(
        delivered=table.delivered.coalesce(table.sent).sum(), clicks=table.clicks.sum()
    )
    for row in ground.rows(question):
        action = ground.owner("email", row["source"], row["campaign"], None, row["source"])
        yield CampaignFacts(
            source=row["source"],
            campaign=row["campaign"],
            action=action,
            channel=ground.channel_of(action) or "email",
            impressions=count(row["delivered"]) or 0,
            clicks=count(row["clicks"]) or 0,
        )


def channel_of(source: str, campaign_type: str | None) -> str | None:
    """Return the channel that a platform's campaign serves, where platform and type leave no doubt."""
    if source in _PLATFORMS:
        return _PLATFORMS[source]
    words = (campaign_type or "").casefold()
    found = [channel for pattern, channel in _TYPES if re.search(pattern, words)]
    return found[0] if found else None


def creatives(ground: Ground) -> tuple[Creative, ...]:
    """Return every ad week by week over the thirteen whole weeks that end with the period."""
    if not ground.has("spend"):
        return ()
    last = last_whole(ground.period.end, Grain.week)
    weeks = Period(last.back(CREATIVE_WEEKS - 1).start, last.end)
    table = ground.within(ground.table("spend"), weeks).filter(lambda t: t.ad.notnull())
    # A row over several weeks is of none of them.
    table = table.filter(ended(table, table["day"]).truncate("W") == table["day"].truncate("W"))
    table = table.mutate(week=table["day"].truncate("W"), worth=ground.worth(table, "cost", table["day"]))
    question = table.group_by(["source", "campaign", "ad", "week"]).aggregate(
        impressions=table.impressions.sum(),
        clicks=table.clicks.sum(),
        cost=table.worth.sum(),
        # People reached do not add up: only a week told in one row tells how many.
        reach=(table.count() == 1).ifelse(table.reach.max(), None),
        campaign_id=table.campaign_id.max(),
    )
    whole = question.cost.sum().over(group_by=["source", "campaign", "ad"])
    question = question.mutate(dear=whole.coalesce(0))
    kept = question.order_by([question.dear.desc(), "source", "campaign", "ad"]).limit(
        MOST_ADS * CREATIVE_WEEKS
    )
    by_ad: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in ground.rows(kept):
        by_ad.setdefault((row["source"], row["campaign"] or "", row["ad"]), []).append(row)
    return tuple(_creative(ground, key, rows) for key, rows in sorted(by_ad.items()))


def _creative(ground: Ground, key: tuple[str, str, str], rows: list[dict[str, Any]]) -> Creative:
    source, campaign, ad = key
    weeks = tuple(
        AdWeek(
            start=row["week"],
            impressions=count(row["impressions"]) or 0,
            clicks=count(row["clicks"]) or 0,
            cost=row["cost"] or Decimal(0),
            reach=count(row["reach"]),
        )
        for row in sorted(rows, key=lambda row: row["week"])
    )
    action = ground.owner("spend", source, campaign or None, rows[0]["campaign_id"], source)
    return Creative(source, campaign, ad, action, weeks)


def _money(ground: Ground, amount: Decimal | None) -> Money | None:
    return Money(amount, ground.currency) if amount is not None else None
