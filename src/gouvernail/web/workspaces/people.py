"""What the page of people shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from gouvernail.base.text import Text
from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Invitation, Membership
from gouvernail.web.workspaces.words import role_name


@dataclass(frozen=True)
class Person:
    """One member: account, role, the person of the plan that they are."""

    pk: int
    user: User
    role: Text
    person: str
    since: datetime
    me: bool


@dataclass(frozen=True)
class Invited:
    """One invitation that waits, or that nobody accepted in time. `link` is shown only where the site sends no mail."""

    pk: int
    email: str
    role: Text
    by: str
    created: datetime
    expires: datetime
    expired: bool
    link: str


def listed(places: Iterable[Membership], plan: Plan, me: User) -> tuple[Person, ...]:
    """Return members as the page lists them."""
    names = {one.id: one.name for one in plan.people}
    return tuple(
        Person(
            pk=one.pk,
            user=one.user,
            role=role_name(one.role),
            person=names.get(one.person, one.person),
            since=one.since,
            me=one.user_id == me.pk,
        )
        for one in places
    )


def invited(found: Iterable[Invitation], request: HttpRequest) -> tuple[Invited, ...]:
    """Return invitations as the page lists them."""
    # Whoever holds the link proves that they read that mailbox: only a site without mail may show it.
    shown = str(settings.EMAIL_BACKEND).endswith("console.EmailBackend")
    return tuple(
        Invited(
            pk=one.pk,
            email=one.email,
            role=role_name(one.role),
            by=str(one.invited_by or ""),
            created=one.created,
            expires=one.expires,
            expired=not one.open,
            link=request.build_absolute_uri(reverse("invitation", args=[one.token]))
            if shown and one.open
            else "",
        )
        for one in found
    )
