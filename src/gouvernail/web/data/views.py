"""Data: the page of what there is, and the way of a file from upload to import."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gouvernail.base.errors import GouvernailError
from gouvernail.base.text import TN, T, Text
from gouvernail.web.bearings.current import current
from gouvernail.web.data import history, incoming, mapping, orders, spool
from gouvernail.web.data.freshness import freshness, lacks
from gouvernail.web.data.looking import rejects_of
from gouvernail.web.data.models import UNDER_WAY, Upload, UploadState
from gouvernail.web.data.pages import file_page, is_ready, sign_of, working_words
from gouvernail.web.look.export import csv_response
from gouvernail.web.look.languages import in_language
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record

WAITING = (*UNDER_WAY, UploadState.previewed, UploadState.refused, UploadState.failed, UploadState.cancelled)
LATEST = 5


@member(Permission.read)
@never_cache
def data(request: MemberRequest) -> HttpResponse:
    """Show what the organisation knows: files on their way, freshness, coverage, imports, and what is still lacking."""
    now = current(request)
    may_bring = request.membership.may(Permission.bring)
    records = history.records(request.workspace)
    waiting = _waiting(request) if may_bring else []
    return render(
        request,
        "data/data.html",
        {
            "current": now,
            "waiting": [{"upload": one, "sign": sign_of(one)} for one in waiting],
            "ready": sum(map(is_ready, waiting)),
            "limit": settings.UPLOAD_LIMIT // 1024 // 1024,
            "sources": freshness(now.plan, now.data, now.today),
            "lacks": lacks(now.plan, now.bearing) if now.bearing else (),
            "imports": history.imports(request.workspace, records[:LATEST]),
            "count": len(records),
        },
    )


@member(Permission.bring)
@require_POST
def receive(request: MemberRequest) -> HttpResponse:
    """Take files in and order a look at each."""
    batch = request.POST.get("batch") or token_hex(8)
    made = [_taken(request, file, batch) for file in request.FILES.getlist("files")]
    left_out = [incoming.safe_name(name) for name in getattr(request, "left_out", ())]
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"files": len(made), "left_out": left_out, "next": _next(request, made)})
    for name in left_out:
        messages.error(request, _say(_too_large(name)))
    if not made and not left_out:
        messages.warning(request, _say(T("No file was chosen.")))
    return redirect(_next(request, made))


@member(Permission.bring)
@never_cache
def upload(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a file: how far it is, what it is and what it would bring."""
    one = _upload(request, pk)
    page = file_page(one, language())
    return render(request, "data/upload.html", {"page": page, **_state(request, one)})


@member(Permission.bring)
@never_cache
def state(request: MemberRequest, pk: int) -> HttpResponse:
    """Show how far the work on a file is; once it is done, let the page come back with what was found."""
    one = _upload(request, pk)
    answer = render(request, "data/state.html", _state(request, one))
    if not one.under_way:
        answer.headers["HX-Refresh"] = "true"
    return answer


@member(Permission.bring)
def read_by(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose which column of a file stands for what; with POST, look at the file anew by that."""
    one = _upload(request, pk)
    if one.state not in orders.RESTING or not one.kept:
        return redirect("upload", request.workspace.slug, pk)
    wrong: Text | None = None
    if request.method == "POST":
        made = mapping.from_post(request.POST.dict(), one)
        wrong = mapping.complaint(made)
        if wrong is None:
            record(request.workspace, request.user, "file.mapped", one.name, table=made["table"])
            orders.look(one, made)
            return redirect("upload", request.workspace.slug, pk)
    else:
        try:
            made = mapping.proposed(one, request.GET.get("table"))
        except GouvernailError as error:
            messages.error(request, _say(error.message))
            return redirect("upload", request.workspace.slug, pk)
    return render(
        request, "data/mapping.html", {"upload": one, "page": mapping.page(one, made), "wrong": wrong}
    )


@member(Permission.bring)
@require_POST
def commit(request: MemberRequest, pk: int) -> HttpResponse:
    """Order the import of a file."""
    one = _upload(request, pk)
    if not orders.bring(one, request.user):
        messages.info(request, _say(T("This file is not waiting to be imported any more.")))
    return redirect("upload", request.workspace.slug, pk)


@member(Permission.bring)
@require_POST
def commit_all(request: MemberRequest) -> HttpResponse:
    """Order the import of every file that is ready."""
    done = sum(orders.bring(one, request.user) for one in _waiting(request) if is_ready(one))
    messages.info(request, _say(TN("{n} file is being imported.", "{n} files are being imported.", n=done)))
    return redirect("data", request.workspace.slug)


@member(Permission.bring)
@require_POST
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Call off what is being done with a file."""
    one = _upload(request, pk)
    if orders.cancel(one, request.user):
        messages.info(request, _say(T("Called off. Nothing was imported.")))
    return redirect("upload", request.workspace.slug, pk)


@member(Permission.bring)
@require_POST
def look_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Look at a file anew: without its mapping if so wished, or after something broke."""
    one = _upload(request, pk)
    orders.look(one, None if "plain" in request.POST else one.mapping)
    return redirect("upload", request.workspace.slug, pk)


@member(Permission.bring)
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw a file away that was not imported."""
    one = _upload(request, pk)
    if one.under_way or one.import_id:
        messages.info(request, _say(T("This file is under way or imported: it cannot be thrown away.")))
        return redirect("upload", request.workspace.slug, pk)
    incoming.drop(one)
    one.delete()
    record(request.workspace, request.user, "file.discarded", one.name)
    messages.success(request, _say(T("{file} was thrown away. The data are as they were.", file=one.name)))
    return redirect("data", request.workspace.slug)


@member(Permission.bring)
def rejects(request: MemberRequest, pk: int) -> HttpResponse:
    """Return every row that could not be read, as a table."""
    one = _upload(request, pk)
    said = language()
    rows = (
        (row["line"], row["column"], row["value"], in_language(row["reason"], said))
        for row in (rejects_of(one.path) if one.kept else ())
    )
    return csv_response(f"{one.name} rejects", (T("Line"), T("Column"), T("Value"), T("Reason")), rows)


def _taken(request: MemberRequest, file: UploadedFile[Any], batch: str) -> Upload:
    made = incoming.receive(request.workspace, request.user, file, batch)
    orders.look(made)
    return made


def _waiting(request: MemberRequest) -> list[Upload]:
    mine = Upload.objects.filter(workspace=request.workspace, state__in=WAITING)
    return list(mine.select_related("author")[:50])


def _upload(request: MemberRequest, pk: int) -> Upload:
    one = get_object_or_404(Upload.objects.select_related("author"), pk=pk, workspace=request.workspace)
    one.workspace = request.workspace
    return orders.settle(one)


def _state(request: MemberRequest, one: Upload) -> dict[str, object]:
    return {
        "upload": one,
        "sign": sign_of(one),
        "words": working_words(one),
        "poll": reverse("upload-state", args=[request.workspace.slug, one.pk]),
        "why": in_language(one.message, language()),
    }


def _next(request: MemberRequest, made: list[Upload]) -> str:
    slug = request.workspace.slug
    return reverse("upload", args=[slug, made[0].pk]) if len(made) == 1 else reverse("data", args=[slug])


def _too_large(name: str) -> Text:
    most = settings.UPLOAD_LIMIT // 1024 // 1024
    return T(
        "{file} was left out: one file may hold {most} MB, and all that are sent together {all} MB.",
        file=name,
        most=most,
        all=most * spool.FILES,
    )


def _say(text: Text) -> str:
    return text.render(language())
