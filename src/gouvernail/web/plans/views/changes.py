"""What is done to an element without its form: taken out, copied, moved, an earlier version brought back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gouvernail.base.text import T
from gouvernail.plan.model import SECTIONS, Element, Organisation
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import changing, history, store
from gouvernail.web.plans import element as pages
from gouvernail.web.plans.branch import branch, loaded
from gouvernail.web.plans.called import called
from gouvernail.web.plans.numbers import number
from gouvernail.web.plans.store import Change
from gouvernail.web.plans.views.writing import base_of, commit
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission


@member(Permission.edit)
def delete(request: MemberRequest, section: str, id: str) -> HttpResponse:
    """Take an element out, after showing who names it."""
    here = branch(request)
    record = pages.find(here.plan, section, id)
    if not isinstance(record, Element):
        raise Http404
    if request.method == "POST":
        change = Change(section, id, None, base=base_of(request, here))
        return commit(request, here, change, id, T("Taken out."))
    return render(
        request,
        "plans/delete.html",
        {
            "name": called(record, here.plan),
            "branch": here,
            "section": section,
            "id": id,
            "record": record,
            "dangling": pages.dangling(loaded(request, here), id),
            "base": here.head,
        },
    )


@member(Permission.edit)
@require_POST
def duplicate(request: MemberRequest, section: str, id: str) -> HttpResponse:
    """Write a copy of an element, and go on with it."""
    here = branch(request)
    record = pages.find(here.plan, section, id)
    if record is None or isinstance(record, Organisation):
        raise Http404
    title = T("Copy of {name}", name=record.name).render(language())  # type: ignore[attr-defined]
    made, body = changing.duplicate(here.plan, section, id, title)
    changing.keep(request.workspace, request.user, Change(section, made, body), here.scenario)
    messages.success(request, T("A copy stands beside it. Change what differs.").render(language()))
    return redirect("element-edit", request.workspace.slug, section, made)


@member(Permission.edit)
@require_POST
def move(request: MemberRequest, section: str, id: str) -> HttpResponse:
    """Move an element up or down among those of its section."""
    here = branch(request)
    if section not in SECTIONS or pages.find(here.plan, section, id) is None:
        raise Http404
    step = -1 if request.POST.get("to") == "up" else 1
    changes = changing.moved(request.workspace, section, id, step, here.scenario)
    store.commit(request.workspace, request.user, changes, scenario=here.scenario)
    back = reverse("plan-section", args=[request.workspace.slug, section])
    page = request.POST.get("page", "")
    return redirect(f"{back}?page={page}#{id}" if page.isdecimal() else f"{back}#{id}")


@member(Permission.edit)
@require_POST
def restore(request: MemberRequest, section: str, id: str) -> HttpResponse:
    """Bring back an earlier version of an element."""
    here = branch(request)
    wanted = number(request.POST.get("number", "")) or 0
    row = history.version(request.workspace, section, id, wanted, here.scenario)
    if row is None:
        raise Http404
    note = T("Version {n} brought back", n=row.number).render(language())
    change = Change(section, id, row.body, base=base_of(request, here), place=row.place)
    return commit(request, here, change, id, T("The earlier version is back."), note)
