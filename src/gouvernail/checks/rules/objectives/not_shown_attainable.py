"""Objective not shown to be attainable (A).

## What it finds
An objective that asks for a large change and does not say why history and capacity allow it. With facts: an objective that asks for more growth than its metric has had in almost any span of the same length.

## Why it matters
S1 and S4: objectives shared by all teams are SMART(ER). Targets that people hold to be out of reach are given up early (Locke and Latham 2002, American Psychologist, goal-setting theory); the bolder the target, the more it needs its reason. What happened to this very metric before is the reference class, the best corrective of wishful forecasts (Kahneman and Tversky 1979, Intuitive Prediction; Flyvbjerg 2006).

## Example
Revenue from 8.0 to 9.6 million with no `attainable`.
With facts: +20 % in twelve months is needed; in 31 past spans of twelve months as much was seen twice, and half of them brought less than 4 %.

## How to put it right
Say in `attainable` what makes it possible now: capacity, a new market, a product. Or lower the target.

## Parameters
`growth` (0.1): relative change from which a reason is asked for, in the plan alone. `chance` (0.1): share of past spans with as much growth, up to which history is said to speak against the target. `spans` (12): fewest past spans that let history speak.

## When it stays silent
In the plan alone: for a change below `growth`, for an objective with its reason written, and where baseline or target are missing (OBJ02). With facts: where as much growth was seen more often, and for a change that needs none. With fewer spans than `spans`: *not checked*, with their number. Where dates are missing, OBJ05 speaks.

A span begins with each month (or week, or day, by the objective’s window) and is as long as the objective; growth is the metric over the objective’s window at its end against the same at its start. Spans overlap, so 31 of them are not 31 independent trials: the count tells what has been seen, it is no probability (PER01 gives one). The money at stake is the target less what the usual (median) growth would bring, for a metric that sums up money (revenue, not a price); else what is planned behind the objective.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median

from gouvernail.base.money import CENT, Money
from gouvernail.base.periods import Period
from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.index import change
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer, Objective

RULE = Rule(
    code="OBJ03",
    family="OBJ",
    title=T("Not shown attainable (A)"),
    severity=Severity.advice,
    layer=Layer.objectives,
    also_judges=True,
    parameters=(
        Parameter("growth", 0.1, T("Relative change from which a reason is asked for.")),
        Parameter(
            "chance", 0.1, T("Share of past spans with as much growth that speaks against the target.")
        ),
        Parameter("spans", 12, T("Fewest past spans that let history speak.")),
    ),
)

FROM_HISTORY = 0.8
"""Confidence of what history says: spans overlap, and the future may differ."""


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for objective in scene.plan.objectives:
        if not objective.baseline or objective.target is None:
            continue
        asked = change(objective.baseline, objective.target)
        if not asked:
            continue
        if scene.evidence is not None:
            yield from _against_history(scene, objective, asked)
        elif not objective.attainable.strip() and abs(asked) >= scene.parameters["growth"]:
            yield RULE.finding(
                objective.id,
                T(
                    "The objective “{name}” asks for {change} and does not say why that can be attained.",
                    name=objective.name,
                    change=Ratio(asked),
                ),
                T("Say under “attainable” what history or capacity allows it, or lower the target."),
                change=asked,
            )


def past(course: Sequence[tuple[Period, float | None]], steps: int) -> tuple[float, ...]:
    """Return the relative change of a course over every span of `steps`; holes and starts from zero left out.

    Args:
        course: (bucket, value) in calendar order, without skipping a bucket.
        steps: length of a span in buckets, at least 1.
    """
    values = [value for _, value in course]
    changes = (
        change(start, end)
        for start, end in zip(values, values[steps:], strict=False)
        if start is not None and end is not None
    )
    return tuple(one for one in changes if one is not None)


def as_much(changes: Sequence[float], asked: float) -> int:
    """Return how many changes are at least as large as the one asked for, in its direction."""
    sign = 1 if asked > 0 else -1
    return sum(1 for seen in changes if sign * seen >= abs(asked))


def _days(objective: Objective) -> int | None:
    if not (objective.start and objective.due) or objective.due < objective.start:
        return None
    return (objective.due - objective.start).days + 1


def _steps(course: Sequence[tuple[Period, float | None]], days: int) -> int:
    """How many buckets of the course are as long as `days`."""
    if len(course) < 2:
        return 1
    step = (course[-1][0].end - course[0][0].end).days / (len(course) - 1)
    return max(1, round(days / step))


def _against_history(scene: Scene, objective: Objective, asked: float) -> Iterator[Finding | NotChecked]:
    course = scene.evidence.courses.get(objective.id) if scene.evidence else None
    days = _days(objective)
    if course is None or days is None:
        return
    seen = past(course, _steps(course, days))
    if len(seen) < scene.parameters["spans"]:
        yield RULE.not_checked(_too_few(scene, objective, days, len(seen)), objective.id)
        return
    times = as_much(seen, asked)
    if times <= scene.parameters["chance"] * len(seen):
        yield _finding(scene, objective, asked, seen, times)


def _length(days: int) -> Text:
    months = round(days * 12 / 365.25)
    return T("{n} months", n=Number(months)) if months > 1 else T("{n} days", n=Number(days))


def _too_few(scene: Scene, objective: Objective, days: int, known: int) -> Text:
    return T(
        "History cannot yet say whether “{name}” is attainable: of spans of {length}, {known} are known; {least} are "
        "needed.",
        name=objective.name,
        length=_length(days),
        known=Number(known),
        least=Number(scene.parameters["spans"]),
    )


def _finding(scene: Scene, objective: Objective, asked: float, seen: Sequence[float], times: int) -> Finding:
    usual = median(seen)
    reason = objective.attainable.strip()
    values = {
        "name": objective.name,
        "asked": Ratio(asked),
        "length": _length(_days(objective) or 0),
        "spans": Number(len(seen)),
        "times": Number(times),
        "median": Ratio(usual),
    }
    return RULE.finding(
        objective.id,
        T(
            "“{name}” needs {asked} in {length}; that much was seen in {times} of {spans} past spans of that length "
            "(median: {median}).",
            **values,
        )
        if times
        else T(
            "“{name}” needs {asked} in {length}; that much was never seen in {spans} past spans of that length "
            "(median: {median}).",
            **values,
        ),
        T("Make sure that “{reason}” explains why it will be different this time.", reason=reason)
        if reason
        else T("Say under “attainable” what makes it possible now, or lower the target."),
        money=_money(scene, objective, asked, usual),
        confidence=FROM_HISTORY,
        asked=asked,
        spans=len(seen),
        as_much=times,
        median=usual,
    )


def _money(scene: Scene, objective: Objective, asked: float, usual: float) -> Money | None:
    metric = scene.index.metrics.get(objective.metric or "")
    if metric is None or not metric.additive or metric.unit is not Unit.money or objective.baseline is None:
        return None
    missing = abs(asked - usual) * abs(float(objective.baseline))
    return scene.index.money(Decimal(str(missing)).quantize(CENT))
