"""Person whose work is linked to no objective.

## What it finds
A person who owns nothing that serves an objective (nor an objective, nor what an objective serves), stands in no responsibility for such an element, and whose team shares no objective and holds none of the driver tree.

## Why it matters
S1: “linking individual objectives to those of the team and of the company strengthens commitment and responsibility”. Who cannot name the objective that their work serves does good work beside the plan (Locke and Latham 2002, American Psychologist: specific goals that people take on raise performance).

## Example
`people: [{id: leo, title: Leo, team: production}]`, and no objective is shared with production.
Instead: `shared_with: [marketing, production]` on the objective that Leo's work serves.

## How to put it right
Name the team under `shared_with` of the objective it works for, or the person as owner or under `responsibilities`.

## Parameters
None.

## When it stays silent
For people of a management team, who answer for all objectives; without objectives (OBJ16); while no objective names anybody at all (OBJ08, ORG01); and where one person does everything.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.people import alone
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Function, Plan, Team

RULE = Rule(
    code="ORG05",
    family="ORG",
    title=T("Person without objective"),
    severity=Severity.advice,
    layer=None,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    plan = scene.plan
    if alone(plan) or not _anybody(plan):
        return
    linked = _linked(scene)
    for person in plan.people:
        team = plan.get(person.team) if person.team else None
        manages = isinstance(team, Team) and team.function is Function.management
        if not manages and person.id not in linked and person.team not in linked:
            yield RULE.finding(
                person.id,
                T("Nothing links the work of {name} to an objective.", name=person.name),
                T("Share an objective with their team, or name what they answer for."),
            )


def _anybody(plan: Plan) -> bool:
    """Whether some objective names somebody at all."""
    named = {one.element for one in plan.responsibilities}
    return any(o.owner or o.shared_with or o.id in named for o in plan.objectives)


def _linked(scene: Scene) -> frozenset[str]:
    """People and teams that the chain around the objectives names."""
    plan = scene.plan
    objectives = [objective.id for objective in plan.objectives]
    chain = scene.index.below(objectives) | scene.index.above(objectives)
    found = {element.owner for element in plan.elements() if element.owner and element.id in chain}
    for objective in plan.objectives:
        found.update(objective.shared_with)
    for one in plan.responsibilities:
        if one.element in chain:
            found.update((*one.responsible, *one.accountable, *one.consulted))
    found |= {driver.team for driver in plan.drivers if driver.team}
    found |= {role.holder for role in plan.roles if role.holder and role.id in found}
    return frozenset(found)
