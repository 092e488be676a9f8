"""Making an organisation, and taking it out of the world with all its files."""

from __future__ import annotations

import shutil

from django.db import transaction
from django.utils.text import slugify

from gouvernail.web.accounts.models import User
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Membership, Role, Workspace
from gouvernail.web.workspaces.trail import record

RESERVED = frozenset({"new", "join", "go", "api", "o"})


@transaction.atomic
def make(user: User, name: str, slug: str, language: str, currency: str, time_zone: str) -> Workspace:
    """Return a new organisation whose owner is `user`; its facts are the first revision of its plan."""
    workspace = Workspace.objects.create(
        slug=slug or free_slug(name), name=name, language=language, time_zone=time_zone
    )
    Membership.objects.create(workspace=workspace, user=user, role=Role.owner)
    record(workspace, user, "organisation.made", name)
    facts = {"name": name, "language": language, "currency": currency, "time_zone": time_zone}
    store.commit(workspace, user, [store.Change("organisation", "organisation", facts)])
    return workspace


def free_slug(name: str) -> str:
    """Return an address that no organisation has, from its name."""
    stem = slugify(name)[:50].strip("-") or "organisation"
    stem = f"{stem}-1" if stem in RESERVED else stem
    taken = set(Workspace.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def delete(workspace: Workspace) -> None:
    """Delete an organisation: what the database holds of it, its lake, its uploads. Nothing of it stays."""
    folder = workspace.folder
    with transaction.atomic():
        workspace.delete()
    # Only once the database let go: a deletion that fails half way leaves the files where they were.
    shutil.rmtree(folder, ignore_errors=True)
