"""Reading and writing a large plan in the background."""

from __future__ import annotations

from django_tasks import task

from gouvernail.web.plans import uploads
from gouvernail.web.plans.models import PlanUpload, PlanUploadState, Scenario


@task()
def read(pk: int) -> None:
    """Read the plan that somebody brought, if it still waits for it."""
    upload = _waiting(pk, PlanUploadState.reading)
    if upload:
        uploads.read(upload)


@task()
def write(pk: int, head: int, keep: bool, note: str, branch: int | None) -> None:  # as tasks are called
    """Write the plan that somebody brought, if it still waits for it."""
    upload = _waiting(pk, PlanUploadState.writing)
    if upload:
        scenario = Scenario.objects.get(pk=branch) if branch else None
        uploads.write(upload, head, keep=keep, note=note, branch=scenario)


def _waiting(pk: int, state: PlanUploadState) -> PlanUpload | None:
    return PlanUpload.objects.select_related("workspace", "author").filter(pk=pk, state=state).first()
