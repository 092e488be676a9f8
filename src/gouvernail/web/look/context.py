"""What every page knows: the reader's language, the organisation in view, the organisations within reach."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gouvernail.web import environment
from gouvernail.web.kept import own
from gouvernail.web.look.menu import menu
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces.models import Membership, Permission


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the frame around every page."""
    membership: Membership | None = getattr(request, "membership", None)
    return {
        "language": language(),
        "theme": _theme(request),
        "back": request.get_full_path(),
        # One token for the whole answer; Django's own processor, which comes first, would make one for each template.
        "csrf_token": SimpleLazyObject(lambda: own.token(request)),
        "signup_open": environment.flag("GOUVERNAIL_SIGNUP"),
        "workspace": getattr(request, "workspace", None),
        "membership": membership,
        "may": {one.value: membership.may(one) for one in Permission} if membership else {},
        "menu": menu(membership.workspace.slug, request.path, partner=membership.is_partner)
        if membership
        else [],
        "organisations": SimpleLazyObject(lambda: _organisations(request)),
    }


def _theme(request: HttpRequest) -> str:
    reading = getattr(request, "reading", None)
    return getattr(reading.user if reading else getattr(request, "user", None), "theme", "auto")


def _organisations(request: HttpRequest) -> list[Membership]:
    if not request.user.is_authenticated:
        return []
    return list(
        Membership.objects.filter(user=request.user).select_related("workspace").order_by("workspace__name")
    )
