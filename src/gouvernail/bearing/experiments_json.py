"""Experiments as plain values: part of a bearing as JSON, and of what commands print of one (`experiments_schema`)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from gouvernail.base.outcome import Refusal
from gouvernail.bearing.outcome_json import outcome, refusal
from gouvernail.measurement.experiments.design import Design

if TYPE_CHECKING:
    from gouvernail.bearing.experiments import Calibration, Look, Trial
    from gouvernail.measurement.experiments.analysis import Comparison, Reading
    from gouvernail.measurement.experiments.decision import Decision
    from gouvernail.measurement.experiments.question import Stakes


def trial(one: Trial, language: str) -> dict[str, Any]:
    """Return one experiment as plain values; `refusal` says why there is no reading, where there are figures."""
    reading = one.figures
    refused = one.reading if isinstance(one.reading, Refusal) else None
    return {
        "id": one.id,
        "name": one.name,
        "action": one.action,
        "metric": one.metric,
        "hypothesis": one.hypothesis,
        "variants": list(one.variants),
        "outcome": str(one.outcome),
        "measure": one.measure,
        "state": str(one.state),
        "in_plan": one.in_plan,
        "start": _day(one.start),
        "end": _day(one.end),
        "first_day": _day(one.first_day),
        "last_day": _day(one.last_day),
        "subjects": one.subjects,
        "planned": one.planned,
        "crossed": one.crossed,
        "kinds": list(one.kinds),
        "design": _design(one.design, language),
        "reading": _reading(reading, language) if reading else None,
        "refusal": refusal(refused, language) if refused else None,
        "decisions": [_decision(each, language) for each in one.decisions],
        "stakes": _stakes(one.stakes),
        "currency": one.currency,
        "looks": [_look(each, language) for each in one.looks],
        "decision": one.decision,
        "winner": one.winner,
        "decided": _day(one.decided),
        "result": one.result,
        "applied": one.applied,
        "sources": list(one.sources),
        "notes": [note.render(language) for note in one.notes],
        "calibration": _calibration(one.calibration, language),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _design(design: Design | Refusal | None, language: str) -> dict[str, Any] | None:
    if design is None:
        return None
    if isinstance(design, Refusal):
        return {"refusal": refusal(design, language)}
    return {
        "effect": design.effect,
        "uplift": design.uplift,
        "subjects": design.subjects,
        "arms": list(design.arms),
        "power": design.power,
        "level": design.question.level,
        "days": design.days,
    }


def _reading(reading: Reading, language: str) -> dict[str, Any]:
    split = reading.split
    return {
        "method": str(reading.plan.method),
        "level": reading.plan.level,
        "control": reading.control,
        "explained": reading.explained,
        "refusal": refusal(reading.refusal, language) if reading.refusal else None,
        "arms": [
            {"variant": one.variant, "subjects": one.subjects, "value": outcome(one.value, language)}
            for one in reading.levels
        ],
        "split": {"expected": list(split.expected), "p": split.p, "alarm": split.alarm} if split else None,
        "comparisons": [_comparison(one, language) for one in reading.comparisons],
    }


def _comparison(one: Comparison, language: str) -> dict[str, Any]:
    return {
        "variant": one.variant,
        "absolute": outcome(one.absolute, language),
        "relative": outcome(one.relative, language),
        "p": one.p,
        "p_alone": one.p_alone,
        "found": one.found,
        "error": one.error,
    }


def _decision(one: Decision, language: str) -> dict[str, Any]:
    return {
        "variant": one.variant,
        "verdict": str(one.verdict),
        "money": outcome(one.money, language),
        "reason": one.reason.render(language),
        "regret": one.regret,
        "more": one.more,
    }


def _stakes(stakes: Stakes | None) -> dict[str, Any] | None:
    if stakes is None:
        return None
    return {
        "value": stakes.value,
        "subjects": stakes.subjects,
        "cost": stakes.cost,
        "least": stakes.least,
        "currency": stakes.currency,
        "days": stakes.days,
    }


def _look(look: Look, language: str) -> dict[str, Any]:
    return {
        "day": look.day.isoformat(),
        "subjects": look.subjects,
        "absolute": outcome(look.absolute, language),
        "relative": outcome(look.relative, language),
    }


def _calibration(one: Calibration | None, language: str) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "action": one.action,
        "metric": one.metric,
        "variant": one.variant,
        "from": _day(one.first_day),
        "to": _day(one.last_day),
        "subjects": one.subjects,
        "per_subject": outcome(one.per_subject, language),
        "effect": outcome(one.effect, language),
    }
