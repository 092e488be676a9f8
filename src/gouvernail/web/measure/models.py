"""Answers about credit that were worked out: kept by what they were made from, so that a question is answered once."""

from __future__ import annotations

from typing import Any

from django.db import models

from gouvernail.web.bearings.models import BearingState
from gouvernail.web.workspaces.models import Workspace


class CreditRecord(models.Model):
    """One answer: of a plan, a data version, a period, a level, a window, by a version of the code."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="credits")
    digest = models.CharField(max_length=64)
    """Hash of what the plan says: tracking keys and links decide whose credit it is."""
    data = models.CharField(max_length=64, blank=True)
    period = models.CharField(max_length=30)
    level = models.CharField(max_length=20)
    days = models.PositiveIntegerField()
    restart = models.BooleanField()
    code = models.CharField(max_length=40)
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=BearingState.choices, default=BearingState.waiting)
    task = models.CharField(max_length=64, blank=True)
    asked = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(null=True, blank=True)
    body = models.BinaryField(null=True, blank=True)
    """The answer itself, written and read by this program only (`measure.shelf`)."""
    message: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "digest", "data", "period", "level", "days", "restart", "code"],
                name="one_credit_a_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.workspace} {self.period} {self.level} {self.state}"
