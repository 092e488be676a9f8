"""Writing single elements of the plan from the pages of the rhythm: always through `plans.store.commit`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gouvernail.base.ids import slugify
from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import store
from gouvernail.web.plans.models import ElementRevision, PlanRevision
from gouvernail.web.workspaces.models import Workspace

_LONGEST = 60


def fresh_id(plan: Plan, words: str) -> str:
    """Return an id made of a few words that no element of the plan has."""
    plain = slugify(words)[:_LONGEST].strip("-") or "decision"
    id, n = plain, 1
    while plan.get(id):
        n += 1
        id = f"{plain}-{n}"
    return id


def add(
    workspace: Workspace, user: User, section: str, words: str, body: Mapping[str, Any], note: str
) -> str:
    """Write a new element, called by `words`; return its id. Two that come at once get two ids."""
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        id = fresh_id(store.read(workspace), words)
        store.commit(workspace, user, [store.Change(section, id, _kept(body))], note=note)
    return id


def change(
    workspace: Workspace,
    user: User,
    section: str,
    id: str,
    fields: Mapping[str, Any],
    note: str,
    base: int | None = None,
) -> PlanRevision | None:
    """Change some fields of an element, an empty value takes one out; None where nothing differs.

    Raises:
        plans.store.Conflict: somebody changed the element since the revision `base`.
        KeyError: there is no such element.
    """
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        now = body_of(workspace, section, id)
        if now is None:
            raise KeyError(id)
        return store.commit(
            workspace, user, [store.Change(section, id, _kept({**now, **fields}), base)], note=note
        )


def body_of(workspace: Workspace, section: str, id: str) -> dict[str, Any] | None:
    """Return what the plan says of an element now, None where there is none."""
    row = (
        ElementRevision.objects.filter(workspace=workspace, scenario=None, section=section, element=id)
        .order_by("-number")
        .first()
    )
    return dict(row.body) if row and not row.deleted else None


def _kept(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value not in (None, "", [], ())}
