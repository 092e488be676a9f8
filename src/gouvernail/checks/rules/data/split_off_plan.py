"""Test whose groups have the wrong sizes.

## What it finds
An experiment whose variants hold numbers of subjects that chance would hardly ever give, by the shares that the plan sets (equal ones where it sets none): *sample ratio mismatch*.

## Why it matters
Fabijan et al. (KDD 2019): about one experiment in sixteen at Microsoft had this fault. Subjects were lost, counted twice or dealt out wrongly, in one variant more than in another; whoever is missing is never a random part, and so the variants differ before anything was changed. No result of such a test holds, whatever its p-value.

## Example
5,000 visitors saw A and 5,400 saw B, half and half by the plan: chance alone does so less than once in 10,000 tests.

## How to put it right
Look for what lost or doubled subjects in one variant: a redirect, a tag that loads late, robots, a variant that was stopped for some days, people counted by visit. Mend it, and run the test again. Where the plan meant other shares, write them under `allocation`.

## Parameters
The rule has none: the alarm is raised where chance does so less than once in a thousand tests.

## When it stays silent
Where the sizes agree with the shares. Without results of any experiment: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.base.values import Number
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.measuring_evidence import TrialFacts
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="DAT08",
    family="DAT",
    title=T("Test whose groups have the wrong sizes"),
    severity=Severity.warning,
    layer=Layer.execution,
    measured=True,
)

RAREST = 1_000_000
"""Nothing is said to be rarer than once in so many tests."""


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if scene.evidence is None or not scene.evidence.trials:
        yield RULE.not_checked(T("No results of an experiment were imported."))
        return
    for one in scene.evidence.trials:
        if one.split_off:
            yield _finding(scene, one)


def _finding(scene: Scene, one: TrialFacts) -> Finding:
    known = one.in_plan and scene.plan.get(one.id) is not None
    return RULE.finding(
        one.id if known else "execution",
        T(
            "The test “{name}” holds {shown} subjects where its shares give {planned}: chance alone does so less than once in {times} tests.",
            name=one.name,
            shown=" / ".join(str(count) for count in one.counts),
            planned=" / ".join(f"{count:.0f}" for count in one.expected),
            times=Number(min(int(1 / max(one.odds or 0.0, 1 / RAREST)), RAREST), 0),
        ),
        T("Believe no result of it: find what lost or doubled subjects in one variant, then run it again."),
        related=() if known else (one.id,),
        counts=one.counts,
        odds=one.odds,
    )
