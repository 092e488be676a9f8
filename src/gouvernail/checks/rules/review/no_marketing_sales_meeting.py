"""No regular meeting of marketing and sales.

## What it finds
No meeting at which a marketing and a sales team sit; or one without cadence, that comes back more rarely than each quarter, or that was last held longer ago than twice its cadence (and than the days of patience: a plan is no diary).

## Why it matters
S0: “encourage regular meetings of the sales and marketing teams”, to share insights, adjust campaigns to what the field says and keep step. S1: a campaign created without the sales team finds it unprepared for the enquiries.

## Example
`meetings: [{id: m, between: [marketing, sales], cadence: weekly, last: 2026-05-04}]` in September.
Instead: the same meeting, held last week.

## How to put it right
Fix a short meeting every week or two: which leads came, which were worth a call, what customers asked.

## Parameters
`longest_gap_days` (92): a meeting that comes back more rarely is not regular.
`patience_days` (60): days without a date written down before a meeting counts as given up.

## When it stays silent
Where any meeting of both teams is regular, a management review included; where one person does everything. Without a marketing or a sales team in the plan: *not checked*.
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
    code="REV03",
    family="REV",
    title=T("No regular marketing–sales meeting"),
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

BOTH = (Function.marketing, Function.sales)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if alone(scene.plan):
        return
    if not all(scene.index.teams(function) for function in BOTH):
        yield RULE.not_checked(T("The plan names no marketing team or no sales team."))
        return
    meetings = gathering(scene.index, BOTH, (Purpose.marketing_sales,))
    hint = T("Fix a short meeting every week or two: which leads came, which were worth a call.")
    if not meetings:
        yield RULE.missing(Layer.objectives, T("Marketing and sales have no meeting in common."), hint)
    elif fault := irregular(meetings, scene.today, **scene.parameters):
        yield RULE.finding(
            fault.meeting.id, T("Marketing and sales do not meet regularly: {why}.", why=fault.why), hint
        )
