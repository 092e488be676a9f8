"""Choosing an organisation, making a new one, going into one."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gouvernail.base.text import T
from gouvernail.simulate.catalogue import COMPANIES
from gouvernail.web.accounts.models import User
from gouvernail.web.cockpit.links import address
from gouvernail.web.look.forms import words
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces.access import membership_of
from gouvernail.web.workspaces.clients import clients
from gouvernail.web.workspaces.demonstration import is_loading
from gouvernail.web.workspaces.forms import OrganisationForm
from gouvernail.web.workspaces.invitations import waiting_for
from gouvernail.web.workspaces.limits import allowed
from gouvernail.web.workspaces.making import make
from gouvernail.web.workspaces.models import Membership, Permission

ON_A_PAGE = 25
MADE_A_DAY = 20


@login_required
def organisations(request: HttpRequest) -> HttpResponse:
    """Show the organisations of this person, side by side, and who invites them."""
    user = cast(User, request.user)
    mine = Membership.objects.filter(user=user).select_related("workspace").order_by("workspace__name", "pk")
    page = Paginator(mine, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "clients": clients(page.object_list),
        "page": page,
        "waiting": waiting_for(user),
        "last": request.session.get("organisation", ""),
        # Who is in a demonstration needs no other; it is deleted first.
        "companies": () if any(one.workspace.demo for one in page.object_list) else tuple(COMPANIES.values()),
    }
    return render(request, "workspaces/organisations.html", shown)


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Make an organisation; whoever makes it owns it."""
    user = cast(User, request.user)
    form = OrganisationForm(
        request.POST or None, initial={"language": language(), "time_zone": user.time_zone}
    )
    if request.method == "POST" and form.is_valid():
        if allowed("organisation", user.pk, MADE_A_DAY, 86_400):
            made = make(user, **form.cleaned_data)
            request.session["organisation"] = made.slug
            messages.success(
                request, words(T("{name} is there. Begin with the plan, or bring one.", name=made.name))
            )
            return redirect("cockpit", slug=made.slug)
        form.add_error(None, T("That is enough for one day. Go on tomorrow.").render(language()))
    return render(request, "workspaces/organisation_new.html", {"form": form})


@login_required
def open_(request: HttpRequest, slug: str) -> HttpResponse:
    """Go into an organisation, and remember it for the next visit."""
    place = membership_of(cast(User, request.user), slug)
    request.session["organisation"] = slug
    if is_loading(place.workspace):
        return redirect("demonstration", slug=slug)
    if place.may(Permission.read):
        return redirect("cockpit", slug=slug)
    return redirect(address("reports", slug) or "organisations")
