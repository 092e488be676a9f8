"""The plan in the database: append-only revisions of its elements (DESIGN §4).

The plan at revision *n* is the latest body of each element at or before *n*. A scenario is a branch: revisions of its
own over the revision that it started from.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from gouvernail.web.workspaces.models import Membership, Workspace


class Scenario(models.Model):
    """A branch of the plan: what if. It can be compared with the plan and merged into it."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=120)
    base = models.PositiveIntegerField()
    """Number of the main revision it started from."""
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    created = models.DateTimeField(auto_now_add=True)
    merged = models.DateTimeField(null=True, blank=True)
    dropped = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class PlanRevision(models.Model):
    """One change of a plan: who, when, why. Numbers count from 1 in each organisation, scenarios included."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="revisions")
    scenario = models.ForeignKey(Scenario, models.CASCADE, null=True, blank=True, related_name="revisions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    made = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=120, blank=True)
    """A name that people gave to this state of the plan, e.g. “Approved by management”."""

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["workspace", "number"], name="one_revision_a_number")]

    def __str__(self) -> str:
        return f"{self.workspace} r{self.number}"


class ElementRevision(models.Model):
    """The body of one element from one revision on. `section` is the section of the plan file.

    What is not an element is kept alike: section and id `organisation`, `rules`, `vocabulary`, `plan`.
    """

    revision = models.ForeignKey(PlanRevision, models.CASCADE, related_name="elements")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    scenario = models.ForeignKey(Scenario, models.CASCADE, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField()
    """The revision's number, repeated here: the latest body is found by one index."""
    section = models.CharField(max_length=30)
    element = models.CharField(max_length=80)
    place = models.PositiveIntegerField(default=0)
    """Order within the section."""
    body: models.JSONField[Any, Any] = models.JSONField(default=dict)
    """The element in the short form of the plan file, numbers as text."""
    deleted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "section", "element"], name="one_body_a_revision")
        ]
        indexes = [
            models.Index(
                fields=["workspace", "scenario", "section", "element", "-number"], name="latest_body"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section}/{self.element} r{self.number}"


class PlanUploadState(models.TextChoices):
    """Where a plan that somebody brought stands on its way into the database."""

    reading = "reading"
    refused = "refused"
    read = "read"
    writing = "writing"
    written = "written"
    failed = "failed"


class PlanUpload(models.Model):
    """A plan that somebody brought, looked at before it is written. Goes when it is written or given up."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=PlanUploadState.choices, default=PlanUploadState.reading)
    progress = models.FloatField(default=0)
    task = models.CharField(max_length=64, blank=True)
    text = models.TextField()
    """While it is read, the files as JSON: [name, text]. Then the plan as JSON: [section, element, body]."""
    faults: models.JSONField[Any, Any] = models.JSONField(default=list)
    """Why it cannot be read: {"where", "path", "en", "fr"}, the first of them."""
    count = models.PositiveIntegerField(default=0)
    """How many faults there are."""
    message: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    """Why it is refused or failed: {"en": …, "fr": …}."""
    revision = models.PositiveIntegerField(null=True, blank=True)
    """The revision that wrote it; None where nothing differed."""

    def __str__(self) -> str:
        return self.name

    @property
    def under_way(self) -> bool:
        """Whether the background works on it."""
        return self.state in (PlanUploadState.reading, PlanUploadState.writing)


class AuditProgress(models.Model):
    """What a member passed over in the guided audit; all else stands in the plan itself."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="+")
    skipped: models.JSONField[Any, Any] = models.JSONField(default=list)
    """Keys of steps (`checks.guide.interview.Step.key`)."""
    asked: models.JSONField[Any, Any] = models.JSONField(default=list)
    """Keys of the last steps, the newest last: the way back."""

    def __str__(self) -> str:
        return f"{self.membership}"
