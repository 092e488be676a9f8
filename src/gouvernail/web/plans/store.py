"""Reading and writing the plan in the database. Everything that changes a plan goes through `commit`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import Max

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.plan.digest import digest_of
from gouvernail.plan.load import LoadedPlan
from gouvernail.plan.locations import Locations
from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import order, rows, snapshots
from gouvernail.web.plans.assembly import WHOLE, Bodies, Key, assemble, bodies_of, short, without_nul
from gouvernail.web.plans.models import ElementRevision, PlanRevision, Scenario
from gouvernail.web.plans.rows import bodies_at, head, latest, own, row_of
from gouvernail.web.plans.snapshots import forget
from gouvernail.web.workspaces.models import Workspace
from gouvernail.web.workspaces.trail import record

__all__ = [
    "WHOLE",
    "Bodies",
    "Change",
    "Conflict",
    "Key",
    "Replacement",
    "assemble",
    "bodies_at",
    "bodies_of",
    "commit",
    "forget",
    "head",
    "latest",
    "loaded",
    "own",
    "read",
    "replaced",
    "replacement",
    "row_of",
    "short",
]


@dataclass(frozen=True)
class Change:
    """What an element becomes; a body of None takes it out. `base` is the revision number the writer had seen."""

    section: str
    element: str
    body: Mapping[str, Any] | None
    base: int | None = None
    place: int | None = None
    """Where it stands within its section; None leaves it where it is, or puts what is new at the end."""


class Conflict(Exception):  # noqa: N818  # a conflict is no error: two people worked
    """Somebody changed the same element since the writer read it. Both versions are here to choose from."""

    def __init__(
        self, section: str, element: str, theirs: ElementRevision, mine: Mapping[str, Any] | None
    ) -> None:
        self.section, self.element, self.theirs, self.mine = section, element, theirs, mine
        super().__init__(f"{section}/{element}")


def read(workspace: Workspace, *, number: int | None = None, scenario: Scenario | None = None) -> Plan:
    """Return the plan at a revision (the newest when not given). A plan never written is empty."""
    wanted = number if number is not None else head(workspace, scenario)
    return snapshots.snapshot(workspace, wanted, scenario).plan


def loaded(
    workspace: Workspace, *, number: int | None = None, scenario: Scenario | None = None
) -> LoadedPlan:
    """Return the plan as `take_bearing` wants it: without places in files, for there are none."""
    plan = read(workspace, number=number, scenario=scenario)
    return LoadedPlan(plan, Locations({}, {}), digest_of(plan))


def commit(
    workspace: Workspace,
    author: User | None,
    changes: Iterable[Change],
    *,
    note: str = "",
    scenario: Scenario | None = None,
) -> PlanRevision | None:
    """Write changes as one revision; return it, or None where nothing differs.

    Raises:
        Conflict: an element was changed by somebody else since `Change.base`.
        pydantic.ValidationError: the plan would not hold together.
        UsageError: the same element stands twice among the changes.
    """
    changes = [replace(one, body=without_nul(one.body)) for one in changes]
    if len({(one.section, one.element) for one in changes}) < len(changes):
        raise UsageError(T("The same element was given twice."))
    with transaction.atomic():
        # One writer at a time in an organisation: numbers follow one another without a gap.
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        held = bodies_at(workspace, None, [(one.section, one.element) for one in changes], scenario)
        real = [change for change in changes if _differs(held.get((change.section, change.element)), change)]
        for change in real:
            _guard(workspace, scenario, change)
        if not real:
            return None
        # Every element is valid or not by itself: what does not change need not be asked again.
        assemble({(one.section, one.element): one.body for one in real if one.body is not None})
        return _write(workspace, author, real, held, note, scenario)


def _differs(row: ElementRevision | None, change: Change) -> bool:
    moved = row is not None and change.place is not None and row.place != change.place
    return (row.body if row else None) != change.body or moved


def _guard(workspace: Workspace, scenario: Scenario | None, change: Change) -> None:
    if change.base is None:
        return
    newest = (
        ElementRevision.objects.filter(
            workspace=workspace, scenario=scenario, section=change.section, element=change.element
        )
        .select_related("revision__author")
        .order_by("-number")
        .first()
    )
    if newest and newest.number > change.base:
        raise Conflict(change.section, change.element, newest, change.body)


def _write(
    workspace: Workspace,
    author: User | None,
    changes: list[Change],
    held: Mapping[Key, ElementRevision],
    note: str,
    scenario: Scenario | None,
) -> PlanRevision:
    newest = PlanRevision.objects.filter(workspace=workspace).aggregate(n=Max("number"))["n"] or 0
    revision = PlanRevision.objects.create(
        workspace=workspace, scenario=scenario, number=newest + 1, author=author, note=note[:300]
    )
    last = rows.last_place(workspace, scenario, (one.section for one in changes))
    last = max([last, *(change.place for change in changes if change.place is not None)])
    written = []
    for i, change in enumerate(changes, 1):
        row = held.get((change.section, change.element))
        written.append(
            ElementRevision(
                revision=revision,
                workspace=workspace,
                scenario=scenario,
                number=revision.number,
                section=change.section,
                element=change.element,
                place=_place(change, row, last + i * order.STEP),
                body=dict(change.body) if change.body is not None else {},
                deleted=change.body is None,
            )
        )
    ElementRevision.objects.bulk_create(written, batch_size=500)
    subject = f"{changes[0].section}/{changes[0].element}" if len(changes) == 1 else ""
    record(
        workspace, author, "plan.changed", subject, revision=revision.number, elements=len(changes), note=note
    )
    return revision


def _place(change: Change, row: ElementRevision | None, end: int) -> int:
    if change.place is not None:
        return change.place
    return row.place if row else end


@dataclass(frozen=True)
class Replacement:
    """What importing a whole plan would do: changes, and how many of each kind."""

    changes: tuple[Change, ...]
    added: int = 0
    removed: int = 0
    changed: int = 0
    kept: int = field(default=0)
    before: Mapping[Key, Mapping[str, Any]] = field(default_factory=dict)
    """What the plan says now."""


def replacement(
    workspace: Workspace, plan: Plan, scenario: Scenario | None = None, *, keep: bool = False
) -> Replacement:
    """Return the changes that make the workspace's plan say `plan`, element by element and in its order.

    With `keep`, what `plan` does not name stays.
    """
    return replaced(workspace, bodies_of(plan), scenario, keep=keep)


def replaced(
    workspace: Workspace, new: Bodies, scenario: Scenario | None = None, *, keep: bool = False
) -> Replacement:
    """Return what `replacement` does, of a plan given as bodies."""
    held = {(row.section, row.element): row for row in latest(workspace, scenario=scenario)}
    now: Bodies = {key: row.body for key, row in held.items()}
    places = _places(list(new), held)
    changes = [
        Change(*key, body, place=places[key])
        for key, body in new.items()
        if now.get(key) != body or places[key] != held[key].place
    ]
    gone = [] if keep else [key for key in now if key not in new]
    return Replacement(
        (*changes, *(Change(*key, None) for key in gone)),
        added=len(new.keys() - now.keys()),
        removed=len(gone),
        changed=sum(1 for key in new.keys() & now.keys() if new[key] != now[key]),
        kept=sum(1 for key in new.keys() & now.keys() if new[key] == now[key]),
        before=now,
    )


def _places(keys: list[Key], rows: Mapping[Key, ElementRevision]) -> dict[Key, int]:
    by_section: dict[str, list[Key]] = {}
    for key in keys:
        by_section.setdefault(key[0], []).append(key)
    found: dict[Key, int] = {}
    for members in by_section.values():
        held = {key: rows[key].place for key in members if key in rows}
        found |= order.places(members, held)
    return found
