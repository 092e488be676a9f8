"""Bringing a plan in as YAML, and taking it out: nothing is lost on the way."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gouvernail.base.errors import PlanError, UsageError
from gouvernail.base.ids import slugify
from gouvernail.base.text import T
from gouvernail.plan.dump import dump_plan
from gouvernail.plan.load import load_text
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import importing, store
from gouvernail.web.plans.branch import branch, chosen
from gouvernail.web.plans.models import PlanRevision, PlanUpload
from gouvernail.web.plans.numbers import number
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record

KEPT = timedelta(days=2)
"""How long a plan that nobody wrote is kept."""
MOST_FAULTS = 200


@member(Permission.edit)
def bring(request: MemberRequest) -> HttpResponse:
    """Take a plan from plan.yaml, several files or a zip; say every fault, or what it would change."""
    context = {"branch": branch(request), "limit": importing.limit() // 2**20}
    if request.method != "POST":
        return render(request, "plans/import.html", context)
    files = request.FILES.getlist("files")
    try:
        loaded = importing.load(files)
    except UsageError as error:
        return render(request, "plans/import.html", {**context, "refused": error.message}, status=422)
    except PlanError as error:
        faults = error.faults
        return render(
            request,
            "plans/import.html",
            {**context, "faults": faults[:MOST_FAULTS], "count": len(faults)},
            status=422,
        )
    PlanUpload.objects.filter(made__lt=timezone.now() - KEPT).delete()
    name = ", ".join(str(file.name) for file in files)[:200]
    made = PlanUpload.objects.create(
        workspace=request.workspace, author=request.user, name=name, text=dump_plan(loaded.plan)
    )
    return redirect("plan-import-preview", request.workspace.slug, made.pk)


@member(Permission.edit)
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what writing the plan that was brought would change; write it where asked to."""
    upload = get_object_or_404(PlanUpload, workspace=request.workspace, author=request.user, pk=pk)
    here = branch(request)
    keep = request.GET.get("keep") == "1" or request.POST.get("keep") == "1"
    found = importing.preview(request.workspace, load_text(upload.text), here.scenario, keep=keep)
    return render(
        request,
        "plans/import_preview.html",
        {
            "branch": here,
            "upload": upload,
            "preview": found,
            "moves": found.moves,
            "keep": keep,
        },
    )


@member(Permission.edit)
@require_POST
def write(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the plan that was brought."""
    upload = get_object_or_404(PlanUpload, workspace=request.workspace, author=request.user, pk=pk)
    here = branch(request)
    if request.POST.get("give-up"):
        upload.delete()
        return redirect("plan-import", request.workspace.slug)
    if request.POST.get("head") != str(here.head):
        messages.error(
            request, T("The plan was changed meanwhile: look at it again first.").render(language())
        )
        return redirect("plan-import-preview", request.workspace.slug, pk)
    keep = request.POST.get("keep") == "1"
    changes = store.replacement(
        request.workspace, load_text(upload.text).plan, here.scenario, keep=keep
    ).changes
    note = T("Brought from {file}", file=upload.name).render(language())
    made = store.commit(request.workspace, request.user, changes, note=note, scenario=here.scenario)
    record(request.workspace, request.user, "plan.imported", upload.name, elements=len(changes))
    upload.delete()
    if made is None:
        messages.info(request, T("Nothing differs: nothing was written.").render(language()))
        return redirect("plan", request.workspace.slug)
    messages.success(request, T("The plan is in.").render(language()))
    return redirect("plan-revision", request.workspace.slug, made.number)


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
