"""Stage of the journey that no action covers.

## What it finds
A stage of the journey at which no living action aims: none states this stage, and none without a stage runs on one of its touch points or on a channel that serves it. Where stage and action name segments, one must be common.

## Why it matters
S4: the map of the journey, from becoming aware of the need to the purchase, shows the touch points; a stage without action is where those whom the earlier stages won are lost to someone else.

## Example
`journey: [{id: compare, stage: consideration, touchpoints: [webinar, email]}]` and actions of the stages awareness and decision only.

## How to put it right
Plan an action on its touch points, or write the `stage` on the action that already does the work.

## Parameters
`standing` (touch points that work without an action: direct visits, referral, sales people, stores).

## When it stays silent
Without living actions (ACT12), while no action states a stage or a channel, for stages that name neither a stage nor a touch point, and for stages with a touch point that works without an action of the plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gouvernail.base.text import T, Text
from gouvernail.checks.audiences import segments_of
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.stages import STAGES
from gouvernail.checks.wording import quoted
from gouvernail.plan.model import JourneyStage, Layer

STANDING = ("direct", "referral", "outbound", "stores", "partners")
RULE = Rule(
    code="STR09",
    family="STR",
    title=T("Stage of the journey that no action covers"),
    severity=Severity.warning,
    layer=Layer.strategy,
    confidence=0.8,
    parameters=(Parameter("standing", STANDING, T("Touch points that work without an action of the plan.")),),
)
Place = tuple[str, str]
"""`stage` and its name; `channel` and its id; `open` and the id of a channel whose action states no stage."""
Covered = dict[Place, set[str]]
"""Place → segments addressed there; the empty id stands for everyone."""


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if not any(action.stage or action.channel for action in scene.index.actions):
        return
    covered, standing = _covered(scene), set(scene.parameters["standing"])
    for step in scene.plan.journey:
        told = (step.stage or step.touchpoints) and not standing.intersection(step.touchpoints)
        if told and not _reached(step, covered):
            yield RULE.finding(step.id, _sentence(scene, step), _hint(scene, step))


def _covered(scene: Scene) -> Covered:
    covered: Covered = defaultdict(set)
    for action in scene.index.actions:
        channel = scene.index.channels.get(action.channel or "")
        served = [action.stage.value] if action.stage else list(channel.stages if channel else ())
        places: list[Place] = [("stage", stage) for stage in served]
        if action.channel:
            places += [("channel", action.channel)] + ([] if action.stage else [("open", action.channel)])
        for place in places:
            covered[place].update(segments_of(scene.index, action) or {""})
    return covered


def _reached(step: JourneyStage, covered: Covered) -> bool:
    places: list[Place] = [("open" if step.stage else "channel", id) for id in step.touchpoints]
    places += [("stage", step.stage.value)] if step.stage else []
    for place in places:
        segments = covered.get(place, set())
        if segments and (not step.segments or "" in segments or segments & set(step.segments)):
            return True
    return False


def _sentence(scene: Scene, step: JourneyStage) -> Text:
    segments = [scene.index.segments[id] for id in step.segments if id in scene.index.segments]
    if step.stage and segments:
        return T(
            "No action reaches {segments} at the stage “{name}” ({stage}).",
            segments=quoted(segments),
            name=step.name,
            stage=STAGES[step.stage],
        )
    if step.stage:
        return T("No action covers the stage “{name}” ({stage}).", name=step.name, stage=STAGES[step.stage])
    return T("No action covers the stage “{name}” of the journey.", name=step.name)


def _hint(scene: Scene, step: JourneyStage) -> Text:
    known = [scene.index.channels[id].name for id in step.touchpoints if id in scene.index.channels]
    if known:
        return T(
            "Plan an action on {channels}, or set “stage” on the one that already does the work.",
            channels=known,
        )
    return T("Plan an action for it, or set “stage” on the one that already does the work.")
