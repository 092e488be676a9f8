"""Decisions and other elements as the pages of the rhythm show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gouvernail.plan.model import Decision, Plan
from gouvernail.web.rhythm.dues import State, state_of
from gouvernail.web.rhythm.links import element_link, name_of


@dataclass(frozen=True)
class Named:
    """An element by its name, and its page ("" where it has none)."""

    name: str
    url: str


@dataclass(frozen=True)
class DecisionRow:
    """A decision as a list shows it."""

    one: Decision
    state: State
    owner: str
    about: tuple[Named, ...]
    url: str


def named(slug: str, plan: Plan, id: str) -> Named:
    """Return an element by its name; an id that is nobody's by itself."""
    return Named(name_of(plan, id), element_link(slug, plan, id))


def decision_row(slug: str, plan: Plan, decision: Decision, today: date) -> DecisionRow:
    """Return a decision as a list shows it."""
    return DecisionRow(
        decision,
        state_of(decision, today),
        named(slug, plan, decision.owner).name if decision.owner else "",
        tuple(named(slug, plan, id) for id in decision.about),
        element_link(slug, plan, decision.id),
    )
