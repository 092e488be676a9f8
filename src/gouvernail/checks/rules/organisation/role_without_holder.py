"""Role that nobody holds.

## What it finds
A role without a holder.

## Why it matters
S1: the definition of roles and responsibilities is among the indispensable steps; S4: assign each task to a member of the team. A role written down and held by nobody is work that everybody believes to be done.

## Example
`{id: web-analyst, title: Web analyst, skills: [seo]}`
Instead: `{id: web-analyst, title: Web analyst, skills: [seo], holder: eva}`

## How to put it right
Name under `holder` who takes it on, an agency's contact included; or take the role out of the plan.

## Parameters
None.

## When it stays silent
For a holder whom the plan does not know (REF01 says so).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.checks.skills import named

RULE = Rule(
    code="ORG04",
    family="ORG",
    title=T("Role without holder"),
    severity=Severity.warning,
    layer=None,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    for role in scene.plan.roles:
        if role.holder is None:
            yield RULE.finding(
                role.id,
                T(
                    "Nobody holds the role “{name}”, which needs {skills}.",
                    name=role.name,
                    skills=[named(skill) for skill in role.skills],
                )
                if role.skills
                else T("Nobody holds the role “{name}”.", name=role.name),
                T("Name who takes it on, or take the role out of the plan."),
            )
