"""Reports that were made: pinned to what they were made from, and shared by links that expire."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from gouvernail.web.workspaces.models import Workspace


class ReportState(models.TextChoices):
    """Where the making of a report stands."""

    making = "making"
    ready = "ready"
    failed = "failed"


class Report(models.Model):
    """One report: the page as it was made, number for number, with what it was made from."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="reports")
    title = models.CharField(max_length=160)
    language = models.CharField(max_length=2)
    period = models.CharField(max_length=30)
    made_from: models.JSONField[Any, Any] = models.JSONField(default=dict)
    """plan, data, code, revision, scenario, today, made_at: enough to make it again, number for number."""
    html = models.BinaryField(null=True, blank=True)
    """The page, compressed."""
    size = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.making)
    task = models.CharField(max_length=64, blank=True)
    message: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    """Why it could not be made: {"en": …, "fr": …}."""
    checked: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    """What came of making it again: {"state": "making" | "same" | "other" | "failed", "day": …, "why": …}."""
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    made = models.DateTimeField(auto_now_add=True)
    pinned = models.BooleanField(default=False)
    for_partners = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pinned", "-made", "-pk"]

    def __str__(self) -> str:
        return self.title


def _token() -> str:
    return secrets.token_urlsafe(32)


def _in_a_month() -> Any:
    return timezone.now() + timedelta(days=30)


class ShareLink(models.Model):
    """A link to one report for somebody without an account: unguessable, expiring, revocable, counted."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="links")
    token = models.CharField(max_length=64, unique=True, default=_token)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    made = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(default=_in_a_month)
    revoked = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made", "-pk"]

    def __str__(self) -> str:
        return f"{self.report} until {self.expires:%Y-%m-%d}"

    @property
    def open(self) -> bool:
        """Whether the link still works."""
        return self.revoked is None and self.expires > timezone.now()
