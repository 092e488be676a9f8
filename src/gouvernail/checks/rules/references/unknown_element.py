"""Reference to an element that does not exist.

## What it finds
An id, in any field of any element, that no element of the plan has.

## Why it matters
The chain is made of these links (S2); a broken one cuts off everything below.

## Example
`serves: [revenu]` where the objective is called `revenue`.

## How to put it right
Correct the id; the hint names the nearest one.

## Parameters
None.

## When it stays silent
For metrics and channels (REF03) and rule settings (REF02).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Rule, Scene
from gouvernail.checks.suggestions import Suggestions

RULE = Rule(
    code="REF01",
    family="REF",
    title=T("Unknown element"),
    severity=Severity.warning,
    layer=None,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    known = Suggestions(scene.plan.by_id)
    for id, field, missing in scene.graph.dangling():
        near = known.near(missing)
        yield RULE.finding(
            id,
            T(
                "“{name}” names “{missing}” under “{field}”; the plan has no such element.",
                name=scene.index.name(id),
                missing=missing,
                field=field,
            ),
            T("Did you mean “{near}”?", near=near) if near else T("Correct the id, or write the element."),
            related=(field, missing),
        )
