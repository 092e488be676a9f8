"""What several rules ask of a plan, worked out once: who serves whom, which actions live, how metrics relate."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property

from gouvernail.base.money import CENT, Money
from gouvernail.checks.lookup import Lookup
from gouvernail.plan.model import (
    Action,
    Element,
    Objective,
    Plan,
    Status,
)

SHELVED = (Status.idea, Status.cancelled)


def lives(action: Action) -> bool:
    """Whether the action is part of the plan: neither an idea yet nor cancelled."""
    return action.status not in SHELVED


class Index(Lookup):
    """Who serves whom in one plan, and with what money, beside what `Lookup` knows."""

    def over(self, plan: Plan, section: str, id: str) -> Index:
        """Return the index of `plan`, which differs from this one's in one element of `section`, called `id`.

        What that element cannot have changed is taken over; the rest is worked out again where it is asked for.
        """
        made = Index(plan)
        old, new = self.plan.get(id), plan.get(id)
        for name, sections in _READS.items():
            if section not in sections:
                made.__dict__[name] = getattr(self, name)
        if old is None or new is None or _links(old) != _links(new):
            return made
        made.__dict__ |= {name: getattr(self, name) for name in _FROM_LINKS}
        if _money(old) == _money(new):
            made.__dict__ |= {name: getattr(self, name) for name in _FROM_MONEY}
        if old is not new:
            made.__dict__["children"] = _with_child(self.children, old, new)
        return made

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The actions that live (see `lives`)."""
        return tuple(action for action in self.plan.actions if lives(action))

    @cached_property
    def children(self) -> Mapping[str, tuple[Element, ...]]:
        """Element id → the elements that serve it directly; actions on the shelf left out."""
        found: dict[str, dict[str, Element]] = defaultdict(dict)
        for element in self.plan.elements():
            if isinstance(element, Action) and not lives(element):
                continue
            for link in element.serves:
                found[link.id][element.id] = element
        return {id: tuple(below.values()) for id, below in found.items()}

    def parents(self, element: Element) -> tuple[Element, ...]:
        """Return the existing elements that `element` serves directly, each once."""
        found = (self.plan.get(id) for id in dict.fromkeys(link.id for link in element.serves))
        return tuple(parent for parent in found if parent is not None)

    def above(self, starts: Iterable[str]) -> frozenset[str]:
        """Return `starts` and every id they serve, directly or not."""
        seen: set[str] = set()
        waiting = list(starts)
        while waiting:
            id = waiting.pop()
            if id not in seen:
                seen.add(id)
                element = self.plan.get(id)
                waiting += [link.id for link in element.serves] if element else []
        return frozenset(seen)

    def below(self, starts: Iterable[str]) -> frozenset[str]:
        """Return `starts` and every id that serves them, directly or not."""
        seen: set[str] = set()
        waiting = list(starts)
        while waiting:
            id = waiting.pop()
            if id not in seen:
                seen.add(id)
                waiting += [child.id for child in self.children.get(id, ())]
        return frozenset(seen)

    @cached_property
    def serving_business(self) -> frozenset[str]:
        """Business objectives and everything that reaches one."""
        return self.below(objective.id for objective in self.business)

    @cached_property
    def serving_objectives(self) -> frozenset[str]:
        """Objectives and everything that reaches one."""
        return self.below(objective.id for objective in self.plan.objectives)

    @cached_property
    def with_action(self) -> frozenset[str]:
        """Everything that some living action serves, directly or not."""
        return self.above(action.id for action in self.actions)

    @cached_property
    def with_money(self) -> frozenset[str]:
        """Everything under which some money is planned: a budget of an action or objective, an envelope."""
        paid = [action.id for action in self.actions if action.budget or action.envelope]
        paid += [objective.id for objective in self.plan.objectives if objective.budget]
        paid += [envelope.id for envelope in self.plan.envelopes if envelope.amount]
        return self.above(paid)

    def money_behind(self, id: str) -> Money | None:
        """Return the planned money that climbs to the element `id` (an action's own budget), None for nothing."""
        return self.money(self._behind.get(id))

    @cached_property
    def _behind(self) -> Mapping[str, Decimal]:
        """Element → money of the living actions below, split over their parents by weight; cycles get none."""
        amounts = {action.id: action.budget or Decimal(0) for action in self.actions}
        waiting = {element.id: len(self.children.get(element.id, ())) for element in self.plan.elements()}
        ready = [id for id, below in waiting.items() if not below]
        while ready:
            id = ready.pop()
            element = self.plan.by_id[id]
            amount = amounts.setdefault(id, Decimal(0))
            if not amount and isinstance(element, Objective) and element.budget:
                amount = amounts[id] = element.budget
            links: dict[str, Decimal] = defaultdict(Decimal)
            for link in element.serves if not _shelved(element) else ():
                if link.id in waiting:
                    links[link.id] += link.weight
            whole = sum(links.values())
            for parent, weight in links.items():
                amounts[parent] = amounts.get(parent, Decimal(0)) + amount * weight / whole
                waiting[parent] -= 1
                if not waiting[parent]:
                    ready.append(parent)
        return {id: amount.quantize(CENT) for id, amount in amounts.items()}


_READS: Mapping[str, frozenset[str]] = {
    "segments": frozenset({"segments"}),
    "personas": frozenset({"personas"}),
    "personas_of": frozenset({"personas"}),
    "metrics": frozenset({"metrics"}),
    "_sources": frozenset({"sources"}),
    "formulas": frozenset({"metrics", "drivers"}),
    "drives": frozenset({"metrics", "drivers"}),
    "_driven": frozenset({"metrics", "drivers"}),
    "baselines": frozenset({"objectives"}),
    "business": frozenset({"objectives"}),
    "business_metrics": frozenset({"objectives", "metrics"}),
    "channels": frozenset({"channels"}),
    "benchmarks": frozenset({"benchmarks"}),
    "actions": frozenset({"actions"}),
}
"""What the index holds → the sections of the plan that it is made of."""
_FROM_LINKS = ("serving_business", "serving_objectives", "with_action")
"""What follows from who serves whom and which actions live."""
_FROM_MONEY = ("with_money", "_behind")
"""What follows from these and from the money planned."""


def _links(element: Element) -> tuple[object, ...]:
    return type(element), element.serves, _shelved(element), getattr(element, "level", None)


def _money(element: Element) -> tuple[object, ...]:
    return tuple(getattr(element, name, None) for name in ("budget", "envelope", "amount"))


def _with_child(
    children: Mapping[str, tuple[Element, ...]], old: Element, new: Element
) -> Mapping[str, tuple[Element, ...]]:
    """Return who serves whom with `new` in the place of `old`; both serve the same."""
    found = dict(children)
    for link in new.serves:
        if link.id in found:
            found[link.id] = tuple(new if one is old else one for one in found[link.id])
    return found


def _shelved(element: Element) -> bool:
    return isinstance(element, Action) and not lives(element)


def change(baseline: Decimal | float, target: Decimal | float) -> float | None:
    """Return the relative change from `baseline` to `target`.

    None where there is none: from zero, or beyond a billion-fold, which is a slip of typing and no target.
    """
    before, after = float(baseline), float(target)
    found = (after - before) / abs(before) if before else math.inf
    return found if abs(found) < 1e9 else None
