"""Mixed currencies without rate, or mixed time zones.

## What it finds
Amounts in a currency for which the plan has no exchange rate; and a source that cuts its days in a time zone several hours from the company’s.

## Why it matters
S3: figures for management must hold. An amount without rate is left out of every sum, in silence if nobody says so; days cut elsewhere move evening sales to the next day and set two sources apart that agree (DAT05). ISO 4217 and the IANA time zones (Olson 1986) name both unambiguously.

## Example
meta_ads: amounts in USD, and no rate for USD in the plan. google_ads counts its days in America/Los_Angeles, 9 hours from Europe/Zurich.

## How to put it right
Write the rate into `organisation.exchange_rates`; set the account’s time zone to the company’s, or know that single days do not compare.

## Parameters
`hours` (3): difference of time zones that is let pass. Months hardly move by an hour or two.

## When it stays silent
Several currencies with rates are no fault. Where the sources state neither currency nor time zone: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from gouvernail.base.text import T
from gouvernail.base.values import Number
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene

RULE = Rule(
    code="DAT06",
    family="DAT",
    title=T("Mixed currencies or time zones"),
    severity=Severity.warning,
    layer=None,
    measured=True,
    parameters=(Parameter("hours", 3.0, T("Difference of time zones that is let pass.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    evidence = scene.evidence
    if evidence is None or not (evidence.currencies or evidence.time_zones or evidence.unconverted):
        yield RULE.not_checked(T("No source states a currency or a time zone: import one that does."))
        return
    for currency in evidence.unconverted:
        yield _unconverted(scene, evidence, currency)
    yield from _far_zones(scene, evidence)


def _unconverted(scene: Scene, evidence: Evidence, currency: str) -> Finding:
    bringers = sorted(source for source, found in evidence.currencies.items() if currency in found)
    values = {"currency": currency, "own": scene.plan.organisation.currency}
    return RULE.finding(
        bringers[0] if bringers else "organisation",
        T(
            "{sources}: amounts in {currency}, and the plan has no rate to {own}. They are left out of every sum.",
            sources=[scene.index.source_name(one) for one in bringers],
            **values,
        )
        if bringers
        else T(
            "Some amounts are in {currency}, and the plan has no rate to {own}. They are left out of every sum.",
            **values,
        ),
        T("Write the rate of {currency} into organisation.exchange_rates.", currency=currency),
        related=(currency,),
    )


def _far_zones(scene: Scene, evidence: Evidence) -> Iterator[Finding]:
    home = scene.plan.organisation.time_zone
    noon = datetime.combine(evidence.period.end, time(12))
    for source, zones in evidence.time_zones.items():
        for zone in zones:
            apart = _hours(zone, home, noon)
            if apart is not None and apart > scene.parameters["hours"]:
                yield RULE.finding(
                    source,
                    T(
                        "{source} cuts its days in {zone}, {hours} hours from {home}: its days do not compare.",
                        source=scene.index.source_name(source),
                        zone=zone,
                        hours=Number(apart, 0 if apart.is_integer() else 1),
                        home=home,
                    ),
                    T("Set the account’s time zone to the company’s, or compare whole months only."),
                    severity=Severity.advice,
                    related=(zone,),
                )


def _hours(zone: str, home: str, noon: datetime) -> float | None:
    """How far two zones lie apart on that day; None where a name is no IANA time zone."""
    try:
        offsets = [noon.replace(tzinfo=ZoneInfo(name)).utcoffset() for name in (zone, home)]
    except (KeyError, ValueError, OSError):
        return None
    return abs((offsets[0] or timedelta()) - (offsets[1] or timedelta())) / timedelta(hours=1)
