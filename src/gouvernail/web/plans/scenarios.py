"""Scenarios: a branch of the plan, what it changes, and its way back into the plan, element by element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from gouvernail.plan.model import SECTIONS, Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import conflicts, store
from gouvernail.web.plans.conflicts import Meeting
from gouvernail.web.plans.models import ElementRevision, PlanRevision, Scenario
from gouvernail.web.plans.store import Change, Key
from gouvernail.web.workspaces.models import Workspace
from gouvernail.web.workspaces.trail import record


@dataclass(frozen=True)
class Merge:
    """What merging a scenario would do: changes that meet nothing, and elements that both sides changed."""

    changes: tuple[Change, ...]
    meetings: tuple[Meeting, ...]
    head: int


def create(workspace: Workspace, author: User, name: str) -> Scenario:
    """Open a scenario over the plan as it stands."""
    made = Scenario.objects.create(
        workspace=workspace, name=name[:120], base=store.head(workspace), author=author
    )
    record(workspace, author, "scenario.opened", made.name, scenario=made.pk, base=made.base)
    return made


def drop(scenario: Scenario, author: User) -> None:
    """Give a scenario up; its revisions stay in the history."""
    scenario.dropped = timezone.now()
    scenario.save(update_fields=["dropped"])
    record(scenario.workspace, author, "scenario.dropped", scenario.name, scenario=scenario.pk)


def merging(scenario: Scenario, plan: Plan) -> Merge:
    """Return what merging would do, against the plan as it stands. `plan` names what references name."""
    workspace = scenario.workspace
    own = {(row.section, row.element): row for row in store.own(workspace, scenario)}
    head = store.head(workspace)
    now = store.bodies_at(workspace, head, own)
    base = store.bodies_at(workspace, scenario.base, own)
    changes, meetings = [], []
    for key, row in own.items():
        mine, theirs, before = _body(row), _body(now.get(key)), _body(base.get(key))
        if mine == theirs and row.place == _place(now.get(key), row.place):
            continue
        if theirs in (before, mine):
            changes.append(Change(*key, mine, base=head, place=row.place if mine is not None else None))
        elif mine != before:
            meetings.append(conflicts.meeting(*key, mine, theirs, before, plan))
    return Merge(tuple(changes), tuple(meetings), head)


def merge(
    scenario: Scenario, author: User, found: Merge, picks: Mapping[Key, Mapping[str, str]]
) -> PlanRevision | None:
    """Write the scenario into the plan; `picks` says per element and field whose version counts.

    Raises:
        Conflict: the plan was changed since `found` was worked out, where the scenario changes it too.
    """
    changes = list(found.changes)
    changes += [_picked(one, picks.get((one.section, one.element), {}), found.head) for one in found.meetings]
    order = {name: i for i, name in enumerate((*store.WHOLE, *SECTIONS))}
    changes.sort(key=lambda one: order.get(one.section, 99))
    made = store.commit(scenario.workspace, author, changes, note=scenario.name)
    scenario.merged = timezone.now()
    scenario.save(update_fields=["merged"])
    record(
        scenario.workspace,
        author,
        "scenario.merged",
        scenario.name,
        scenario=scenario.pk,
        revision=made.number if made else None,
    )
    return made


def of_the_rest(meetings: Sequence[Meeting], side: str) -> dict[Key, dict[str, str]]:
    """Return the picks for elements that are not shown: all of the plan's words (`theirs`), or what is proposed.

    What only one side changed stands as proposed; where both changed a field, the scenario's words do.
    """
    return {
        (one.section, one.element): {
            "": "theirs" if side == "theirs" else "mine",
            **{choice.name: "theirs" if side == "theirs" else choice.pick for choice in one.choices},
        }
        for one in meetings
    }


def _picked(one: Meeting, picks: Mapping[str, str], head: int) -> Change:
    if one.mine is None or one.theirs is None:
        body = one.theirs if picks.get("") == "theirs" else one.mine
    else:
        body = conflicts.chosen(one.mine, one.theirs, picks)
    return Change(one.section, one.element, body, head)


def _body(row: ElementRevision | None) -> dict[str, object] | None:
    return None if row is None or row.deleted else dict(row.body)


def _place(row: ElementRevision | None, otherwise: int) -> int:
    return row.place if row else otherwise
