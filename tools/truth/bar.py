"""A promise about a number, and the number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One promise. `bar` says it in words (`<= 0.025`), `measured` what came out, `passed` whether it holds."""

    name: str
    measured: str
    bar: str
    passed: bool


def at_most(name: str, value: float, most: float, unit: str = "") -> Bar:
    """Return the bar of a figure that must not be larger than `most`."""
    return Bar(name, f"{value:.4g}{unit}", f"<= {most:g}{unit}", value <= most)


def at_least(name: str, value: float, least: float, unit: str = "") -> Bar:
    """Return the bar of a figure that must not be smaller than `least`."""
    return Bar(name, f"{value:.4g}{unit}", f">= {least:g}{unit}", value >= least)


def within(name: str, value: float, low: float, high: float, unit: str = "") -> Bar:
    """Return the bar of a figure that must lie between `low` and `high`."""
    return Bar(name, f"{value:.4g}{unit}", f"{low:g} to {high:g}{unit}", low <= value <= high)
