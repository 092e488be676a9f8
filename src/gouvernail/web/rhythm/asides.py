"""Setting findings aside, and taking them back, in the rules of the plan: undone as any change of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import transaction

from gouvernail.plan.model import Ignore, Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.bearings import shelf
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanRevision, Scenario
from gouvernail.web.workspaces.models import Workspace
from gouvernail.web.workspaces.trail import record

Entries = list[dict[str, Any]]


def cause(plan: Plan, code: str, element: str) -> Ignore | None:
    """Return why a rule is silent on an element, None where it is not. What names the element comes first."""
    mine = [one for one in plan.rules.ignore if one.rule == code]
    named = [one for one in mine if element in one.elements]
    everywhere = [one for one in mine if not one.elements]
    return next(iter((*reversed(named), *reversed(everywhere))), None)


def set_aside(
    workspace: Workspace,
    user: User,
    scenario: Scenario | None,
    *,
    code: str,
    element: str,
    reason: str,
    note: str = "",
) -> PlanRevision | None:
    """Write into the plan that a rule is silent on an element, why, who says so and when; None where it is so already."""
    entry = Ignore(rule=code, elements=(element,), reason=reason, by=str(user), day=_today(workspace))

    def add(entries: Entries) -> Entries:
        there = any(one["rule"] == code and element in one.get("elements", ()) for one in entries)
        return entries if there else [*entries, store.short(entry)]

    made = _rewritten(workspace, user, scenario, add, note)
    if made:
        record(workspace, user, "finding.set_aside", f"{code}:{element}", reason=reason, revision=made.number)
    return made


def take_back(
    workspace: Workspace, user: User, scenario: Scenario | None, *, code: str, element: str, note: str = ""
) -> PlanRevision | None:
    """Let a rule judge an element again; where the rule was turned off as a whole, all of it judges again."""

    def remove(entries: Entries) -> Entries:
        named = any(one["rule"] == code and element in one.get("elements", ()) for one in entries)
        kept = (_without(one, code, element if named else None) for one in entries)
        return [one for one in kept if one]

    made = _rewritten(workspace, user, scenario, remove, note)
    if made:
        record(workspace, user, "finding.taken_back", f"{code}:{element}", revision=made.number)
    return made


def _without(entry: dict[str, Any], code: str, element: str | None) -> dict[str, Any] | None:
    if entry["rule"] != code:
        return entry
    if element is None:
        return entry if entry.get("elements") else None
    left = [one for one in entry.get("elements", ()) if one != element]
    if not entry.get("elements") or left == entry["elements"]:
        return entry
    return {**entry, "elements": left} if left else None


def _rewritten(
    workspace: Workspace,
    user: User,
    scenario: Scenario | None,
    change: Callable[[Entries], Iterable[dict[str, Any]]],
    note: str,
) -> PlanRevision | None:
    # Read and written under the organisation's lock: two people who set two findings aside both have their way.
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        held = store.row_of(workspace, "rules", "rules", scenario)
        now = held.body if held else None
        body = dict(now or {})
        body["ignore"] = list(change(list(body.get("ignore", ()))))
        if not body["ignore"]:
            del body["ignore"]
        wanted = body or None
        if wanted == now:
            return None
        return store.commit(
            workspace, user, [store.Change("rules", "rules", wanted)], note=note, scenario=scenario
        )


def _today(workspace: Workspace) -> date:
    return shelf.today(workspace)
