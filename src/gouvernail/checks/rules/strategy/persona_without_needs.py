"""Persona without needs, frustrations or goals.

## What it finds
A persona of which `needs`, `frustrations` or `goals` are empty: advice where one or two are missing, warning where all three are and no text describes the person either.

## Why it matters
S4: it is not enough to collect demographic data, one must understand the motivations, the frustrations and the goals. A persona without them is a stock photo with a first name: no message can be written for it.

## Example
`{id: klaus, title: "Klaus, 52", age: {low: 48, high: 58}}`
Instead add `needs: [never stop the line]`, `frustrations: [suppliers who take 14 weeks]`, `goals: [two stops a month]`.

## How to put it right
Ask three customers what they want to achieve, what annoys them and what they need; write it in their words.

## Parameters
None.

## When it stays silent
As soon as each of the three has one entry, however short.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Layer, Persona

RULE = Rule(
    code="STR08",
    family="STR",
    title=T("Persona without needs, frustrations or goals"),
    severity=Severity.advice,
    layer=Layer.strategy,
)
HINT = T("Ask three customers what they want, what annoys them and what they need; write it in their words.")


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for persona in scene.plan.personas:
        lacking = _lacking(persona)
        if len(lacking) == 3 and not persona.text.strip():
            yield RULE.finding(
                persona.id,
                T(
                    "“{name}” has neither needs nor frustrations nor goals: a face, not a persona.",
                    name=persona.name,
                ),
                HINT,
                severity=Severity.warning,
            )
        elif lacking:
            yield RULE.finding(
                persona.id,
                T("The persona “{name}” does not tell {lacking}.", name=persona.name, lacking=lacking),
                HINT,
            )


def _lacking(persona: Persona) -> list[Text]:
    asked = (
        (persona.needs, T("their needs")),
        (persona.frustrations, T("their frustrations")),
        (persona.goals, T("their goals")),
    )
    return [name for written, name in asked if not any(word.strip() for word in written)]
