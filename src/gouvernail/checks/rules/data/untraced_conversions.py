"""Too many conversions without a source.

## What it finds
Conversions of one kind (leads, orders …) of which more than the allowed share came without any source: nothing tells which channel or campaign brought them. Where visits of known people are imported, also sales of which more than that share has no *path*: no contact of the buyer is known in the 90 days before, so that attribution shares out the rest only. A sale may well name a source and have no path. Each kind is told once.

## Why it matters
S0: “tracking tools today also make it possible to tie revenue to a particular marketing action. Use them”. What has no source is shared out by opinion, and the channel that shouts loudest gets it.

## Example
63 of 140 leads of August (45 %) carry no source. 50 of 90 sales of August (56 %) have no path.

## How to put it right
Keep the campaign parameters through the form into the CRM (hidden fields), ask “how did you hear of us?”, and check that consent does not cut the link. For paths: the same number of a person in visits and in sales (log-in, clicks in mailings, the CRM's activities).

## Parameters
`share` (0.3): share without source that is let pass. It is a choice of ours: consent and phone calls leave some part untraced everywhere.
`minimum` (20): conversions below which the share says nothing.

## When it stays silent
Below the share or the minimum. Sales that no path leads to at all are no case of coverage: there, no model runs. Revenue with a source but no action is DAT03, models that disagree are DAT07. Where no conversion was imported: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Number, Ratio
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.measuring_evidence import CreditSpread, Tracing
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
    if evidence is None or not (evidence.tracing or evidence.credit):
        yield RULE.not_checked(T("No conversion is in the data: import leads or orders with their source."))
        return
    told = set()
    for traced in evidence.tracing:
        if _too_many(scene, traced.without_source, traced.count):
            told.add(traced.kind)
            yield _finding(traced, traced.without_source / traced.count, evidence.period)
    if evidence.credit is not None and not told & {"order", "deal"}:
        yield from _pathless(scene, evidence.credit, evidence.period)


def _too_many(scene: Scene, without: float, count: float) -> bool:
    return bool(count >= scene.parameters["minimum"] and without > scene.parameters["share"] * count)


def _pathless(scene: Scene, found: CreditSpread, period: object) -> Iterator[Finding]:
    """Yield a finding where attribution covers too few of the sales."""
    count = found.conversions / found.coverage if found.coverage > 0 else 0.0
    without = count - found.conversions
    if not _too_many(scene, without, count):
        return
    yield RULE.finding(
        "execution",
        T(
            "{without} of {count} sales ({period}) have no path: no contact of the buyer is known in the 90 days before. Attribution shares out the other {share}.",
            without=Number(without, 0),
            count=Number(count, 0),
            period=period,
            share=Ratio(found.coverage, 0),
        ),
        T(
            "Let visits and sales carry the same person’s number (log-in, clicks in mailings, the CRM’s activities)."
        ),
        related=("path",),
        share=1 - found.coverage,
    )


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
