"""Two objectives that pull one metric apart.

## What it finds
Two objectives that start from the same value of the same metric and cannot both be reached: one up and one down at the same time, or two different targets for the same day. Also, by the driver tree, an objective whose metric the objectives on all its drivers, taken together, move the other way: spending −20 % and cost per lead −5 % while leads are to grow.

## Why it matters
S0: marketing speaks one language and business another, “much noise and little music”; S1 asks for objectives shared by all. Two targets for one figure mean that each team can succeed against the other. Sull, Homkes and Sull (2015, “Why Strategy Execution Unravels”, *Harvard Business Review*) find that plans fail for want of coordination between units more often than down the chain of command.

## Example
“Marketing spend 300,000 → 240,000” (finance, a business objective) and “Marketing spend 300,000 → 360,000” (marketing), both for 2026.

## How to put it right
Decide together which one counts and drop the other; or give each its own scope and its own baseline.

## Parameters
None.

## When it stays silent
Where the baselines differ or are not written (then the two may be about different parts), for different scopes or windows, for equal baselines that are round (100, 5 %) and may be two parts alike, unless both name the same scope or one is a business objective, for one after the other, and where one serves the other or the drivers’ objectives serve it: CAS01 adds those up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gouvernail.base.formula import evaluate, names
from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.index import change
from gouvernail.checks.rule import Rule, Scene
from gouvernail.checks.wording import quoted
from gouvernail.plan.model import Layer, Level, Objective

RULE = Rule(
    code="OBJ11",
    family="OBJ",
    title=T("Two objectives pull one metric apart"),
    severity=Severity.warning,
    layer=Layer.objectives,
)
HINT = T("Decide together which one counts; or give each its own scope and baseline.")
PRECISE = 3
"""Significant digits from which two equal baselines are no coincidence: 10,698,600, but not 100."""
CLEAR = 0.01
"""Relative change from which the drivers clearly move the other way."""


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    full = [one for one in scene.plan.objectives if one.metric and one.baseline and one.target is not None]
    yield from _one_metric(scene, full)
    yield from _through_drivers(scene, full)


def _one_metric(scene: Scene, objectives: list[Objective]) -> Iterator[Finding]:
    """Compare each objective with the first one up and the first one down from the same start."""
    firsts: dict[tuple[object, ...], list[Objective]] = defaultdict(list)
    for one in objectives:
        known = firsts[one.metric, one.window, one.baseline]
        for other in known:
            if _one_thing(one, other) and _cannot_both_hold(one, other) and not _linked(one, other):
                yield _finding(scene, one, other)
                break
        if all(_rise(one) != _rise(other) for other in known):
            known.append(one)


def _one_thing(one: Objective, other: Objective) -> bool:
    """Whether the equal baselines tell one and the same quantity, and not two parts that happen to be alike."""
    if one.scope == other.scope and not one.scope.empty:
        return True
    digits = (one.baseline or Decimal(0)).normalize().as_tuple().digits
    told_apart = not (one.scope.empty or other.scope.empty)
    return not told_apart and (len(digits) >= PRECISE or Level.business in (one.level, other.level))


def _cannot_both_hold(one: Objective, other: Objective) -> bool:
    if one.target == other.target:
        return False
    if _rise(one) * _rise(other) < 0:
        return _from(one) <= _to(other) and _from(other) <= _to(one)
    return one.due is not None and one.due == other.due


def _finding(scene: Scene, one: Objective, other: Objective) -> Finding:
    index, metric = scene.index, one.metric or ""
    return RULE.finding(
        one.id,
        T(
            "“{name}” wants “{metric}” to go from {baseline} to {target}; “{other}” wants it to go to {theirs}.",
            name=one.name,
            metric=index.metric_name(metric),
            baseline=index.quantity(metric, one.baseline or 0),
            target=index.quantity(metric, one.target or 0),
            other=other.name,
            theirs=index.quantity(metric, other.target or 0),
        ),
        HINT,
        related=(other.id,),
        money=index.money_behind(one.id),
    )


def _through_drivers(scene: Scene, objectives: list[Objective]) -> Iterator[Finding]:
    index = scene.index
    placed: dict[tuple[object, ...], Objective] = {}
    for one in objectives:
        placed.setdefault(_place(one, one.metric or ""), one)
    for whole in objectives:
        formula = index.formulas.get(whole.metric or "")
        if formula is None:
            continue
        found = {metric: placed.get(_place(whole, metric)) for metric in names(formula)}
        parts = {metric: part for metric, part in found.items() if part is not None}
        if len(parts) < len(found) or any(whole.id in index.above([part.id]) for part in parts.values()):
            continue
        before = evaluate(formula, {metric: float(part.baseline or 0) for metric, part in parts.items()}.get)
        after = evaluate(formula, {metric: float(part.target or 0) for metric, part in parts.items()}.get)
        moved = change(before, after) if before and after is not None else None
        wanted = change(whole.baseline or 0, whole.target or 0)
        if moved and wanted and moved * wanted < 0 and abs(moved) >= CLEAR:
            yield _against(scene, whole, list(parts.values()), wanted, moved)


def _against(scene: Scene, whole: Objective, parts: list[Objective], wanted: float, moved: float) -> Finding:
    return RULE.finding(
        whole.id,
        T(
            "“{name}” wants {wanted}, but {parts} together move “{metric}” by {moved}.",
            name=whole.name,
            wanted=Ratio(wanted),
            parts=quoted(parts),
            metric=scene.index.metric_name(whole.metric or ""),
            moved=Ratio(moved),
        ),
        HINT,
        related=tuple(part.id for part in parts),
        money=scene.index.money_behind(whole.id),
        wanted=wanted,
        moved=moved,
    )


def _place(objective: Objective, metric: str) -> tuple[object, ...]:
    scope = objective.scope
    return (metric, objective.window, objective.due, scope.market, scope.segments, scope.products)


def _linked(one: Objective, other: Objective) -> bool:
    return other.id in {link.id for link in one.serves} or one.id in {link.id for link in other.serves}


def _rise(objective: Objective) -> int:
    start, end = objective.baseline or 0, objective.target or 0
    return (end > start) - (end < start)


def _from(objective: Objective) -> date:
    return objective.start or date.min


def _to(objective: Objective) -> date:
    return objective.due or date.max
