"""Questions and words that several topics share."""

from __future__ import annotations

from gouvernail.base.text import T
from gouvernail.checks.guide.question import Applies, Form, Question
from gouvernail.plan.model import Element, Market, Plan

MARKETS = {"b2b": T("businesses"), "b2c": T("consumers"), "both": T("both")}
TIERS = {"value": T("low price"), "mid": T("middle"), "premium": T("premium"), "luxury": T("luxury")}
STAGES = {
    "awareness": T("discovers the need"),
    "consideration": T("compares"),
    "decision": T("decides"),
    "retention": T("comes back"),
    "advocacy": T("recommends"),
}
CADENCES = {
    "weekly": T("every week"),
    "monthly": T("every month"),
    "quarterly": T("every quarter"),
    "half_yearly": T("every half-year"),
    "yearly": T("every year"),
}


def has(section: str) -> Applies:
    """Return a test: whether the plan has an element in `section`."""

    def test(plan: Plan, _element: Element | None) -> bool:
        return bool(getattr(plan, section))

    return test


def to_businesses(plan: Plan, element: Element | None) -> bool:
    """Whether the element (or else the organisation) addresses businesses."""
    market = getattr(element, "market", None) or plan.organisation.market
    return market in (Market.b2b, Market.both)


def started(_plan: Plan, element: Element | None) -> bool:
    """Only of an element that is there already: the question never opens a new one."""
    return element is not None


def owner(*rules: str) -> Question:
    """Return the question of who answers for an element."""
    return Question(
        "owner",
        Form.element,
        T("Who answers for it? One person."),
        weak=T("the team"),
        strong=T("one name: whoever is asked on Monday morning"),
        solves=rules,
        names=("people",),
        applies=lambda plan, element: element is not None and bool(plan.people),
    )
