"""Campaign in the data that matches no action.

## What it finds
A campaign with spend whose name matches no tracking key of any action.

## Why it matters
S0: actions that live beside the strategy. The money is orphan until someone says what it is for.

## Example
“Brand_DE_2025” spent CHF 3,200 in September and no action carries this key.

## How to put it right
Add the name as tracking key of the action it belongs to, write the missing action, or stop the campaign.

## Parameters
`minimum` (0): spend, in the campaign’s currency, below which a campaign is let pass.

## When it stays silent
Below the minimum. Without any source in the data: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.suggestions import Suggestions
from gouvernail.plan.model import Layer

RULE = Rule(
    code="DAT01",
    family="DAT",
    title=T("Campaign without action"),
    severity=Severity.warning,
    layer=Layer.execution,
    measured=True,
    parameters=(Parameter("minimum", 0.0, T("Spend below which a campaign is let pass.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    if scene.evidence is None or not scene.evidence.sources:
        yield RULE.not_checked(T("No source has brought data yet."))
        return
    keys = {key.value: action.name for action in scene.index.actions for key in action.tracking}
    known = Suggestions(keys)
    for orphan in scene.evidence.orphans:
        if not orphan.spend or float(orphan.spend.amount) < scene.parameters["minimum"]:
            continue
        near = known.near(orphan.campaign)
        yield RULE.finding(
            "execution",
            T(
                "The campaign “{campaign}” ({source}) spent {spend} from {first} to {last} and matches no action.",
                campaign=orphan.campaign,
                source=scene.index.source_name(orphan.source),
                spend=orphan.spend,
                first=orphan.first,
                last=orphan.last,
            ),
            T(
                "Is it “{action}”, whose key is “{key}”? Add the name as its tracking key.",
                action=keys[near],
                key=near,
            )
            if near
            else T("Add the name as tracking key of the action it belongs to, or stop the campaign."),
            related=(orphan.source, orphan.campaign),
            money=orphan.spend,
        )
