"""Keys of the API: made from chance, shown once, kept as a hash, found again by it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from gouvernail.web.accounts.models import User
from gouvernail.web.api.models import Token
from gouvernail.web.workspaces.models import Workspace
from gouvernail.web.workspaces.trail import record

PREFIX = "gvn_"
"""By which people and programs that look for leaked secrets know it."""
SEEN_EVERY = timedelta(minutes=1)


def make(
    workspace: Workspace, user: User, name: str, *, write: bool, expires: datetime | None
) -> tuple[Token, str]:
    """Return a new token and the key itself, which is told this once."""
    key = PREFIX + secrets.token_urlsafe(32)
    made = Token.objects.create(
        workspace=workspace, user=user, name=name, hash=hashed(key), write=write, expires=expires
    )
    record(workspace, user, "token.made", name, scope="write" if write else "read")
    return made, key


def hashed(key: str) -> str:
    """Return what is kept of a key. Keys are 256 bits of chance: a slow hash would protect nothing more."""
    return hashlib.sha256(key.encode()).hexdigest()


def find(key: str) -> Token | None:
    """Return the token of a key that still works, and note that it was used."""
    found = Token.objects.select_related("user", "workspace").filter(hash=hashed(key), revoked=None).first()
    now = timezone.now()
    if found is None or not found.user.is_active or (found.expires and found.expires <= now):
        return None
    if found.used is None or now - found.used > SEEN_EVERY:
        Token.objects.filter(pk=found.pk).update(used=now)
    return found


def revoke(token: Token, by: User) -> None:
    """Let a token work no longer."""
    if Token.objects.filter(pk=token.pk, revoked=None).update(revoked=timezone.now()):
        record(token.workspace, by, "token.revoked", token.name)
