"""Bringing a plan in as YAML, and taking it out: nothing is lost on the way."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gouvernail.base.errors import UsageError
from gouvernail.base.ids import slugify
from gouvernail.base.text import T
from gouvernail.plan.dump import dump_plan
from gouvernail.web.look.languages import in_language
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import comparing, importing, store, uploads
from gouvernail.web.plans.branch import branch, chosen
from gouvernail.web.plans.models import PlanRevision, PlanUpload, PlanUploadState
from gouvernail.web.plans.numbers import number
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record

KEPT = timedelta(days=2)
"""How long a plan that nobody wrote is kept."""


@member(Permission.edit)
def bring(request: MemberRequest) -> HttpResponse:
    """Take a plan from plan.yaml, several files or a zip; say every fault, or what it would change."""
    context = {"branch": branch(request), "limit": importing.limit() // 2**20}
    if request.method != "POST":
        return render(request, "plans/import.html", context)
    files = request.FILES.getlist("files")
    try:
        texts, faults = importing.texts_of(files)
    except UsageError as error:
        return render(request, "plans/import.html", {**context, "refused": error.message}, status=422)
    PlanUpload.objects.filter(made__lt=timezone.now() - KEPT).delete()
    name = ", ".join(str(file.name) for file in files)[:200]
    upload = uploads.bring(request.workspace, request.user, name, texts, faults)
    if upload.state in (PlanUploadState.refused, PlanUploadState.failed):
        return _refused(request, upload)
    return redirect("plan-import-preview", request.workspace.slug, upload.pk)


@member(Permission.edit)
@never_cache
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what writing the plan that was brought would change; or how far the reading or the writing is."""
    upload = uploads.settle(_upload(request, pk))
    if upload.under_way:
        return render(
            request, "plans/import_wait.html", {"branch": branch(request), **_wait(request, upload)}
        )
    if upload.state in (PlanUploadState.refused, PlanUploadState.failed):
        return _refused(request, upload)
    if upload.state == PlanUploadState.written:
        return _written(request, upload)
    here = branch(request)
    keep = request.GET.get("keep") == "1"
    new = uploads.bodies_of(upload)
    found = store.replaced(request.workspace, new, here.scenario, keep=keep)
    pairs = comparing.against(found)
    return render(
        request,
        "plans/import_preview.html",
        {
            "branch": here,
            "upload": upload,
            "replacement": found,
            "moves": comparing.comparison(pairs, request.GET.dict(), here.plan),
            "why": in_language(upload.message, language()),
            "keep": (("keep", "1"),) if keep else (),
        },
    )


@member(Permission.edit)
@never_cache
def state(request: MemberRequest, pk: int) -> HttpResponse:
    """Show how far the work on a plan is; once it is done, let the page come back with what was found."""
    upload = uploads.settle(_upload(request, pk))
    answer = render(request, "plans/import_state.html", _wait(request, upload))
    if not upload.under_way:
        answer.headers["HX-Refresh"] = "true"
    return answer


@member(Permission.edit)
@require_POST
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Call off the reading or the writing of a plan."""
    upload = _upload(request, pk)
    if uploads.cancel(upload):
        record(request.workspace, request.user, "plan.import_cancelled", upload.name)
        messages.success(request, T("It was called off. Nothing was written.").render(language()))
    if not PlanUpload.objects.filter(pk=pk).exists():
        return redirect("plan-import", request.workspace.slug)
    return redirect("plan-import-preview", request.workspace.slug, pk)


@member(Permission.edit)
@require_POST
def write(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the plan that was brought."""
    upload = _upload(request, pk)
    here = branch(request)
    if request.POST.get("give-up"):
        uploads.cancel(upload)
        PlanUpload.objects.filter(pk=pk).exclude(state=PlanUploadState.written).delete()
        return redirect("plan-import", request.workspace.slug)
    if upload.state == PlanUploadState.read:
        if request.POST.get("head") != str(here.head):
            messages.error(request, uploads.CHANGED.render(language()))
            return redirect("plan-import-preview", request.workspace.slug, pk)
        keep = request.POST.get("keep") == "1"
        note = T("Brought from {file}", file=upload.name).render(language())
        uploads.order(upload, here.head, keep=keep, note=note, branch=here.scenario)
    if upload.state == PlanUploadState.written:
        return _written(request, upload)
    return redirect("plan-import-preview", request.workspace.slug, pk)


def _upload(request: MemberRequest, pk: int) -> PlanUpload:
    return get_object_or_404(PlanUpload, workspace=request.workspace, author=request.user, pk=pk)


def _refused(request: MemberRequest, upload: PlanUpload) -> HttpResponse:
    """Say why a plan cannot be read."""
    faults = [{**one, "message": in_language(one, language())} for one in upload.faults]
    context = {
        "branch": branch(request),
        "limit": importing.limit() // 2**20,
        "faults": faults,
        "count": upload.count,
        "refused": in_language(upload.message, language()),
    }
    return render(request, "plans/import.html", context, status=422)


def _written(request: MemberRequest, upload: PlanUpload) -> HttpResponse:
    """Lead to what was written; the upload has done its work."""
    upload.delete()
    if upload.revision is None:
        messages.info(request, T("Nothing differs: nothing was written.").render(language()))
        return redirect("plan", request.workspace.slug)
    messages.success(request, T("The plan is in.").render(language()))
    return redirect("plan-revision", request.workspace.slug, upload.revision)


def _wait(request: MemberRequest, upload: PlanUpload) -> dict[str, object]:
    writing = upload.state == PlanUploadState.writing
    words = T("The plan is being written, all of it or nothing.") if writing else T("The plan is being read.")
    return {
        "upload": upload,
        "words": words,
        "share": upload.progress or None,
        "poll": reverse("plan-import-state", args=[request.workspace.slug, upload.pk]),
    }


@member(Permission.read)
def take(request: MemberRequest) -> HttpResponse:
    """Give the plan as plan.yaml: the newest, or `?revision=4`."""
    scenario = chosen(request)
    words = request.GET.get("revision", "")
    wanted = None
    if words:
        found = get_object_or_404(PlanRevision, workspace=request.workspace, number=number(words) or 0)
        wanted = found.number
    text = dump_plan(store.read(request.workspace, number=wanted, scenario=scenario))
    name = "plan" if not scenario else slugify(scenario.name) or "scenario"
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return answer
