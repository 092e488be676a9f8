"""Orders to the background, and the state of a file that goes with each. Two people who press at once order one work."""

from __future__ import annotations

from typing import Any

from gouvernail.warehouse.records import ImportRecord
from gouvernail.web.accounts.models import User
from gouvernail.web.background import cancel as calling_off
from gouvernail.web.background.recovery import given_up
from gouvernail.web.data import tasks
from gouvernail.web.data.models import UNDER_WAY, Upload, UploadState
from gouvernail.web.look.languages import both
from gouvernail.web.workspaces.models import Workspace
from gouvernail.web.workspaces.trail import record

RESTING = (UploadState.previewed, UploadState.refused, UploadState.cancelled, UploadState.failed)
"""States in which a file waits for somebody's word."""


def look(upload: Upload, mapping: Any = None) -> bool:
    """Order a look at a file, by a mapping where one is given; a file that is under way or in the lake stays as it is."""
    mine = Upload.objects.filter(pk=upload.pk, state__in=(*RESTING, UploadState.uploaded)).exclude(kept="")
    if not mine.update(state=UploadState.uploaded, progress=0, message=None, mapping=mapping, preview=None):
        return False
    _ordered(upload, tasks.look.enqueue(upload.pk))
    return True


def bring(upload: Upload, actor: User) -> bool:
    """Order the import of a file that was looked at."""
    mine = Upload.objects.filter(pk=upload.pk, state=UploadState.previewed).exclude(kept="")
    if not mine.update(state=UploadState.importing, progress=0, message=None):
        return False
    _ordered(upload, tasks.bring.enqueue(upload.pk, actor.pk))
    return True


def cancel(upload: Upload, actor: User) -> bool:
    """Call off the look or the import: a file half imported is not imported at all, and waits for somebody's word."""
    looking = (UploadState.uploaded, UploadState.previewing)
    mine = Upload.objects.filter(pk=upload.pk)
    stopped = mine.filter(state__in=looking).update(state=UploadState.cancelled) or mine.filter(
        state=UploadState.importing
    ).update(state=UploadState.previewed, progress=1)
    if stopped:
        calling_off.cancel(upload.task)
        record(upload.workspace, actor, "import.cancelled", upload.name)
    return bool(stopped)


def take_back(workspace: Workspace, import_id: str, found: ImportRecord, actor: User) -> Upload:
    """Order the undoing of an import; one that came without an upload (from the command line) gets a record for it."""
    upload = Upload.objects.filter(
        workspace=workspace, import_id=import_id, state=UploadState.imported
    ).first()
    if upload is None:
        upload, _ = Upload.objects.get_or_create(
            workspace=workspace,
            import_id=import_id,
            kept="",
            defaults={"name": found.file, "state": UploadState.imported},
        )
    if Upload.objects.filter(pk=upload.pk, state=UploadState.imported).update(
        state=UploadState.undoing, progress=0, message=None
    ):
        _ordered(upload, tasks.take_back.enqueue(upload.pk, actor.pk))
    return upload


def settle(upload: Upload) -> Upload:
    """Return the upload as it is; one whose work was given up (every worker died over it) is said to have failed."""
    if upload.under_way and given_up(upload.task):
        state = UploadState.imported if upload.state == UploadState.undoing else UploadState.failed
        Upload.objects.filter(pk=upload.pk, state__in=UNDER_WAY, task=upload.task).update(
            state=state, message=both(tasks.BROKEN)
        )
        upload.refresh_from_db(fields=["state", "message"])
    return upload


def _ordered(upload: Upload, task: Any) -> None:
    Upload.objects.filter(pk=upload.pk).update(task=str(task.id))
    # Where tasks are done at once (tests), it is done already.
    upload.refresh_from_db()
