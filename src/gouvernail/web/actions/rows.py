"""The actions of a plan as lines of a table: what each costs, whom it serves, whether its chain is sound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import overload

from gouvernail.base.money import Money, total
from gouvernail.base.text import Text, verbatim
from gouvernail.bearing.model import ActionStatus, Bearing
from gouvernail.checks.finding import Severity
from gouvernail.checks.index import Index
from gouvernail.plan.model import Action, Plan
from gouvernail.report.labels import ACTION_TYPES, STATUSES
from gouvernail.web.actions.wanted import Wanted
from gouvernail.web.cockpit.known import known


@dataclass(frozen=True)
class ActionMoney:
    """The money of an action: planned from start to end, committed, spent in the period, left of the plan.

    `left` is what is planned less the larger of what is committed and what was spent; None where nothing is planned.
    """

    planned: Money | None
    committed: Money | None
    spent: Money | None

    @property
    def left(self) -> Money | None:
        if self.planned is None:
            return None
        used = max(
            (one.amount for one in (self.committed, self.spent) if one is not None), default=Decimal(0)
        )
        return Money(self.planned.amount - used, self.planned.currency)


@dataclass(frozen=True)
class ActionRow:
    """One action with what the bearing says of it (`measured`, None while no bearing is there)."""

    action: Action
    type: Text
    state: Text
    channel: Text | None
    owner: str
    serves: tuple[tuple[str, str], ...]
    """(id, name) of the objectives it serves."""
    money: ActionMoney
    measured: ActionStatus | None
    findings: int
    gravest: Severity | None

    @property
    def dates(self) -> tuple[date, date] | None:
        """First and last day, None where either is missing."""
        action = self.action
        return (action.start, action.end) if action.start and action.end else None


@dataclass(frozen=True)
class Totals:
    """The money of several actions together."""

    planned: Money
    committed: Money
    spent: Money | None
    left: Money


EVERYTHING = Wanted()


class Actions(Sequence[ActionRow]):
    """The wanted actions of a plan, in its order. A row is built when it is asked for: a page builds its own, no more."""

    def __init__(self, plan: Plan, bearing: Bearing | None, wanted: Wanted = EVERYTHING) -> None:
        self.plan = plan
        self.look_up = Index(plan)
        self.bearing = bearing
        self.wanted = wanted
        every: Sequence[Action] = plan.actions
        if wanted.asked:
            every = [one for one in every if wanted.takes(one, self.look_up)]
        self.actions = tuple(every)

    def __len__(self) -> int:
        return len(self.actions)

    @overload
    def __getitem__(self, place: int) -> ActionRow: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[ActionRow, ...]: ...

    def __getitem__(self, place: int | slice) -> ActionRow | tuple[ActionRow, ...]:
        if isinstance(place, slice):
            return self.rows(self.actions[place])
        return self.row(self.actions[place])

    def of(self, chosen: Iterable[Action]) -> Actions:
        """Return some of them, in the order given."""
        made = copy(self)
        made.actions = tuple(chosen)
        return made

    def rows(self, chosen: Iterable[Action]) -> tuple[ActionRow, ...]:
        """Return the rows of some actions."""
        return tuple(self.row(one) for one in chosen)

    def row(self, action: Action) -> ActionRow:
        """Return the row of one action."""
        index, measured = self.look_up, self.measured(action)
        channel = index.channels.get(action.channel or "")
        gravities = known(self.bearing).gravities(action.id) if self.bearing else ()
        return ActionRow(
            action=action,
            type=ACTION_TYPES[action.type],
            state=STATUSES[action.status],
            channel=channel.name if channel else verbatim(action.channel) if action.channel else None,
            owner=index.name(action.owner) if action.owner else "",
            serves=tuple((parent.id, parent.name) for parent in index.parents(action)),
            money=ActionMoney(
                index.money(action.budget),
                index.money(action.committed),
                measured.spent if measured else None,
            ),
            measured=measured,
            findings=len(gravities),
            gravest=min(gravities, key=list(Severity).index, default=None),
        )

    def measured(self, action: Action) -> ActionStatus | None:
        """Return what the bearing says of an action."""
        return known(self.bearing).actions.get(action.id) if self.bearing else None

    def totals(self) -> Totals:
        """Return the sums of planned, committed, spent and left of all of them; spent is None where nobody measured."""
        currency, zero = self.plan.organisation.currency, Decimal(0)
        planned = committed = left = zero
        spendings: list[Money] = []
        for action in self.actions:
            measured = self.measured(action)
            spent = measured.spent if measured else None
            if spent is not None:
                spendings.append(spent)
            planned += action.budget or zero
            committed += action.committed or zero
            if action.budget:
                left += action.budget - max(action.committed or zero, spent.amount if spent else zero)
        return Totals(
            planned=Money(planned, currency),
            committed=Money(committed, currency),
            spent=total(spendings, currency) if spendings else None,
            left=Money(left, currency),
        )
