"""Target above the whole market, segment or capacity.

## What it finds
An objective that asks for more than there is: a rate above 100 % (a market share, a conversion); more customers or leads than the segments of its scope count; more leads in a year than the teams can follow up.

## Why it matters
S4: *attainable*. S1 has the market studied before objectives are set: the size of the segment bounds whatever is planned for it. Where the ceiling is hit nothing helps, neither money nor zeal. Most often it is a slip (25 typed for 25 %), and then every figure worked out from it is wrong.

## Example
5,000 new customers in a year, in a segment of 4,200 companies. Or 3,000 leads in a year for a team that can follow up 190 a month: 12 × 190 = 2,280, so 720 will wait.

## How to put it right
Lower the target, widen the scope, correct the segment’s `size`, or add capacity. Ratios are written as fractions: 0.25 for 25 %.

## Parameters
`capacity` (0): excess over the yearly capacity, as a fraction of it, that is let pass.

## When it stays silent
Where a segment of the scope states no `size`, or the objective no scope; where one customer may count many times (orders, deals); where no team says how many leads it can follow up. About capacity, where ORG02 already names the months that are too full. One objective has one finding: the hardest ceiling first. The money at stake is what is planned behind the objective, times the part of the target that lies above the ceiling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gouvernail.base.money import CENT, Money
from gouvernail.base.text import T, Text
from gouvernail.checks.capacity import followers, monthly_capacity, peaks
from gouvernail.checks.cascade import WINDOWS
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer, Objective

RULE = Rule(
    code="CAS03",
    family="CAS",
    title=T("More than the whole"),
    severity=Severity.warning,
    layer=Layer.objectives,
    parameters=(
        Parameter(
            "capacity", 0.0, T("Excess over the yearly capacity, as a fraction of it, that is let pass.")
        ),
    ),
)

SHARES = frozenset(
    "market_share share_of_voice brand_awareness churn_rate retention_rate repeat_purchase_rate win_rate "
    "lead_to_mql_rate mql_to_sql_rate sql_to_win_rate lead_to_customer_rate visit_to_lead_rate "
    "form_conversion_rate ecommerce_conversion_rate cart_abandonment_rate engaged_session_rate bounce_rate "
    "email_open_rate email_click_rate click_to_open_rate unsubscribe_rate deliverability_rate ctr".split()
)
"""Metrics that are a part of a whole: above 1 there is nothing."""
MEMBERS = frozenset({"customers", "new_customers", "leads", "mql", "sql"})
"""Metrics that count those whom a segment is made of."""
FOLLOWED_UP = frozenset({"leads"})


@dataclass(frozen=True)
class Ceiling:
    """What the target cannot exceed, in the target's own unit and window, and the sentence that says so."""

    most: Decimal
    message: Text
    hint: Text


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    spoken = bool(peaks(scene.plan, scene.index.actions))
    for objective in scene.plan.objectives:
        ceiling = _whole(scene, objective) or _segment(scene, objective)
        ceiling = ceiling or (None if spoken else _capacity(scene, objective))
        if ceiling and objective.target:
            yield RULE.finding(
                objective.id,
                ceiling.message,
                ceiling.hint,
                money=_money(scene, objective, 1 - ceiling.most / objective.target),
                most=ceiling.most,
                target=objective.target,
            )


def _whole(scene: Scene, objective: Objective) -> Ceiling | None:
    if objective.metric not in SHARES or objective.target is None or objective.target <= 1:
        return None
    return Ceiling(
        Decimal(1),
        T(
            "“{name}” aims at {target} ({metric}); the whole is {whole}.",
            name=objective.name,
            target=scene.index.quantity(objective.metric, objective.target),
            metric=scene.index.metric_name(objective.metric),
            whole=scene.index.quantity(objective.metric, 1),
        ),
        T("Write ratios as fractions (0.25 for 25 %), or lower the target."),
    )


def _segment(scene: Scene, objective: Objective) -> Ceiling | None:
    known = [scene.index.segments.get(id) for id in dict.fromkeys(objective.scope.segments)]
    sizes = [one.size for one in known if one and one.size]
    if objective.metric not in MEMBERS or not known or len(sizes) < len(known):
        return None
    size = Decimal(sum(sizes))
    if objective.target is None or objective.target <= size:
        return None
    return Ceiling(
        size,
        T(
            "“{name}” aims at {target} ({metric}); in all there are {size} in {segments}.",
            name=objective.name,
            target=scene.index.quantity(objective.metric, objective.target),
            metric=scene.index.metric_name(objective.metric),
            segments=[T("“{name}”", name=one.name) for one in known if one],
            size=scene.index.quantity(objective.metric, size),
        ),
        T("Lower the target, widen the scope, or correct the size of the segment."),
    )


def _capacity(scene: Scene, objective: Objective) -> Ceiling | None:
    monthly = monthly_capacity(scene.plan)
    if objective.metric not in FOLLOWED_UP or monthly is None or objective.target is None:
        return None
    windows = WINDOWS[objective.window]
    yearly = objective.target * windows
    limit = 12 * monthly * (1 + Decimal(str(scene.parameters["capacity"])))
    if yearly <= limit:
        return None
    return Ceiling(
        12 * monthly / windows,
        T(
            "“{name}” aims at {target} leads in a year; {teams} can follow up {capacity} (12 × {monthly}).",
            name=objective.name,
            target=scene.index.quantity("leads", yearly),
            teams=[team.name for team in followers(scene.plan)],
            capacity=scene.index.quantity("leads", 12 * monthly),
            monthly=scene.index.quantity("leads", monthly),
        ),
        T("Add capacity, qualify the leads before handing them over, or lower the target."),
    )


def _money(scene: Scene, objective: Objective, beyond: Decimal) -> Money | None:
    behind = scene.index.money_behind(objective.id)
    return scene.index.money((behind.amount * beyond).quantize(CENT)) if behind else None
