"""One reading of a page: what decides how it looks, and whether it looked at the person behind the role.

A page is shared by all who have the same role, language and so on, unless its view or its templates so much as touched the
person: then it is theirs alone. Nobody declares it: the view is given a user and a membership that tell.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from gouvernail.web.accounts.models import User
from gouvernail.web.bearings import lakes
from gouvernail.web.workspaces.models import Membership

OF_THE_ROLE = frozenset({"role", "may", "is_partner", "workspace", "workspace_id"})
"""What all members of a role have in common."""
OF_NO_PAGE = frozenset({"_auth_user_id", "_auth_user_backend", "_auth_user_hash", "_session_expiry"}) | {
    "account_authentication_methods",
    "organisation",
    "language",
}
"""Parts of a session that no page of an organisation shows; any other decides how a page looks."""
Key = tuple[Hashable, ...]


class Place:
    """A membership that tells when somebody looks at whose it is."""

    def __init__(self, membership: Membership, reading: Reading) -> None:
        self.__dict__.update(_membership=membership, _reading=reading)

    @property  # type: ignore[misc]  # what lazy objects do
    def __class__(self) -> type:
        return Membership

    def __getattr__(self, name: str) -> Any:
        if name not in OF_THE_ROLE:
            self._reading.personal = True
        return getattr(self._membership, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._reading.personal = True
        setattr(self._membership, name, value)


class Reading:
    """What one person asks for at one moment. `personal` once the page looked at who they are."""

    def __init__(self, request: Any) -> None:
        self.request, self.personal = request, False
        self.user: User = request.user
        self.membership: Membership = request.membership
        self.own: dict[str, str] = {}
        """The person's own parts of the frame, as they were put into the page."""

    @contextmanager
    def watched(self) -> Iterator[None]:
        """While the block runs, whoever touches the person is noticed."""
        request = self.request
        request.user, request.reading = SimpleLazyObject(self._looked), self
        request.membership = Place(self.membership, self)
        try:
            yield
        finally:
            request.user, request.membership, request.reading = self.user, self.membership, None

    @contextmanager
    def unwatched(self) -> Iterator[None]:
        """While the block runs, the person may be looked at: what it makes is put in for each."""
        request = self.request
        watched = request.user, request.membership
        request.user, request.membership = self.user, self.membership
        try:
            yield
        finally:
            request.user, request.membership = watched

    def _looked(self) -> User:
        self.personal = True
        return self.user

    @property
    def person(self) -> Key:
        """Who reads, as far as a page may show them."""
        return (self.user.pk, self.user.name, self.user.email)

    def key(self) -> Key:
        """Return everything that decides how the page looks, but for the person."""
        request, workspace = self.request, self.membership.workspace
        return (
            workspace.pk,
            self.membership.mark,  # type: ignore[attr-defined]  # asked with the membership
            lakes.stamp(workspace),
            workspace.day,
            self.membership.role,
            translation.get_language(),
            timezone.get_current_timezone_name(),
            self.user.theme,
            request.scheme,
            request.get_host(),
            request.get_full_path(),
            _session(request),
        )


def keepable(request: HttpRequest) -> bool:
    """Whether the answer may be given again: a page that a browser opens, with nothing to tell but itself."""
    head = request.headers
    return (
        request.method == "GET"
        and hasattr(request, "session")
        and "HX-Request" not in head
        and "X-Requested-With" not in head
        and "json" not in head.get("Accept", "")
        and "Range" not in head
        and not len(messages.get_messages(request))
    )


def _session(request: HttpRequest) -> str:
    return repr(
        sorted((name, repr(value)) for name, value in request.session.items() if name not in OF_NO_PAGE)
    )
