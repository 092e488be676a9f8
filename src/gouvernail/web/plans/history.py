"""The history of one element, and of the plan: who changed what, when, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from gouvernail.plan.diff import ChangeKind
from gouvernail.plan.model import SECTIONS, Element, Plan
from gouvernail.web.plans import store
from gouvernail.web.plans.called import called
from gouvernail.web.plans.differences import FieldMove, field_moves, record_of
from gouvernail.web.plans.models import ElementRevision, PlanRevision, Scenario
from gouvernail.web.workspaces.models import Workspace

SHOWN = 50
"""Versions of one element that its page tells."""
LONGEST_ID = 80
"""Letters of an id that the database keeps."""


@dataclass(frozen=True)
class Version:
    """One state of an element."""

    number: int
    who: Any
    made: datetime
    note: str
    kind: ChangeKind
    fields: tuple[FieldMove, ...]
    scenario: str = ""
    current: bool = False
    moved: bool = False
    """Only its place in the order changed."""


def of_element(
    workspace: Workspace, section: str, id: str, plan: Plan, scenario: Scenario | None
) -> tuple[Version, ...]:
    """Return the versions of an element, the newest first, each with what it changed."""
    rows = list(_rows(workspace, section, id, scenario)[: SHOWN + 1])
    known = _knowing(workspace, plan, rows)
    found = []
    for i, row in enumerate(rows[:SHOWN]):
        before = rows[i + 1] if i + 1 < len(rows) else None
        found.append(_version(row, before, known, current=i == 0))
    return tuple(found)


def once_called(workspace: Workspace, section: str, id: str, plan: Plan, scenario: Scenario | None) -> str:
    """Return how an element that is gone was called last."""
    row = _rows(workspace, section, id, scenario).filter(deleted=False).first()
    record = record_of(section, id, row.body) if row else None
    return called(record, plan) if isinstance(record, Element) else id


def version(
    workspace: Workspace, section: str, id: str, number: int, scenario: Scenario | None
) -> ElementRevision | None:
    """Return the state of an element at a revision, None where there was none."""
    return store.row_of(workspace, section, id, scenario, number=number)


def revisions(workspace: Workspace, scenario: Scenario | None) -> QuerySet[PlanRevision]:
    """Return the revisions of the plan, the newest first; in a scenario its own come first."""
    within = Q(scenario=None)
    if scenario:
        within = Q(scenario=scenario) | Q(scenario=None, number__lte=scenario.base)
    return (
        PlanRevision.objects.filter(within, workspace=workspace)
        .select_related("author", "scenario")
        .annotate(count=Count("elements"))
        .order_by("-number")
    )


def touched(revision: PlanRevision) -> QuerySet[ElementRevision]:
    """Return what a revision wrote."""
    return revision.elements.order_by("section", "place", "pk")


def _rows(
    workspace: Workspace, section: str, id: str, scenario: Scenario | None
) -> QuerySet[ElementRevision]:
    within = Q(scenario=None)
    if scenario:
        within = Q(scenario=scenario) | Q(scenario=None, number__lte=scenario.base)
    return (
        ElementRevision.objects.filter(within, workspace=workspace, section=section, element=id)
        .select_related("revision__author", "scenario")
        .order_by("-number")
    )


def _knowing(workspace: Workspace, plan: Plan, rows: Sequence[ElementRevision]) -> Plan:
    """Return the plan, knowing by name what the versions name that it no longer holds."""
    gone = {word for row in rows for word in _words(row.body)} - plan.by_id.keys()
    if not gone:
        return plan
    once = ElementRevision.objects.filter(
        workspace=workspace, section__in=SECTIONS, element__in=gone, deleted=False
    ).order_by("number")
    # The last state of each stays.
    found = {row.element: record_of(row.section, row.element, row.body) for row in once}
    elements = {id: one for id, one in found.items() if isinstance(one, Element)}
    return plan.model_copy(update={"by_id": {**plan.by_id, **elements}})


def _words(body: Any) -> Iterator[str]:
    """What may be the id of an element, anywhere in a body: an element is named by one word."""
    match body:
        case str() if body and len(body) <= LONGEST_ID and not any(map(str.isspace, body)):
            yield body
        case dict():
            for key, value in body.items():
                yield from _words(key)
                yield from _words(value)
        case list():
            for value in body:
                yield from _words(value)


def _version(row: ElementRevision, before: ElementRevision | None, plan: Plan, *, current: bool) -> Version:
    old = None if before is None or before.deleted else before.body
    new = None if row.deleted else row.body
    kind = ChangeKind.changed
    if old is None or new is None:
        kind = ChangeKind.removed if new is None else ChangeKind.added
    was, now = (record_of(row.section, row.element, body) for body in (old, new))
    fields = () if new is None else field_moves(was, now, plan, plan)
    return Version(
        number=row.number,
        who=row.revision.author,
        made=row.revision.made,
        note=row.revision.note,
        kind=kind,
        fields=fields,
        scenario=row.scenario.name if row.scenario else "",
        current=current,
        moved=old is not None and old == new,
    )
