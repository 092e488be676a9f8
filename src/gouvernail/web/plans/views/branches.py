"""Scenarios: open one, work in it, compare it with the plan, merge it, give it up."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gouvernail.base.text import T
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import comparing, store
from gouvernail.web.plans import scenarios as branches
from gouvernail.web.plans.branch import choose, chosen
from gouvernail.web.plans.models import Scenario
from gouvernail.web.plans.numbers import number
from gouvernail.web.plans.store import Conflict, Key
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission

MOST = 40
"""Elements changed on both sides that are chosen field by field; the rest are chosen at once."""


@member(Permission.read)
def scenarios(request: MemberRequest) -> HttpResponse:
    """List the scenarios: those under way, those merged or given up."""
    every = (
        Scenario.objects.filter(workspace=request.workspace)
        .select_related("author")
        .annotate(changes=Count("revisions"))
        .order_by("-pk")
    )
    found = list(every)
    return render(
        request,
        "plans/scenarios.html",
        {
            "open": [one for one in found if not (one.merged or one.dropped)],
            "past": [one for one in found if one.merged or one.dropped],
            "chosen": chosen(request),
            "head": store.head(request.workspace),
        },
    )


@member(Permission.edit)
@require_POST
def opened(request: MemberRequest) -> HttpResponse:
    """Open a scenario over the plan as it stands, and work in it."""
    name = request.POST.get("name", "").strip()
    if not name:
        messages.error(
            request, T("Give the scenario a name, such as “Half the trade fairs”.").render(language())
        )
        return redirect("scenarios", request.workspace.slug)
    made = branches.create(request.workspace, request.user, name)
    choose(request, made)
    messages.success(
        request, T("You work in “{name}” now: the plan stays as it is.", name=made.name).render(language())
    )
    return redirect("scenario", request.workspace.slug, made.pk)


@member(Permission.read)
def scenario(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what a scenario changes, and what merging it would meet."""
    found = _scenario(request, pk)
    main, own = store.read(request.workspace), store.read(request.workspace, scenario=found)
    pairs = comparing.between(request.workspace, found.base, store.head(request.workspace, found), found)
    under_way = not (found.merged or found.dropped)
    merge = branches.merging(found, own) if under_way else None
    return render(
        request,
        "plans/scenario.html",
        {
            "scenario": found,
            "under_way": under_way,
            "moves": comparing.comparison(
                pairs, request.GET.dict(), own, comparing.writers(request.workspace, pairs)
            ),
            "merge": merge,
            "shown": merge.meetings[:MOST] if merge else (),
            "left": max(0, len(merge.meetings) - MOST) if merge else 0,
            "behind": store.head(request.workspace) - found.base
            if main != store.read(request.workspace, number=found.base)
            else 0,
            "working": chosen(request) == found,
        },
    )


@member(Permission.read)
@require_POST
def work(request: MemberRequest) -> HttpResponse:
    """Work in a scenario from now on, or in the plan again."""
    pk = request.POST.get("scenario", "")
    choose(request, _scenario(request, number(pk) or 0) if pk else None)
    return redirect("scenarios", request.workspace.slug)


@member(Permission.edit)
@require_POST
def dropped(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a scenario up."""
    found = _open(request, pk)
    branches.drop(found, request.user)
    if chosen(request) in (found, None):
        choose(request, None)
    messages.success(
        request, T("“{name}” is given up. Its history stays.", name=found.name).render(language())
    )
    return redirect("scenarios", request.workspace.slug)


@member(Permission.decide)
@require_POST
def merged(request: MemberRequest, pk: int) -> HttpResponse:
    """Write a scenario into the plan, as chosen where both sides changed the same element."""
    found = _open(request, pk)
    again = redirect("scenario", request.workspace.slug, pk)
    plan = store.read(request.workspace, scenario=found)
    merge = branches.merging(found, plan)
    if request.POST.get("head") != str(merge.head):
        messages.error(
            request, T("The plan was changed meanwhile: look at it again first.").render(language())
        )
        return again
    picks = _picks(request) | branches.of_the_rest(merge.meetings[MOST:], request.POST.get("rest", ""))
    try:
        made = branches.merge(found, request.user, merge, picks)
    except Conflict:
        messages.error(
            request, T("The plan was changed meanwhile: look at it again first.").render(language())
        )
        return again
    choose(request, None)
    messages.success(request, T("“{name}” is part of the plan now.", name=found.name).render(language()))
    if made is None:
        return redirect("plan-history", request.workspace.slug)
    return redirect("plan-revision", request.workspace.slug, made.number)


def _picks(request: MemberRequest) -> dict[Key, dict[str, str]]:
    """Fields are named `pick|section|element|field`."""
    found: dict[Key, dict[str, str]] = {}
    for name, value in request.POST.items():
        parts = name.split("|")
        if len(parts) == 4 and parts[0] == "pick":  # the four words of the name
            found.setdefault((parts[1], parts[2]), {})[parts[3]] = str(value)
    return found


def _scenario(request: MemberRequest, pk: int) -> Scenario:
    found: Scenario = get_object_or_404(
        Scenario.objects.select_related("workspace", "author"), workspace=request.workspace, pk=pk
    )
    return found


def _open(request: MemberRequest, pk: int) -> Scenario:
    found = _scenario(request, pk)
    if found.merged or found.dropped:
        raise Http404
    return found
