"""Expected leads above sales capacity.

## What it finds
The months in which the leads expected from the actions exceed what the teams can follow up, each with its leads; with facts, the months in which more leads really came. The sentence names the fullest months, at most three.

## Why it matters
S1 tells the case: marketing launches a campaign, sales were not told and cannot handle the requests; leads are lost and customers annoyed. A lead called back late is lost (Oldroyd, McElheran and Elkington 2011, Harvard Business Review: firms that answer within an hour are nearly seven times as likely to qualify the lead); more leads than capacity is money spent on disappointment.

## Example
Sales can follow up 120 leads a month. The fair is to bring 100 in October, the campaign 160 from 2 October to 30 November (60 days): 100 + 160 × 30/60 = 180 in October, 80 in November. October has 60 too many.

## How to put it right
Spread the actions, add capacity, or qualify before handing over.

## Parameters
`margin` (0): excess, as a fraction of capacity, that is let pass.

## When it stays silent
Where no action says how many leads it expects. Where no team says how many leads it can follow up: *not checked*. A target for the year above twelve months of capacity, without any month too full, is CAS03’s.

An action’s leads fall on its days alike, and the months add up to what it expects, without rounding. The money at stake is the leads above capacity times what one costs: by the plan’s own figures (budgets of the actions over the leads they expect), with facts the measured cost per lead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from gouvernail.base.money import Money
from gouvernail.base.periods import parse_period
from gouvernail.base.text import T, Text
from gouvernail.base.values import Number
from gouvernail.checks.capacity import expected_leads, followers, monthly_capacity, months_of
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene

RULE = Rule(
    code="ORG02",
    family="ORG",
    title=T("Leads above sales capacity"),
    severity=Severity.warning,
    layer=None,
    also_judges=True,
    parameters=(Parameter("margin", 0.0, T("Excess, as a fraction of capacity, that is let pass.")),),
)
NAMED = 3
"""More months than this make the sentence unreadable."""


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    real = scene.evidence.monthly_leads if scene.evidence else {}
    leads = {month: Fraction(count) for month, count in real.items()} or expected_leads(scene.index.actions)
    if not leads:
        return
    capacity = monthly_capacity(scene.plan)
    if capacity is None:
        yield RULE.not_checked(T("No team says how many leads it can follow up in a month."))
        return
    limit = Fraction(capacity) * (1 + Fraction(str(scene.parameters["margin"])))
    full = {month: count for month, count in sorted(leads.items()) if count > limit}
    if full:
        yield _finding(scene, full, capacity, planned=not real)


def _finding(scene: Scene, full: Mapping[str, Fraction], capacity: Decimal, *, planned: bool) -> Finding:
    teams = followers(scene.plan)
    bring = [one.id for one in scene.index.actions if any(month in full for month in months_of(one))]
    above = sum(full.values()) - len(full) * Fraction(capacity)
    return RULE.finding(
        teams[0].id,
        _message(full, capacity, [team.name for team in teams], planned=planned),
        T("Spread the actions, add capacity, or qualify the leads before handing them over."),
        related=tuple(bring) if planned else (),
        money=_money(scene, full, above, planned=planned),
        capacity=capacity,
        months={month: float(leads) for month, leads in full.items()},
        above=float(above),
    )


def _message(full: Mapping[str, Fraction], capacity: Decimal, teams: list[str], *, planned: bool) -> Text:
    fullest = sorted(full, key=lambda month: (-full[month], month))[:NAMED]
    if len(full) == 1:
        month = fullest[0]
        values = {
            "leads": Number(float(full[month])),
            "month": parse_period(month),
            "capacity": Number(float(capacity)),
            "teams": teams,
        }
        if planned:
            return T(
                "The actions are to bring {leads} leads in {month}; {teams} can follow up {capacity}.",
                **values,
            )
        return T("{leads} leads came in {month}; {teams} can follow up {capacity}.", **values)
    several = {
        "n": Number(len(full)),
        "months": [
            T("{month} ({leads})", month=parse_period(month), leads=Number(float(full[month])))
            for month in sorted(fullest)
        ],
        "capacity": Number(float(capacity)),
        "teams": teams,
    }
    if planned:
        return T(
            "{teams} can follow up {capacity} leads a month; the actions are to bring more in {n} months, "
            "most in {months}.",
            **several,
        )
    return T(
        "{teams} can follow up {capacity} leads a month; more came in {n} months, most in {months}.",
        **several,
    )


def _money(scene: Scene, full: Mapping[str, Fraction], above: Fraction, *, planned: bool) -> Money | None:
    if not planned:
        cost = scene.evidence.cost_per_lead if scene.evidence else None
        return _amount(scene, above * Fraction(cost.amount)) if cost else None
    paid = [
        one for one in scene.index.actions if one.budget and any(month in full for month in months_of(one))
    ]
    leads = sum((Fraction(one.expected_leads or 0) for one in paid), Fraction(0))
    spent = sum((Fraction(one.budget or 0) for one in paid), Fraction(0))
    return _amount(scene, above * spent / leads) if leads else None


def _amount(scene: Scene, value: Fraction) -> Money | None:
    return scene.index.money(Decimal(round(value * 100)) / 100)
