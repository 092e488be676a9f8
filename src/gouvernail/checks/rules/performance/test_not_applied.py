"""Test concluded but not applied.

## What it finds
An experiment that has ended with a result, and of which nothing says that the result was put to use: the result that is written, or that its figures show (a variant that surely brings more than the control, by its worth in money where the plan tells it).

## Why it matters
S4: A/B tests serve to optimise the key elements; a test whose result stays in a table has cost traffic and time for nothing. The money behind the action still buys the weaker variant.

## Example
`{id: form, title: Short form, end: 2026-06-30, result: "The short form brings 31 % more enquiries.", action: ads}` in September.
Instead: `applied: true`

## How to put it right
Put the better variant in place and write `applied: true`. Where the control won, or nothing won, keeping what there was is applying the result: write `applied: true` as well.

## Parameters
`grace_days` (14): days after the end for putting the result to use.

## When it stays silent
For tests that run, have no end or no result, or are applied; and for figures that show no gain, or after which it was decided to keep the control.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.measuring_evidence import TrialFacts
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action, Choice, Experiment

RULE = Rule(
    code="PER08",
    family="PER",
    title=T("Test concluded but not applied"),
    severity=Severity.advice,
    layer=None,
    dated=True,
    also_judges=True,
    parameters=(Parameter("grace_days", 14, T("Days after the end for putting the result to use.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    facts = {one.id: one for one in scene.evidence.trials if one.in_plan} if scene.evidence else {}
    for test in scene.plan.experiments:
        if test.applied:
            continue
        one = facts.get(test.id)
        if one is not None and one.best and test.decision is not Choice.keep and not one.split_off:
            if _over(scene, test.end or one.last_day):
                yield _shown(scene, test, one)
        elif test.result.strip() and _over(scene, test.end):
            yield _written(scene, test)


def _over(scene: Scene, end: date | None) -> bool:
    return end is not None and (scene.today - end).days > scene.parameters["grace_days"]


def _tested(scene: Scene, test: Experiment) -> tuple[tuple[str, ...], Money | None]:
    """The action that is tested, where the plan has it, and the money planned for it."""
    action = scene.plan.get(test.action) if test.action else None
    budget = action.budget if isinstance(action, Action) else None
    return (action.id,) if action else (), scene.index.money(budget)


def _written(scene: Scene, test: Experiment) -> Finding:
    related, budget = _tested(scene, test)
    return RULE.finding(
        test.id,
        T(
            "The test “{name}” ended on {end} (“{result}”), and its result is not applied.",
            name=test.name,
            end=test.end,
            result=test.result.strip().rstrip("."),
        ),
        T("Put the better variant in place; where the control won, keep it and say so (applied: true)."),
        money=budget,
        related=related,
    )


def _shown(scene: Scene, test: Experiment, one: TrialFacts) -> Finding:
    """What the figures show says more than what is written; it keeps the identity of the finding."""
    related, budget = _tested(scene, test)
    effect = one.relative if isinstance(one.relative, Estimate) else None
    told: dict[str, Any] = {"name": test.name, "variant": one.best, "end": test.end or one.last_day}
    if effect is not None and effect.low is not None and effect.high is not None:
        told |= {
            "effect": Ratio(effect.value),
            "low": Ratio(effect.low),
            "high": Ratio(effect.high),
            "level": Ratio(effect.level, 0),
        }
    return RULE.finding(
        test.id,
        _said(one, told),
        T(
            "Put “{variant}” in place, then write applied: true; or say why the control stays.",
            variant=one.best,
        ),
        money=one.gain or budget,
        related=related,
        variant=one.best,
        effect=effect,
    )


def _said(one: TrialFacts, told: Mapping[str, Any]) -> Text:
    if one.gain is not None and "low" in told:
        return T(
            "The test “{name}” ended on {end}: “{variant}” does {effect} better than the control ({low} to {high}, at {level} confidence), worth {gain} after cost over {days} days, and is not applied.",
            gain=one.gain,
            days=one.days,
            **told,
        )
    if "low" in told:
        return T(
            "The test “{name}” ended on {end}: “{variant}” does {effect} better than the control ({low} to {high}, at {level} confidence), and is not applied.",
            **told,
        )
    return T(
        "The test “{name}” ended on {end}: “{variant}” does better than the control, and is not applied.",
        **told,
    )
