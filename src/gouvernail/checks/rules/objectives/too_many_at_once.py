"""Too many objectives at once.

## What it finds
A person who owns more objectives that run at the same time than one can steer, and a company with more business objectives at the same time than it can pursue. Counted at the day on which most run together.

## Why it matters
Whoever has ten priorities has none. Doerr (2018, *Measure What Matters*) allows three to five objectives a cycle; McChesney, Covey and Huling (2012, *The 4 Disciplines of Execution*) report that teams with more than three goals reach fewer of them. S4 wants each objective in the hands of someone who answers for it.

## Example
Nine objectives, all of 2026, all with `owner: celine`.

## How to put it right
Keep the few that move the metric above them most; give others away, put them in sequence, or make them `kpis` of an objective.

## Parameters
`per_owner` (5): most objectives of one person at the same time. `business` (5): most business objectives of the company at the same time.

## When it stays silent
For objectives without owner (OBJ08) or with an unknown one (REF01). An objective without dates counts as running always. Of the business objectives nothing is said where one person, already named, owns them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer, Objective

RULE = Rule(
    code="OBJ13",
    family="OBJ",
    title=T("Too many objectives at once"),
    severity=Severity.advice,
    layer=Layer.objectives,
    parameters=(
        Parameter("per_owner", 5.0, T("Most objectives of one person at the same time.")),
        Parameter("business", 5.0, T("Most business objectives of the company at the same time.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    owned: dict[str, list[Objective]] = defaultdict(list)
    for objective in scene.plan.objectives:
        if objective.owner and scene.plan.get(objective.owner):
            owned[objective.owner].append(objective)
    overloaded: set[str] = set()
    for owner, objectives in owned.items():
        together = _together(objectives)
        if len(together) > scene.parameters["per_owner"]:
            overloaded.add(owner)
            yield RULE.finding(
                owner,
                T(
                    "{owner} carries {n} objectives at the same time; {most} are as many as one can steer.",
                    owner=scene.index.name(owner),
                    n=len(together),
                    most=int(scene.parameters["per_owner"]),
                ),
                T(
                    "Keep the few that move the most; give others away, put them in sequence, or follow them as KPI."
                ),
                objectives=tuple(one.id for one in together),
            )
    yield from _business(scene, overloaded)


def _business(scene: Scene, overloaded: set[str]) -> Iterator[Finding]:
    together = _together(scene.index.business)
    owners = {objective.owner for objective in together}
    if len(together) > scene.parameters["business"] and not (len(owners) == 1 and owners <= overloaded):
        last = together[-1]
        yield RULE.finding(
            last.id,
            T(
                "With “{name}”, {n} business objectives run at the same time; more than {most} are no priorities.",
                name=last.name,
                n=len(together),
                most=int(scene.parameters["business"]),
            ),
            T("Choose the few that decide the year; the others can wait or serve them."),
            objectives=tuple(one.id for one in together),
        )


def _together(objectives: Iterable[Objective]) -> list[Objective]:
    """Return the objectives that run on the (first) day on which most run, in the plan’s order."""
    listed = list(objectives)
    turns: dict[date, int] = defaultdict(int)
    for objective in listed:
        start, due = _span(objective)
        turns[start] += 1
        if start <= due < date.max:
            turns[due + timedelta(days=1)] -= 1
    best, running, day = 0, 0, date.min
    for turn in sorted(turns):
        running += turns[turn]
        if running > best:
            best, day = running, turn
    return [one for one in listed if _span(one)[0] <= day <= _span(one)[1]]


def _span(objective: Objective) -> tuple[date, date]:
    start, due = objective.start or date.min, objective.due or date.max
    return (start, due) if start <= due else (start, start)
