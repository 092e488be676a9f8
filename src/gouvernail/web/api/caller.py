"""Who calls the API, and what they may: by token (bound to one organisation) or by the session of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.http import Http404, HttpRequest
from django.utils import translation
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.throttling import BaseThrottle

from gouvernail.base.text import LANGUAGES, T
from gouvernail.web.accounts.models import User
from gouvernail.web.api import keys
from gouvernail.web.api.models import Token
from gouvernail.web.api.problems import Problem
from gouvernail.web.workspaces.limits import allowed
from gouvernail.web.workspaces.models import Membership, Permission, Workspace

A_MINUTE = 600
"""Calls of one token, or of one person."""


@dataclass(frozen=True)
class Caller:
    """Somebody who calls: a person, and the token that they came with, if any."""

    user: User
    token: Token | None = None

    @property
    def ident(self) -> str:
        """What the rate limit counts by."""
        return f"token:{self.token.pk}" if self.token else f"user:{self.user.pk}"


class Bearer(HttpBearer):
    """`Authorization: Bearer gvn_…`, with a token made under Settings."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """Return who the token acts for; a token that does not work is refused even where a session would do."""
        found = keys.find(token)
        if found is None:
            raise AuthenticationError
        _speak(request, found)
        return Caller(found.user, found)


class Session(APIKeyCookie):
    """The session of somebody who is signed in; what changes anything needs the CSRF token as well."""

    param_name = "gouvernail_session"

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Return who is signed in."""
        if not request.user.is_authenticated:
            # Asked before the CSRF token: a visitor is told to sign in, not that a token is missing.
            return None
        return cast("Caller | None", super().__call__(request))

    def authenticate(self, request: HttpRequest, _key: str | None) -> Caller:
        """Return who is signed in."""
        return Caller(cast(User, request.user))


class Limit(BaseThrottle):
    """So many calls a minute for each token, or for each person, whichever process answers."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Return whether one more call may be answered."""
        return allowed("api", caller(request).ident, A_MINUTE, 60)

    def wait(self) -> float:
        """Return after how many seconds to try again at the latest."""
        return 60.0


def caller(request: HttpRequest) -> Caller:
    """Return who calls."""
    return cast(Caller, request.auth)  # type: ignore[attr-defined]  # set by ninja


def place(request: HttpRequest, slug: str, permission: Permission, *, writes: bool = False) -> Membership:
    """Return the caller's place in an organisation.

    Raises:
        Http404: there is none, or the token is another organisation's. The two are not told apart.
        Problem: the role or the token's scope does not allow it.
    """
    who = caller(request)
    if who.token and who.token.workspace.slug != slug:
        raise Http404
    found = Membership.objects.select_related("workspace").filter(user=who.user, workspace__slug=slug).first()
    if found is None:
        raise Http404
    found.user = who.user
    if not found.may(permission):
        raise Problem(403, "role", T("Your role in this organisation does not allow this."))
    if writes and who.token and not who.token.write:
        raise Problem(403, "scope", T("This token may only read. Make one that may write."))
    return found


def workspace_of(
    request: HttpRequest, slug: str, permission: Permission, *, writes: bool = False
) -> Workspace:
    """Return the organisation, where the caller may."""
    return place(request, slug, permission, writes=writes).workspace


def _speak(request: HttpRequest, token: Token) -> None:
    """Answer in the language that the call asks for, else in that of the token's owner."""
    asked = request.headers.get("Accept-Language", "")[:2].casefold()
    if asked not in LANGUAGES:
        translation.activate(token.user.language or token.workspace.language)
        request.LANGUAGE_CODE = translation.get_language() or "en"
