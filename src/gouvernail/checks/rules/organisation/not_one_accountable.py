"""Two people accountable for one element, or nobody.

## What it finds
An element for which two or more people are accountable, counted over its `owner` and every `accountable` of its responsibilities; or one with a line of responsibilities but nobody accountable. A role counts as its holder; a team that contains a person already named counts with that person.

## Why it matters
S4: a precise map of roles avoids overlaps, and each task and each KPI is assigned to one member of the team. The A of RACI is one person: with two, each waits for the other; with none, the work is done and nobody decides.

## Example
`{id: r, element: leads, responsible: [eva], accountable: [eva, bruno]}`
Instead: `{id: r, element: leads, responsible: [eva, bruno], accountable: [eva]}`

## How to put it right
Keep the one who decides under `accountable` (or as `owner`); move the others to `responsible` or `consulted`.

## Parameters
None.

## When it stays silent
For elements without a line of responsibilities. For an objective or action with nobody at all: OBJ08 and ACT05 say so. For people or elements that do not exist (REF01).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.people import accountable
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Action, Objective, Person, Role, Team

RULE = Rule(
    code="ORG03",
    family="ORG",
    title=T("Two accountable, or nobody"),
    severity=Severity.warning,
    layer=None,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    answering = accountable(scene.plan)
    for id in dict.fromkeys(one.element for one in scene.plan.responsibilities):
        element = scene.plan.get(id)
        if element is None:
            continue
        named = (*((element.owner,) if element.owner else ()), *answering.get(id, ()))
        people = _parties(scene, named)
        if len(people) > 1:
            yield RULE.finding(
                id,
                T(
                    "{people} are accountable for “{name}” together.",
                    people=[scene.index.name(one) for one in people],
                    name=element.name,
                ),
                T("Keep the one who decides as accountable; the others are responsible or consulted."),
                money=scene.index.money_behind(id),
                people=people,
            )
        elif not named and not isinstance(element, Objective | Action):
            yield RULE.finding(
                id,
                T("“{name}” has people who work on it, and nobody who is accountable.", name=element.name),
                T("Name under “accountable” the one person who decides."),
                money=scene.index.money_behind(id),
            )


def _parties(scene: Scene, named: Iterable[str]) -> tuple[str, ...]:
    """Those named who exist, each once: a role as its holder, a team only where none of its people is named."""
    found: dict[str, None] = {}
    for id in named:
        element = scene.plan.get(id)
        if isinstance(element, Role) and element.holder:
            element = scene.plan.get(element.holder)
        if element is not None:
            found[element.id] = None
    people = [scene.plan.get(id) for id in found]
    teams = {person.team for person in people if isinstance(person, Person)}
    return tuple(one.id for one in people if one and not (isinstance(one, Team) and one.id in teams))
