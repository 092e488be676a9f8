"""Following an invitation: sign in or open an account, then join, once."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.web.accounts.models import User
from gouvernail.web.look.forms import words
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces import invitations
from gouvernail.web.workspaces.limits import address, allowed
from gouvernail.web.workspaces.models import Invitation
from gouvernail.web.workspaces.words import ROLES

TRIES_A_MINUTE = 30


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites to what, and the way in for this visitor."""
    if too_often(request):
        return _too_often(request)
    found = get_object_or_404(Invitation.objects.select_related("workspace", "invited_by"), token=token)
    reason = invitations.closed(found)
    if reason:
        return render(request, "workspaces/invitation_closed.html", {"reason": reason}, status=410)
    # It opens the sign-up door (accounts.adapter), and leads here again after sign-up.
    request.session["invitation"] = token
    if settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory":
        # The link came by mail: whoever follows it reads that address.
        request.session["account_verified_email"] = found.email
    return render(request, "workspaces/invitation.html", _shown(request, found))


def _shown(request: HttpRequest, found: Invitation) -> dict[str, object]:
    here = reverse("invitation", args=[found.token])
    name, meaning = ROLES[found.role]
    user = request.user if isinstance(request.user, User) else None
    return {
        "invitation": found,
        "role_name": name,
        "meaning": meaning,
        "mine": bool(user and invitations.is_for(found, user)),
        "login_url": f"{reverse('account_login')}?{urlencode({'next': here})}",
        "signup_url": f"{reverse('account_signup')}?{urlencode({'next': here, 'email': found.email})}",
    }


@require_POST
@login_required
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Join."""
    if too_often(request):
        return _too_often(request)
    found = get_object_or_404(Invitation, token=token)
    try:
        place = invitations.accept(found, cast(User, request.user))
    except UsageError as error:
        messages.error(request, error.message.render(language()))
        return redirect("invitation", token=token)
    request.session.pop("invitation", None)
    request.session["organisation"] = place.workspace.slug
    messages.success(request, words(T("Welcome to {name}.", name=place.workspace.name)))
    return redirect("organisation-open", slug=place.workspace.slug)


@require_POST
def other_account(request: HttpRequest, token: str) -> HttpResponse:
    """Sign out, and come back to the invitation."""
    get_object_or_404(Invitation, token=token)
    logout(request)
    return redirect("invitation", token=token)


def too_often(request: HttpRequest) -> bool:
    """Count one more look at an invitation from this address of the network."""
    return not allowed("invitation", address(request), TRIES_A_MINUTE, 60)


def _too_often(request: HttpRequest) -> HttpResponse:
    reason = T("Too many tries. Wait a minute.")
    return render(request, "workspaces/invitation_closed.html", {"reason": reason}, status=429)
