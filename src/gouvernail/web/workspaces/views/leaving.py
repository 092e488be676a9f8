"""Leaving an organisation by oneself, whatever one's role."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.web.accounts.models import User
from gouvernail.web.look.forms import words
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces import members
from gouvernail.web.workspaces.access import membership_of


@require_POST
@login_required
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave; the last owner cannot."""
    place = membership_of(cast(User, request.user), slug)
    try:
        members.remove(place, place.user)
    except UsageError as error:
        messages.error(request, error.message.render(language()))
    else:
        messages.success(request, words(T("You left {name}.", name=place.workspace.name)))
    return redirect("organisations")
