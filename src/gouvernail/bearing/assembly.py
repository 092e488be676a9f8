"""Putting a bearing together from what check, measure and judge answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from gouvernail.base.money import Money
from gouvernail.bearing.alignment import OrphanSpend
from gouvernail.bearing.chain import chain_rows
from gouvernail.bearing.checking import CheckedPlan, locate, set_aside
from gouvernail.bearing.deeds import Deeds
from gouvernail.bearing.explaining import Explaining
from gouvernail.bearing.located import LocatedFinding, SetAside
from gouvernail.bearing.measures import Measures
from gouvernail.bearing.model import Bearing, Figures, MadeFrom, ObjectiveStatus, SourceCoverage
from gouvernail.bearing.readings import Readings
from gouvernail.bearing.returns import left_out, return_figure
from gouvernail.bearing.soundness import flows
from gouvernail.bearing.spending import aligned_spend
from gouvernail.bearing.tested import with_effects
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import NotChecked, Severity
from gouvernail.checks.index import Index
from gouvernail.checks.runner import CheckResult

if TYPE_CHECKING:
    from gouvernail.bearing.geo_tested import GeoTest
    from gouvernail.bearing.trial import Trial


@dataclass(frozen=True)
class Measured:
    """What the facts say of a checked plan."""

    measures: Measures
    deeds: Deeds
    objectives: tuple[ObjectiveStatus, ...]
    evidence: Evidence
    trials: tuple[Trial, ...] = ()
    geo_tests: tuple[GeoTest, ...] = ()


def assemble(
    checked: CheckedPlan, measured: Measured, judged: CheckResult, made_from: MadeFrom, now: datetime
) -> Bearing:
    """Return the frozen result of a run."""
    plan, measures, deeds = checked.plan, measured.measures, measured.deeds
    findings = _all_findings(checked, judged)
    index = Index(plan)
    aside = (*checked.ignored, *(set_aside(one, checked.loaded, index) for one in judged.ignored))
    return Bearing(
        organisation=plan.organisation.name,
        currency=plan.organisation.currency,
        language=plan.organisation.language,
        period=measures.period,
        previous=measures.period.previous(),
        made_at=now,
        made_from=made_from,
        figures=_figures(checked, measured),
        findings=findings,
        not_checked=_not_checked(checked, judged, deeds),
        ignored=tuple({_identity(one): one for one in aside}.values()),
        chain=chain_rows(checked.loaded, deeds.ways.graph, findings),
        objectives=measured.objectives,
        metrics=Readings(measures).all(),
        actions=with_effects(deeds.statuses, measured.trials),
        flows=flows(deeds.ways, plan.actions, deeds.planned, deeds.spent, deeds.unmatched),
        orphans=_orphans(deeds),
        coverage=_coverage(measures),
        drivers=tuple((driver.metric, driver.formula) for driver in plan.drivers),
        titles={element.id: element.name for element in plan.elements()},
        credit=deeds.by_model,
        explanations=Explaining(deeds, measures.period.previous()).all(),
        trials=measured.trials,
        geo_tests=measured.geo_tests,
    )


def _figures(checked: CheckedPlan, measured: Measured) -> Figures:
    deeds = measured.deeds
    return Figures(
        coherence=checked.coherence,
        aligned_spend=aligned_spend(
            deeds.ways, deeds.planned, deeds.spent if deeds.has_spend else None, deeds.unmatched
        ),
        on_course=measured.objectives,
        returns=return_figure(deeds),
    )


def _all_findings(checked: CheckedPlan, judged: CheckResult) -> tuple[LocatedFinding, ...]:
    """Return the findings of both checks, gravest first, then by money at stake.

    A rule that says more once there is evidence replaces what it said of the plan alone.
    """
    index = Index(checked.plan)
    later = {finding.identity: locate(finding, checked.loaded, index) for finding in judged.findings}
    said = {located.finding.identity for located in checked.findings}
    merged = [
        _with_cost(later.get(located.finding.identity, located), located) for located in checked.findings
    ]
    merged += [located for identity, located in later.items() if identity not in said]
    order = list(Severity)
    return tuple(
        sorted(
            merged,
            key=lambda one: (
                order.index(one.finding.severity),
                -(one.finding.money.amount if one.finding.money else Decimal(0)),
                -one.cost,
            ),
        )
    )


def _with_cost(shown: LocatedFinding, scored: LocatedFinding) -> LocatedFinding:
    return replace(shown, cost=scored.cost)


def _identity(one: SetAside) -> tuple[str, str]:
    return (one.located.finding.identity if one.located else f"{one.code}:{one.element}", one.reason)


def _not_checked(checked: CheckedPlan, judged: CheckResult, deeds: Deeds) -> tuple[NotChecked, ...]:
    """What lacked its input; money that no rate converts may hide any spend outside the plan.

    A plan rule that looks again once there is evidence answers for itself: its first answer no longer counts.
    """
    first = [gap for gap in checked.not_checked if not (gap.code in RULES and RULES[gap.code].also_judges)]
    foreign = (NotChecked("BUD04", left_out(deeds.foreign)),) if deeds.foreign else ()
    return tuple(dict.fromkeys((*first, *judged.not_checked, *foreign)))


def _orphans(deeds: Deeds) -> tuple[OrphanSpend, ...]:
    return tuple(
        OrphanSpend(one.source, one.campaign, Money(one.amount, deeds.currency))
        for one in (deeds.matches.orphans if deeds.matches else ())
    )


def _coverage(measures: Measures) -> tuple[SourceCoverage, ...]:
    return tuple(
        SourceCoverage(
            source=one.source,
            table=one.table,
            account=one.account,
            rows=one.rows,
            start=one.first,
            end=one.last,
            missing_days=one.missing_days,
            totals=one.totals,
            currency=one.currency,
        )
        for one in measures.coverage
    )
