"""Test decided before its planned size.

## What it finds
An experiment that is to be read once, at its planned size, and of which a decision or a result is written although fewer subjects than planned are in its figures.

## Why it matters
S4: tests serve to optimise. Johari et al. (*Operations Research*, 2022): who looks at a test again and again and stops when the difference seems clear is wrong in up to a third of the tests in which nothing differs. A difference that is seen early is mostly chance, and too large.

## Example
8,000 visitors planned for the short form; after 1,900 the result reads “B wins by 31 %”, and the test is stopped.

## How to put it right
Let it run to its planned size, and read it then. Who must look earlier plans for it: `reading: always_valid`, or `group_sequential` with agreed looks.

## Parameters
`share` (0.95): part of the planned subjects from which it counts as reached.

## When it stays silent
For tests whose size was never planned, that may be read at any time, or of which nothing is decided yet. Without results of any experiment: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.base.values import Number
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene

RULE = Rule(
    code="PER12",
    family="PER",
    title=T("Test decided before its planned size"),
    severity=Severity.advice,
    layer=None,
    measured=True,
    parameters=(
        Parameter("share", 0.95, T("Part of the planned subjects from which it counts as reached.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if scene.evidence is None or not scene.evidence.trials:
        yield RULE.not_checked(T("No results of an experiment were imported."))
        return
    facts = {one.id: one for one in scene.evidence.trials if one.in_plan}
    for test in scene.plan.experiments:
        one = facts.get(test.id)
        decided = test.decision is not None or test.decided is not None or bool(test.result.strip())
        if one is None or not one.once or not one.planned or not decided:
            continue
        if one.seen < scene.parameters["share"] * one.planned:
            yield RULE.finding(
                test.id,
                T(
                    "The test “{name}” was decided on {seen} subjects of the {planned} planned: a difference seen so early is mostly chance.",
                    name=test.name,
                    seen=Number(one.seen, 0),
                    planned=Number(one.planned, 0),
                ),
                T(
                    "Let it run to its planned size before you believe it; to look earlier, plan it as always-valid."
                ),
                seen=one.seen,
                planned=one.planned,
            )
