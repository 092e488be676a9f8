"""Expected leads above sales capacity.

## What it finds
A month in which the leads expected from the actions, or those that the data show, exceed what the teams can follow up.

## Why it matters
S1 and S0: marketing and sales plan together. A lead called back late is lost (Oldroyd 2011, Harvard Business Review: firms that answer within an hour qualify seven times as many); more leads than capacity is money spent on disappointment.

## Example
180 leads expected in October, sales can follow up 120.

## How to put it right
Spread the actions, add capacity, or qualify before handing over.

## Parameters
`margin` (0): excess, as a fraction of capacity, that is let pass.

## When it stays silent
Where no action says how many leads it expects. Where no team says how many leads it can follow up: *not checked*.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from gouvernail.base.periods import Period, parse_period
from gouvernail.base.text import T
from gouvernail.base.values import Number
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.rule import Parameter, Rule, Scene
from gouvernail.plan.model import Action, Team

RULE = Rule(
    code="ORG02",
    family="ORG",
    title=T("Leads above sales capacity"),
    severity=Severity.warning,
    layer=None,
    also_judges=True,
    parameters=(Parameter("margin", 0.0, T("Excess, as a fraction of capacity, that is let pass.")),),
)


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    expected = _expected(scene.index.actions) if scene.evidence is None else {}
    real = dict(scene.evidence.monthly_leads) if scene.evidence else {}
    if not expected and not real:
        return
    teams = [team for team in scene.plan.teams if team.leads_per_month is not None]
    if not teams:
        yield RULE.not_checked(T("No team says how many leads it can follow up in a month."))
        return
    capacity = sum((team.leads_per_month or Decimal(0) for team in teams), Decimal(0))
    limit = capacity * (1 + Decimal(str(scene.parameters["margin"])))
    peaks = {month: leads for month, leads in (expected or real).items() if leads > limit}
    if peaks:
        month = max(peaks, key=lambda one: (peaks[one], one))
        yield _finding(teams, parse_period(month), peaks[month], capacity, planned=bool(expected))


def _finding(
    teams: list[Team], month: Period, leads: Decimal, capacity: Decimal, *, planned: bool
) -> Finding:
    values = {
        "leads": Number(float(leads)),
        "month": month,
        "capacity": Number(float(capacity)),
        "teams": [team.name for team in teams],
    }
    return RULE.finding(
        teams[0].id,
        T("The actions are to bring {leads} leads in {month}; {teams} can follow up {capacity}.", **values)
        if planned
        else T("{leads} leads came in {month}; {teams} can follow up {capacity}.", **values),
        T("Spread the actions, add capacity, or qualify the leads before handing them over."),
        leads=leads,
        capacity=capacity,
        month=str(month),
    )


def _expected(actions: Iterable[Action]) -> dict[str, Decimal]:
    """Month → leads expected, each action's spread evenly over its days."""
    months: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for action in actions:
        if not (action.expected_leads and action.start and action.end and action.start <= action.end):
            continue
        a_day = action.expected_leads / ((action.end - action.start).days + 1)
        first = action.start
        while first <= action.end:
            year, month = first.year, first.month
            length = monthrange(year, month)[1]
            last = min(first.replace(day=length), action.end)
            months[year, month] += a_day * ((last - first).days + 1)
            if last == date.max:
                break
            first = last + timedelta(days=1)
    return {f"{year:04}-{month:02}": leads for (year, month), leads in months.items()}
