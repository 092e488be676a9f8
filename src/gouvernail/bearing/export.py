"""The bearing as JSON: documented, stable, deterministic.

Keys are sorted and numbers are plain, so that the same inputs give the same bytes apart from `made_at`.
Amounts and decimals are strings (exact); ratios and estimates are numbers.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gouvernail.base.outcome import Outcome, Refusal
from gouvernail.bearing.alignment import Flow, MoneySplit, OrphanSpend
from gouvernail.bearing.experiments_json import trial
from gouvernail.bearing.explanations_json import explanation
from gouvernail.bearing.findings_json import coherence, finding, ignored, not_checked
from gouvernail.bearing.foreseen_json import foreseen
from gouvernail.bearing.model import (
    ActionStatus,
    Bearing,
    MetricReading,
    ObjectiveStatus,
    ReturnFigure,
    SourceCoverage,
)
from gouvernail.bearing.outcome_json import outcome
from gouvernail.bearing.values_json import amount, day, money, period_to_dict
from gouvernail.bearing.worth import worthwhile

if TYPE_CHECKING:
    from gouvernail.bearing.geo_tested import GeoTest

SHAPE_VERSION = 1


def to_json(bearing: Bearing, language: str) -> str:
    """Return the bearing as JSON text; its sentences are in `language`."""
    return dump(to_dict(bearing, language))


def dump(value: Any) -> str:
    """Return `value` as JSON with sorted keys."""
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True, allow_nan=False)


def to_dict(bearing: Bearing, language: str) -> dict[str, Any]:
    """Return the bearing as plain values."""
    return {
        "shape": SHAPE_VERSION,
        "organisation": bearing.organisation,
        "currency": bearing.currency,
        "period": period_to_dict(bearing.period),
        "previous": period_to_dict(bearing.previous),
        "made_at": bearing.made_at.isoformat(timespec="seconds"),
        "made_from": _made_from(bearing),
        "figures": _figures(bearing, language),
        "findings": [finding(one, language) for one in bearing.findings],
        "first": [one.finding.identity for one in worthwhile(bearing.findings)],
        "not_checked": [not_checked(one, language) for one in bearing.not_checked],
        "ignored": ignored(bearing.ignored),
        "metrics": [_metric(one, language) for one in bearing.metrics],
        "objectives": [_objective(one, language) for one in bearing.objectives],
        "actions": [_action(one, language) for one in bearing.actions],
        "flows": [_flow(one) for one in bearing.flows],
        "orphans": [_orphan(one) for one in bearing.orphans],
        "coverage": [_coverage(one) for one in bearing.coverage],
        "drivers": [{"metric": metric, "formula": formula} for metric, formula in bearing.drivers],
        "explanations": [explanation(one, language) for one in bearing.explanations],
        "trials": [trial(one, language) for one in bearing.trials],
        "geo_tests": [_geo_test(one, language) for one in bearing.geo_tests],
    }


def _geo_test(one: GeoTest, language: str) -> dict[str, Any]:
    found = one.found
    told: tuple[Outcome, ...]
    if isinstance(found, Refusal):
        verdict, reason, told = "refused", found.reason, (found, found, found)
    else:
        verdict, reason = str(found.decision.verdict), found.decision.reason
        told = (found.reading.lift, found.reading.incremental, found.decision.money)
    lift, incremental, gain = (outcome(value, language) for value in told)
    return {
        "experiment": one.id,
        "title": one.name,
        "markets": list(one.markets),
        "from": one.start.isoformat(),
        "to": one.end.isoformat(),
        "lift": lift,
        "incremental": incremental,
        "gain": gain,
        "verdict": verdict,
        "reason": reason.render(language),
    }


def _made_from(bearing: Bearing) -> dict[str, Any]:
    made = bearing.made_from
    return {"plan": made.plan, "data": made.data, "code": made.code, "options": dict(made.options)}


def _figures(bearing: Bearing, language: str) -> dict[str, Any]:
    figures = bearing.figures
    return {
        "coherence": coherence(figures.coherence),
        "aligned_spend": _aligned(bearing),
        "on_course": [_on_course(one, language) for one in figures.on_course],
        "return": _return(figures.returns, language),
    }


def _flow(one: Flow) -> dict[str, Any]:
    return {
        "source": one.source,
        "target": one.target,
        "planned": amount(one.planned),
        "spent": amount(one.spent),
        "soundness": str(one.soundness),
    }


def _orphan(one: OrphanSpend) -> dict[str, Any]:
    return {"source": one.source, "campaign": one.campaign, "amount": amount(one.amount)}


def _coverage(one: SourceCoverage) -> dict[str, Any]:
    return {
        "source": one.source,
        "table": one.table,
        "account": one.account,
        "rows": one.rows,
        "from": day(one.start),
        "to": day(one.end),
        "missing_days": one.missing_days,
        "totals": {name: str(value) for name, value in one.totals.items()},
        "currency": one.currency,
    }


def _aligned(bearing: Bearing) -> dict[str, Any]:
    spend = bearing.figures.aligned_spend
    shown = spend.actual or spend.planned
    return {
        **_split(shown),
        "currency": bearing.currency,
        "basis": "actual" if spend.actual else "planned",
        "planned": _split(spend.planned),
        "actual": _split(spend.actual) if spend.actual else None,
        "unmatched": amount(spend.unmatched),
    }


def _split(split: MoneySplit) -> dict[str, str | None]:
    return {
        "aligned": amount(split.aligned),
        "weak": amount(split.weak),
        "orphan": amount(split.orphan),
    }


def _on_course(one: ObjectiveStatus, language: str) -> dict[str, Any]:
    row: dict[str, Any] = {"objective": one.id, "health": str(one.health), "progress": one.progress}
    if isinstance(one.probability, Refusal):
        return row | outcome(one.probability, language)
    return row | {"probability": one.probability.value, "method": one.probability.method}


def _return(figure: ReturnFigure, language: str) -> dict[str, Any]:
    return {
        **outcome(figure.value, language),
        "revenue": money(figure.revenue),
        "cost": money(figure.cost),
        "grade": str(figure.grade),
        "coverage": figure.coverage,
        "by_rule": {rule: outcome(value, language) for rule, value in figure.by_rule.items()},
    }


def _metric(one: MetricReading, language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name.render(language),
        "unit": str(one.unit),
        "better": str(one.better),
        "family": one.family,
        "vanity": one.vanity,
        "value": None,
        **outcome(one.value, language),
        "previous": outcome(one.previous, language),
        "year_before": outcome(one.year_before, language),
        "target": str(one.target) if one.target is not None else None,
        "objective": one.objective,
        "benchmark": str(one.benchmark) if one.benchmark is not None else None,
        "benchmark_source": one.benchmark_source,
        "worth": money(one.worth),
        "worth_step": one.worth_step,
        "worth_root": one.worth_root,
        "series": [{"period": str(period), "value": value} for period, value in one.series],
    }


def _objective(one: ObjectiveStatus, language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "level": one.level,
        "metric": one.metric,
        "baseline": str(one.baseline) if one.baseline is not None else None,
        "target": str(one.target) if one.target is not None else None,
        "start": day(one.start),
        "due": day(one.due),
        "owner": one.owner,
        "current": outcome(one.current, language),
        "progress": one.progress,
        "probability": outcome(one.probability, language),
        "forecast": foreseen(one.forecast, language) if one.forecast else None,
        "confidence": str(one.confidence) if one.confidence is not None else None,
        "health": str(one.health),
        "points": [
            {"period": str(point.period), "actual": point.actual, "path": point.path} for point in one.points
        ],
        "money_planned": amount(one.money_planned),
        "money_spent": amount(one.money_spent),
        "parents": list(one.parents),
        "findings": list(one.findings),
    }


def _action(one: ActionStatus, language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "type": one.type,
        "channel": one.channel,
        "status": one.status,
        "owner": one.owner,
        "objectives": {id: str(share) for id, share in one.objectives},
        "start": day(one.start),
        "end": day(one.end),
        "planned": amount(one.planned),
        "spent": amount(one.spent),
        "soundness": str(one.soundness),
        "reasons": list(one.reasons),
        "silent": one.silent,
        "clicks": one.clicks,
        "leads": str(one.leads) if one.leads is not None else None,
        "first_touch": amount(one.first_touch),
        "last_touch": amount(one.last_touch),
        "grade": str(one.grade),
        "effect": outcome(one.effect, language) if one.effect else None,
        "experiment": one.experiment,
    }
