"""Changing what the plan holds beside its elements: the organisation's facts, the words, the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from gouvernail.plan.model import Organisation, Plan, RuleSettings
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanRevision
from gouvernail.web.workspaces.models import Workspace


def write_facts(
    workspace: Workspace, user: User, facts: Mapping[str, Any], base: int | None
) -> PlanRevision | None:
    """Write the facts of the organisation into its plan, and name, language and time zone onto the site.

    Raises:
        Conflict: somebody changed them since `base`.
        pydantic.ValidationError: a value does not fit.
    """
    body = store.short(Organisation.model_validate(facts))
    with transaction.atomic():
        made = store.commit(workspace, user, [store.Change("organisation", "organisation", body, base)])
        workspace.name = facts.get("name") or workspace.name
        workspace.language = facts.get("language", workspace.language)
        workspace.time_zone = facts.get("time_zone", workspace.time_zone)
        workspace.save(update_fields=["name", "language", "time_zone"])
    return made


def write_words(workspace: Workspace, user: User, words: Mapping[str, str]) -> PlanRevision | None:
    """Rename words of the chain; words that are empty are the usual ones again."""
    now = store.read(workspace).vocabulary
    given = {**now, **words}
    body = {word: said for word, said in given.items() if said} or None
    return store.commit(workspace, user, [store.Change("vocabulary", "vocabulary", body)])


def rewrite_rules(
    workspace: Workspace, user: User, change: Callable[[RuleSettings], Mapping[str, Any]], note: str = ""
) -> PlanRevision | None:
    """Replace fields of the rule settings by what `change` makes of those that stand."""
    # Read and written under the organisation's lock: two people who tune two rules both have their way.
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        rules: RuleSettings = _plan(workspace).rules
        body = store.short(rules.model_copy(update=dict(change(rules)))) or None
        return store.commit(workspace, user, [store.Change("rules", "rules", body)], note=note)


def _plan(workspace: Workspace) -> Plan:
    return store.read(workspace)
