"""High bounce rate.

## What it finds
A landing page, or the visits of a campaign, that bounce clearly more than the rest of the site: Newcombe’s interval of the difference (99 %) lies wholly above the margin, and the rate itself above the threshold. A page points to its content, a campaign to its keywords or targeting.

## Why it matters
S4: “if the bounce rate of a page is high, the content may not be relevant, or the page poorly optimised for the keywords aimed at”. The click is paid, the visitor leaves.

## Example
“/pumps” loses 78 % of 1,240 visits at once; the rest of the site loses 46 %.

## How to put it right
Page: answer on the first screen what the visitor came for, and check loading time and mobile view. Campaign: review keywords and targeting, and let the page keep the promise of the ad.

## Parameters
`minimum` (200): visits below which nothing is said.
`threshold` (0.55): bounce rate below which nothing is said, however good the rest is.
`margin` (0.1): difference to the rest of the site that is let pass.
`most` (3): pages, and campaigns, that are told, the most visits lost first.

## When it stays silent
Within threshold and margin. For a campaign of an action that is over or cancelled: nobody is to mend it. Where page and rest are alike, it speaks in none of 1,000 simulated cases; where the true difference is exactly the margin, in at most 1 of 100 (tests/checks/test_false_alarms.py). The site as a whole against a benchmark is PER06. Without visits by page or campaign with bounces: *not checked*.

Source of the interval: Newcombe (1998), Statistics in Medicine 17.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.money import CENT, Money
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.checks.campaign_evidence import Landing
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.proportions import difference
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action, Layer, Status

RULE = Rule(
    code="PER02",
    family="PER",
    title=T("High bounce rate"),
    severity=Severity.advice,
    layer=Layer.execution,
    measured=True,
    confidence=0.8,
    parameters=(
        Parameter("minimum", 200.0, T("Visits below which nothing is said.")),
        Parameter("threshold", 0.55, T("Bounce rate below which nothing is said, however good the rest is.")),
        Parameter("margin", 0.1, T("Difference to the rest of the site that is let pass.")),
        Parameter("most", 3.0, T("Pages, and campaigns, that are told, the most visits lost first.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    evidence = scene.evidence
    landings = [one for one in evidence.landings if one.bounces is not None] if evidence else []
    if evidence is None or not landings:
        yield RULE.not_checked(
            T("No visit is known by landing page or campaign: import them with their bounces.")
        )
        return
    for what in ("page", "campaign"):
        yield from _worst(scene, evidence, [one for one in landings if one.what == what])


def _worst(scene: Scene, evidence: Evidence, landings: list[Landing]) -> Iterator[Finding]:
    sessions = sum(one.sessions for one in landings)
    bounces = sum(one.bounces or 0 for one in landings)
    found: list[tuple[float, Finding]] = []
    for one in landings:
        if _over(scene, one):
            continue
        rest = (bounces - (one.bounces or 0), sessions - one.sessions)
        if min(one.sessions, rest[1]) < max(scene.parameters["minimum"], 1):
            continue
        rate, others = (one.bounces or 0) / one.sessions, rest[0] / rest[1]
        low, _ = difference((one.bounces or 0, one.sessions), rest)
        if rate >= scene.parameters["threshold"] and low > scene.parameters["margin"]:
            found.append((-one.sessions * (rate - others), _finding(scene, evidence, one, rate, others)))
    for _, finding in sorted(found, key=lambda each: each[0])[: int(scene.parameters["most"])]:
        yield finding


def _over(scene: Scene, one: Landing) -> bool:
    action = scene.plan.get(one.action) if one.action else None
    return isinstance(action, Action) and action.status in (Status.done, Status.cancelled)


def _finding(scene: Scene, evidence: Evidence, one: Landing, rate: float, others: float) -> Finding:
    known = scene.plan.get(one.action) if one.action else None
    return RULE.finding(
        known.id if known else "execution",
        _sentence(one, rate, others),
        T("Say on the first screen what the visitor came for; check loading time and mobile view.")
        if one.what == "page"
        else T("Review keywords and targeting, and let the page keep what the ad promises."),
        related=(one.what, one.name),
        money=_lost(evidence, one, rate),
        rate=rate,
        rest=others,
    )


def _sentence(one: Landing, rate: float, others: float) -> Text:
    values = {
        "name": one.name,
        "rate": Ratio(rate, 0),
        "sessions": one.sessions,
        "others": Ratio(others, 0),
    }
    if one.what == "page":
        return T(
            "The page “{name}” loses {rate} of its {sessions} visits at once, the other pages {others}: "
            "its content seems not to be what they came for.",
            **values,
        )
    return T(
        "The campaign “{name}” loses {rate} of its {sessions} visits at once, the other campaigns {others}: "
        "its keywords or targeting seem to bring the wrong people.",
        **values,
    )


def _lost(evidence: Evidence, one: Landing, rate: float) -> Money | None:
    """What the campaign paid for the visits that left at once."""
    if one.what != "campaign":
        return None
    costs = [facts.cost for facts in evidence.campaigns if facts.campaign == one.name and facts.cost]
    if not costs or any(cost.currency != costs[0].currency for cost in costs):
        return None
    paid = sum((cost.amount for cost in costs), Decimal(0))
    return Money((paid * Decimal(str(rate))).quantize(CENT), costs[0].currency)
