"""Sign-in with the organisation's own accounts (OpenID Connect): allauth does it, this says what went wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from allauth.socialaccount.providers.openid_connect import views as allauth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

log = logging.getLogger(__name__)


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider.

    Our policy forbids forms that end elsewhere, so the way there is a page that goes on by itself, not a redirect.
    """
    answer = _told(allauth.login, request, provider_id)
    if answer.status_code != 302 or "://" not in (there := answer.headers["Location"]):
        return answer
    return render(request, "socialaccount/login_redirect.html", {"redirect_to": there})


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Receive who comes back from the provider."""
    return _told(allauth.callback, request, provider_id)


def _told(view: Callable[..., Any], request: HttpRequest, provider_id: str) -> HttpResponse:
    """Answer as the view does; say so where the provider does not answer, or not as one."""
    try:
        answer: HttpResponse = view(request, provider_id)
    except (RequestException, KeyError, ValueError):
        log.exception("the provider of single sign-on does not answer as one")
        return render(request, "socialaccount/provider_silent.html", status=502)
    return answer
