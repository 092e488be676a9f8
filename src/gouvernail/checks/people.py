"""Who works on a plan and who answers for what, as several rules ask it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from gouvernail.plan.model import Plan


def alone(plan: Plan) -> bool:
    """Whether one person does everything: rules on sharing, meeting and answering have nothing to say then."""
    employees = plan.organisation.employees
    return len(plan.people) == 1 or (employees is not None and employees <= 1)


def accountable(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Return element id → who is accountable for it under `responsibilities`, each once, in order."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for one in plan.responsibilities:
        found[one.element].update(dict.fromkeys(one.accountable))
    return {element: tuple(who) for element, who in found.items() if who}


def answered(plan: Plan) -> frozenset[str]:
    """Return the ids of all elements that have an owner or someone accountable."""
    owned = {element.id for element in plan.elements() if element.owner}
    return frozenset(owned) | accountable(plan).keys()
