"""Who belongs to the organisation: members, their roles, invitations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.web.look.forms import words
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import store
from gouvernail.web.workspaces import members
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.forms import InvitationForm, PlaceForm
from gouvernail.web.workspaces.models import Invitation, Membership, Permission
from gouvernail.web.workspaces.people import invited, listed

ON_A_PAGE = 50


@member(Permission.read)
def people(request: MemberRequest) -> HttpResponse:
    """Show members and open invitations."""
    return people_page(request, InvitationForm(initial={"language": request.workspace.language}))


def people_page(request: MemberRequest, form: InvitationForm, status: int = 200) -> HttpResponse:
    """Return the page of people with an invitation form: empty, or as it was sent."""
    found = Membership.objects.filter(workspace=request.workspace).select_related("user")
    page = Paginator(found.order_by("user__name", "user__email"), ON_A_PAGE).get_page(request.GET.get("page"))
    waiting = Invitation.objects.filter(workspace=request.workspace, accepted=None, revoked=None)
    shown: dict[str, Any] = {
        "people": listed(page.object_list, store.read(request.workspace), request.user),
        "page": page,
        "invitations": invited(waiting.select_related("invited_by").order_by("-created")[:100], request),
        "form": form,
        "asked": form.is_bound,
    }
    return render(request, "workspaces/people.html", shown, status=status)


@member(Permission.manage)
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """Change somebody's role, and who they are in the plan."""
    place = _place(request, pk)
    plan = store.read(request.workspace)
    form = PlaceForm(place, plan, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            members.change_role(place, form.cleaned_data["role"], request.user)
            members.link(place, form.cleaned_data["person"], request.user)
        except UsageError as error:
            form.add_error(None, error.message.render(language()))
        else:
            messages.success(request, words(T("{who} is saved.", who=str(place.user))))
            return redirect("people", slug=request.workspace.slug)
    return render(request, "workspaces/member.html", {"place": place, "form": form})


@member(Permission.manage)
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take somebody out."""
    place = _place(request, pk)
    try:
        members.remove(place, request.user)
    except UsageError as error:
        messages.error(request, error.message.render(language()))
    else:
        messages.success(
            request, words(T("{who} no longer belongs to the organisation.", who=str(place.user)))
        )
        if place.user == request.user:
            return redirect("organisations")
    return redirect("people", slug=request.workspace.slug)


def _place(request: MemberRequest, pk: int) -> Membership:
    found = Membership.objects.select_related("user").filter(workspace=request.workspace)
    place = get_object_or_404(found, pk=pk)
    place.workspace = request.workspace
    return place
