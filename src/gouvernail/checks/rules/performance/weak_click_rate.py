"""Weak click rate.

## What it finds
A campaign whose click rate lies clearly below what its own channel usually brings (the median of at least three other campaigns of the channel) or, without these, below the channel’s benchmark: the upper end of Wilson’s interval (99 %) lies below half of it.

## Why it matters
S4: “if the click rate of an advertising campaign is low, the ad may not be attractive enough, or the targeting not relevant; review the ad and the campaign’s targeting”.

## Example
“Pumps DE” on LinkedIn: 0.21 % of 84,000 views were clicked, the channel’s campaigns usually bring 0.62 %. It cost CHF 3,100.

## How to put it right
Test another message (one idea, the public’s own words) and a narrower public; stop the variant that stays behind.

## Parameters
`minimum` (2000): views below which nothing is said.
`ratio` (0.5): click rate, as a share of the usual one, from which it is let pass.
`most` (3): campaigns that are told, the dearest first.

## When it stays silent
Campaigns whose channel is not known. Campaigns of one channel that differ by nature (a quarter up or down) set it off in fewer than 1 of 100 simulated cases (tests/checks/test_false_alarms.py). An ad that was good and wears out is PER11. Without campaigns with views, or without anything to compare with: *not checked*.

Source of the interval: Wilson (1927), Journal of the American Statistical Association 22.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Ratio
from gouvernail.checks.campaign_evidence import CampaignFacts
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.proportions import wilson
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.metrics.benchmarks import Benchmark
from gouvernail.plan.model import Layer

OTHERS = 3
"""Other campaigns of the channel from which their median says what is usual."""

RULE = Rule(
    code="PER04",
    family="PER",
    title=T("Weak click rate"),
    severity=Severity.warning,
    layer=Layer.execution,
    measured=True,
    confidence=0.7,
    parameters=(
        Parameter("minimum", 2000.0, T("Views below which nothing is said.")),
        Parameter("ratio", 0.5, T("Click rate, as a share of the usual one, from which it is let pass.")),
        Parameter("most", 3.0, T("Campaigns that are told, the dearest first.")),
    ),
)


@dataclass(frozen=True)
class _Usual:
    rate: float
    benchmark: Benchmark | None = None


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    by_channel: dict[str, list[CampaignFacts]] = defaultdict(list)
    for one in scene.evidence.campaigns if scene.evidence else ():
        if one.channel and one.impressions >= max(scene.parameters["minimum"], 1):
            by_channel[one.channel].append(one)
    if not by_channel:
        yield RULE.not_checked(
            T("No campaign with enough views and a known channel: import the ads’ views and clicks.")
        )
        return
    weak, compared = _weak(scene, by_channel)
    if not compared:
        yield RULE.not_checked(
            T("Nothing to compare click rates with: fewer than four campaigns a channel, and no benchmark.")
        )
    weak.sort(key=lambda each: (-(each[0].cost.amount if each[0].cost else 0), each[0].campaign))
    for one, usual in weak[: int(scene.parameters["most"])]:
        yield _finding(scene, one, usual)


def _weak(
    scene: Scene, by_channel: dict[str, list[CampaignFacts]]
) -> tuple[list[tuple[CampaignFacts, _Usual]], bool]:
    weak: list[tuple[CampaignFacts, _Usual]] = []
    compared = False
    for channel, campaigns in by_channel.items():
        rates = sorted(_rate(one) for one in campaigns)
        benchmark = scene.index.benchmark("ctr", channel)
        for one in campaigns:
            usual = _usual(rates, _rate(one), benchmark)
            compared |= usual is not None
            if usual and wilson(one.clicks, one.impressions)[1] < scene.parameters["ratio"] * usual.rate:
                weak.append((one, usual))
    return weak, compared


def _usual(rates: list[float], own: float, benchmark: Benchmark | None) -> _Usual | None:
    """What the channel usually brings: the median of the others, from the sorted rates of all."""
    others = len(rates) - 1
    if others >= OTHERS:
        place = bisect_left(rates, own)

        def other(i: int) -> float:
            return rates[i if i < place else i + 1]

        return _Usual((other((others - 1) // 2) + other(others // 2)) / 2)
    return _Usual(float(benchmark.value), benchmark) if benchmark else None


def _rate(one: CampaignFacts) -> float:
    return min(one.clicks / one.impressions, 1.0)


def _finding(scene: Scene, one: CampaignFacts, usual: _Usual) -> Finding:
    known = scene.plan.get(one.action) if one.action else None
    return RULE.finding(
        known.id if known else "execution",
        _sentence(scene, one, usual),
        T(
            "Review the message (is it attractive?) and the targeting (is it the right public?), one at a time."
        ),
        related=(one.source, one.campaign),
        money=one.cost,
        rate=_rate(one),
        usual=usual.rate,
    )


def _sentence(scene: Scene, one: CampaignFacts, usual: _Usual) -> Text:
    channel = scene.index.channels.get(one.channel or "")
    values = {
        "campaign": one.campaign,
        "channel": channel.name if channel else verbatim(one.channel or ""),
        "rate": Ratio(_rate(one), 2),
        "views": one.impressions,
        "usual": Ratio(usual.rate, 2),
    }
    if usual.benchmark is None:
        return T(
            "“{campaign}” ({channel}): {rate} of {views} views are clicked; its channel’s campaigns usually bring {usual}.",
            **values,
        )
    return T(
        "“{campaign}” ({channel}): {rate} of {views} views are clicked, against {usual} ({source}, {year}).",
        source=verbatim(usual.benchmark.source),
        year=str(usual.benchmark.year),
        **values,
    )
