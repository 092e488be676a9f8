"""Rule setting that names nothing.

## What it finds
A rule code under `rules` that does not exist, a parameter that the rule does not have, or a value of the wrong kind.

## Why it matters
A setting that is silently without effect is worse than none: someone believes that a rule is tuned.

## Example
`rules: {parameters: {AUD1: {minimum_affinity: 0.4}}}`

## How to put it right
Correct the name; the hint gives the nearest one. `gouvernail rules CODE` lists the parameters.

## Parameters
None.

## When it stays silent
For settings that work.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T, Text
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.checks.settings import Misfit, misfits

RULE = Rule(
    code="REF02",
    family="REF",
    title=T("Unknown rule setting"),
    severity=Severity.warning,
    layer=None,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    from gouvernail.checks.catalogue import RULES  # the catalogue reads this module

    for misfit in misfits(scene.plan, RULES):
        yield RULE.finding(
            "rules",
            _sentence(misfit),
            T("Did you mean “{near}”?", near=misfit.suggestion)
            if misfit.suggestion
            else T("“gouvernail rules” lists the rules and their parameters."),
            related=tuple(word for word in (misfit.rule, misfit.name) if word),
        )


def _sentence(misfit: Misfit) -> Text:
    match misfit.what:
        case "rule":
            return T("The settings name the rule “{rule}”, which does not exist.", rule=misfit.rule)
        case "parameter":
            return T("The rule {rule} has no parameter “{name}”.", rule=misfit.rule, name=misfit.name)
        case _:
            return T(
                "{rule}: “{value}” does not fit the parameter “{name}”; a value like {default} does. It counts for nothing.",
                rule=misfit.rule,
                name=misfit.name,
                value=str(misfit.value),
                default=str(misfit.default),
            )
