"""Actions against the facts: what each planned, spent and brought, and whether its chain is sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from gouvernail.base.money import Money
from gouvernail.base.outcome import Grade, Refusal
from gouvernail.base.periods import Period
from gouvernail.bearing.measures import NO_FACTS, Measures
from gouvernail.bearing.model import ActionStatus
from gouvernail.bearing.soundness import Ways
from gouvernail.bearing.spending import planned_in
from gouvernail.measurement.attribution.touch import Credit, Rule, credit
from gouvernail.metrics.keys import ActionKeys, Key
from gouvernail.metrics.matches import Matches
from gouvernail.metrics.matching import match
from gouvernail.plan.model import Action, Status

if TYPE_CHECKING:
    from gouvernail.bearing.attributed import Attributed

RULES: tuple[Rule, ...] = ("first", "last")
WINDOW_DAYS = 90
IDLE = (Status.idea, Status.cancelled, Status.paused)


def action_keys(action: Action) -> ActionKeys:
    """Return the tracking keys of an action, free of the plan."""
    keys = tuple(Key(key.value, key.field.value, key.match.value, key.source) for key in action.tracking)
    return ActionKeys(action.id, keys, action.start, action.end)


@dataclass(frozen=True)
class Deeds:
    """The actions of one plan in one period."""

    measures: Measures
    ways: Ways

    @property
    def currency(self) -> str:
        return self.measures.plan.organisation.currency

    @cached_property
    def keys(self) -> tuple[ActionKeys, ...]:
        """The tracking keys of every action."""
        return tuple(action_keys(action) for action in self.measures.plan.actions)

    @cached_property
    def matches(self) -> Matches | None:
        """Facts against actions; None without a lake."""
        return self.matches_in(self.measures.period)

    def matches_in(self, period: Period) -> Matches | None:
        """Return the facts of a period against actions; None without a lake."""
        engine, measures = self.measures.engine, self.measures
        if engine is None:
            return None
        return match(engine, self.keys, period, self.currency, measures.rates, measures.of_record)

    @cached_property
    def credits(self) -> Mapping[Rule, Credit | Refusal]:
        """Credit rule → revenue of the period credited to each action, or why none can be."""
        return {rule: self._credit(rule) for rule in RULES}

    def _credit(self, rule: Rule) -> Credit | Refusal:
        engine = self.measures.engine
        if engine is None:
            return Refusal("no_data", NO_FACTS)
        return credit(
            engine,
            self.keys,
            self.measures.period,
            rule,
            WINDOW_DAYS,
            currency=self.currency,
            rates=self.measures.rates,
            of_record=self.measures.of_record,
        )

    @cached_property
    def by_model(self) -> Attributed | Refusal:
        """Credit of the period's sales by channel, by the models shown side by side, or why none can be told."""
        from gouvernail.bearing.attributed import BESIDE, Question, attributed

        found = attributed(self, Question(self.measures.period, models=BESIDE))
        return found if isinstance(found, Refusal) else found.without_paths()

    @cached_property
    def planned(self) -> Mapping[str, Money]:
        """Action → money planned for the days of the period (cancelled actions plan nothing)."""
        plan = self.measures.plan
        return {
            action.id: planned_in(action, plan, self.measures.period)
            for action in plan.actions
            if action.status is not Status.cancelled
        }

    @cached_property
    def spent(self) -> Mapping[str, Money]:
        """Action → money really spent in the period, for actions with matched spend."""
        if self.matches is None:
            return {}
        return {
            id: Money(found.spend, self.currency)
            for id, found in self.matches.actions.items()
            if found.spend is not None
        }

    @property
    def has_spend(self) -> bool:
        """Whether the data hold any spend in the period, matched or not."""
        return self.matches is not None and (bool(self.spent) or bool(self.matches.orphans))

    @property
    def foreign(self) -> tuple[str, ...]:
        """Currencies of spend in the period that no exchange rate of the plan converts: it is counted nowhere."""
        return tuple(sorted(self.matches.rows_without_rate)) if self.matches else ()

    @property
    def unmatched(self) -> Money:
        """Spend of the period that matches no action."""
        return Money(self.matches.orphan_spend if self.matches else Decimal(0), self.currency)

    @cached_property
    def statuses(self) -> tuple[ActionStatus, ...]:
        """Return the state of every action, in the plan's order."""
        return tuple(self._status(action) for action in self.measures.plan.actions)

    def _status(self, action: Action) -> ActionStatus:
        found = self.matches.actions.get(action.id) if self.matches else None
        shares = self.ways.shares(action.id)
        silent = self.matches is not None and action.id in self.matches.silent
        return ActionStatus(
            id=action.id,
            title=action.name,
            type=str(action.type),
            channel=action.channel,
            status=str(action.status),
            owner=action.owner,
            objectives=tuple(
                (parent, Decimal(share.numerator) / Decimal(share.denominator))
                for parent, share in self.ways.steps(action.id)
            ),
            start=action.start,
            end=action.end,
            planned=self.planned.get(action.id, Money(Decimal(0), self.currency)),
            spent=self.spent.get(action.id),
            soundness=shares.soundness,
            reasons=self.ways.reasons(action.id) if shares.weak else (),
            silent=silent and action.status not in IDLE,
            clicks=found.clicks if found else None,
            leads=Decimal(found.leads) if found and found.leads is not None else None,
            first_touch=self._credited("first", action.id),
            last_touch=self._credited("last", action.id),
            grade=Grade.credit_rule if self._credited("last", action.id) else Grade.none,
        )

    def _credited(self, rule: Rule, action: str) -> Money | None:
        given = self.credits[rule]
        if isinstance(given, Refusal) or action not in given.by_action:
            return None
        return Money(given.by_action[action].revenue, self.currency)
