"""Work on files in the background: look at one, import it, undo an import, see what the facts cover.

Each may be killed at any instant and begun again: the lake is as before or as after, and a file imported twice changes
nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django_tasks import task

from gouvernail.base.errors import GouvernailError
from gouvernail.base.text import T, Text
from gouvernail.sources.importing import Imported
from gouvernail.web.accounts.models import User
from gouvernail.web.background.order import LOOKED_FOR
from gouvernail.web.data.models import Upload, UploadState
from gouvernail.web.kept import changes
from gouvernail.web.look.languages import both
from gouvernail.web.workspaces.models import Workspace
from gouvernail.web.workspaces.trail import record

EVERY = 0.4
"""Seconds between two notes of how far the work is."""
BROKEN = T(
    "Something went wrong on our side with this file. Nothing was changed; the details are in the site’s log."
)
log = logging.getLogger(__name__)


@task(priority=LOOKED_FOR)
def look(pk: int) -> None:
    """Find out what a file is and what it would bring."""
    from gouvernail.web.bearings import shelf
    from gouvernail.web.data import looking
    from gouvernail.web.data.reading import context_of

    upload = _begun(pk, UploadState.previewing, (UploadState.uploaded, UploadState.previewing))
    if upload is None:
        return
    with _told(upload, UploadState.refused):
        workspace = upload.workspace
        found = looking.look(
            upload.path, shelf.lake(workspace), context_of(workspace), upload.mapping, _progress(upload)
        )
        mine = Upload.objects.filter(pk=pk, state=UploadState.previewing)
        mine.update(state=UploadState.previewed, preview=found, progress=1, message=None)
        if found["status"] == "ready":
            _look_at_the_others(upload)


@task(priority=LOOKED_FOR)
def bring(pk: int, actor: int | None) -> None:
    """Import a file into the lake."""
    from gouvernail.sources.importing import run
    from gouvernail.web.data.reading import context_of, lake_of

    upload = _begun(pk, UploadState.importing, (UploadState.importing,))
    if upload is None:
        return
    with _told(upload, UploadState.failed):
        lake = lake_of(upload.workspace)
        context = context_of(upload.workspace, lake.secret)
        _kept(upload, run(upload.path, lake, context, upload.mapping, _progress(upload)), actor)
    _survey(upload.workspace)


@task(priority=LOOKED_FOR)
def take_back(pk: int, actor: int | None) -> None:
    """Undo an import."""
    from gouvernail.web.data.reading import lake_of

    upload = _begun(pk, UploadState.undoing, (UploadState.undoing,))
    if upload is None:
        return
    with _told(upload, UploadState.imported):
        lake = lake_of(upload.workspace)
        # Begun again after a kill, it may be undone already.
        if any(one.id == upload.import_id for one in lake.imports()):
            lake.undo(upload.import_id)
        Upload.objects.filter(pk=pk).update(state=UploadState.undone, progress=1, message=None)
        record(upload.workspace, _user(actor), "import.undone", upload.name, id=upload.import_id)
    _survey(upload.workspace)


@task()
def survey(workspace: int) -> None:
    """Work out what the facts cover, day by day, for the calendar."""
    _survey(Workspace.objects.get(pk=workspace))


def _look_at_the_others(upload: Upload) -> None:
    """What could not be read alone may be, beside this file: parts of a Search Console export tell no days themselves."""
    from gouvernail.web.data import incoming, orders

    alone = incoming.batch_of(upload).filter(state=UploadState.previewed, mapping__isnull=True)
    for other in alone.filter(preview__status="unreadable"):
        orders.look(other)


def _survey(workspace: Workspace) -> None:
    from gouvernail.web.data.covering import survey as work_out

    try:
        work_out(workspace)
    except GouvernailError:
        # The calendar is asked for again by the page.
        log.exception("coverage of %s", workspace.pk)


def _kept(upload: Upload, done: Imported, actor: int | None) -> None:
    from gouvernail.web.data import incoming

    if done.record is None:
        message = both(done.preview.message)
        Upload.objects.filter(pk=upload.pk).update(state=UploadState.refused, progress=1, message=message)
        return
    # A file whose import was committed by a worker that died right after is not a repeated one.
    others = Upload.objects.filter(workspace=upload.workspace, import_id=done.record.id).exclude(pk=upload.pk)
    before = done.repeated and (done.record.time < upload.made.replace(microsecond=0) or others.exists())
    state = UploadState.repeated if before else UploadState.imported
    Upload.objects.filter(pk=upload.pk).update(
        state=state, progress=1, message=None, import_id=done.record.id
    )
    what = "import.repeated" if before else "import.committed"
    record(upload.workspace, _user(actor), what, upload.name, id=done.record.id)
    incoming.drop(upload, at_once=False)


def _begun(pk: int, state: UploadState, by: tuple[UploadState, ...]) -> Upload | None:
    """The upload, if it still waits for this work."""
    if not Upload.objects.filter(pk=pk, state__in=by).update(state=state, progress=0):
        return None
    return Upload.objects.select_related("workspace").get(pk=pk)


@contextmanager
def _told(upload: Upload, state: UploadState) -> Iterator[None]:
    """Keep with the upload why its work failed. Being called off is no failure and goes through."""
    with changes.within(upload.workspace_id):
        try:
            yield
        except GouvernailError as error:
            _failed(upload, state, error.message)
        except Exception:
            log.exception("upload %s", upload.pk)
            _failed(upload, state if state == UploadState.imported else UploadState.failed, BROKEN)


def _failed(upload: Upload, state: UploadState, message: Text) -> None:
    mine = Upload.objects.filter(pk=upload.pk).exclude(state=UploadState.cancelled)
    mine.update(state=state, message=both(message), progress=1)


def _progress(upload: Upload) -> Callable[[int, int], None]:
    told = 0.0

    def tell(done: int, whole: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= EVERY and whole:
            told = now
            Upload.objects.filter(pk=upload.pk).update(progress=min(done / whole, 0.99))

    return tell


def _user(pk: int | None) -> User | None:
    return User.objects.filter(pk=pk).first() if pk else None
