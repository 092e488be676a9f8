"""Files on their way into the data."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import File, Router, Status, UploadedFile

from gouvernail.base.text import T
from gouvernail.web.api.caller import caller, workspace_of
from gouvernail.web.api.paging import Number, PerPage, paged
from gouvernail.web.api.problems import Problem
from gouvernail.web.api.shapes import ImportOut, Page
from gouvernail.web.data import incoming, orders
from gouvernail.web.data.models import Upload
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces.models import Permission, Workspace

router = Router(tags=["imports"])


@router.get("/{slug}/imports", response=Page[ImportOut], summary=T("List the files brought").template)
def list_imports(
    request: HttpRequest, slug: str, state: str | None = None, page: Number = 1, per_page: PerPage = 50
) -> dict[str, Any]:
    """The newest first."""
    workspace = workspace_of(request, slug, Permission.bring)
    found = Upload.objects.filter(workspace=workspace).select_related("author").order_by("-pk")
    return paged(found.filter(state=state) if state else found, page, per_page, _import)


@router.post("/{slug}/imports", response={202: ImportOut}, summary=T("Upload a file").template)
def upload_file(request: HttpRequest, slug: str, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """It is looked at in the background: follow its state until it is `previewed`, then commit it."""
    workspace = workspace_of(request, slug, Permission.bring, writes=True)
    made = incoming.receive(workspace, caller(request).user, file)
    orders.look(made)
    return Status(202, _import(_found(workspace, made.pk)))


@router.get("/{slug}/imports/{id}", response=ImportOut, summary=T("Follow a file").template)
def get_import(request: HttpRequest, slug: str, id: int) -> dict[str, Any]:
    """How far it is, and why it was refused if it was."""
    return _import(_found(workspace_of(request, slug, Permission.bring), id))


@router.post("/{slug}/imports/{id}/commit", response={202: ImportOut}, summary=T("Import a file").template)
def commit_import(request: HttpRequest, slug: str, id: int) -> Status[dict[str, Any]]:
    """Only a file that was looked at (`previewed`) can be imported."""
    workspace = workspace_of(request, slug, Permission.bring, writes=True)
    found = _found(workspace, id)
    if not orders.bring(found, caller(request).user):
        raise Problem(
            409, "state", T("This file cannot be imported in its present state."), state=found.state
        )
    return Status(202, _import(_found(workspace, id)))


def _found(workspace: Workspace, id: int) -> Upload:
    found = Upload.objects.filter(workspace=workspace, pk=id).select_related("author").first()
    if found is None:
        raise Http404
    found.workspace = workspace
    return orders.settle(found)


def _import(one: Upload) -> dict[str, Any]:
    message = one.message or {}
    return {
        "id": one.pk,
        "name": one.name,
        "size": one.size,
        "state": one.state,
        "progress": one.progress,
        "author": one.author.email if one.author else None,
        "made": one.made,
        "import_id": one.import_id or None,
        "message": message.get(language()) if isinstance(message, dict) else None,
    }
