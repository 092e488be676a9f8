"""The records around the chain, one list a page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from gouvernail.web.cockpit.links import address
from gouvernail.web.look.parts import Tab
from gouvernail.web.plans import store
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.records import PARTS, advice, form_of, skill_rows

ON_A_PAGE = 100


@member(Permission.read)
def records(request: MemberRequest, part: str) -> HttpResponse:
    """Show one list of records."""
    if part not in PARTS:
        raise Http404
    slug, plan, shown = request.workspace.slug, store.read(request.workspace), PARTS[part]
    may_edit = request.membership.may(Permission.edit)
    page = Paginator(list(shown.rows(plan)), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "part": shown,
        "key": part,
        "rows": [
            (row, form_of(slug, row) if may_edit else "", zip(shown.headings, row.cells, strict=True))
            for row in page.object_list
        ],
        "page": page,
        "lacking": sum(1 for row in shown.rows(plan) if row.missing),
        "skills": skill_rows(plan) if part == "people" else (),
        "advice": advice(part, plan),
        "new_url": address("element-new", slug, shown.section),
        "tabs": [
            Tab(one.title, address("settings-records", slug, key), key == part, one.icon, one.count(plan))
            for key, one in PARTS.items()
        ],
    }
    return render(request, "workspaces/records.html", context)
