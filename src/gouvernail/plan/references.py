"""Every place where one element of the plan names another: links upward, owners, segments, evidence, …"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gouvernail.plan.model import (
    Action,
    BigIdea,
    Decision,
    Driver,
    Element,
    Evaluation,
    Experiment,
    JourneyStage,
    Layer,
    Meeting,
    Need,
    Objective,
    Offer,
    Person,
    Persona,
    Plan,
    PlanMetric,
    Positioning,
    Responsibility,
    Role,
    SwotItem,
    ValueProposition,
)

ANY: frozenset[str] = frozenset()
"""Expected kinds where any element will do."""
_SEGMENT = frozenset({"segment"})
_TEAM = frozenset({"team"})
_OWNERS = frozenset({"person", "team"})
_HOLDERS = frozenset({"person", "team", "role"})
_EVIDENCE = frozenset({"swot_item", "market_study", "trend"})

FIELDS: dict[type[Element], dict[str, frozenset[str]]] = {
    Need: {"segments": _SEGMENT},
    Offer: {"meets": frozenset({"need"})},
    BigIdea: {"evidence": _EVIDENCE},
    Positioning: {"evidence": _EVIDENCE},
    ValueProposition: {"segments": _SEGMENT, "offers": frozenset({"offer"})},
    Persona: {"segment": _SEGMENT},
    JourneyStage: {"segments": _SEGMENT},
    SwotItem: {"answered_by": ANY},
    Objective: {
        "scope.segments": _SEGMENT,
        "scope.products": frozenset({"offer"}),
        "shared_with": _TEAM,
    },
    Driver: {"team": _TEAM},
    Action: {
        "audience.segments": _SEGMENT,
        "audience.personas": frozenset({"persona"}),
        "value_proposition": frozenset({"value_proposition"}),
        "envelope": frozenset({"envelope"}),
        "sprint": frozenset({"sprint"}),
    },
    Person: {"team": _TEAM},
    Role: {"holder": _OWNERS},
    Responsibility: {
        "element": ANY,
        "responsible": _HOLDERS,
        "accountable": _HOLDERS,
        "consulted": _HOLDERS,
        "informed": _HOLDERS,
    },
    Meeting: {"between": _HOLDERS},
    Decision: {"about": ANY},
    Evaluation: {"objective": frozenset({"objective"})},
    PlanMetric: {"team": _TEAM, "source": frozenset({"source"})},
    Experiment: {"action": frozenset({"action"})},
}
"""Model → field that names elements → kinds it may name (empty: any). `owner` and `serves` are everywhere."""

RULES = "rules"
"""Stands for the element where `rules.ignore` names one."""


@dataclass(frozen=True)
class Reference:
    """`element` names `target` in `field`, where one of `kinds` is expected (any, when empty)."""

    element: str
    field: str
    target: str
    kinds: frozenset[str]


def references(plan: Plan) -> Iterator[Reference]:
    """Yield every reference of the plan, in the order of the plan."""
    for element in plan.elements():
        yield from of(element)
    for ignore in plan.rules.ignore:
        # What is missing altogether is found on its layer, and set aside under the layer's name.
        for target in (one for one in ignore.elements if one not in set(Layer) and one != RULES):
            yield Reference(RULES, "ignore.elements", target, ANY)


def of(element: Element) -> Iterator[Reference]:
    """Yield the references that one element makes."""
    if element.owner:
        yield Reference(element.id, "owner", element.owner, _OWNERS)
    for link in element.serves:
        yield Reference(element.id, "serves", link.id, ANY)
    for field, read, kinds in _READERS.get(type(element), ()):
        for target in read(element):
            yield Reference(element.id, field, target, kinds)


def dangling(plan: Plan) -> list[tuple[str, str, str]]:
    """Return (element id, field, missing id) for every reference to an element that does not exist."""
    known = plan.by_id
    return [
        (reference.element, reference.field, reference.target)
        for reference in references(plan)
        if reference.target not in known
    ]


def misdirected(plan: Plan) -> list[Reference]:
    """Return the references to an element of a kind that makes no sense there (a team as a segment)."""
    known = plan.by_id
    return [
        reference
        for reference in references(plan)
        if reference.kinds
        and reference.target in known
        and known[reference.target].kind not in reference.kinds
    ]


Reader = Callable[[Element], Iterable[str]]


def _reader(field: str) -> Reader:
    outer, _, inner = field.partition(".")

    def read(element: Element) -> Iterable[str]:
        value: Any = getattr(element, outer)
        if inner:
            value = getattr(value, inner)
        if value is None:
            return ()
        return (value,) if isinstance(value, str) else value

    return read


_READERS: dict[type[Element], list[tuple[str, Reader, frozenset[str]]]] = {
    model: [(field, _reader(field), kinds) for field, kinds in fields.items()]
    for model, fields in FIELDS.items()
}
