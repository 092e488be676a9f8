"""The state of a bearing, as pages follow it; giving it up, asking again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.bearings.progress import progress
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record as write_down


@member(Permission.read)
@never_cache
def state(request: MemberRequest, pk: int) -> HttpResponse:
    """Show how far a bearing is; once it is ready, let the page come back with its figures."""
    made = _record(request, pk)
    answer = render(request, "bearings/state.html", {"progress": progress(made, language())})
    if made.state == BearingState.ready:
        answer.headers["HX-Refresh"] = "true"
    return answer


@member(Permission.read)
@require_POST
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a bearing up."""
    made = _record(request, pk)
    if shelf.cancel(made):
        write_down(request.workspace, request.user, "bearing.cancelled", made.period)
    return back(request)


@member(Permission.read)
@require_POST
def retry(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask again for a bearing that failed, was given up or lost its worker."""
    made = _record(request, pk)
    shelf.retry(made)
    write_down(request.workspace, request.user, "bearing.retried", made.period)
    return back(request)


def _record(request: MemberRequest, pk: int) -> BearingRecord:
    made = get_object_or_404(BearingRecord.objects.defer("body"), pk=pk, workspace=request.workspace)
    made.workspace = request.workspace
    return made


def back(request: MemberRequest) -> HttpResponse:
    """Lead back to the page that a form was sent from; to the cockpit where it names none of ours."""
    there = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}):
        return redirect("cockpit", slug=request.workspace.slug)
    return redirect(there)
