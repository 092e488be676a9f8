"""The chances of an objective as a manager would say them, and the health that is shown of it."""

from __future__ import annotations

from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.text import T, Text
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.model import Health, ObjectiveStatus
from gouvernail.report.values import in_unit


def chance(status: ObjectiveStatus) -> float:
    """Return the probability of an objective, 0 where it is refused (callers have set those apart)."""
    return status.probability.value if isinstance(status.probability, Estimate) else 0.0


def chance_sentence(status: ObjectiveStatus, currency: str, *, least: bool = False) -> Text:
    """Return the chances of one objective in words, or its refusal's reason."""
    if isinstance(status.probability, Refusal):
        return status.probability.reason
    if status.target is None or status.due is None:
        return T("{chances} chances in 100 of arriving.", chances=_chances(status.probability))
    values = {
        "objective": status.title,
        "chances": _chances(status.probability),
        "target": in_unit(status.target, status.unit, currency),
        "due": status.due,
    }
    if least:
        return T(
            "The least certain, “{objective}”, has {chances} chances in 100 of reaching {target} by {due}.",
            **values,
        )
    return T("“{objective}” has {chances} chances in 100 of reaching {target} by {due}.", **values)


def _chances(probability: Estimate) -> Number:
    # Never "0 in 100" nor "100 in 100": a forecast is not a certainty.
    return Number(min(max(round(100 * probability.value), 1), 99))


def shown_health(status: ObjectiveStatus) -> Health:
    """Return the health to show: unknown wherever the value itself is, so that nothing stale looks green."""
    return Health.unknown if isinstance(status.current, Refusal) else status.health


def interval(outcome: Outcome) -> Text | None:
    """Return "from 12% to 33% (90% interval)" for a probability with bounds, else None."""
    if isinstance(outcome, Refusal) or outcome.low is None or outcome.high is None:
        return None
    return T(
        "from {low} to {high} ({level} interval)",
        low=Ratio(outcome.low, 0),
        high=Ratio(outcome.high, 0),
        level=Ratio(outcome.level, 0),
    )
