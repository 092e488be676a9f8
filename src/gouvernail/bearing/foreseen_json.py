"""Forecasts as JSON: what `gouvernail forecast --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gouvernail.base.outcome import Refusal
from gouvernail.bearing.foreseen import Foreseen
from gouvernail.bearing.outcome_json import refusal

if TYPE_CHECKING:
    from gouvernail.bearing.model import ObjectiveStatus


def objective_forecast(one: ObjectiveStatus, language: str) -> dict[str, Any]:
    """Return what is foreseen of one objective, or the refusal; both null where its due date has passed."""
    return {
        "objective": one.id,
        "title": one.title,
        "metric": one.metric,
        "unit": str(one.unit),
        "forecast": foreseen(one.forecast, language) if one.forecast else None,
        "refusal": refusal(one.probability, language) if isinstance(one.probability, Refusal) else None,
    }


def foreseen(one: Foreseen, language: str) -> dict[str, Any]:
    """Return one forecast: the figure by its due date, period by period, and how it did when tried on the past."""
    tested, held = one.tested, one.held()
    return {
        "kind": one.kind,
        "grain": str(one.grain),
        "due": one.due.isoformat(),
        "value": one.at_due.value,
        "low": one.at_due.low,
        "high": one.at_due.high,
        "level": one.at_due.level,
        "so_far": one.so_far,
        "periods_left": one.left,
        "target": one.target,
        "probability": one.probability,
        "missing": one.missing,
        "model": one.model,
        "drivers": list(one.drivers),
        "method": one.method().render(language),
        "error": {
            "said": " ".join(said.render(language) for said in (one.error(), held) if said),
            "share": tested.error if tested else None,
            "periods_ahead": tested.ahead if tested else None,
            "origins": tested.origins if tested else None,
            "inside": tested.inside if tested else None,
            "coverage": tested.coverage if tested else None,
            "mase": tested.mase if tested else None,
            "other_way": tested.other if tested else None,
        },
        "known_periods": one.known,
        "country": one.country or None,
        "holidays": one.feasts().render(language),
        "points": [
            {"period": str(point.period), "value": point.value, "low": point.low, "high": point.high}
            for point in one.points
        ],
    }
