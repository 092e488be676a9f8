"""Planned and real money: what of an action's budget falls in a period, and the aligned-spend figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from gouvernail.base.money import CENT, Money, total
from gouvernail.base.periods import Period
from gouvernail.bearing.alignment import AlignedSpend, MoneySplit
from gouvernail.bearing.soundness import Ways
from gouvernail.plan.model import Action, Envelope, Objective, Plan


def planned_in(action: Action, plan: Plan, period: Period) -> Money:
    """Return the part of an action's budget that falls in the period, day by day alike, to the cent.

    An action without dates is spread over those of its envelope, else of the objectives it serves; where
    none is dated its money has no place in time, and counts in no period.
    """
    currency = plan.organisation.currency
    dates = _dates(action, plan)
    if action.budget is None or dates is None:
        return Money(Decimal(0), currency)
    shared = dates.overlap(period)
    days = shared.days if shared else 0
    return Money((action.budget * days / dates.days).quantize(CENT), currency)


def _dates(action: Action, plan: Plan) -> Period | None:
    start, end = action.start, action.end
    if start and end:
        return Period(start, end) if start <= end else None
    for element in _lenders(action, plan):
        first, last = _span(element)
        start, end = start or first, end or last
    return Period(start, end) if start and end and start <= end else None


def _lenders(action: Action, plan: Plan) -> Iterable[Envelope | Objective]:
    """The elements that lend their dates to an action without."""
    for id in (action.envelope or "", *(link.id for link in action.serves)):
        element = plan.get(id)
        if isinstance(element, Envelope | Objective):
            yield element


def _span(element: Envelope | Objective) -> tuple[date | None, date | None]:
    return element.start, element.end if isinstance(element, Envelope) else element.due


def aligned_spend(
    ways: Ways, planned: Mapping[str, Money], spent: Mapping[str, Money] | None, unmatched: Money
) -> AlignedSpend:
    """Return planned and real money by where they go. `spent` is None when the data hold no spend at all."""
    actual = None
    if spent is not None:
        by_action = _divide(ways, spent, unmatched.currency)
        actual = MoneySplit(by_action.aligned, by_action.weak, by_action.orphan + unmatched)
    return AlignedSpend(_divide(ways, planned, unmatched.currency), actual, unmatched)


def _divide(ways: Ways, amounts: Mapping[str, Money], currency: str) -> MoneySplit:
    parts = [ways.shares(id).divide(amount) for id, amount in amounts.items() if amount]
    return MoneySplit(
        total((part.aligned for part in parts), currency),
        total((part.weak for part in parts), currency),
        total((part.orphan for part in parts), currency),
    )
