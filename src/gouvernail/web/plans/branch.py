"""What somebody works in: the plan, or the scenario that they chose. Read from the session that `bearings.current` keeps."""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail.plan.load import LoadedPlan
from gouvernail.plan.model import Plan
from gouvernail.web.bearings import shelf
from gouvernail.web.plans import store
from gouvernail.web.plans.models import Scenario
from gouvernail.web.plans.numbers import number
from gouvernail.web.workspaces.access import MemberRequest


@dataclass(frozen=True)
class Branch:
    """The plan that a page changes. `head` is the number of its newest revision, 0 where nothing is written yet."""

    plan: Plan
    head: int
    scenario: Scenario | None = None


def branch(request: MemberRequest) -> Branch:
    """Return what the request works in."""
    scenario = chosen(request)
    head = store.head(request.workspace, scenario)
    return Branch(store.read(request.workspace, number=head, scenario=scenario), head, scenario)


def loaded(request: MemberRequest, here: Branch) -> LoadedPlan:
    """Return the plan that the request works in with its digest, as it is kept in memory."""
    return shelf.loaded(request.workspace, here.head, here.scenario)


def chosen(request: MemberRequest) -> Scenario | None:
    """Return the scenario chosen in this session, None for the plan itself."""
    held = request.session.get(_key(request), {}).get("scenario", "")
    asked = request.GET.get("scenario", held)
    wanted = number(asked)
    if wanted is None:
        return None
    return Scenario.objects.filter(workspace=request.workspace, pk=wanted, dropped=None, merged=None).first()


def choose(request: MemberRequest, scenario: Scenario | None) -> None:
    """Work in `scenario` from now on; None for the plan itself."""
    held = dict(request.session.get(_key(request), {}))
    held.pop("revision", None)
    held.pop("scenario", None)
    if scenario:
        held["scenario"] = str(scenario.pk)
    request.session[_key(request)] = held


def _key(request: MemberRequest) -> str:
    return f"view:{request.workspace.pk}"
