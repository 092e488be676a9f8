"""The history of imports, undoing one, what the facts cover, and forgetting a person."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gouvernail.base.errors import GouvernailError
from gouvernail.base.ids import source_name
from gouvernail.base.periods import Grain
from gouvernail.base.text import TN, T, Text
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.lakes import facts_of
from gouvernail.web.data import history, orders, tasks
from gouvernail.web.data.covering import covered
from gouvernail.web.data.forgetting import forget as forget_person
from gouvernail.web.data.heat import GRAINS, gaps_of, heat
from gouvernail.web.data.models import Upload
from gouvernail.web.data.words import table_name
from gouvernail.web.look.export import csv_response
from gouvernail.web.look.parts import Tab
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record

A_PAGE = 25


@member(Permission.read)
def imports(request: MemberRequest) -> HttpResponse:
    """Show every import, the newest first."""
    page = Paginator(history.records(request.workspace), A_PAGE).get_page(request.GET.get("page"))
    found = history.imports(request.workspace, page.object_list)
    return render(request, "data/imports.html", {"page": page, "imports": found})


@member(Permission.read)
@never_cache
def import_page(request: MemberRequest, id: str) -> HttpResponse:
    """Show one import: what it brought, what could not be read, and what undoing it would take away."""
    lake, found = history.found(request.workspace, id)
    may_bring = request.membership.may(Permission.bring)
    live = found.record.undone is None
    return render(
        request,
        "data/import.html",
        {
            "import": found,
            "rejects": lake.rejects(id)[:20] if found.record.rejected and may_bring else (),
            "returning": history.returning(lake, id) if live else (),
            "upload": found.upload,
        },
    )


@member(Permission.bring)
@require_POST
def undo(request: MemberRequest, id: str) -> HttpResponse:
    """Order the undoing of an import."""
    _, found = history.found(request.workspace, id)
    if found.record.undone is not None:
        messages.info(request, _say(T("This import was undone already.")))
        return redirect("import", request.workspace.slug, id)
    one = orders.take_back(request.workspace, id, found.record, request.user)
    return redirect("upload", request.workspace.slug, one.pk)


@member(Permission.bring)
def import_rejects(request: MemberRequest, id: str) -> HttpResponse:
    """Return the rows of an import that could not be read, as a table."""
    lake, found = history.found(request.workspace, id)
    rows = ((row.line, row.column, row.value, row.reason) for row in lake.rejects(id))
    headings = (T("Line"), T("Column"), T("Value"), T("Reason"))
    return csv_response(f"{found.record.file} rejects", headings, rows)


@member(Permission.read)
@never_cache
def coverage(request: MemberRequest) -> HttpResponse:
    """Show the calendar of what the facts cover; while it is worked out, a part that asks again."""
    series = covered(request.workspace)
    if series is None and facts_of(request.workspace).imports:
        asked = "again" in request.GET
        if not asked:
            tasks.survey.enqueue(request.workspace.pk)
        # Where tasks are done at once (tests), it is there.
        series = covered(request.workspace)
    grain = next((one for one, _ in GRAINS if one == request.GET.get("grain")), Grain.month)
    view = None
    if series:
        today = shelf.today(request.workspace)
        view = heat(series, grain, _day(request.GET.get("until", "")), today, language())
    partial = "HX-Request" in request.headers
    return render(
        request,
        "data/coverage_part.html" if partial else "data/coverage.html",
        {"heat": view, "grain": grain, "tabs": _tabs(grain), "working": series is None, "partial": partial},
    )


@member(Permission.read)
def coverage_csv(request: MemberRequest) -> HttpResponse:
    """Return what the facts cover, series by series, as a table."""
    headings = (
        T("Source"), T("Account"), T("Table"), T("Rows"), T("First day"), T("Last day"), T("Days missing"), T("Gaps"),
    )  # fmt: skip
    rows = []
    for one in covered(request.workspace) or ():
        gaps = gaps_of(one)
        missing = sum((end - start).days + 1 for start, end in gaps)
        told = "; ".join(f"{start} – {end}" for start, end in gaps)
        rows.append(
            (
                source_name(one.source),
                one.account,
                table_name(one.table),
                one.rows,
                one.first,
                one.last,
                missing,
                told,
            )
        )
    return csv_response("coverage", headings, rows)


@member(Permission.manage)
def forget(request: MemberRequest) -> HttpResponse:
    """Forget a person: every row of theirs, in every version, by an address that is stored nowhere."""
    waiting = Upload.objects.filter(workspace=request.workspace).exclude(kept="").count()
    if request.method == "POST":
        address = request.POST.get("person", "").strip()
        if not address:
            messages.error(request, _say(T("Type the e-mail address of the person.")))
        else:
            _forget(request, address)
        return redirect("forget", request.workspace.slug)
    return render(request, "data/forget.html", {"waiting": waiting})


def _forget(request: MemberRequest, address: str) -> None:
    try:
        rows = forget_person(request.workspace, address)
    except GouvernailError as error:
        messages.error(request, _say(error.message))
        return
    # Neither the address nor its pseudonym: the trail must not remember whom it forgot.
    record(request.workspace, request.user, "person.forgotten", rows=rows)
    messages.success(request, _say(_forgotten(rows)))


def _forgotten(rows: int) -> Text:
    if not rows:
        return T("There was no row of this person. Check how the address is written in your files.")
    return TN("{n} row of this person was erased.", "{n} rows of this person were erased.", n=rows)


def _tabs(grain: Grain) -> tuple[Tab, ...]:
    return tuple(Tab(words, f"?grain={one}", one == grain) for one, words in GRAINS)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _say(text: Text) -> str:
    return text.render(language())
