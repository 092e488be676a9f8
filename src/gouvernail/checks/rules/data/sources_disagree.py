"""Two sources disagree on one metric.

## What it finds
Two sources that tell one metric over the same days and differ by more than the tolerance; and the month in which they lie furthest apart.

## Why it matters
S3: where two figures stand for one thing, management believes neither. Platforms each claim the same conversion; the source of record (CRM or shop) counts.

## Example
From June to September Google Ads reports 212 conversions, the CRM 140: 51 % apart; worst in July, 80 against 31.

## How to put it right
Say which one counts (`of_record: true`) and look for the cause: window, double tag, time zone.

## Parameters
`tolerance` (0.1): difference, as a fraction of the second source’s value, that is let pass.
`click_tolerance` (0.25): the same for clicks against visits, which consent and pages left early always set apart.

## When it stays silent
Within the tolerance. Where no metric is told by two sources: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.index import change
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.metrics.two_sources import TwoSources

RULE = Rule(
    code="DAT05",
    family="DAT",
    title=T("Two sources disagree"),
    severity=Severity.warning,
    layer=None,
    measured=True,
    parameters=(
        Parameter(
            "tolerance", 0.1, T("Difference, as a fraction of the second source’s value, that is let pass.")
        ),
        Parameter(
            "click_tolerance",
            0.25,
            T("The same for clicks against visits, which consent and pages left early always set apart."),
        ),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if scene.evidence is None or not scene.evidence.disagreements:
        yield RULE.not_checked(T("No metric is told by two sources over the same days."))
        return
    for pair in scene.evidence.disagreements:
        apart = _apart(pair)
        if apart > scene.parameters["click_tolerance" if pair.metric == "clicks" else "tolerance"]:
            yield _finding(scene, pair, apart)


def _finding(scene: Scene, pair: TwoSources, apart: float) -> Finding:
    return RULE.finding(
        pair.metric,
        _sentence(scene, pair, apart),
        T("Say which source counts (of_record), and look for the cause: window, double tag, time zone."),
        related=(pair.first, pair.second),
        money=Money(abs(pair.first_value - pair.second_value), pair.currency) if pair.currency else None,
        apart=apart,
        worst=str(pair.worst) if pair.worst else None,
    )


def _sentence(scene: Scene, pair: TwoSources, apart: float) -> Text:
    values = {
        "metric": scene.index.metric_name(pair.metric),
        "period": pair.period,
        "first": scene.index.source_name(pair.first),
        "a": _shown(scene, pair, pair.first_value),
        "second": scene.index.source_name(pair.second),
        "b": _shown(scene, pair, pair.second_value),
        "apart": Ratio(apart, 0),
    }
    if (
        pair.worst is None
        or pair.worst_first is None
        or pair.worst_second is None
        or pair.worst == pair.period
    ):
        return T("{metric}, {period}: {first} says {a}, {second} says {b}; they differ by {apart}.", **values)
    return T(
        "{metric}, {period}: {first} says {a}, {second} says {b}; they differ by {apart}, "
        "most in {month}: {c} against {d}.",
        month=pair.worst,
        c=_shown(scene, pair, pair.worst_first),
        d=_shown(scene, pair, pair.worst_second),
        **values,
    )


def _apart(pair: TwoSources) -> float:
    apart = change(pair.second_value, pair.first_value)
    if apart is None:  # the second source says zero: all of the first's value is the difference
        return 1.0 if pair.first_value != pair.second_value else 0.0
    return abs(apart)


def _shown(scene: Scene, pair: TwoSources, value: Decimal) -> object:
    return Money(value, pair.currency) if pair.currency else scene.index.quantity(pair.metric, value)
