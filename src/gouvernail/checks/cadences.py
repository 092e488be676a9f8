"""Cadences as a sentence says them: “every month”."""

from __future__ import annotations

from gouvernail.base.text import T, Text
from gouvernail.plan.model import Cadence


def often(cadence: Cadence) -> Text:
    """Return how often that is, in words."""
    return {
        Cadence.daily: T("every day"),
        Cadence.weekly: T("every week"),
        Cadence.monthly: T("every month"),
        Cadence.quarterly: T("every quarter"),
        Cadence.half_yearly: T("every half-year"),
        Cadence.yearly: T("every year"),
    }[cadence]
