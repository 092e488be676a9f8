"""Files brought by people, and what became of them. The facts themselves stand in the organisation's lake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from gouvernail.web.workspaces.models import Workspace


class UploadState(models.TextChoices):
    """Where an upload stands on its way from file to lake."""

    uploaded = "uploaded"
    previewing = "previewing"
    previewed = "previewed"
    importing = "importing"
    imported = "imported"
    repeated = "repeated"
    """The very same file was imported before: nothing changed."""
    refused = "refused"
    cancelled = "cancelled"
    undoing = "undoing"
    undone = "undone"
    failed = "failed"


UNDER_WAY = (UploadState.uploaded, UploadState.previewing, UploadState.importing, UploadState.undoing)
"""States in which the background works on a file."""


class Upload(models.Model):
    """One file: uploaded, previewed with its mapping, imported when its owner says so, undone if need be."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="uploads")
    kept = models.CharField(max_length=300, blank=True)
    """Where the file stands in the organisation's folder; empty once the lake keeps it, or where it was thrown away."""
    name = models.CharField(max_length=255)
    size = models.BigIntegerField(default=0)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    made = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=12, choices=UploadState.choices, default=UploadState.uploaded)
    progress = models.FloatField(default=0)
    task = models.CharField(max_length=64, blank=True)
    mapping: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    preview: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    """What was found in it (`data.looking`)."""
    message: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    """Why it was refused or failed: {"en": …, "fr": …}."""
    import_id = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-made", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """The file itself."""
        return self.workspace.folder / self.kept

    @property
    def under_way(self) -> bool:
        """Whether the background works on it."""
        return self.state in UNDER_WAY
