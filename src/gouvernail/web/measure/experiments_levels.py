"""What the organisation's own figures offer the calculator: the level of an indicator today, and the traffic."""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail.base.outcome import Estimate
from gouvernail.base.periods import Period
from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Number
from gouvernail.bearing.model import Bearing, MetricReading
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.report.values import in_unit

KINDS = {Unit.ratio: Kind.proportion, Unit.money: Kind.mean}
"""What of an indicator's unit can be compared between people."""
SAID = {Kind.proportion: T("a rate"), Kind.mean: T("an amount"), Kind.ratio: T("a ratio")}
TRAFFIC = ("sessions", "visits", "users")
MOST = 60


@dataclass(frozen=True)
class Level:
    """What an indicator was in the period."""

    id: str
    name: Text
    kind: Kind
    value: float
    shown: object
    period: Period

    @property
    def label(self) -> Text:
        """How it is offered."""
        return T("{name}: {value}", name=self.name, value=self.shown)

    @property
    def said(self) -> Text:
        """What kind of thing it is."""
        return SAID[self.kind]


@dataclass(frozen=True)
class Traffic:
    """Visits a day in the period."""

    name: Text
    a_day: float
    period: Period

    @property
    def number(self) -> Number:
        """As it is shown."""
        return Number(self.a_day)


def levels(bearing: Bearing | None) -> tuple[Level, ...]:
    """Return the rates and amounts that are known, those that the plan names first."""
    if bearing is None:
        return ()
    found = [level for one in bearing.metrics if (level := _level(one, bearing)) is not None]
    named = {one.id for one in bearing.metrics if one.named}
    return tuple(sorted(found, key=lambda one: one.id not in named))[:MOST]


def traffic(bearing: Bearing | None) -> Traffic | None:
    """Return how many visits a day the period had, None where nobody knows."""
    known = {one.id: one for one in bearing.metrics} if bearing else {}
    for id in TRAFFIC:
        one = known.get(id)
        if bearing and one and isinstance(one.value, Estimate) and one.value.value > 0:
            return Traffic(one.name, one.value.value / bearing.period.days, bearing.period)
    return None


def _level(one: MetricReading, bearing: Bearing) -> Level | None:
    kind = KINDS.get(one.unit)
    if kind is None or not isinstance(one.value, Estimate):
        return None
    value = one.value.value
    possible = 0 < value < 1 if kind is Kind.proportion else value > 0
    if not possible:
        return None
    return Level(one.id, one.name, kind, value, in_unit(value, one.unit, bearing.currency), bearing.period)
