"""Return: revenue credited to actions over what was spent, by each credit rule (DOMAIN §1)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gouvernail.base.money import Money, total
from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.base.text import TN, T, Text
from gouvernail.bearing.deeds import Deeds
from gouvernail.bearing.model import ReturnFigure
from gouvernail.measurement.attribution.touch import Credit, Rule

SHOWN: Rule = "last"
"""The credit rule shown first; the others stand beside it."""
NO_SPEND = T("No spend was imported for this period: import the exports of your advertising platforms.")
NO_REVENUE = T("No revenue was imported for this period: import the export of your CRM or shop.")


def left_out(currencies: Sequence[str]) -> Text:
    """Say that spend is missing for want of exchange rates."""
    return T(
        "Spend in {currencies} is left out, for want of a rate: add dated rates under “exchange_rates” of the "
        "organisation.",
        currencies=list(currencies),
    )


def return_figure(deeds: Deeds) -> ReturnFigure:
    """Return what the actions' credited revenue is to all the money spent in the period, orphan money too."""
    cost = total(deeds.spent.values(), deeds.currency) + deeds.unmatched
    by_rule = {str(rule): _ratio(deeds, rule, cost) for rule in deeds.credits}
    value, shown = by_rule[SHOWN], deeds.credits[SHOWN]
    return ReturnFigure(
        value=value,
        revenue=_credited(shown, deeds.currency) if isinstance(shown, Credit) else None,
        cost=cost if deeds.has_spend and not deeds.foreign else None,
        grade=Grade.credit_rule if isinstance(value, Estimate) else Grade.none,
        by_rule=by_rule,
        coverage=shown.coverage if isinstance(shown, Credit) else None,
    )


def _credited(given: Credit, currency: str) -> Money:
    return Money(sum((share.revenue for share in given.by_action.values()), Decimal(0)), currency)


def _ratio(deeds: Deeds, rule: Rule, cost: Money) -> Outcome:
    if deeds.foreign:
        return Refusal("no_rate", left_out(deeds.foreign))
    if not deeds.has_spend or not cost:
        return Refusal("no_spend", NO_SPEND)
    given = deeds.credits[rule]
    if isinstance(given, Refusal):
        return given
    if given.rows_without_rate:
        return Refusal("no_rate", sales_left_out(given.rows_without_rate))
    if not given.total.revenue:
        return Refusal("no_revenue", NO_REVENUE)
    ratio = float(_credited(given, deeds.currency).amount / cost.amount)
    options = {"rule": rule, "basis": given.basis, "window_days": given.window_days}
    return Estimate(ratio, "touch", grade=Grade.credit_rule, options=options)


def sales_left_out(count: int) -> Text:
    """Say that sales are missing for want of exchange rates."""
    return TN(
        "{n} sale is in a currency without a rate: add dated rates under “exchange_rates” of the organisation.",
        "{n} sales are in a currency without a rate: add dated rates under “exchange_rates” of the organisation.",
        n=count,
    )
