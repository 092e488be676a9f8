"""Plans that people bring: a small one is read and written at once, a large one in the background.

Either may be killed at any instant and begun again: the plan is as before or as after.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from gouvernail.base.errors import GouvernailError, PlanError, UsageError
from gouvernail.base.text import T
from gouvernail.plan.faults import Fault
from gouvernail.web.accounts.models import User
from gouvernail.web.background import cancel as calling_off
from gouvernail.web.background.recovery import given_up
from gouvernail.web.look.languages import both
from gouvernail.web.plans import importing, store
from gouvernail.web.plans.models import PlanUpload, PlanUploadState, Scenario
from gouvernail.web.plans.store import Bodies
from gouvernail.web.workspaces.models import Workspace
from gouvernail.web.workspaces.trail import record

LARGE = 200_000
"""Characters from which a plan is read in the background."""
MANY = 500
"""Elements from which it is written in the background."""
MOST_FAULTS = 200
BROKEN = T(
    "Something went wrong on our side with this plan. Nothing was changed; the details are in the site’s log."
)
EMPTY = T("There is no plan in it: the file is empty, or says nothing that a plan holds.")
CHANGED = T("The plan was changed meanwhile: look at it again first.")
log = logging.getLogger(__name__)


def bring(
    workspace: Workspace, author: User, name: str, texts: Sequence[tuple[str, str]], faults: list[Fault]
) -> PlanUpload:
    """Keep files that somebody brought, and read the plan that they make: at once, or in the background."""
    upload = PlanUpload.objects.create(
        workspace=workspace,
        author=author,
        name=name,
        text=json.dumps(list(texts)),
        faults=[_told(fault) for fault in faults[:MOST_FAULTS]],
        count=len(faults),
    )
    if sum(len(text) for _, text in texts) < LARGE:
        read(upload, faults)
    else:
        from gouvernail.web.plans import tasks

        _ordered(upload, tasks.read.enqueue(upload.pk))
    return upload


def read(upload: PlanUpload, faults: list[Fault] | None = None) -> None:
    """Read the plan that the files of an upload make."""
    with _minded(upload, PlanUploadState.reading):
        try:
            loaded = importing.load(json.loads(upload.text), list(faults or ()), _progress(upload))
        except PlanError as error:
            others = [one for one in error.faults if isinstance(one, Fault) and one not in (faults or ())]
            told = [*upload.faults, *map(_told, others)][:MOST_FAULTS]
            _moved(upload, PlanUploadState.refused, faults=told, count=upload.count + len(others))
            return
        if upload.count:
            _moved(upload, PlanUploadState.refused)
            return
        bodies = [[*key, body] for key, body in store.bodies_of(loaded.plan).items()]
        if not bodies:
            _moved(upload, PlanUploadState.refused, message=both(EMPTY))
            return
        _moved(upload, PlanUploadState.read, text=json.dumps(bodies))


def bodies_of(upload: PlanUpload) -> Bodies:
    """Return the plan of an upload that was read."""
    return {(section, element): body for section, element, body in json.loads(upload.text)}


def order(upload: PlanUpload, head: int, *, keep: bool, note: str, branch: Scenario | None) -> None:
    """Write the plan of an upload: at once, or in the background."""
    if not PlanUpload.objects.filter(pk=upload.pk, state=PlanUploadState.read).update(
        state=PlanUploadState.writing, progress=0, message=None
    ):
        return
    upload.state = PlanUploadState.writing
    if len(bodies_of(upload)) < MANY:
        write(upload, head, keep=keep, note=note, branch=branch)
    else:
        from gouvernail.web.plans import tasks

        _ordered(upload, tasks.write.enqueue(upload.pk, head, keep, note, branch.pk if branch else None))


def write(upload: PlanUpload, head: int, *, keep: bool, note: str, branch: Scenario | None) -> None:
    """Write the plan of an upload in place of the plan at `head`, all of it or nothing."""
    with _minded(upload, PlanUploadState.writing), transaction.atomic():
        Workspace.objects.select_for_update().get(pk=upload.workspace_id)
        if store.head(upload.workspace, branch) != head:
            raise UsageError(CHANGED)
        changes = store.replaced(upload.workspace, bodies_of(upload), branch, keep=keep).changes
        made = store.commit(upload.workspace, upload.author, changes, note=note, scenario=branch)
        record(upload.workspace, upload.author, "plan.imported", upload.name, elements=len(changes))
        # In one with the revision: a worker killed here has written both or neither.
        if not _moved(upload, PlanUploadState.written, revision=made.number if made else None):
            raise calling_off.Cancelled


def cancel(upload: PlanUpload) -> bool:
    """Call off the reading or the writing: a plan half written is not written at all."""
    mine = PlanUpload.objects.filter(pk=upload.pk)
    if mine.filter(state=PlanUploadState.writing).update(state=PlanUploadState.read, progress=0):
        calling_off.cancel(upload.task)
        return True
    if mine.filter(state=PlanUploadState.reading).update(state=PlanUploadState.failed):
        calling_off.cancel(upload.task)
        mine.delete()
        return True
    return False


def settle(upload: PlanUpload) -> PlanUpload:
    """Return the upload as it is; one over which every worker died is said to have failed."""
    if upload.under_way and given_up(upload.task):
        lost = PlanUpload.objects.filter(
            state__in=(PlanUploadState.reading, PlanUploadState.writing), pk=upload.pk, task=upload.task
        )
        lost.update(state=PlanUploadState.failed, message=both(BROKEN))
        upload.refresh_from_db()
    return upload


@contextmanager
def _minded(upload: PlanUpload, state: PlanUploadState) -> Iterator[None]:
    """Keep with the upload why its work failed. Being called off is no failure and goes through."""
    try:
        yield
    except GouvernailError as error:
        # What cannot be written may be looked at again.
        after = PlanUploadState.read if state == PlanUploadState.writing else PlanUploadState.failed
        _moved(upload, after, message=both(error.message))
    except Exception:
        log.exception("plan upload %s", upload.pk)
        _moved(upload, PlanUploadState.failed, message=both(BROKEN))


def _moved(upload: PlanUpload, state: PlanUploadState, **more: Any) -> bool:
    """Give the upload its new state, unless it was called off meanwhile."""
    mine = PlanUpload.objects.filter(pk=upload.pk, state=upload.state)
    if not mine.update(state=state, progress=1, **more):
        return False
    upload.refresh_from_db()
    return True


def _progress(upload: PlanUpload) -> Any:
    def tell(share: float) -> None:
        PlanUpload.objects.filter(pk=upload.pk).update(progress=share)

    return tell


def _ordered(upload: PlanUpload, task: Any) -> None:
    PlanUpload.objects.filter(pk=upload.pk).update(task=str(task.id))
    # Where tasks are done at once (tests), it is done already.
    upload.refresh_from_db()


def _told(fault: Fault) -> dict[str, str]:
    return {"where": fault.where, "path": fault.path, **both(fault.message)}
