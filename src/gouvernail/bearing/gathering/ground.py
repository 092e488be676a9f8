"""What every gatherer stands on: the plan's period, the engine, money in one currency, who owns a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gouvernail.base.money import CENT, Money
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import Grain, Period, bucket
from gouvernail.bearing.deeds import WINDOW_DAYS, Deeds
from gouvernail.bearing.measures import NO_FACTS, Measures
from gouvernail.measurement.attribution.touch import Credit, credit
from gouvernail.metrics.conditions import ended
from gouvernail.metrics.keys import Identity, Owners
from gouvernail.metrics.rates import converted, rates_of
from gouvernail.plan.model import Action

if TYPE_CHECKING:
    import ibis

UNNAMED = ("", "(not set)", "(none)", "(direct)", "(organic)", "(referral)", "(data not available)")
"""What analytics writes where there is no name."""


@dataclass(frozen=True)
class Ground:
    """The facts and the deeds of one plan and one period; every question is asked of the engine once."""

    measures: Measures
    deeds: Deeds

    @property
    def period(self) -> Period:
        return self.measures.period

    @property
    def currency(self) -> str:
        return self.measures.plan.organisation.currency

    @cached_property
    def year(self) -> Period:
        """The twelve months that end with the period (365 days where it does not end with a month)."""
        end = self.period.end
        month = bucket(end, Grain.month)
        if month.end == end:
            return Period(month.back(11).start, end)
        return Period(end - timedelta(days=364), end)

    def has(self, table: str) -> bool:
        """Whether anything was ever imported into a table."""
        return self.measures.engine is not None and not self.measures.engine.is_empty(table)

    def table(self, name: str) -> Any:
        """Return a canonical table; only where there is a lake."""
        if self.measures.engine is None:
            raise LookupError(name)
        return self.measures.engine.table(name)

    def rows(self, expression: ibis.Table) -> list[dict[str, Any]]:
        """Return the answer of the engine as rows: for grouped questions, never for whole tables."""
        if self.measures.engine is None:
            return []
        found: list[dict[str, Any]] = self.measures.engine.execute(expression).to_pylist()
        return found

    def within(self, table: ibis.Table, period: Period) -> ibis.Table:
        """Keep the rows wholly inside a period."""
        day = table["day"]
        return table.filter((day >= period.start) & (ended(table, day) <= period.end))

    def worth(self, table: ibis.Table, column: str, day: Any) -> Any:
        """Return a money column in the organisation's currency, empty where no dated rate converts it."""
        return converted(table, column, day, self.currency, rates_of(self.measures.rates))

    def money(self, amount: Decimal | float | None) -> Money | None:
        """Return an amount of the organisation's currency, to the cent."""
        if amount is None:
            return None
        return Money(Decimal(str(amount)).quantize(CENT), self.currency)

    def told(self, outcome: Outcome) -> Money | None:
        """Return a value of a money metric, None where it is refused."""
        return self.money(outcome.value) if isinstance(outcome, Estimate) else None

    @cached_property
    def owners(self) -> Owners:
        """Finds the action that a campaign belongs to."""
        return Owners(self.deeds.keys)

    def owner(
        self, table: str, source: str, campaign: str | None, id: str | None, origin: str | None
    ) -> str | None:
        """Return the action that owns what facts say of themselves, None where none does."""
        return self.owners.of(Identity(table, source, campaign, id, None, origin))

    def channel_of(self, action: str | None) -> str | None:
        """Return the channel of an action, where it has one."""
        element = self.measures.plan.get(action) if action else None
        return element.channel if isinstance(element, Action) else None

    @cached_property
    def yearly_credit(self) -> Credit | Refusal:
        """Revenue of the year by its last touch."""
        if self.measures.engine is None:
            return Refusal("no_data", NO_FACTS)
        return credit(
            self.measures.engine,
            self.deeds.keys,
            self.year,
            "last",
            WINDOW_DAYS,
            currency=self.currency,
            rates=self.measures.rates,
            of_record=self.measures.of_record,
        )


def count(number: float | None) -> int | None:
    """Return a sum of the engine as a whole number."""
    return None if number is None else round(number)


def decimal(number: float | Decimal | None) -> Decimal | None:
    """Return a sum of the engine as an exact number of at most six decimals."""
    if number is None:
        return None
    return number if isinstance(number, Decimal) else Decimal(str(round(number, 6)))


def days_before(day: date, days: int) -> date:
    """Return the day so many days before."""
    return day - timedelta(days=days)
