"""Too many conversions without a source.

## What it finds
Conversions of one kind (leads, orders …) of which more than the allowed share came without any source: nothing tells which channel or campaign brought them.

## Why it matters
S0: “tracking tools today also make it possible to tie revenue to a particular marketing action. Use them”. What has no source is shared out by opinion, and the channel that shouts loudest gets it.

## Example
63 of 140 leads of August (45 %) carry no source.

## How to put it right
Keep the campaign parameters through the form into the CRM (hidden fields), ask “how did you hear of us?”, and check that consent does not cut the link.

## Parameters
`share` (0.3): share without source that is let pass. It is a choice of ours: consent and phone calls leave some part untraced everywhere.
`minimum` (20): conversions below which the share says nothing.

## When it stays silent
Below the share or the minimum. Revenue with a source but no action is DAT03. Where no conversion was imported: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Ratio
from gouvernail.checks.evidence import Tracing
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Layer

RULE = Rule(
    code="DAT02",
    family="DAT",
    title=T("Conversions without source"),
    severity=Severity.warning,
    layer=Layer.execution,
    measured=True,
    parameters=(
        Parameter("share", 0.3, T("Share without source that is let pass.")),
        Parameter("minimum", 20.0, T("Conversions below which the share says nothing.")),
    ),
)

_KINDS: Mapping[str, Text] = {
    "lead": T("leads"),
    "order": T("orders"),
    "deal": T("deals"),
    "form": T("forms sent"),
}


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    evidence = scene.evidence
    if evidence is None or not evidence.tracing:
        yield RULE.not_checked(T("No conversion is in the data: import leads or orders with their source."))
        return
    for traced in evidence.tracing:
        share = traced.without_source / traced.count if traced.count else 0.0
        if traced.count >= scene.parameters["minimum"] and share > scene.parameters["share"]:
            yield _finding(traced, share, evidence.period)


def _finding(traced: Tracing, share: float, period: object) -> Finding:
    return RULE.finding(
        "execution",
        T(
            "{without} of {count} {kind} ({period}) carry no source: {share} that no channel can be credited with.",
            without=traced.without_source,
            count=traced.count,
            kind=_KINDS.get(traced.kind, verbatim(traced.kind)),
            period=period,
            share=Ratio(share, 0),
        ),
        T("Carry the campaign parameters through the form into the CRM, and ask how people heard of you."),
        related=(traced.kind,),
        share=share,
    )
