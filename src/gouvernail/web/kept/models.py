"""What was written where: one row a write, so that writers never wait for each other over a counter."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Change(models.Model):
    """A write. Rows are only added, and the oldest taken away (`changes.prune`)."""

    workspace = models.BigIntegerField()
    """Number of the organisation; `changes.SITE` where it may show in any. No foreign key: it would lock the organisation."""
    made = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["workspace", "id"], name="changes_of_an_organisation")]

    def __str__(self) -> str:
        return f"{self.pk} in {self.workspace}"
