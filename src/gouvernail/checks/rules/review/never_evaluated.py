"""Objective that was never evaluated.

## What it finds
An objective with an evaluation cadence, of which one turn and the days of grace have passed since its start, or which is past its due date; and no evaluation or review of it is written. Where the plan holds no evaluation at all, that is one finding for all objectives. A review counts: who asks whether an objective is still right has looked at its numbers.

## Why it matters
S4's *evaluated*: “a regular evaluation of progress finds problems and brings adjustments”. A cadence that was never kept is an intention. A KPI that nobody has set against its target has steered nothing.

## Example
`{id: leads, evaluated: monthly, start: 2026-01-01}` in September, and no line under `evaluations`.
Instead: `evaluations: [{id: e, objective: leads, date: 2026-09-03, value: 1310, note: On course.}]`

## How to put it right
Hold the evaluation and write it down: the value, a sentence, and what follows from it. Past the due date, draw the line: reached or not, and why.

## Parameters
`grace_days` (14): days by which the first evaluation may be late.

## When it stays silent
Without an evaluation cadence (OBJ06), before the first turn is over, and where a review is overdue (REV01 says so).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import TN, T, Text
from gouvernail.checks.cadences import often
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.rules.review import overdue
from gouvernail.checks.settings import merged
from gouvernail.plan.model import Layer, Objective

RULE = Rule(
    code="REV05",
    family="REV",
    title=T("Never evaluated"),
    severity=Severity.warning,
    layer=Layer.objectives,
    dated=True,
    parameters=(Parameter("grace_days", 14, T("Days by which the first evaluation may be late.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    looked_at = {one.objective for one in scene.plan.evaluations if one.date <= scene.today}
    review_grace = merged(overdue.RULE, scene.plan)["grace_days"]
    told = {one.objective.id for one in overdue.overdue(scene.plan, scene.today, review_grace)}
    waiting = {
        objective.id: sentence
        for objective in scene.plan.objectives
        if objective.evaluated and objective.id not in looked_at | told
        if (sentence := _sentence(scene, objective))
    }
    if len(waiting) > 1 and not looked_at:
        hint = T("Evaluate them now: for each the value, a sentence, and what follows from it.")
        yield RULE.missing(Layer.objectives, _all_of_them(scene, list(waiting)), hint)
        return
    hint = T("Evaluate it now: the value, a sentence, and what follows from it.")
    for id, sentence in waiting.items():
        yield RULE.finding(id, sentence, hint, money=scene.index.money_behind(id))


def _all_of_them(scene: Scene, ids: list[str]) -> Text:
    named: list[Text] = [T("“{name}”", name=scene.index.name(id)) for id in ids[:3]]
    more = len(ids) - len(named)
    return T(
        "The plan holds no evaluation at all; {objectives} have run past their first.",
        objectives=named + ([TN("{n} more", "{n} more", more)] if more else []),
    )


def _sentence(scene: Scene, objective: Objective) -> Text | None:
    if objective.due and objective.due < scene.today:
        return T(
            "“{name}” was due on {due}, and nothing says whether it was reached.",
            name=objective.name,
            due=objective.due,
        )
    if objective.start is None or objective.evaluated is None:
        return None
    waited = (scene.today - objective.start).days - objective.evaluated.days
    if waited <= scene.parameters["grace_days"]:
        return None
    return T(
        "“{name}” was to be evaluated {often}; since its start on {start} it never was.",
        name=objective.name,
        often=often(objective.evaluated),
        start=objective.start,
    )
