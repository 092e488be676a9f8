"""The page of one element: what it says, what it serves and what serves it, what the rules say, how it came to be so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from gouvernail.base.text import Text, verbatim
from gouvernail.bearing.checking import locate
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import Bearing
from gouvernail.plan import references
from gouvernail.plan.graph import Graph
from gouvernail.plan.load import LoadedPlan
from gouvernail.plan.model import SECTIONS, Element, Plan, Record
from gouvernail.web.cockpit.known import known
from gouvernail.web.plans.called import called
from gouvernail.web.plans.choicewords import KINDS
from gouvernail.web.plans.fields import model_of
from gouvernail.web.plans.fieldwords import LABELS
from gouvernail.web.plans.saying import Said, facts
from gouvernail.web.plans.verdicts import Held, outlook
from gouvernail.web.workspaces.models import Workspace

SECTION_OF: Mapping[str, str] = {model.kind: section for section, model in SECTIONS.items()}
"""Kind → section of the plan."""
PAGES = {"objectives": "objective", "actions": "action", "experiments": "experiment"}
"""Sections whose elements have a page of results beside this one."""
MOST_NEIGHBOURS = 200


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
    workspace: Workspace,
    loaded: LoadedPlan,
    section: str,
    record: Record,
    findings: tuple[LocatedFinding, ...],
) -> ElementPage:
    """Return what to show of an element."""
    plan, seen = loaded.plan, _seen(Held(loaded))
    id = record.id if isinstance(record, Element) else "organisation"
    parents = seen.graph.parents(id) if isinstance(record, Element) else ()
    children = seen.graph.children(id) if isinstance(record, Element) else ()
    below = {child.id for child in children}
    named = _naming(plan, seen, id)
    return ElementPage(
        section=section,
        record=record,
        name=called(record, plan)
        if isinstance(record, Element)
        else plan.organisation.name or workspace.name,
        kind=KINDS[record.kind] if isinstance(record, Element) else KINDS["organisation"],
        facts=tuple(one for one in facts(record, plan) if one.field.name not in ("id", "title", "serves")),
        above=tuple(_neighbour(parent, plan, share) for parent, share in parents),
        below=tuple(_neighbour(child, plan) for child in children[:MOST_NEIGHBOURS]),
        named=tuple(one for one in named if one.id not in below or one.field != LABELS["serves"]),
        findings=findings,
        section_of=seen.section_of,
    )


def dangling(loaded: LoadedPlan, id: str) -> tuple[Neighbour, ...]:
    """Return who names the element, and would name nothing once it is gone."""
    return _naming(loaded.plan, _seen(Held(loaded)), id)


def findings_of(
    loaded: LoadedPlan, bearing: Bearing | None, today: date, section: str, record: Record
) -> tuple[LocatedFinding, ...]:
    """Return the findings on an element: the bearing's where there is one, else those of the plan's own rules."""
    if not isinstance(record, Element):
        return ()
    if bearing is not None:
        return known(bearing).by_element.get(record.id, ())
    seen = outlook(loaded)
    return tuple(locate(one, loaded, seen.index) for one in seen.verdict(section, record, today))


@dataclass(frozen=True)
class _Seen:
    """What every page of a plan's elements looks up."""

    graph: Graph
    section_of: Mapping[str, str]
    naming: Mapping[str, tuple[tuple[str, str], ...]]
    """Id → the elements that name it, and in which field."""


@lru_cache(maxsize=16)
def _seen(held: Held) -> _Seen:
    plan = held.loaded.plan
    naming: dict[str, dict[tuple[str, str], None]] = {}
    for one in references.references(plan):
        naming.setdefault(one.target, {})[one.element, one.field] = None
    return _Seen(
        Graph(plan),
        {one.id: SECTION_OF[one.kind] for one in plan.elements()},
        {id: tuple(found) for id, found in naming.items()},
    )


def _naming(plan: Plan, seen: _Seen, id: str) -> tuple[Neighbour, ...]:
    held = plan.by_id
    return tuple(
        _neighbour(held[element], plan, field=_label(field))
        for element, field in seen.naming.get(id, ())[:MOST_NEIGHBOURS]
        if element in held
    )


def _neighbour(
    one: Element, plan: Plan, share: Decimal | None = None, field: Text | None = None
) -> Neighbour:
    return Neighbour(SECTION_OF[one.kind], one.id, called(one, plan), KINDS[one.kind], share, field)


def _label(path: str) -> Text:
    return LABELS.get(path.rpartition(".")[2], verbatim(path))
