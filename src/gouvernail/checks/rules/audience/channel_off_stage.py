"""Channel that does not serve the stage of the journey.

## What it finds
An action whose `stage` lies two stages or more from every stage that its channel serves, by the channel catalogue or the organisation’s own entry: television to close a sale, shopping ads to become known.

## Why it matters
S4 maps the journey and gives each channel its tactics and its aim; S2: where the channels chosen do not fit, “execution cannot go well”. Which channel serves which stage is a judgement of the catalogue, so this is an advice.

## Example
`{id: spot, channel: tv, stage: decision}`: television serves awareness.

## How to put it right
Aim the action at a stage that the channel serves, choose another channel, or, if you know better, write the stages into `channels` of the plan.

## Parameters
`steps` (2): how far, in stages, is too far. `retargeting` (beginnings of words that tell of people who have come before).

## When it stays silent
Without channel or stage, one stage apart, where a stage of the plan’s journey lists the channel as a touch point, and for retargeting, which brings any channel close to the purchase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.stages import STAGES, steps
from gouvernail.plan.model import Action, Layer, Stage

RETARGETING = ("retarget", "remarket", "reciblage", "relanc", "abandon")
RULE = Rule(
    code="AUD05",
    family="AUD",
    title=T("Channel off the stage of the journey"),
    severity=Severity.advice,
    layer=Layer.execution,
    confidence=0.6,
    parameters=(
        Parameter("steps", 2.0, T("How far from the channel’s stages, in stages, is too far.")),
        Parameter("retargeting", RETARGETING, T("Beginnings of words that tell of retargeting.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    known = scene.index.channels
    listed = {(step.stage, id) for step in scene.plan.journey for id in step.touchpoints}
    for action in scene.index.actions:
        channel = known.get(action.channel or "")
        if channel is None or action.stage is None or (action.stage, action.channel) in listed:
            continue
        served = [Stage(stage) for stage in channel.stages]
        far = served and min(steps(action.stage, one) for one in served) >= scene.parameters["steps"]
        if far and not _retargets(scene, action):
            yield RULE.finding(
                action.id,
                T(
                    "“{name}” aims at {stage} on {channel}, which serves {served}.",
                    name=action.name,
                    stage=STAGES[action.stage],
                    channel=channel.name,
                    served=[STAGES[one] for one in served],
                ),
                T(
                    "Choose a channel that serves this stage, or aim the action at a stage that this one serves."
                ),
                money=scene.index.money(action.budget),
            )


def _retargets(scene: Scene, action: Action) -> bool:
    names = " ".join(key.value for key in action.tracking)
    words = re.findall(r"[^\W\d_]+", f"{action.title} {action.text} {names}".casefold())
    return any(word.startswith(scene.parameters["retargeting"]) for word in words)
