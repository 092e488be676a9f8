"""The actions of a plan as lines of a table: what each costs, whom it serves, whether its chain is sound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gouvernail.base.money import Money, total
from gouvernail.base.text import Text, verbatim
from gouvernail.bearing.model import ActionStatus, Bearing
from gouvernail.checks.finding import Severity
from gouvernail.checks.index import Index
from gouvernail.plan.model import Action, Plan
from gouvernail.report.labels import ACTION_TYPES, STATUSES
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


@dataclass(frozen=True)
class Wanted:
    """What the reader wants to see; an empty word wants all."""

    status: str = ""
    owner: str = ""
    channel: str = ""
    objective: str = ""
    text: str = ""

    @property
    def asked(self) -> int:
        """How many filters are set."""
        return sum(bool(getattr(self, name)) for name in self.__dataclass_fields__)

    def takes(self, row: ActionRow) -> bool:
        """Whether the row is wanted."""
        action = row.action
        return (
            self.status in ("", str(action.status))
            and self.owner in ("", action.owner or "-")
            and self.channel in ("", action.channel or "-")
            and (not self.objective or self.objective in {id for id, _ in row.serves})
            and self.text.casefold() in f"{action.name} {action.text} {action.message}".casefold()
        )


def rows(plan: Plan, bearing: Bearing | None) -> tuple[ActionRow, ...]:
    """Return every action of the plan, in its order."""
    index = Index(plan)
    measured = {one.id: one for one in bearing.actions} if bearing else {}
    return tuple(
        _row(action, index, measured.get(action.id), known(bearing).gravities(action.id) if bearing else ())
        for action in plan.actions
    )


def totals(found: Iterable[ActionRow], currency: str) -> Totals:
    """Return the sums of planned, committed, spent and left; spent is None where nobody measured."""
    kept = list(found)
    spent = [row.money.spent for row in kept if row.money.spent is not None]
    return Totals(
        planned=total((row.money.planned for row in kept if row.money.planned), currency),
        committed=total((row.money.committed for row in kept if row.money.committed), currency),
        spent=total(spent, currency) if spent else None,
        left=total((row.money.left for row in kept if row.money.left), currency),
    )


def _row(
    action: Action, index: Index, measured: ActionStatus | None, gravity: tuple[Severity, ...]
) -> ActionRow:
    channel = index.channels.get(action.channel or "")
    return ActionRow(
        action=action,
        type=ACTION_TYPES[action.type],
        state=STATUSES[action.status],
        channel=channel.name if channel else verbatim(action.channel) if action.channel else None,
        owner=index.name(action.owner) if action.owner else "",
        serves=tuple((parent.id, parent.name) for parent in index.parents(action)),
        money=ActionMoney(
            index.money(action.budget), index.money(action.committed), measured.spent if measured else None
        ),
        measured=measured,
        findings=len(gravity),
        gravest=min(gravity, key=list(Severity).index, default=None),
    )
