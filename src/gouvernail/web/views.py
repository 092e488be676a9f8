"""Pages that belong to no organisation: the way in, health, errors."""

from __future__ import annotations

import logging
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, is_valid_path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gouvernail import __version__
from gouvernail.base.text import LANGUAGES
from gouvernail.web.accounts.middleware import SESSION_KEY
from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Membership

log = logging.getLogger(__name__)


def home(request: HttpRequest) -> HttpResponse:
    """Lead to the organisation in use, or to the choice of one; on a site without accounts, to the first start."""
    if not request.user.is_authenticated and not User.objects.exists():
        return redirect("setup")
    return _organisation(request)


@login_required
def _organisation(request: HttpRequest) -> HttpResponse:
    found = (
        Membership.objects.filter(user=cast(User, request.user))
        .select_related("workspace")
        .order_by("-since")
    )
    last = request.session.get("organisation")
    chosen = next((one for one in found if one.workspace.slug == last), found[0] if found else None)
    return redirect("cockpit", slug=chosen.workspace.slug) if chosen else redirect("organisations")


def health(_request: HttpRequest) -> JsonResponse:
    """Say whether the site can answer: its database and its version."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("the database does not answer")
        return JsonResponse({"status": "no database", "version": __version__}, status=503)
    return JsonResponse({"status": "ok", "version": __version__})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the reader's language, and go back where they were."""
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        request.session[SESSION_KEY] = chosen
        if isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(language=chosen)
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "/")


def unanswerable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request cannot be answered, and why where it came by a foreign address.

    Uses no context, and both languages: such a request is turned away before anything is known of its reader.
    """
    from django.template.loader import get_template

    context = {"foreign": isinstance(exception, DisallowedHost)}
    return HttpResponse(get_template("400.html").render(context, None), status=400)


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that too many tries came from there, and when the next may come."""
    return render(request, "429.html", status=429)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the role does not allow it, and who can help."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page; an address with a slash too many leads to the one without.

    Only the form of the address decides: whether anything stands there, and for whom, the address without it answers.
    """
    if isinstance(exception, Resolver404) and request.method in ("GET", "HEAD") and _without_slash(request):
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{request.path.rstrip('/')}?{query}".rstrip("?"), permanent=True)
    return render(request, "404.html", status=404)


def _without_slash(request: HttpRequest) -> bool:
    path = request.path_info.rstrip("/")
    return path != request.path_info and not path.startswith("//") and bool(is_valid_path(path))


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke on our side. Uses no context: the fault may lie in it."""
    from django.template.loader import get_template

    return HttpResponse(get_template("500.html").render({}, None), status=500)
