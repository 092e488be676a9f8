"""Imports with the page of the file that brought them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gouvernail.web.cockpit.links import address
from gouvernail.web.cockpit.provenance import Brought
from gouvernail.web.data.models import Upload
from gouvernail.web.workspaces.models import Workspace


def with_uploads(imports: Iterable[Brought], workspace: Workspace) -> tuple[Brought, ...]:
    """Return imports, each leading to the upload that brought it where somebody uploaded it here."""
    found = tuple(imports)
    if not found:
        return found
    ids = [one.record.id for one in found]
    pages = dict(Upload.objects.filter(workspace=workspace, import_id__in=ids).values_list("import_id", "pk"))
    return tuple(
        replace(one, url=address("upload", workspace.slug, pages[one.record.id]))
        if one.record.id in pages
        else one
        for one in found
    )
