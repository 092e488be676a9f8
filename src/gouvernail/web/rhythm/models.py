"""What people say and decide around the plan: comments, minutes of meetings, findings given to somebody.

Meetings, decisions, evaluations and reviews themselves are elements of the plan and live with it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from gouvernail.web.workspaces.models import Workspace


class Comment(models.Model):
    """A remark on an element (or a finding), with the people it calls by @name."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="comments")
    element = models.CharField(max_length=80, db_index=True)
    finding = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    made = models.DateTimeField(auto_now_add=True)
    text = models.TextField(max_length=5000)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentioned_in", blank=True)
    resolved = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made"]

    def __str__(self) -> str:
        return self.text[:60]


class Minutes(models.Model):
    """What was said at one meeting: the agenda as it stood, notes, who was there."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="minutes")
    meeting = models.CharField(max_length=80)
    """Id of the meeting in the plan."""
    held = models.DateField()
    agenda: models.JSONField[Any, Any] = models.JSONField(default=list)
    notes = models.TextField(blank=True, max_length=20000)
    present = models.CharField(max_length=500, blank=True)
    decisions: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    """Ids of the decisions taken there, in the plan."""
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    made = models.DateTimeField(auto_now_add=True)
    closed = models.DateTimeField(null=True, blank=True)
    """When the meeting was closed; None while it is going on."""

    class Meta:
        ordering = ["-held", "-pk"]

    def __str__(self) -> str:
        return f"{self.meeting} {self.held}"


class Assignment(models.Model):
    """A finding given to somebody to put right, by a day."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="assignments")
    finding = models.CharField(max_length=200)
    """The finding's identity, which stays the same from run to run."""
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assigned")
    due = models.DateField(null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    begun = models.DateTimeField(null=True, blank=True)
    """When somebody said that it is being worked on."""
    done = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "finding"], name="one_assignee_a_finding")
        ]

    def __str__(self) -> str:
        return f"{self.finding} → {self.assignee}"
