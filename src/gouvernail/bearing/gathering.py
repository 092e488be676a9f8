"""The evidence that measured rules read, gathered from the facts as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate
from gouvernail.base.periods import Grain, Period, bucket
from gouvernail.bearing.buyers import buyers
from gouvernail.bearing.deeds import Deeds
from gouvernail.bearing.measures import Measures, named_metrics
from gouvernail.bearing.model import ObjectiveStatus
from gouvernail.checks.evidence import ActionFacts, Evidence, OrphanCampaign, TwoSources
from gouvernail.metrics.compare import two_sources

LEAD_MONTHS = 12


def gather(
    measures: Measures, deeds: Deeds, objectives: tuple[ObjectiveStatus, ...], today: date
) -> Evidence:
    """Return everything that measured rules may read, for the period of `measures`."""
    wanted = dict.fromkeys((*named_metrics(measures.plan), "cost_per_lead", "leads", "revenue"))
    return Evidence(
        period=measures.period,
        today=today,
        values={id: measures.value(id, measures.period) for id in wanted},
        probabilities={one.id: one.probability for one in objectives},
        actions=_actions(deeds),
        orphans=_orphans(deeds),
        disagreements=_disagreements(measures),
        buyers=buyers(measures),
        monthly_leads=_monthly_leads(measures),
        cost_per_lead=_cost_per_lead(measures),
        last_day=measures.last_day,
        sources=tuple(measures.last_day),
    )


def _actions(deeds: Deeds) -> Mapping[str, ActionFacts]:
    if deeds.matches is None:
        return {}
    return {
        one.id: ActionFacts(
            action=one.id,
            spend=one.spent,
            spend_to_date=_money(deeds, deeds.matches.actions[one.id].spend_to_date),
            clicks=one.clicks,
            leads=one.leads,
            conversions=_decimal(deeds.matches.actions[one.id].conversions),
            first_touch_revenue=one.first_touch,
            last_touch_revenue=one.last_touch,
        )
        for one in deeds.statuses
    }


def _orphans(deeds: Deeds) -> tuple[OrphanCampaign, ...]:
    return tuple(
        OrphanCampaign(one.source, one.campaign, Money(one.amount, deeds.currency), one.first, one.last)
        for one in (deeds.matches.orphans if deeds.matches else ())
    )


def _disagreements(measures: Measures) -> tuple[TwoSources, ...]:
    if measures.engine is None:
        return ()
    currency = measures.plan.organisation.currency
    pairs = two_sources(measures.engine, measures.period, currency, measures.rates, measures.of_record)
    return tuple(
        TwoSources(
            metric=one.metric,
            first=one.first,
            second=one.second,
            period=one.period,
            first_value=one.first_value,
            second_value=one.second_value,
            currency=one.currency,
        )
        for one in pairs
    )


def _monthly_leads(measures: Measures) -> Mapping[str, Decimal]:
    last = bucket(measures.period.end, Grain.month)
    course = measures.series("leads", Period(last.back(LEAD_MONTHS - 1).start, last.end))
    return {str(month): Decimal(str(value)) for month, value in course if value is not None}


def _cost_per_lead(measures: Measures) -> Money | None:
    found = measures.value("cost_per_lead", measures.period)
    if not isinstance(found, Estimate):
        return None
    return Money(Decimal(str(round(found.value, 2))), measures.plan.organisation.currency)


def _money(deeds: Deeds, amount: Decimal | None) -> Money | None:
    return Money(amount, deeds.currency) if amount is not None else None


def _decimal(count: int | None) -> Decimal | None:
    return Decimal(count) if count is not None else None
