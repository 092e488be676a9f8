"""The evidence that measured rules read, gathered from the facts as plain records: one module a subject."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from gouvernail.bearing.deeds import Deeds
from gouvernail.bearing.gathering import (
    actions,
    channels,
    credit,
    follow_up,
    funnel,
    keywords,
    landings,
    people,
    quality,
    tracing,
    trials,
    values,
)
from gouvernail.bearing.gathering.ground import Ground
from gouvernail.bearing.measures import Measures
from gouvernail.bearing.model import ObjectiveStatus
from gouvernail.checks.evidence import Evidence

if TYPE_CHECKING:
    from gouvernail.bearing.trial import Trial

__all__ = ["gather"]


def gather(
    measures: Measures,
    deeds: Deeds,
    objectives: tuple[ObjectiveStatus, ...],
    today: date,
    tests: Sequence[Trial] = (),
) -> Evidence:
    """Return everything that measured rules may read, for the period of `measures`; empty records without a lake."""
    ground = Ground(measures, deeds)
    data = quality.Quality(ground)
    revenue, unlinked = tracing.revenue(ground)
    return Evidence(
        period=measures.period,
        today=today,
        values=values.values(ground),
        yearly=values.yearly(ground),
        probabilities={one.id: one.probability for one in objectives},
        courses=values.courses(ground),
        actions=actions.actions(ground),
        campaigns=actions.campaigns(ground),
        creatives=actions.creatives(ground),
        channels=channels.channels(ground),
        landings=landings.landings(ground),
        orphans=actions.orphans(ground),
        disagreements=quality.disagreements(ground),
        buyers=people.buyers(ground),
        answerers=people.answerers(ground),
        funnel=funnel.funnel(ground),
        follow_up=follow_up.follow_up(ground),
        monthly_leads=values.monthly_leads(ground),
        cost_per_lead=values.cost_per_lead(ground),
        keyword_gaps=keywords.keyword_gaps(ground),
        tracing=tracing.tracing(ground),
        revenue=revenue,
        unlinked_revenue=unlinked,
        gaps=data.gaps(),
        breaks=data.breaks(),
        last_day=measures.last_day,
        metric_last_day=values.metric_last_day(ground),
        currencies=data.currencies(),
        unconverted=data.unconverted(),
        credit=credit.spread(ground),
        trials=trials.facts(tests, today),
        sources=tuple(measures.last_day),
    )
