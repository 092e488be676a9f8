"""Tokens of the JSON API: only their hash is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gouvernail.web.workspaces.models import Workspace


class Token(models.Model):
    """A key to the API: acts as its owner within one organisation, reading only unless `write` is set."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="tokens")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, unique=True)
    write = models.BooleanField(default=False)
    made = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(null=True, blank=True)
    expires = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
