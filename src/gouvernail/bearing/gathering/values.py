"""Values of metrics over the period and over the year, and the course of each objective."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.outcome import Outcome
from gouvernail.base.periods import Grain, Period, bucket, last_whole
from gouvernail.bearing.chances import HISTORY
from gouvernail.bearing.gathering.ground import Ground
from gouvernail.bearing.measures import WINDOWS, Course, named_metrics

LEAD_MONTHS = 12
YEARLY = (
    "revenue",
    "new_customer_revenue",
    "gross_margin",
    "gross_margin_rate",
    "orders",
    "new_customers",
    "average_order_value",
    "won_deals",
    "lost_deals",
    "won_amount",
    "average_deal_value",
    "customer_lifetime_value",
    "churn_rate",
    "repeat_purchase_rate",
    "spend",
    "cac",
    "ltv_cac_ratio",
    "payback_months",
    "marketing_cost_ratio",
    "romi",
    "roas",
    "win_rate",
    "sales_cycle_days",
    "sessions",
    "bounce_rate",
    "visit_to_lead_rate",
    "form_conversion_rate",
    "ecommerce_conversion_rate",
    "cart_abandonment_rate",
    "impressions",
    "clicks",
    "ctr",
    "cpc",
    "cpm",
    "email_open_rate",
    "email_click_rate",
    "unsubscribe_rate",
    "leads",
    "mql",
    "sql",
    "lead_to_mql_rate",
    "mql_to_sql_rate",
    "sql_to_win_rate",
    "lead_to_customer_rate",
    "cost_per_lead",
    "cost_per_mql",
    "cost_per_acquisition",
    "paid_revenue",
    "marketing_sourced_revenue",
    "nps",
    "csat",
)
"""Metrics of which rules want a year's value: a month of a slow trade says little."""


def values(ground: Ground) -> Mapping[str, Outcome]:
    """Return every metric over the period: the report shows them all, so none costs a question of its own."""
    measures = ground.measures
    wanted = dict.fromkeys((*named_metrics(measures.plan), *measures.metrics))
    return {id: measures.value(id, measures.period) for id in wanted}


def yearly(ground: Ground) -> Mapping[str, Outcome]:
    """Return the metrics that the plan names, and those of funnel, cost and performance, over the year."""
    wanted = dict.fromkeys((*named_metrics(ground.measures.plan), *YEARLY))
    return {id: ground.measures.value(id, ground.year) for id in wanted}


def courses(ground: Ground) -> Mapping[str, Course]:
    """Return how each objective's metric went, bucket by bucket of its window, from the first one known.

    Looks back as far as the forecast does (180 days, 104 weeks, 36 months), so that the facts are asked once.
    """
    found: dict[str, Course] = {}
    for objective in ground.measures.plan.objectives:
        if not objective.metric:
            continue
        grain, _ = WINDOWS[objective.window]
        last = last_whole(ground.period.end, grain)
        history = Period(last.back(HISTORY[grain] - 1).start, last.end)
        course = ground.measures.rolling(objective.metric, objective.window, history)
        known = [place for place, (_, value) in enumerate(course) if value is not None]
        if known:
            found[objective.id] = course[known[0] :]
    return found


def monthly_leads(ground: Ground) -> Mapping[str, Decimal]:
    """Return the leads of each of the last twelve months that can be told."""
    last = bucket(ground.period.end, Grain.month)
    course = ground.measures.series("leads", Period(last.back(LEAD_MONTHS - 1).start, last.end))
    return {str(month): Decimal(str(value)) for month, value in course if value is not None}


def cost_per_lead(ground: Ground) -> Money | None:
    """Return what a lead of the period cost."""
    return ground.told(ground.measures.value("cost_per_lead", ground.period))


def metric_last_day(ground: Ground) -> Mapping[str, date]:
    """Return, for each metric that has facts, the last day with data of the tables that make it."""
    facts = ground.measures.facts
    if facts is None:
        return {}
    found = {id: facts.last_day(id) for id in ground.measures.metrics}
    return {id: day for id, day in found.items() if day is not None}
