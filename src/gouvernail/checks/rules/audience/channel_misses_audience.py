"""Channel that does not reach the audience.

## What it finds
An action on a channel that its audience’s age group uses far less than the channel’s own public does, or that addresses another market (consumers instead of businesses). Judged on the segments and personas that the action names, else on the scope of the objectives it serves, else on its own ages.

## Why it matters
S0: the company wants Germany’s industry, “your marketing team launches an Instagram campaign for the young … meanwhile sales try to sell to industrial buyers of 50”. The shares come from the channel catalogue, each with its source and year.

## Example
Instagram for industrial buyers of 50 to 60: 35 % of that age use it against 78 % at 18 to 29; and it addresses consumers.
Instead: LinkedIn, trade fairs, search.

## How to put it right
Move the money to a channel where this audience is at home, or, if you know better, write the channel into the persona’s `channels`.

## Parameters
`minimum_affinity` (0.5): the audience’s share of users over that of the channel’s best age group, below which the channel misses it. `at_home` (0.75): affinity from which another market alone is only a warning.

## When it stays silent
Without channel or audience, for channels without figures that address this market, and where a persona of the audience lists the channel (or its network).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.channels import Channel, Fit
from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Ratio
from gouvernail.checks.audiences import Target, segments_of, targets, uses
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action, Layer

RULE = Rule(
    code="AUD01",
    family="AUD",
    title=T("Channel misses the audience"),
    severity=Severity.blocking,
    layer=Layer.execution,
    parameters=(
        Parameter(
            "minimum_affinity",
            0.5,
            T("Users among the audience over users in the channel’s best age group, below which it misses."),
        ),
        Parameter("at_home", 0.75, T("Affinity from which another market alone is only a warning.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    known = scene.index.channels
    for action in scene.index.actions:
        channel = known.get(action.channel or "")
        if channel is None:
            continue
        for target in targets(scene.index, action):
            if not uses(scene.index, target, channel):
                yield from _judged(scene, action, channel, target)


def _judged(scene: Scene, action: Action, channel: Channel, target: Target) -> Iterator[Finding]:
    fit = channel.fit(target.age, target.market)
    misses = fit.affinity is not None and fit.affinity < scene.parameters["minimum_affinity"]
    stranger = fit.market is False
    if not (misses or stranger):
        return
    at_home = fit.affinity is None or fit.affinity >= scene.parameters["at_home"]
    yield RULE.finding(
        action.id,
        _sentence(_where(scene, action, channel, target), action, channel, target, fit),
        _hint(action, channel, target),
        severity=Severity.blocking if misses or not at_home else Severity.warning,
        related=(target.id,) if target.id != action.id else (),
        money=scene.index.money(action.budget),
        reach=fit.reach,
        affinity=fit.affinity,
        market=fit.market,
    )


def _where(scene: Scene, action: Action, channel: Channel, target: Target) -> Text:
    """Where the action runs, and whose public that is: named by it, by the objective it serves, or its own ages."""
    values = {"name": action.name, "channel": channel.name, "audience": target.name}
    if target.id == action.id:
        return T("“{name}” runs on {channel}", **values)
    if target.id in action.audience.personas or target.id in segments_of(scene.index, action):
        return T("“{name}” runs on {channel} for “{audience}”", **values)
    return T("“{name}” runs on {channel} and serves an objective for “{audience}”", **values)


def _hint(action: Action, channel: Channel, target: Target) -> Text:
    if target.id == action.id:
        return T(
            "Move the money to where this public is, or look who of it uses {channel}.", channel=channel.name
        )
    return T(
        "Move the money to where “{audience}” is, or write in the persona’s channels that it is on {channel}.",
        audience=target.name,
        channel=channel.name,
    )


def _sentence(where: Text, action: Action, channel: Channel, target: Target, fit: Fit) -> Text:
    values = {"name": action.name, "channel": channel.name, "audience": target.name}
    if fit.reach is None or target.age is None:
        if target.market == "b2b":
            return T(
                "“{name}” runs on {channel}, which addresses consumers; “{audience}” are businesses.",
                **values,
            )
        return T(
            "“{name}” runs on {channel}, which addresses businesses; “{audience}” are consumers.", **values
        )
    best = max(channel.ages, key=lambda ages: channel.ages[ages])
    values |= {
        "where": where,
        "low": target.age[0],
        "high": target.age[1],
        "reach": Ratio(fit.reach, 0),
        "best": Ratio(channel.ages[best], 0),
        "young": best[0],
        "old": best[1],
        "source": verbatim(channel.source),
        "year": str(channel.year),
    }
    if fit.market is False:
        return T(
            "{where}: {reach} of people aged {low} to {high} use it, against {best} "
            "at {young} to {old}, and it addresses another market ({source}, {year}).",
            **values,
        )
    return T(
        "{where}: {reach} of people aged {low} to {high} use it, against {best} "
        "at {young} to {old} ({source}, {year}).",
        **values,
    )
