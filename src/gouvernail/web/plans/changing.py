"""Changes to the plan as people make them: keep, delete, copy, move, bring back, undo. All end in `store.commit`."""

from __future__ import annotations

from typing import Any

from gouvernail.base.ids import slugify
from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import history, order, snapshots, store
from gouvernail.web.plans.models import PlanRevision, Scenario
from gouvernail.web.plans.store import Change
from gouvernail.web.workspaces.models import Workspace


def fresh_id(plan: Plan, words: str, wanted: str = "") -> str:
    """Return an id that nobody has yet: the one wanted, or one made of the words."""
    base = slugify(wanted or words)[:60].strip("-") or "element"
    taken, n, id = plan.by_id, 2, base
    while id in taken:
        id, n = f"{base}-{n}", n + 1
    return id


def keep(
    workspace: Workspace,
    author: User,
    change: Change,
    scenario: Scenario | None,
    note: str = "",
) -> PlanRevision | None:
    """Write one element.

    Raises:
        Conflict: somebody else changed it since.
    """
    return store.commit(workspace, author, [change], note=note, scenario=scenario)


def duplicate(plan: Plan, section: str, id: str, title: str) -> tuple[str, dict[str, Any]]:
    """Return the id and body of a copy of an element, called `title`."""
    found = next(one for one in getattr(plan, section) if one.id == id)
    body = store.short(found)
    body.pop("id", None)
    new = fresh_id(plan, title)
    return new, {**body, "title": title}


def moved(workspace: Workspace, section: str, id: str, step: int, scenario: Scenario | None) -> list[Change]:
    """Return the changes that move an element up (-1) or down (1) among those of its section."""
    held = snapshots.snapshot(workspace, store.head(workspace, scenario), scenario).places_in(section)
    ids = list(held)
    at = ids.index(id)
    to = max(0, min(len(ids) - 1, at + step))
    ids.insert(to, ids.pop(at))
    wanted = order.places(ids, held)
    moved = [one for one in ids if wanted[one] != held[one]]
    rows = store.bodies_at(workspace, None, [(section, one) for one in moved], scenario)
    return [Change(section, one, rows[section, one].body, place=wanted[one]) for one in moved]


def undone(workspace: Workspace, revision: PlanRevision) -> list[Change]:
    """Return the changes that take a revision back; each guards against what came since."""
    rows = list(history.touched(revision))
    before = store.bodies_at(
        workspace,
        revision.number - 1,
        [(row.section, row.element) for row in rows],
        revision.scenario,
    )
    changes = []
    for row in rows:
        old = before.get((row.section, row.element))
        changes.append(
            Change(
                row.section,
                row.element,
                old.body if old else None,
                base=revision.number,
                place=old.place if old else None,
            )
        )
    return changes
