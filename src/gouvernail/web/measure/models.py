"""Answers that were worked out: kept by what they were made from, so that a question is answered once."""

from __future__ import annotations

from typing import Any

from django.db import models

from gouvernail.web.bearings.models import BearingState
from gouvernail.web.workspaces.models import Workspace


class AnswerRecord(models.Model):
    """One answer: of a kind of question and its options, of a plan, a data version, a period, by a version of the code."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=64)
    """Hash of all that decides the answer."""
    kind = models.CharField(max_length=20)
    """What is asked, as `tasks.WORKS` names it."""
    options: models.JSONField[Any, Any] = models.JSONField(default=dict)
    data = models.CharField(max_length=64, blank=True)
    period = models.CharField(max_length=30)
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=BearingState.choices, default=BearingState.waiting)
    task = models.CharField(max_length=64, blank=True)
    asked = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(null=True, blank=True)
    body = models.BinaryField(null=True, blank=True)
    """The answer itself, written and read by this program only (`measure.shelf`)."""
    message: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="one_answer_a_question")]

    def __str__(self) -> str:
        return f"{self.workspace} {self.kind} {self.period} {self.state}"
