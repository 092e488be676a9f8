"""Leads not followed up within the agreed delay.

## What it finds
Leads of the period whose delay has run out, of which more than the allowed share were answered after it or never. Money at stake is what the leads never answered are worth; what a late answer costs is not known.

## Why it matters
S0: marketing and sales plan together; leads that sales let lie are the first thing that sets the two apart. Firms that answer within an hour qualify seven times as many as those that wait one more hour (Oldroyd, McElheran and Elkington 2011, Harvard Business Review).

## Example
31 of 84 leads of August were not called back within 24 hours: 12 later, 19 never.

## How to put it right
Say who takes each lead and who stands in; let the CRM ring before the delay is over; if there are too many, see ORG02.

## Parameters
`share` (0.1): share of leads answered late or never that is let pass.
`minimum` (10): leads below which nothing is said.

## When it stays silent
Below share or minimum. Where no team states its delay (`follow_up_hours`), or the CRM does not say when a lead was answered: *not checked*.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.text import T
from gouvernail.base.values import Number, Ratio
from gouvernail.checks.evidence import Evidence
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.checks.sales_evidence import FollowUp
from gouvernail.plan.model import Function, Team

RULE = Rule(
    code="ORG08",
    family="ORG",
    title=T("Leads not followed up in time"),
    severity=Severity.warning,
    layer=None,
    measured=True,
    parameters=(
        Parameter("share", 0.1, T("Share of leads answered late or never that is let pass.")),
        Parameter("minimum", 10.0, T("Leads below which nothing is said.")),
    ),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    teams = [team for team in scene.plan.teams if team.follow_up_hours is not None]
    evidence = scene.evidence
    if not teams:
        yield RULE.not_checked(
            T("No team says within how many hours a lead is to be called back (follow_up_hours).")
        )
        return
    if evidence is None or evidence.follow_up is None:
        yield RULE.not_checked(
            T("No data tell when leads were answered: import the CRM’s contacts with their first answer.")
        )
        return
    facts = evidence.follow_up
    missed = facts.late + max(facts.leads - facts.answered, 0)
    share = missed / facts.leads if facts.leads else 0.0
    if facts.leads >= scene.parameters["minimum"] and share > scene.parameters["share"]:
        team = min(teams, key=lambda one: one.function is not Function.sales)
        yield _finding(team, evidence, facts, missed, share)


def _finding(team: Team, evidence: Evidence, facts: FollowUp, missed: int, share: float) -> Finding:
    value, never = facts.value_of_lead, max(facts.leads - facts.answered, 0)
    return RULE.finding(
        team.id,
        T(
            "{missed} of {leads} leads ({period}) were not answered within {hours} hours ({share}): "
            "{late} later, {never} never.",
            missed=missed,
            leads=facts.leads,
            period=evidence.period,
            hours=Number(facts.agreed_hours, 0 if facts.agreed_hours.is_integer() else 1),
            share=Ratio(share, 0),
            late=facts.late,
            never=never,
        ),
        T("Say in “{team}” who takes each lead and who stands in, and let the CRM remind.", team=team.name),
        money=Money(value.amount * Decimal(never), value.currency) if value and never else None,
        share=share,
    )
