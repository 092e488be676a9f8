"""The bearing and the checked plan as JSON: documented, stable, deterministic.

Keys are sorted and numbers are plain, so that the same inputs give the same bytes apart from `made_at`.
Amounts and decimals are strings (exact); ratios and estimates are numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import Period
from gouvernail.base.render import format_value
from gouvernail.base.text import Text
from gouvernail.base.values import Number, Points, Ratio
from gouvernail.bearing.experiments_json import trial
from gouvernail.bearing.explained import Driven, Explained
from gouvernail.bearing.foreseen_json import foreseen
from gouvernail.bearing.model import (
    ActionStatus,
    Bearing,
    Coherence,
    Flow,
    LocatedFinding,
    MetricReading,
    MoneySplit,
    ObjectiveStatus,
    OrphanSpend,
    ReturnFigure,
    SetAside,
    SourceCoverage,
)
from gouvernail.bearing.outcome_json import outcome
from gouvernail.bearing.worth import worthwhile
from gouvernail.checks.finding import NotChecked
from gouvernail.measurement.explain.tree import Explanation

if TYPE_CHECKING:
    from gouvernail.bearing.checking import CheckedPlan
    from gouvernail.bearing.geo_tested import GeoTest
    from gouvernail.bearing.moves import Moves

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
        "ignored": _ignored(bearing.ignored),
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


def check_to_json(checked: CheckedPlan, language: str, moves: Moves | None = None) -> str:
    """Return the checked plan as JSON text: score, losses, findings, not_checked, ignored; `since`, where compared."""
    return dump(
        {
            **({"since": _since(moves, language)} if moves else {}),
            "shape": SHAPE_VERSION,
            "score": float(checked.coherence.score),
            "losses": coherence(checked.coherence)["losses"],
            "findings": [finding(one, language) for one in checked.findings],
            "first": [one.finding.identity for one in worthwhile(checked.findings)],
            "not_checked": [not_checked(one, language) for one in checked.not_checked],
            "ignored": _ignored(checked.ignored),
        }
    )


def _since(moves: Moves, language: str) -> dict[str, Any]:
    return {
        "since": moves.since,
        "new": [one.finding.identity for one in moves.new],
        "still": [one.finding.identity for one in moves.still],
        "gone": [{**finding(one.located, language), "why": str(one.why)} for one in moves.gone],
    }


def coherence(figure: Coherence) -> dict[str, Any]:
    """Return the coherence figure: score and losses, which sum to 100 − score."""
    return {
        "score": float(figure.score),
        "by_layer": {str(layer): float(kept) for layer, kept in figure.by_layer.items()},
        "losses": [
            {
                "finding": loss.finding,
                "code": loss.code,
                "element": loss.element,
                "layer": str(loss.layer),
                "cost": float(loss.cost),
            }
            for loss in figure.losses
        ],
    }


def finding(located: LocatedFinding, language: str) -> dict[str, Any]:
    """Return one finding: code, element, severity, file, line, message, hint, money, and its identity."""
    found = located.finding
    return {
        "id": found.identity,
        "code": found.code,
        "element": found.element,
        "severity": str(found.severity),
        "file": located.location.file if located.location else None,
        "line": located.location.line if located.location else None,
        "layer": str(located.layer) if located.layer else None,
        "owner": located.owner,
        "message": found.message.render(language),
        "hint": found.hint.render(language),
        "money": money(found.money),
        "at_stake": money(located.stake),
        "confidence": found.confidence,
        "cost": float(located.cost),
        "related": list(found.related),
        "evidence": plain(found.evidence, language),
    }


def not_checked(one: NotChecked, language: str) -> dict[str, Any]:
    """Return one rule that lacked its input."""
    return {"code": one.code, "element": one.element, "reason": one.reason.render(language)}


def money(value: Money | None) -> dict[str, str] | None:
    """Return an amount with its currency, or None."""
    return {"amount": str(value.rounded().amount), "currency": value.currency} if value else None


def plain(value: Any, language: str) -> Any:
    """Return evidence as JSON values: exact numbers as they are, everything else as words."""
    match value:
        case None | bool() | int() | float() | str():
            return str(value) if isinstance(value, str) else value
        case Money():
            return money(value)
        case Ratio() | Number() | Points():
            return value.value
        case Estimate() | Refusal():
            return outcome(value, language)
        case Decimal():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case Period():
            return str(value)
        case Text():
            return value.render(language)
        case Mapping():
            return {str(key): plain(item, language) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            items = sorted(value) if isinstance(value, set | frozenset) else value
            return [plain(item, language) for item in items]
        case _:
            return format_value(value, language)


def explanation(one: Explained, language: str) -> dict[str, Any]:
    """Return one explanation: its ends, and its parts (none beside a `refusal`)."""
    found = one.found if isinstance(one.found, Explanation) else None
    refused = None if isinstance(one.found, Explanation) else outcome(one.found, language)["refusal"]
    return {
        "kind": one.kind,
        "metric": one.metric,
        "name": one.name.render(language),
        "unit": str(one.unit),
        "objective": one.objective,
        "period": period_to_dict(one.period),
        "against": period_to_dict(one.against),
        "before": found.before if found else None,
        "now": found.now if found else None,
        "move": found.move if found else None,
        "method": found.method if found else None,
        "refusal": refused,
        "parts": [_driven(one, each, language) for each in one.parts],
    }


def _driven(whole: Explained, one: Driven, language: str) -> dict[str, Any]:
    part = one.part
    return {
        "metric": part.metric,
        "name": whole.title(one).render(language),
        "unit": str(one.unit),
        "of": part.of,
        "role": str(part.role),
        "segment": part.segment or None,
        "depth": part.depth,
        "before": part.before,
        "now": part.now,
        "added": part.added,
        "lowest": part.lowest,
        "note": outcome(part.note, language)["refusal"] if part.note else None,
        "actions": [
            {
                "action": mover.action,
                "title": mover.title,
                "shortfalls": [
                    {"code": str(each.lag), "said": each.said.render(language)} for each in mover.shortfalls
                ],
            }
            for mover in one.movers
        ],
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


def _ignored(rows: Iterable[SetAside]) -> list[dict[str, str | None]]:
    return [
        {
            "code": one.code,
            "element": one.element,
            "reason": one.reason,
            "by": one.by or None,
            "day": _day(one.day),
        }
        for one in rows
    ]


def _flow(one: Flow) -> dict[str, Any]:
    return {
        "source": one.source,
        "target": one.target,
        "planned": _amount(one.planned),
        "spent": _amount(one.spent),
        "soundness": str(one.soundness),
    }


def _orphan(one: OrphanSpend) -> dict[str, Any]:
    return {"source": one.source, "campaign": one.campaign, "amount": _amount(one.amount)}


def _coverage(one: SourceCoverage) -> dict[str, Any]:
    return {
        "source": one.source,
        "table": one.table,
        "account": one.account,
        "rows": one.rows,
        "from": _day(one.start),
        "to": _day(one.end),
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
        "unmatched": _amount(spend.unmatched),
    }


def _split(split: MoneySplit) -> dict[str, str | None]:
    return {
        "aligned": _amount(split.aligned),
        "weak": _amount(split.weak),
        "orphan": _amount(split.orphan),
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
        "start": _day(one.start),
        "due": _day(one.due),
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
        "money_planned": _amount(one.money_planned),
        "money_spent": _amount(one.money_spent),
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
        "start": _day(one.start),
        "end": _day(one.end),
        "planned": _amount(one.planned),
        "spent": _amount(one.spent),
        "soundness": str(one.soundness),
        "reasons": list(one.reasons),
        "silent": one.silent,
        "clicks": one.clicks,
        "leads": str(one.leads) if one.leads is not None else None,
        "first_touch": _amount(one.first_touch),
        "last_touch": _amount(one.last_touch),
        "grade": str(one.grade),
        "effect": outcome(one.effect, language) if one.effect else None,
        "experiment": one.experiment,
    }


def period_to_dict(period: Period) -> dict[str, str]:
    """Return a period: its name, first and last day."""
    return {"name": str(period), "from": period.start.isoformat(), "to": period.end.isoformat()}


def _amount(value: Money | None) -> str | None:
    return str(value.rounded().amount) if value is not None else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
