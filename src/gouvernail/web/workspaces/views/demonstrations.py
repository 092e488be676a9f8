"""Opening a demonstration: a made-up company of one's own, to look around in and to delete."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gouvernail.base.text import T
from gouvernail.simulate.catalogue import COMPANIES
from gouvernail.web.accounts.models import User
from gouvernail.web.background.recovery import given_up
from gouvernail.web.look.forms import words
from gouvernail.web.workspaces import demonstration
from gouvernail.web.workspaces.access import membership_of
from gouvernail.web.workspaces.limits import allowed
from gouvernail.web.workspaces.models import Demonstration, DemonstrationState, Permission

A_DAY = 5


@login_required
@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    """Make a demonstration for this person, and wait for it."""
    user = cast(User, request.user)
    company = COMPANIES.get(request.POST.get("company", ""))
    if company is None:
        raise Http404
    if not allowed("demonstration", user.pk, A_DAY, 86_400):
        messages.error(request, words(T("That is enough for one day. Go on tomorrow.")))
        return redirect("organisations")
    workspace = demonstration.order(user, company)
    request.session["organisation"] = workspace.slug
    return redirect("demonstration", slug=workspace.slug)


@login_required
def loading(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how far the loading is; once it is there, go in. The page asks for its state again and again."""
    made = _mine(request, slug)
    failed = made.state == DemonstrationState.failed or (
        made.state == DemonstrationState.loading and given_up(made.task)
    )
    if made.state == DemonstrationState.ready:
        answer = redirect("cockpit", slug=slug)
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": answer.url})
        return answer
    shown = {"made": made, "failed": failed, "stage": demonstration.stage(made.progress)}
    part = "demonstration_state" if request.headers.get("HX-Request") else "demonstration"
    return render(request, f"workspaces/{part}.html", shown)


@login_required
@require_POST
def again(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the loading anew where it failed."""
    made = _mine(request, slug)
    if made.state == DemonstrationState.failed or given_up(made.task):
        demonstration.enqueue(made)
    return redirect("demonstration", slug=slug)


def _mine(request: HttpRequest, slug: str) -> Demonstration:
    place = membership_of(cast(User, request.user), slug)
    if not place.may(Permission.manage):
        raise Http404
    return get_object_or_404(Demonstration.objects.select_related("workspace"), workspace=place.workspace)
