"""The page of one element: what it says, what it serves and what serves it, what the rules say, how it came to be so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.cache import cache

from gouvernail.base.text import Text, verbatim
from gouvernail.bearing.checking import check_loaded
from gouvernail.bearing.model import Bearing, LocatedFinding
from gouvernail.plan import references
from gouvernail.plan.graph import Graph
from gouvernail.plan.load import LoadedPlan
from gouvernail.plan.model import SECTIONS, Element, Plan, Record
from gouvernail.web.plans.choicewords import KINDS
from gouvernail.web.plans.fields import model_of
from gouvernail.web.plans.fieldwords import LABELS
from gouvernail.web.plans.saying import Said, facts

SECTION_OF: Mapping[str, str] = {model.kind: section for section, model in SECTIONS.items()}
"""Kind → section of the plan."""
PAGES = {"objectives": "objective", "actions": "action"}
"""Sections whose elements have a page of results beside this one."""


@dataclass(frozen=True)
class Neighbour:
    """An element beside: above, below, or naming this one."""

    section: str
    id: str
    name: str
    kind: Text
    share: Decimal | None = None
    field: Text | None = None
    """The field in which it names this one."""


@dataclass(frozen=True)
class ElementPage:
    """What the page of an element shows."""

    section: str
    record: Record
    name: str
    kind: Text
    facts: tuple[Said, ...]
    above: tuple[Neighbour, ...]
    below: tuple[Neighbour, ...]
    named: tuple[Neighbour, ...]
    findings: tuple[LocatedFinding, ...]
    section_of: Mapping[str, str]
    """Id → section, for the names in the facts."""


def find(plan: Plan, section: str, id: str) -> Record | None:
    """Return the element of a section, the organisation for its own section."""
    if section == "organisation" and id == "organisation":
        return plan.organisation
    if model_of(section) is None or section == "organisation":
        return None
    found = plan.get(id)
    if found is not None and SECTION_OF[found.kind] == section:
        return found
    return next((one for one in getattr(plan, section) if one.id == id), None)


def page(
    loaded: LoadedPlan, section: str, record: Record, bearing: Bearing | None, today: date
) -> ElementPage:
    """Return what to show of an element; its findings come from the bearing where there is one."""
    plan = loaded.plan
    id = record.id if isinstance(record, Element) else "organisation"
    graph = Graph(plan)
    parents = graph.parents(id) if isinstance(record, Element) else ()
    children = graph.children(id) if isinstance(record, Element) else ()
    found = bearing.findings if bearing else judged(loaded, today)
    return ElementPage(
        section=section,
        record=record,
        name=record.name or "",  # type: ignore[attr-defined]  # elements and the organisation have one
        kind=KINDS[record.kind] if isinstance(record, Element) else KINDS["organisation"],
        facts=tuple(one for one in facts(record, plan) if one.field.name not in ("id", "title", "serves")),
        above=tuple(_neighbour(parent, share) for parent, share in parents),
        below=tuple(_neighbour(child) for child in children),
        named=_named(plan, id, {child.id for child in children}),
        findings=tuple(one for one in found if one.finding.element == id),
        section_of={one.id: SECTION_OF[one.kind] for one in plan.elements()},
    )


def dangling(plan: Plan, id: str) -> tuple[Neighbour, ...]:
    """Return who names the element, and would name nothing once it is gone."""
    known = plan.by_id
    found = {}
    for one in references.references(plan):
        if one.target == id and one.element in known:
            found[one.element, one.field] = _neighbour(known[one.element], field=_label(one.field))
    return tuple(found.values())


def judged(loaded: LoadedPlan, today: date) -> tuple[LocatedFinding, ...]:
    """Return what the plan's own rules say, kept for a while by what the plan says."""
    key = f"judged:{loaded.digest}:{today}"
    found: tuple[LocatedFinding, ...] | None = cache.get(key)
    if found is None:
        found = check_loaded(loaded, today=today).findings
        cache.set(key, found, 600)
    return found


def _neighbour(one: Element, share: Decimal | None = None, field: Text | None = None) -> Neighbour:
    return Neighbour(SECTION_OF[one.kind], one.id, one.name, KINDS[one.kind], share, field)


def _named(plan: Plan, id: str, children: set[str]) -> tuple[Neighbour, ...]:
    """Return the elements that name this one otherwise than by serving it."""
    return tuple(one for one in dangling(plan, id) if one.id not in children or one.field != LABELS["serves"])


def _label(path: str) -> Text:
    return LABELS.get(path.rpartition(".")[2], verbatim(path))
