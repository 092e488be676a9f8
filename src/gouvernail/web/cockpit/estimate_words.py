"""What an estimate was worked out with, in words: its options by name, and their values."""

from __future__ import annotations

from typing import Any

from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Ratio
from gouvernail.report.values import in_unit

_OPTIONS = {
    "rule": T("Credit rule"),
    "basis": T("Traced by"),
    "window_days": T("Days looked back"),
    "model": T("Model"),
    "expected": T("Expected at the due date"),
    "expected_low": T("Expected, low (interval at 90%)"),
    "expected_high": T("Expected, high (interval at 90%)"),
    "so_far": T("Reached so far"),
    "target": T("Target"),
    "buckets_left": T("Periods left"),
    "points": T("Values used"),
    "yearly_growth": T("Growth over a year"),
    "autocorrelation": T("How much one error tells of the next"),
    "slope": T("Slope"),
    "drift": T("Drift"),
    "origins": T("Earlier dates it was tried on"),
    "error": T("Mean miss on earlier dates"),
    "error_ahead": T("Periods ahead at which it was tried"),
    "error_origins": T("Earlier dates that could see that far"),
    "mase": T("Error of a period, against repeating the value of a season before"),
    "smape": T("Error of a period in percent"),
    "coverage": T("Past sums within the interval (90%)"),
    "last": T("Last value"),
}
_MODELS = {
    "fact": T("the due date has passed: a fact, no forecast"),
    "ensemble": T("blend of forecasts of its own past, chosen by back-test"),
    "drivers": T("through its drivers, each foreseen from its own past"),
    "line": T("straight line through the values"),
    "drift": T("drift from month to month"),
    "same_month_last_year": T("growth over the same month a year before"),
}
_RATIOS = ("yearly_growth", "error", "coverage")
_IN_UNIT = ("expected", "expected_low", "expected_high", "so_far", "target", "last")


def name_of(option: str) -> Text:
    """Return what an option is called."""
    return _OPTIONS.get(option, verbatim(option))


def shown(option: str, value: Any, unit: Unit, currency: str) -> Any:
    """Return the value of an option of a forecast: in the unit of what is foreseen, as a share, or as it is."""
    if option in _IN_UNIT:
        return in_unit(value, unit, currency)
    if option in _RATIOS:
        return Ratio(value, 1)
    if option == "model":
        return _MODELS.get(str(value), verbatim(str(value)))
    return plain(value)


def plain(value: Any) -> Any:
    """Return a value as it is, a number that is no whole one with two digits."""
    return Number(value, 2) if isinstance(value, float) else str(value)
