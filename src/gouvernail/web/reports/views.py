"""Reports: make one of what is in view, keep, open, share. Partners see those that are shared with partners, only."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gouvernail.base.errors import PeriodError
from gouvernail.base.periods import Period, parse_period
from gouvernail.base.render import format_value
from gouvernail.base.text import LANGUAGES, T, Text
from gouvernail.web.background.recovery import given_up
from gouvernail.web.bearings.code import code_version
from gouvernail.web.bearings.current import current
from gouvernail.web.look.languages import both
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.reports import making, tasks
from gouvernail.web.reports.models import Report, ReportState, ShareLink
from gouvernail.web.reports.pages import given
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.limits import address, allowed
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record

A_PAGE = 25
OPENED_A_MINUTE = 60
"""Shared links that one address may try: guessing is hopeless anyway, and shall not cost us much."""
DAYS = (7, 30, 90)
"""How long a link may live."""


@member(Permission.read, partners=True)
@never_cache
def reports(request: MemberRequest) -> HttpResponse:
    """Show the reports that were made, and the form to make one."""
    found = Paginator(_listed(request), A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": found, "rows": [(one, _period(one)) for one in found.object_list]}
    if request.membership.is_partner:
        return render(request, "reports/partner.html", shown)
    now = current(request)
    may_make = request.membership.may(Permission.share) and now.has_plan
    return render(
        request,
        "reports/reports.html",
        {**shown, "current": now, "may_make": may_make, "languages": LANGUAGES},
    )


@member(Permission.share)
@require_POST
def make(request: MemberRequest) -> HttpResponse:
    """Order a report of what is in view."""
    now = current(request)
    if not now.has_plan:
        messages.info(request, _say(T("There is no plan yet: a report tells of a plan.")))
        return redirect("reports", request.workspace.slug)
    said = next((one for one in LANGUAGES if one == request.POST.get("language")), language())
    title = (
        request.POST.get("title", "").strip()
        or f"{request.workspace.name} · {format_value(now.period, said)}"
    )
    report = making.order(now, request.user, title[:160], said, for_partners="for_partners" in request.POST)
    record(request.workspace, request.user, "report.made", report.title, period=report.period)
    return redirect("report", request.workspace.slug, report.pk)


@member(Permission.read)
@never_cache
def report(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a report: what it was made from, and whom it is shared with."""
    one = _one(request, pk)
    links = list(one.links.select_related("author")) if request.membership.may(Permission.share) else []
    host = request.build_absolute_uri("/").rstrip("/")
    return render(
        request,
        "reports/report.html",
        {
            "report": one,
            "period": _period(one),
            "links": [(link, host + reverse("shared-report", args=[link.token])) for link in links],
            "days": DAYS,
            "why": (one.message or {}).get(language(), ""),
            "checked": one.checked,
            "checked_why": ((one.checked or {}).get("why") or {}).get(language(), ""),
            "other_code": one.made_from.get("code") not in (None, code_version()),
            "poll": reverse("report-state", args=[request.workspace.slug, one.pk]),
        },
    )


@member(Permission.read)
@never_cache
def state(request: MemberRequest, pk: int) -> HttpResponse:
    """Say whether the work on a report goes on; once it is done, let the page come back."""
    one = _one(request, pk)
    answer = render(request, "reports/state.html", {"report": one})
    if one.state != ReportState.making and (one.checked or {}).get("state") != "making":
        answer.headers["HX-Refresh"] = "true"
    return answer


@member(Permission.read, partners=True)
@require_safe
def page(request: MemberRequest, pk: int) -> HttpResponse:
    """Open the report itself."""
    return given(_ready(request, pk))


@member(Permission.read, partners=True)
@require_safe
def download(request: MemberRequest, pk: int) -> HttpResponse:
    """Give the report out as a file."""
    return given(_ready(request, pk), download=True)


@member(Permission.share)
@require_POST
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Rename, pin, show to partners; or the contrary."""
    one = _one(request, pk)
    title = request.POST.get("title", "").strip()[:160]
    pinned, for_partners = "pinned" in request.POST, "for_partners" in request.POST
    Report.objects.filter(pk=one.pk).update(
        title=title or one.title, pinned=pinned, for_partners=for_partners
    )
    record(
        request.workspace, request.user, "report.changed", title or one.title,
        pinned=pinned, for_partners=for_partners,
    )  # fmt: skip
    messages.success(request, _say(T("Saved.")))
    return redirect("report", request.workspace.slug, one.pk)


@member(Permission.share)
@require_POST
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """Order the report to be made once more, to see whether it is the same."""
    one = _ready(request, pk)
    Report.objects.filter(pk=one.pk).update(checked={"state": "making"})
    tasks.make_again.enqueue(one.pk)
    record(request.workspace, request.user, "report.made_again", one.title)
    return redirect("report", request.workspace.slug, one.pk)


@member(Permission.share)
@require_POST
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Delete a report and its links."""
    one = _one(request, pk)
    one.delete()
    record(request.workspace, request.user, "report.deleted", one.title, period=one.period)
    messages.success(request, _say(T("The report “{title}” and its links are gone.", title=one.title)))
    return redirect("reports", request.workspace.slug)


@member(Permission.share)
@require_POST
def share(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a link to a report for somebody without an account."""
    one = _ready(request, pk)
    asked = request.POST.get("days", "")
    days = int(asked) if asked in map(str, DAYS) else 30
    link = ShareLink.objects.create(
        report=one, author=request.user, expires=timezone.now() + timedelta(days=days)
    )
    record(request.workspace, request.user, "report.shared", one.title, link=link.pk, days=days)
    return redirect(reverse("report", args=[request.workspace.slug, one.pk]) + "#links")


@member(Permission.share)
@require_POST
def revoke(request: MemberRequest, pk: int, link: int) -> HttpResponse:
    """Make a link stop working at once."""
    one = _one(request, pk)
    found = get_object_or_404(ShareLink, pk=link, report=one)
    if found.revoked is None:
        ShareLink.objects.filter(pk=found.pk).update(revoked=timezone.now())
        record(request.workspace, request.user, "report.link_revoked", one.title, link=found.pk)
    return redirect(reverse("report", args=[request.workspace.slug, one.pk]) + "#links")


@require_safe
@never_cache
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Open a report by its link. Expired, revoked and never made are not told apart."""
    if not allowed("shared", address(request), OPENED_A_MINUTE, 60):
        said = _say(T("Too many tries. Wait a minute."))
        return HttpResponse(said, "text/plain; charset=utf-8", 429, headers={"Retry-After": "60"})
    link = (
        ShareLink.objects.select_related("report")
        .filter(token=token, revoked=None, expires__gt=timezone.now(), report__state=ReportState.ready)
        .first()
    )
    if link is None:
        raise Http404
    if request.method == "GET":
        ShareLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)
    return given(link.report)


def _visible(request: MemberRequest) -> QuerySet[Report]:
    """The reports that this member may see: partners those that are shared with partners."""
    mine = Report.objects.filter(workspace=request.workspace)
    return mine.filter(for_partners=True, state=ReportState.ready) if request.membership.is_partner else mine


def _listed(request: MemberRequest) -> QuerySet[Report]:
    live = Q(links__revoked=None, links__expires__gt=timezone.now())
    return (
        _visible(request)
        .defer("html")
        .select_related("author")
        .annotate(shared=Count("links", filter=live))
        .order_by("-pinned", "-made", "-pk")
    )


def _one(request: MemberRequest, pk: int) -> Report:
    found = get_object_or_404(_visible(request).defer("html").select_related("author"), pk=pk)
    found.workspace = request.workspace
    if found.state == ReportState.making and given_up(found.task):
        mine = Report.objects.filter(pk=found.pk, state=ReportState.making)
        mine.update(state=ReportState.failed, message=both(tasks.BROKEN))
        found.refresh_from_db(fields=["state", "message"])
    return found


def _ready(request: MemberRequest, pk: int) -> Report:
    return get_object_or_404(_visible(request).filter(state=ReportState.ready), pk=pk)


def _period(one: Report) -> Period | str:
    try:
        return parse_period(one.period)
    except PeriodError:
        return one.period


def _say(text: Text) -> str:
    return text.render(language())
