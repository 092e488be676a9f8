"""Bearings that were taken: kept by what they were made from, so that the same question is answered once."""

from __future__ import annotations

from typing import Any

from django.db import models

from gouvernail.web.workspaces.models import Workspace


class BearingState(models.TextChoices):
    """Where the work on a bearing stands."""

    waiting = "waiting"
    running = "running"
    ready = "ready"
    failed = "failed"
    cancelled = "cancelled"


class BearingRecord(models.Model):
    """One bearing: of a plan revision (or scenario), a data version, a period, on a day, by a version of the code."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="bearings")
    digest = models.CharField(max_length=64)
    """Hash of what the plan says: two revisions that say the same have one bearing."""
    data = models.CharField(max_length=64, blank=True)
    period = models.CharField(max_length=30)
    today = models.DateField()
    code = models.CharField(max_length=40)
    revision = models.PositiveIntegerField(default=0)
    """The number of the plan revision it was first asked for."""
    state = models.CharField(max_length=10, choices=BearingState.choices, default=BearingState.waiting)
    progress = models.FloatField(default=0)
    """0 ordered, 0.1 under way, 1 ready: in between, the share of the stages that are done."""
    task = models.CharField(max_length=64, blank=True)
    asked = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)
    used = models.DateTimeField(null=True, blank=True)
    """When its body was last read: what nobody reads for long makes room."""
    body = models.BinaryField(null=True, blank=True)
    """The bearing itself, written and read by this program only (`bearings.shelf`)."""
    message: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    """Why it failed, or what is being done while it runs: {"en": …, "fr": …, "step": 2, "of": 7}."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "digest", "data", "period", "today", "code"],
                name="one_bearing_a_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.workspace} {self.period} {self.state}"
