"""Sales capacity against the leads that the plan expects, month by month, without rounding."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from gouvernail.plan.model import Action, Plan, Team


def followers(plan: Plan) -> tuple[Team, ...]:
    """Return the teams that say how many leads they can follow up."""
    return tuple(team for team in plan.teams if team.leads_per_month is not None)


def monthly_capacity(plan: Plan) -> Decimal | None:
    """Return how many leads the teams can follow up in a month, None where no team says so."""
    teams = followers(plan)
    return sum((team.leads_per_month or Decimal(0) for team in teams), Decimal(0)) if teams else None


def expected_leads(actions: Iterable[Action]) -> dict[str, Fraction]:
    """Return month (2026-09) → leads expected, in calendar order; an action's leads fall on its days alike.

    Exact: the months of an action sum to what it expects.
    """
    # Equal denominators are added first, as whole numbers: thousands of actions have few lengths.
    sums: dict[tuple[str, int], int] = defaultdict(int)
    for action in actions:
        above, under = (action.expected_leads or Decimal(0)).as_integer_ratio()
        for month, days, length in _days(action):
            sums[month, length * under] += above * days
    months: dict[str, Fraction] = defaultdict(Fraction)
    for (month, denominator), numerator in sums.items():
        months[month] += Fraction(numerator, denominator)
    return dict(sorted(months.items()))


def peaks(plan: Plan, actions: Iterable[Action], margin: float = 0.0) -> dict[str, Fraction]:
    """Return the months in which more leads are expected than the teams can follow up, with those leads."""
    capacity = monthly_capacity(plan)
    if capacity is None:
        return {}
    limit = Fraction(capacity) * (1 + Fraction(str(margin)))
    return {month: leads for month, leads in expected_leads(actions).items() if leads > limit}


def months_of(action: Action) -> tuple[str, ...]:
    """Return the months in which the action is to bring leads."""
    return tuple(month for month, _, _ in _days(action))


def _days(action: Action) -> Iterator[tuple[str, int, int]]:
    """Yield (month, days of the action in it, days of the action)."""
    if not (action.expected_leads and action.start and action.end and action.start <= action.end):
        return
    length = (action.end - action.start).days + 1
    first = action.start
    while first <= action.end:
        last = min(first.replace(day=monthrange(first.year, first.month)[1]), action.end)
        yield f"{first.year:04}-{first.month:02}", (last - first).days + 1, length
        if last == date.max:
            return
        first = last + timedelta(days=1)
