"""Skill that a channel needs and nobody has.

## What it finds
A skill that the channel of a planned or running action needs, and that neither anybody's `skills` nor those of a role with a holder name. One finding for a skill, with all the actions that need it and their money. Usual other names of a skill count: `Google Ads` is `sea`, `rédaction` is `writing`.

## Why it matters
S4: “identify the gaps and offer programmes”; trained teams are an asset. S1 names training among the answers to resistance. Money on a channel that nobody masters pays for the apprenticeship at the auction's price.

## Example
An action on `search_paid`, and `people: [{id: eva, skills: [community, video]}]`.
Instead: `skills: [community, video, sea]` after the training, or the agency's contact under `people`.

## How to put it right
Train someone, hire, or write the agency or freelancer that brings the skill under `people`; or choose channels that you master.

## Parameters
None.

## When it stays silent
For ended, paused, cancelled actions and ideas; for channels that need no skill. While nobody's skills are written: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.text import TN, T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.checks.skills import held, named
from gouvernail.checks.wording import quoted
from gouvernail.plan.model import Action, Status

RULE = Rule(
    code="ORG06",
    family="ORG",
    title=T("Skill missing for a channel"),
    severity=Severity.advice,
    layer=None,
    confidence=0.8,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    needing = _needing(scene)
    if not needing:
        return
    have = held(scene.plan)
    if not have:
        yield RULE.not_checked(T("Nobody’s skills are written."))
        return
    for skill, actions in needing.items():
        if skill not in have:
            money = scene.index.money(sum((action.budget or Decimal(0) for action in actions), Decimal(0)))
            yield RULE.finding(
                actions[0].id,
                _sentence(scene, skill, actions),
                T("Train someone, or write under “people” the agency or freelancer that brings it."),
                related=(skill,),
                money=money,
                actions=tuple(action.id for action in actions),
            )


def _needing(scene: Scene) -> dict[str, list[Action]]:
    """Skill → the actions, still to do, on channels that need it."""
    found: dict[str, list[Action]] = {}
    for action in scene.index.actions:
        channel = scene.index.channels.get(action.channel or "")
        if channel and action.status in (Status.planned, Status.running):
            for skill in channel.skills:
                found.setdefault(skill, []).append(action)
    return found


def _sentence(scene: Scene, skill: str, actions: list[Action]) -> Text:
    channels = dict.fromkeys(action.channel or "" for action in actions)
    return T(
        "{actions} on {channels}: nobody in the plan knows {skill}.",
        actions=quoted(actions, 3)
        + ([TN("{n} more", "{n} more", len(actions) - 3)] if len(actions) > 3 else []),
        channels=[scene.index.channels[channel].name for channel in channels],
        skill=named(skill),
    )
