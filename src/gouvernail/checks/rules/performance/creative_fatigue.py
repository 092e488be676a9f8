"""Creative that wears out.

## What it finds
An ad whose click rate falls week by week while it is shown on: Cochran and Armitage’s trend test over its weeks, against views cumulated, corrected for weeks that scatter more than chance (one-sided, 1 %), and a fall of the fitted line by at least 30 %. Where the export states the reach, its frequency must not fall.

## Why it matters
S4 names the low click rate as a sign that the ad no longer attracts. People who have not clicked on the first showings click less and less (Chatterjee, Hoffman and Novak 2003, Marketing Science 22); messages wear out (Pechmann and Stewart 1988).

## Example
“Blue pump, video”: 1.9 % clicked in June, 0.8 % now, after 412,000 views.

## How to put it right
Bring a new motif or a new first sentence for the same message, or a fresh public; keep the old one for those who have not seen it.

## Parameters
`weeks` (5): weeks shown from which a trend can be told.
`clicks` (100): clicks in all below which nothing is said.
`fall` (0.3): relative fall of the fitted click rate from which it counts.

## When it stays silent
Ads that rest: the last week must be shown. Ads with a steady rate, scattered from week to week as real ones are, set it off in fewer than 1 of 100 simulated cases (tests/checks/test_false_alarms.py). A season that makes all ads fall looks alike: the confidence says so. A rate that was weak from the start is PER04. Without ads by week: *not checked*.

Sources of the test: Cochran (1954) and Armitage (1955), Biometrics; McCullagh and Nelder (1989) for the scatter.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from gouvernail.base.money import CENT
from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.checks.campaign_evidence import AdWeek, Creative
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.proportions import Trend, trend
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer

CHANCE = 0.01
LATELY = 4
"""Weeks whose cost is at stake."""

RULE = Rule(
    code="PER11",
    family="PER",
    title=T("Creative that wears out"),
    severity=Severity.advice,
    layer=Layer.execution,
    measured=True,
    confidence=0.6,
    parameters=(
        Parameter("weeks", 5.0, T("Weeks shown from which a trend can be told.")),
        Parameter("clicks", 100.0, T("Clicks in all below which nothing is said.")),
        Parameter("fall", 0.3, T("Relative fall of the fitted click rate from which it counts.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if scene.evidence is None or not scene.evidence.creatives:
        yield RULE.not_checked(T("No ad is known week by week: import the ads’ report by day and ad."))
        return
    for creative in scene.evidence.creatives:
        shown = tuple(week for week in creative.weeks if week.impressions > 0)
        if not shown or shown[-1] is not creative.weeks[-1]:
            continue
        fitted = _worn(scene, shown)
        if fitted:
            yield _finding(scene, creative, shown, fitted)


def _worn(scene: Scene, shown: tuple[AdWeek, ...]) -> Trend | None:
    """The trend, where it is a fall that counts."""
    enough = len(shown) >= scene.parameters["weeks"]
    if not enough or sum(week.clicks for week in shown) < scene.parameters["clicks"]:
        return None
    seen = accumulate(week.impressions for week in shown)
    fitted = trend([(total, min(week.clicks, week.impressions), week.impressions)
                    for total, week in zip(seen, shown, strict=True)])  # fmt: skip
    if fitted is None or fitted.start <= 0 or fitted.falling > CHANCE or not _seen_again(shown):
        return None
    return fitted if 1 - fitted.end / fitted.start >= scene.parameters["fall"] else None


def _seen_again(shown: tuple[AdWeek, ...]) -> bool:
    """Whether frequency holds or rises from the first half to the second; True where reach is not known."""
    half = len(shown) // 2
    early, late = _frequency(shown[:half]), _frequency(shown[half:])
    return early is None or late is None or late >= early


def _frequency(weeks: tuple[AdWeek, ...]) -> float | None:
    reach = sum(week.reach or 0 for week in weeks)
    return sum(week.impressions for week in weeks) / reach if reach and all(w.reach for w in weeks) else None


def _finding(scene: Scene, creative: Creative, shown: tuple[AdWeek, ...], fitted: Trend) -> Finding:
    known = scene.plan.get(creative.action) if creative.action else None
    cost = sum((week.cost for week in shown[-LATELY:]), Decimal(0))
    return RULE.finding(
        known.id if known else "execution",
        T(
            "The ad “{ad}” ({campaign}) wears out: its click rate fell from {start} to {end} in {weeks} weeks, "
            "over {views} views.",
            ad=creative.ad,
            campaign=creative.campaign,
            start=Ratio(fitted.start, 2),
            end=Ratio(max(fitted.end, 0.0), 2),
            weeks=len(shown),
            views=sum(week.impressions for week in shown),
        ),
        T("Bring a new motif for the same message, or show it to a public that has not seen it."),
        related=(creative.source, creative.campaign, creative.ad),
        money=scene.index.money(cost.quantize(CENT)),
        falling=fitted.falling,
        dispersion=fitted.dispersion,
    )
