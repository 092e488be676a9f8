"""Bodies of elements as the database holds them: the newest of each at a revision, in the plan or in a scenario."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from gouvernail.plan.model import SECTIONS
from gouvernail.web.plans.assembly import WHOLE, Key
from gouvernail.web.plans.models import ElementRevision, PlanRevision, Scenario
from gouvernail.web.workspaces.models import Workspace

MANY = 200
"""Beyond so many elements it is quicker to read them all."""
_RANKS = {name: i for i, name in enumerate((*WHOLE, *SECTIONS))}


def rank(section: str) -> int:
    """Return where a section stands in the plan's order, after what is kept beside the elements."""
    return _RANKS.get(section, 99)


def latest(
    workspace: Workspace, *, number: int | None = None, scenario: Scenario | None = None
) -> list[ElementRevision]:
    """Return the body of every living element at a revision (the newest when not given), in the plan's order.

    In a scenario, its own bodies lie over those of the plan at the revision that it started from.
    """
    main = _latest(workspace, None, _base(number, scenario))
    over = _latest(workspace, scenario, number) if scenario else []
    found = {(row.section, row.element): row for row in (*main, *over)}
    living = (row for row in found.values() if not row.deleted)
    return sorted(living, key=lambda row: (rank(row.section), row.place, row.pk))


def _latest(workspace: Workspace, scenario: Scenario | None, number: int | None) -> list[ElementRevision]:
    return list(_newest(_until(workspace, scenario, number)))


def _until(workspace: Workspace, scenario: Scenario | None, number: int | None) -> QuerySet[ElementRevision]:
    rows = ElementRevision.objects.filter(workspace=workspace, scenario=scenario)
    return rows if number is None else rows.filter(number__lte=number)


def _newest(rows: QuerySet[ElementRevision]) -> QuerySet[ElementRevision]:
    """Of each element, the row that was written last."""
    newest = Window(RowNumber(), partition_by=[F("section"), F("element")], order_by=F("number").desc())
    return rows.annotate(newest=newest).filter(newest=1)


def head(workspace: Workspace, scenario: Scenario | None = None) -> int:
    """Return the number of the newest revision of the plan (or of the scenario), 0 for none."""
    own = PlanRevision.objects.filter(workspace=workspace, scenario=scenario).aggregate(n=Max("number"))["n"]
    return int(own or (scenario.base if scenario else 0))


def bodies_at(
    workspace: Workspace, number: int | None, keys: Iterable[Key], scenario: Scenario | None = None
) -> dict[Key, ElementRevision]:
    """Return the rows of some elements at a revision, those that live; asks for no others."""
    wanted = set(keys)
    found = {
        (row.section, row.element): row for row in _some(workspace, None, _base(number, scenario), wanted)
    }
    if scenario:
        found |= {(row.section, row.element): row for row in _some(workspace, scenario, number, wanted)}
    return {key: row for key, row in found.items() if not row.deleted}


def row_of(
    workspace: Workspace,
    section: str,
    element: str,
    scenario: Scenario | None = None,
    *,
    number: int | None = None,
) -> ElementRevision | None:
    """Return the row of one element at a revision (the newest when not given), None where it does not live."""
    return bodies_at(workspace, number, [(section, element)], scenario).get((section, element))


def _base(number: int | None, scenario: Scenario | None) -> int | None:
    if scenario is None:
        return number
    return scenario.base if number is None else min(number, scenario.base)


def _some(
    workspace: Workspace, scenario: Scenario | None, number: int | None, keys: set[Key]
) -> Iterable[ElementRevision]:
    rows = _until(workspace, scenario, number)
    if len(keys) <= MANY:
        # Both columns, as the index has them.
        sections = {section for section, _ in keys}
        rows = rows.filter(section__in=sections, element__in={element for _, element in keys})
    return [row for row in _newest(rows) if (row.section, row.element) in keys]


def own(workspace: Workspace, scenario: Scenario) -> list[ElementRevision]:
    """Return the latest row of every element that a scenario changed, those taken out included."""
    return _latest(workspace, scenario, None)


def since(
    workspace: Workspace, scenario: Scenario | None, number: int, until: int
) -> list[ElementRevision] | None:
    """Return what was written after revision `number` until another, the oldest first; None where that is much."""
    rows = ElementRevision.objects.filter(
        workspace=workspace, scenario=scenario, number__gt=number, number__lte=until
    )
    found = list(rows.order_by("number")[: MANY + 1])
    return found if len(found) <= MANY else None


def last_place(workspace: Workspace, scenario: Scenario | None, sections: Iterable[str]) -> int:
    """Return a place behind which nothing stands in some sections."""
    within = Q(scenario=None) | Q(scenario=scenario) if scenario else Q(scenario=None)
    rows = ElementRevision.objects.filter(within, workspace=workspace, section__in=set(sections))
    return int(rows.aggregate(n=Max("place"))["n"] or 0)


def reached(workspace: Workspace, number: int) -> bool:
    """Return whether the organisation's revisions have come to this number."""
    return PlanRevision.objects.filter(workspace=workspace, number__gte=number).exists()
