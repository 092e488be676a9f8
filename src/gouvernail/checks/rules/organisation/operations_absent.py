"""Operations absent from the strategy review.

## What it finds
The company has a team for operations, and no strategy review at which it sits. A strategy review is a meeting of that purpose, or, where no purpose is written, one of management with marketing.

## Why it matters
S1: bring the operational teams into the discussion of the strategy, so that they are actors and not mere executors; they are often best placed to know what customers need. What marketing promises, operations must be able to keep.

## Example
`{id: review, purpose: strategy_review, between: [management, marketing]}` and a team `production` of the function operations.
Instead: `between: [management, marketing, production]`

## How to put it right
Invite someone of operations to the review, at least for the part on offers, deadlines and capacity.

## Parameters
None.

## When it stays silent
Without a team for operations; where reviews do not say who meets; where one person does everything. Without any meeting of management and marketing REV04 speaks.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouvernail.base.text import T
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.index import Index
from gouvernail.checks.meetings import functions
from gouvernail.checks.people import alone
from gouvernail.checks.rule import Rule, Scene
from gouvernail.plan.model import Function, Meeting, Purpose

RULE = Rule(
    code="ORG07",
    family="ORG",
    title=T("Operations absent from the strategy review"),
    severity=Severity.advice,
    layer=None,
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    teams = scene.index.teams(Function.operations)
    reviews = [meeting for meeting in scene.plan.meetings if _reviews_strategy(scene.index, meeting)]
    if not teams or not reviews or alone(scene.plan):
        return
    if not any(
        not meeting.between or Function.operations in functions(scene.index, meeting) for meeting in reviews
    ):
        yield RULE.finding(
            reviews[0].id,
            T(
                "{teams} has no seat at “{meeting}”, where the strategy is reviewed.",
                teams=[scene.index.name(team) for team in teams],
                meeting=reviews[0].name,
            ),
            T("Invite someone of operations, at least for offers, deadlines and capacity."),
            reviews=tuple(meeting.id for meeting in reviews),
        )


def _reviews_strategy(index: Index, meeting: Meeting) -> bool:
    if meeting.purpose is not None:
        return meeting.purpose is Purpose.strategy_review
    return functions(index, meeting) >= {Function.management, Function.marketing}
