"""Organisations, who belongs to them in which role, and the trail of every change."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils import timezone

from gouvernail.web import environment


class Role(models.TextChoices):
    """What someone is in an organisation (DESIGN §10)."""

    owner = "owner"
    management = "management"
    marketing = "marketing"
    sales = "sales"
    contributor = "contributor"
    partner = "partner"
    reader = "reader"


class Permission(StrEnum):
    """What can be allowed."""

    read = "read"
    comment = "comment"
    edit = "edit"
    """Change the plan, set findings aside."""
    decide = "decide"
    """Record decisions, reviews, merge scenarios."""
    bring = "bring"
    """Import data, undo an import."""
    share = "share"
    """Make reports and share them by link."""
    manage = "manage"
    """People, roles, settings of the organisation."""


_ALL = frozenset(Permission)
ALLOWED: dict[str, frozenset[Permission]] = {
    Role.owner: _ALL,
    Role.management: _ALL - {Permission.manage},
    Role.marketing: _ALL - {Permission.manage},
    Role.sales: frozenset({Permission.read, Permission.comment, Permission.edit, Permission.bring}),
    Role.contributor: frozenset({Permission.read, Permission.comment, Permission.edit}),
    Role.partner: frozenset(),
    Role.reader: frozenset({Permission.read}),
}
"""Role → permissions. A partner reads only what is shared with partners (`reports`)."""


class Workspace(models.Model):
    """One organisation on this instance: its plan, its lake, its people."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="en")
    time_zone = models.CharField(max_length=64, default="Europe/Zurich")
    created = models.DateTimeField(auto_now_add=True)
    demo = models.BooleanField(default=False)
    today = models.DateField(null=True, blank=True)
    """The day on which a demonstration stands; the current day where it is None."""

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        """Where the organisation's files stand; by number, so that a new name moves nothing."""
        return environment.home() / "organisations" / str(self.pk)

    @property
    def lake_path(self) -> Path:
        return self.folder / "lake"

    @property
    def day(self) -> date:
        """The organisation's day: the one its demonstration stands on, else the current one in its time zone."""
        return self.today or datetime.now(ZoneInfo(self.time_zone)).date()


class Membership(models.Model):
    """Someone's place in an organisation. `person` is the id of their element in the plan, for “what I owe”."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.reader)
    person = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "user"], name="one_membership_a_person")]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"

    @property
    def is_partner(self) -> bool:
        """Whether this is somebody from outside, who sees only what is shared with partners."""
        return self.role == Role.partner

    def may(self, permission: Permission) -> bool:
        """Whether the role allows it."""
        return permission in ALLOWED[self.role]


def _token() -> str:
    return secrets.token_urlsafe(32)


def _in_two_weeks() -> Any:
    return timezone.now() + timedelta(days=14)


class Invitation(models.Model):
    """An invitation by e-mail: a link that cannot be guessed, expires, and works once."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.reader)
    language = models.CharField(max_length=2, blank=True)
    """The language that the mail is written in; the organisation's where it is empty."""
    token = models.CharField(max_length=64, unique=True, default=_token)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(default=_in_two_weeks)
    accepted = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.email} → {self.workspace}"

    @property
    def open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted is None and self.revoked is None and self.expires > timezone.now()


class AuditEntry(models.Model):
    """Who did what, when: every change in an organisation. Written by `workspaces.trail.record`, never changed."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="trail")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    made = models.DateTimeField(auto_now_add=True, db_index=True)
    what = models.CharField(max_length=40)
    """A stable word: `element.changed`, `import.committed`, `member.invited` …"""
    subject = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-made", "-pk"]
        indexes = [models.Index(fields=["workspace", "-made", "-id"], name="trail_of_an_organisation")]

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"


class Tally(models.Model):
    """How often something was tried in the present stretch of time (`workspaces.limits`)."""

    key = models.CharField(max_length=120, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.BigIntegerField(db_index=True)
    """End of the stretch, in seconds since 1970: one number that every database compares alike."""

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class DemonstrationState(models.TextChoices):
    """Where the loading of a demonstration stands."""

    loading = "loading"
    ready = "ready"
    failed = "failed"


class Demonstration(models.Model):
    """An organisation made up for somebody to look around in: which company it is, and how far its loading is."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="demonstration")
    company = models.CharField(max_length=20)
    state = models.CharField(
        max_length=10, choices=DemonstrationState.choices, default=DemonstrationState.loading
    )
    progress = models.FloatField(default=0)
    task = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.company} {self.state}"
