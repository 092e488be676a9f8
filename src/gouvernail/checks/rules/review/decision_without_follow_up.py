"""Decision that nothing follows up.

## What it finds
A decision, not done, whose due date has passed by more than the days of grace; or, as advice, one that no date brings back (neither `due` nor a word under `follow_up`) or that nobody owns. One finding a decision, the gravest.

## Why it matters
S4: adjust the strategy to the results, quickly; S1: short cycles with regular reviews. A decision of which nobody asks again is taken a second time three months later.

## Example
`{id: stop-ads, title: Stop the banner, date: 2026-05-04, due: 2026-06-01, owner: eva}` in September, without `done`.
Instead: `done: 2026-05-28`

## How to put it right
Do it and write the day under `done`; or set a new date and say why; or take the decision back.

## Parameters
`grace_days` (7): days by which it may be late.

## When it stays silent
For decisions that are done. That nobody owns one is not said where one person does everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.text import TN, T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.people import alone
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action, Decision

RULE = Rule(
    code="REV02",
    family="REV",
    title=T("Decision without follow-up"),
    severity=Severity.warning,
    layer=None,
    dated=True,
    parameters=(Parameter("grace_days", 7, T("Days by which it may be late.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    unowned_matters = not alone(scene.plan)
    for decision in scene.plan.decisions:
        if decision.done:
            continue
        late = (scene.today - decision.due).days if decision.due else 0
        if late > scene.parameters["grace_days"]:
            yield RULE.finding(
                decision.id,
                _late(scene, decision, late),
                T("Do it and write the day under “done”, set a new date, or take the decision back."),
                money=_money(scene, decision),
                days_late=late,
            )
        elif sentence := _adrift(decision, unowned_matters):
            yield RULE.finding(
                decision.id,
                sentence,
                T("Say who sees to it and by when."),
                severity=Severity.advice,
                money=_money(scene, decision),
            )


def _late(scene: Scene, decision: Decision, late: int) -> Text:
    if decision.owner:
        return TN(
            "“{name}” was to be done by {due} ({owner}): {n} day later nothing says that it was.",
            "“{name}” was to be done by {due} ({owner}): {n} days later nothing says that it was.",
            late,
            name=decision.name,
            due=decision.due,
            owner=scene.index.name(decision.owner),
        )
    return TN(
        "“{name}” was to be done by {due}: {n} day later nothing says that it was.",
        "“{name}” was to be done by {due}: {n} days later nothing says that it was.",
        late,
        name=decision.name,
        due=decision.due,
    )


def _adrift(decision: Decision, unowned_matters: bool) -> Text | None:
    undated = decision.due is None and not decision.follow_up.strip()
    unowned = decision.owner is None and unowned_matters
    if undated and unowned:
        return T(
            "“{name}” is decided, but nobody has it in hand and no date brings it back.", name=decision.name
        )
    if undated:
        return T("“{name}” is decided, but no date brings it back.", name=decision.name)
    if unowned:
        return T("“{name}” is decided, but nobody has it in hand.", name=decision.name)
    return None


def _money(scene: Scene, decision: Decision) -> Money | None:
    """The budgets of the actions that the decision is about; an objective's would count them twice."""
    actions = (scene.plan.get(id) for id in dict.fromkeys(decision.about))
    budgets = (action.budget or Decimal(0) for action in actions if isinstance(action, Action))
    return scene.index.money(sum(budgets, Decimal(0)))
