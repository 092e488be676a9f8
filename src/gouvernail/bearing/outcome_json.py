"""Estimates and refusals as plain values: what everything that is printed as JSON has in it."""

from __future__ import annotations

from typing import Any

from gouvernail.base.outcome import Outcome, Refusal


def refusal(one: Refusal, language: str) -> dict[str, str]:
    """Return why there is no number: `code` and `reason`."""
    return {"code": one.code, "reason": one.reason.render(language)}


def outcome(value: Outcome, language: str) -> dict[str, Any]:
    """Return an estimate (`value`, `low`, `high`, `level`, `method`, `grade`) or a `refusal` (code, reason)."""
    if isinstance(value, Refusal):
        return {"refusal": refusal(value, language)}
    return {
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "level": value.level,
        "method": value.method,
        "grade": str(value.grade),
    }
