"""The findings of the bearing in view: filtered, grouped, one by one; the page of a rule."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gouvernail.base.text import verbatim
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import Bearing
from gouvernail.report.phrases import GONE
from gouvernail.web.bearings.current import Current, current
from gouvernail.web.look.export import csv_response
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.rhythm import answers, asides, besides, findings, rule_pages, sheet
from gouvernail.web.rhythm.filters import FAMILIES, GROUPINGS, Filters
from gouvernail.web.rhythm.finding_changes import assign_form
from gouvernail.web.rhythm.findings import Told
from gouvernail.web.rhythm.forms import AsideForm
from gouvernail.web.rhythm.links import element_link
from gouvernail.web.rhythm.models import Assignment
from gouvernail.web.rhythm.since import Since, since
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission

PAGE = 40
"""Findings on one page."""
BESIDE = 30
"""Findings of one list beside them: gone for one reason, set aside."""


@member(Permission.read)
def index(request: MemberRequest) -> HttpResponse:
    """Show the findings: the three most worthwhile, all that was asked for, what is gone, set aside, not checked."""
    here, filters = current(request), Filters.of(request.GET.dict())
    context: dict[str, Any] = {"current": here, "filters": filters}
    if here.bearing is not None:
        context |= _listed(request, here, filters)
    return render(request, "rhythm/findings.html", context)


def _listed(request: MemberRequest, here: Current, filters: Filters) -> dict[str, Any]:
    moved = since(here, filters.since)
    told = _told(request, here, moved)
    found = findings.rows(told, filters)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return {
        "told": told,
        "page": page,
        "groups": findings.grouped(page.object_list, found, filters.group),
        "first": findings.first(told, found) if page.number == 1 else (),
        "count": len(found),
        "all_count": len(told.live),
        "filter_fields": findings.fields(told, filters),
        "cleared": filters.cleared,
        "groupings": GROUPINGS,
        "since": moved,
        "gone": [(GONE[why], several[:BESIDE], len(several)) for why, several in moved.gone()],
        "aside": Paginator(besides.set_aside(told), BESIDE).get_page(request.GET.get("aside")),
        "unchecked": besides.not_checked(told),
    }


@member(Permission.read)
def export(request: MemberRequest) -> HttpResponse:
    """Give the findings asked for as CSV."""
    here, filters = current(request), Filters.of(request.GET.dict())
    found: tuple[findings.Row, ...] = ()
    if here.bearing is not None:
        found = findings.rows(_told(request, here, since(here, filters.since)), filters)
    name = f"{request.workspace.slug} findings {here.period}"
    return csv_response(name, sheet.HEADINGS, map(sheet.cells, found))


@member(Permission.read)
def one(request: MemberRequest) -> HttpResponse:
    """Show one finding: why it matters, what to do, who has it, what was said of it."""
    here = current(request)
    if here.bearing is None:
        # Letters lead here at any time: what is being worked out is no missing page.
        return render(request, "rhythm/findings.html", {"current": here, "filters": Filters()})
    located, aside = _find(here, request.GET.get("id", ""))
    told = _told(request, here)
    row = findings.row(told, located)
    finding = located.finding
    here_too = [other for other in told.live if _same(other, located)]
    lang = language()
    return render(
        request,
        "rhythm/finding_panel.html" if request.htmx else "rhythm/finding_page.html",  # type: ignore[attr-defined]
        {
            "current": here,
            "row": row,
            "aside": aside,
            "why": rule_pages.part(finding.code, lang, 1) if rule_pages.known(finding.code) else "",
            "how": rule_pages.part(finding.code, lang, 3) if rule_pages.known(finding.code) else "",
            "related": [
                (told.name(id), element_link(told.slug, told.plan, id))
                for id in finding.related
                if told.plan.get(id)
            ],
            "assign": assign_form(request, row.assignment),
            "aside_form": AsideForm(),
            "alike": len(here_too),
            "newest": here.revision == here.head,
            "back": answers.back_from(request, reverse("findings", args=[request.workspace.slug])),
        },
    )


@member(Permission.read)
def rule(request: MemberRequest, code: str) -> HttpResponse:
    """Show a rule's page: what it finds, why it matters, how to put it right."""
    code = code.upper()
    if not rule_pages.known(code):
        raise Http404
    lang = language()
    title, opening = findings.title_of(code), rule_pages.opening(code, lang)
    context = {
        "code": code,
        "title": title,
        "opening": "" if opening.rstrip(".") == title.render(lang).rstrip(".") else opening,
        "page": rule_pages.whole(code, lang),
        "sources": [
            (name, said) for name, said in rule_pages.SOURCES.items() if name in rule_pages.whole(code, lang)
        ],
        "here": reverse("findings", args=[request.workspace.slug]),
        "family": code[:3],
        "family_title": FAMILIES.get(code[:3]) or verbatim(code[:3]),
    }
    return render(request, "rhythm/rule.html", context)


def _told(request: MemberRequest, here: Current, moved: Since | None = None) -> Told:
    given = Assignment.objects.filter(workspace=request.workspace, done=None).select_related("assignee")
    return Told(
        request.workspace.slug,
        here.plan,
        cast(Bearing, here.bearing),  # callers looked
        here.today,
        {one.finding: one for one in given},
        moved.moves.new_ids if moved and moved.moves else frozenset(),
        request.user.pk,
    )


def _find(here: Current, identity: str) -> tuple[LocatedFinding, bool]:
    """Return a finding of the bearing in view, and whether it is set aside."""
    if here.bearing is None:
        raise Http404
    located = here.bearing.finding(identity)
    if located is not None:
        finding = located.finding
        return located, asides.cause(here.plan, finding.code, finding.element) is not None
    for one in here.bearing.ignored:
        if one.located is not None and one.located.finding.identity == identity:
            return one.located, True
    raise Http404


def _same(one: LocatedFinding, other: LocatedFinding) -> bool:
    return (one.finding.code, one.finding.element) == (other.finding.code, other.finding.element)
