"""Opportunity that nothing uses, or threat that nothing answers.

## What it finds
An opportunity (advice) or a threat (warning) that no living part of the plan answers: `answered_by` names nothing that exists or only actions that are ideas or cancelled, no big idea or positioning rests on it, and nothing serves it.

## Why it matters
S1 and S4 ask for a SWOT to decide by, not to file: Weihrich (1982, “The TOWS matrix”) made the pairing of outside and inside the very purpose of the analysis. A threat that everybody knows and nobody answers is the most expensive line of a plan.

## Example
`swot: [{id: low-cost, quadrant: threat, title: Low-cost copies}]`
Instead add `answered_by: [service-contract]`.

## How to put it right
Name under `answered_by` what uses or counters it: a positioning, an offer, an action; if there is nothing, plan it, or drop the item.

## Parameters
None.

## When it stays silent
For strengths and weaknesses, which describe the company itself; for items without quadrant (STR03); and where `answered_by` names an unknown element (REF01).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.index import lives
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Action, Element, Layer, Quadrant, SwotItem

RULE = Rule(
    code="STR04",
    family="STR",
    title=T("Opportunity or threat that nothing answers"),
    severity=Severity.warning,
    layer=Layer.strategy,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    plan, index = scene.plan, scene.index
    rested_on = {id for one in plan.big_ideas for id in one.evidence}
    rested_on |= {id for one in plan.positionings for id in one.evidence}
    for item in plan.swot:
        if item.quadrant not in (Quadrant.opportunity, Quadrant.threat):
            continue
        answers = [plan.get(id) for id in item.answered_by if id != item.id]
        if None in answers or item.id in rested_on or index.children.get(item.id):
            continue
        named = [answer for answer in answers if answer]
        if all(isinstance(answer, Action) and not lives(answer) for answer in named):
            yield _finding(item, named)


def _finding(item: SwotItem, shelved: list[Element]) -> Finding:
    threat = item.quadrant is Quadrant.threat
    return RULE.finding(
        item.id,
        _sentence(item, threat, shelved),
        T("Name under “answered_by” what counters it, or plan it.")
        if threat
        else T("Name under “answered_by” what uses it, plan it, or let the opportunity go knowingly."),
        severity=Severity.warning if threat else Severity.advice,
    )


def _sentence(item: SwotItem, threat: bool, shelved: list[Element]) -> Text:
    if shelved:
        return T(
            "“{name}” is answered only by what is cancelled or still an idea: {actions}.",
            name=item.name,
            actions=[action.name for action in shelved],
        )
    if threat:
        return T("Nothing in the plan answers the threat “{name}”.", name=item.name)
    return T("Nothing in the plan uses the opportunity “{name}”.", name=item.name)
