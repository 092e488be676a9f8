"""No regular meeting of marketing with management.

## What it finds
No meeting at which management and marketing sit; or one without cadence, that comes back more rarely than each quarter, or that was last held longer ago than twice its cadence (and than the days of patience: a plan is no diary).

## Why it matters
S3: “regular meetings with management” let both speak of current work, align objectives and adjust; going through the KPIs there is what makes marketing's work credible. S0: strategic decisions are too often taken without marketing.

## Example
`meetings: [{id: board, between: [management, production], cadence: monthly}]`
Instead: `between: [management, marketing, production]`

## How to put it right
Fix a meeting each month or quarter: three figures in management's language, what they mean, one decision.

## Parameters
`longest_gap_days` (92): a meeting that comes back more rarely is not regular.
`patience_days` (60): days without a date written down before a meeting counts as given up.

## When it stays silent
Where any meeting of both is regular; where one person does everything. Without a management or a marketing team in the plan: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.meetings import gathering, irregular
from gouvernail.checks.people import alone
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Function, Layer, Purpose

RULE = Rule(
    code="REV04",
    family="REV",
    title=T("No regular meeting with management"),
    severity=Severity.warning,
    layer=Layer.objectives,
    dated=True,
    parameters=(
        Parameter("longest_gap_days", 92, T("A meeting that comes back more rarely is not regular.")),
        Parameter(
            "patience_days", 60, T("Days without a date written down before a meeting counts as given up.")
        ),
    ),
)

BOTH = (Function.management, Function.marketing)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if alone(scene.plan):
        return
    if not all(scene.index.teams(function) for function in BOTH):
        yield RULE.not_checked(T("The plan names no management team or no marketing team."))
        return
    meetings = gathering(scene.index, BOTH, (Purpose.management, Purpose.strategy_review))
    hint = T("Fix a meeting each month or quarter: three figures, what they mean, one decision.")
    if not meetings:
        yield RULE.missing(Layer.objectives, T("Marketing and management have no meeting in common."), hint)
    elif fault := irregular(meetings, scene.today, **scene.parameters):
        yield RULE.finding(
            fault.meeting.id, T("Marketing and management do not meet regularly: {why}.", why=fault.why), hint
        )
