"""Mass channel for an exclusive audience.

## What it finds
An action on a channel that addresses everyone (television, radio, posters, display, marketplaces; a social network where the action says for whom it is no longer does) although its positioning is luxury (warning), or although the segments that it addresses count only a few thousand people or companies (advice). The sentence gives the size.

## Why it matters
S1: the luxury watch brand advertises in magazines of prestige, at exclusive events and in fine boutiques; what everyone sees everywhere loses its rarity. For a segment of 4,000 companies a mass channel pays mostly for people who will never buy. Kapferer and Bastien (2009, *The Luxury Strategy*) want luxury known beyond its buyers: so this is a question, not a verdict.

## Example
`positionings: [{id: prestige, tier: luxury}]` and `{id: posters, channel: out_of_home}`.
Instead: press of the field, events, invitations, partners.

## How to put it right
Move the money to a channel that addresses the few; or set the finding aside with the reason, e.g. fame beyond the buyers.

## Parameters
`tiers` (luxury): tiers that make a positioning exclusive. `small` (10000): people or companies up to which an audience is small.

## When it stays silent
Where the segments’ sizes are not written, for social networks aimed at a stated audience, where a persona of the audience lists the channel, and where the channel addresses another market (AUD01).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.channels import Channel
from gouvernail.base.text import T
from gouvernail.checks.audiences import Target, targets, uses
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.positionings import positionings_of
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.wording import quoted
from gouvernail.plan.model import Action, Layer

RULE = Rule(
    code="POS02",
    family="POS",
    title=T("Mass channel for an exclusive audience"),
    severity=Severity.warning,
    layer=Layer.execution,
    confidence=0.6,
    parameters=(
        Parameter("tiers", ("luxury",), T("Tiers that make a positioning exclusive.")),
        Parameter("small", 10000.0, T("People or companies up to which an audience is small.")),
    ),
)
HINT = T("Move the money to a channel that addresses the few; or set this aside with the reason.")


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for action in scene.index.actions:
        channel = scene.index.channels.get(action.channel or "")
        if channel is None or not channel.mass:
            continue
        publics = targets(scene.index, action)
        if channel.network and publics:
            continue
        if not any(uses(scene.index, one, channel) or _missed(channel, one) for one in publics):
            yield from _luxury(scene, action, channel) or _few(scene, action, channel, publics)


def _missed(channel: Channel, target: Target) -> bool:
    return channel.fit(target.age, target.market).market is False


def _luxury(scene: Scene, action: Action, channel: Channel) -> list[Finding]:
    over = positionings_of(scene.index, action)
    if not over or any(str(one.tier) not in scene.parameters["tiers"] for one in over):
        return []
    return [
        RULE.finding(
            action.id,
            T(
                "“{name}” runs on {channel}, which addresses everyone, under the exclusive positioning “{positioning}”.",
                name=action.name,
                channel=channel.name,
                positioning=over[0].name,
            ),
            HINT,
            related=(over[0].id,),
            money=scene.index.money(action.budget),
        )
    ]


def _few(scene: Scene, action: Action, channel: Channel, publics: tuple[Target, ...]) -> list[Finding]:
    people = (scene.index.personas.get(one.id) for one in publics)
    ids = {one.id for one in publics} | {who.segment for who in people if who and who.segment}
    segments = [scene.index.segments[id] for id in sorted(ids) if id in scene.index.segments]
    sizes = [segment.size for segment in segments if segment.size]
    if not sizes or len(sizes) < len(segments) or sum(sizes) > scene.parameters["small"]:
        return []
    return [
        RULE.finding(
            action.id,
            T(
                "“{name}” runs on {channel}, which addresses everyone, for {audience}: {size} in all.",
                name=action.name,
                channel=channel.name,
                audience=quoted(segments),
                size=sum(sizes),
            ),
            HINT,
            severity=Severity.advice,
            related=tuple(segment.id for segment in segments),
            money=scene.index.money(action.budget),
            size=sum(sizes),
        )
    ]
