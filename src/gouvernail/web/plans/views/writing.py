"""Writing one element: what is kept, and where two people wrote at once, both versions side by side."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gouvernail.base.text import T, Text
from gouvernail.plan.model import Element, Record
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import changing, conflicts, history, reading, store
from gouvernail.web.plans.branch import Branch, branch
from gouvernail.web.plans.fields import model_of
from gouvernail.web.plans.numbers import number
from gouvernail.web.plans.store import Change, Conflict
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission


def commit(
    request: MemberRequest,
    here: Branch,
    change: Change,
    id: str,
    done: Text | None = None,
    note: str = "",
) -> HttpResponse:
    """Write one element and tell so; where somebody else wrote it meanwhile, show both versions."""
    try:
        made = changing.keep(request.workspace, request.user, change, here.scenario, note)
    except Conflict as conflict:
        return _both(request, here, conflict, change)
    words = (done or T("It is kept.")) if made else T("Nothing differs: nothing was written.")
    messages.success(request, words.render(language()))
    if change.body is None:
        return redirect("plan-section", request.workspace.slug, change.section)
    return _to(request, change.section, id)


def _both(request: MemberRequest, here: Branch, conflict: Conflict, change: Change) -> HttpResponse:
    theirs = None if conflict.theirs.deleted else conflict.theirs.body
    base = history.version(request.workspace, change.section, change.element, change.base or 0, here.scenario)
    found = conflicts.meeting(
        change.section, change.element, conflict.mine, theirs, base.body if base else None, here.plan
    )
    return render(
        request,
        "plans/conflict.html",
        {
            "branch": here,
            "meeting": found,
            "who": conflict.theirs.revision.author,
            "made": conflict.theirs.revision.made,
            "number": conflict.theirs.number,
            "mine": json.dumps(conflict.mine),
            "name": (conflict.mine or theirs or {}).get("title") or change.element,
        },
        status=409,
    )


@member(Permission.edit)
@require_POST
def merge(request: MemberRequest, section: str, id: str) -> HttpResponse:
    """Keep what was chosen of two versions of one element."""
    here = branch(request)
    if model_of(section) is None:
        raise Http404
    seen = number(request.POST.get("theirs", "")) or 0
    theirs = history.version(request.workspace, section, id, seen, here.scenario)
    mine = _posted_body(request.POST.get("mine", ""))
    if request.POST.get("whole") == "theirs":
        messages.success(request, T("Their version stands.").render(language()))
        return _to(request, section, id)
    body = mine
    if mine is not None and theirs is not None:
        picks = {name[5:]: str(value) for name, value in request.POST.items() if name.startswith("pick.")}
        body = conflicts.chosen(mine, theirs.body, picks)
    record, faults = reading.validated(model_or_404(section), id, body) if body is not None else (None, {})
    if body is not None and record is None:
        for fault in faults.values():
            messages.error(request, fault.render(language()))
        return _to(request, section, id)
    change = Change(section, id, body_of(record) if record else None, base=seen)
    return commit(request, here, change, id)


def _posted_body(words: str) -> dict[str, Any] | None:
    try:
        found = json.loads(words)
    except ValueError:
        raise Http404 from None
    if found is not None and not isinstance(found, dict):
        raise Http404
    return found


def _to(request: MemberRequest, section: str, id: str) -> HttpResponse:
    return redirect("element", request.workspace.slug, section, id)


def body_of(record: Record) -> dict[str, Any]:
    """Return a record as a form posts it: short, without its id."""
    body = store.short(record)
    if isinstance(record, Element):
        body.pop("id", None)
    return body


def base_of(request: MemberRequest, here: Branch) -> int:
    """Return the revision that somebody had before them as they wrote."""
    words = request.POST.get("base", "")
    found = number(words)
    return here.head if found is None else found


def model_or_404(section: str) -> type[Record]:
    """Return the model of a section; one that the plan has not is not found."""
    model = model_of(section)
    if model is None:
        raise Http404
    return model
