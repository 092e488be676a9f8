"""Writing an element in its form: a new one, another version, the form again with its faults."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from gouvernail.base.text import T, Text
from gouvernail.plan.model import SECTIONS, Record
from gouvernail.web.bearings import shelf
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import changing, reading
from gouvernail.web.plans import element as pages
from gouvernail.web.plans.branch import Branch, branch, loaded
from gouvernail.web.plans.choicewords import SECTIONS as TITLES
from gouvernail.web.plans.differences import title_of
from gouvernail.web.plans.fields import Shape, every, fields_of
from gouvernail.web.plans.forms import Builder
from gouvernail.web.plans.reading import Draft
from gouvernail.web.plans.store import Change
from gouvernail.web.plans.verdicts import verdicts
from gouvernail.web.plans.views.form_parts import judged
from gouvernail.web.plans.views.writing import base_of, body_of, commit, model_or_404
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission


@member(Permission.edit)
def new(request: MemberRequest, section: str) -> HttpResponse:
    """Write a new element; `?serves=id` puts it under another, `?level=marketing` fills a field."""
    if section not in SECTIONS:
        raise Http404
    here = branch(request)
    if request.method == "POST":
        return _create(request, here, section)
    body = _given(request, section)
    record, _ = reading.validated(SECTIONS[section], "new", body)
    builder = Builder(section, "", here.plan, language(), record=record)
    return _page(request, here, section, "", builder.form(body, new=True))


@member(Permission.edit)
def edit(request: MemberRequest, section: str, id: str) -> HttpResponse:
    """Change an element. What does not fit the model comes back with the fault beside its field."""
    here = branch(request)
    record = pages.find(here.plan, section, id)
    if record is None:
        raise Http404
    if request.method == "POST":
        return _save(request, here, section, id)
    found = verdicts(loaded(request, here), section, record, shelf.today(request.workspace))
    builder = Builder(section, id, here.plan, language(), verdicts=found, record=record)
    return _page(request, here, section, id, builder.form(body_of(record)), record)


def _create(request: MemberRequest, here: Branch, section: str) -> HttpResponse:
    wanted, title = request.POST.get("id", ""), request.POST.get("title", "")
    id = changing.fresh_id(here.plan, title or str(title_of(section)), wanted)
    draft = reading.read(section, id, request.POST)
    if not draft.ok:
        return _again(request, here, section, "", draft)
    return commit(request, here, Change(section, id, draft.body), id, T("It is kept."))


def _save(request: MemberRequest, here: Branch, section: str, id: str) -> HttpResponse:
    draft = reading.read(section, id, request.POST)
    if not draft.ok:
        return _again(request, here, section, id, draft)
    note = request.POST.get("note", "")
    return commit(request, here, Change(section, id, draft.body, base=base_of(request, here)), id, None, note)


def _again(request: MemberRequest, here: Branch, section: str, id: str, draft: Draft) -> HttpResponse:
    found = judged(here, section, draft, id or "new-element", request)
    builder = Builder(
        section,
        id,
        here.plan,
        language(),
        faults=draft.faults,
        typed_=draft.typed,
        verdicts=found,
        record=draft.record,
    )
    body = {**draft.body, "id": request.POST.get("id", "")} if not id else draft.body
    form = builder.form(body, new=not id, error=_stray(draft, section))
    return _page(request, here, section, id, form, draft.record, status=422)


def _stray(draft: Draft, section: str) -> Text | None:
    """A fault that stands beside no field."""
    paths = {one.path for one in every(fields_of(model_or_404(section)))}
    for path, fault in draft.faults.items():
        bare = ".".join(part for part in path.split(".") if not part.isdecimal())
        if bare not in paths:
            return fault
    return None


def _page(
    request: MemberRequest,
    here: Branch,
    section: str,
    id: str,
    form: Any,
    record: Record | None = None,
    status: int = 200,
) -> HttpResponse:
    base = request.POST.get("base") or here.head
    context = {
        "branch": here,
        "form": form,
        "section": section,
        "section_title": TITLES[section],
        "kind": title_of(section),
        "id": id,
        "name": getattr(record or pages.find(here.plan, section, id), "name", ""),
        "base": base,
        "serves": request.GET.get("serves", ""),
    }
    return render(request, "plans/form.html", context, status=status)


def _given(request: MemberRequest, section: str) -> dict[str, Any]:
    """What the address says of a new element: the one it serves, and single fields."""
    body: dict[str, Any] = {}
    served = [id for id in request.GET.getlist("serves") if id]
    if served:
        body["serves"] = [{"id": id} for id in served]
    for field in fields_of(model_or_404(section)):
        value = request.GET.get(field.name, "")
        if value and field.shape in (
            Shape.line,
            Shape.text,
            Shape.choice,
            Shape.element,
            Shape.day,
            Shape.channel,
        ):
            body[field.name] = value
        elif value and field.shape is Shape.elements:
            body[field.name] = [value]
        elif value and field.shape is Shape.words:
            body[field.name] = [one for one in request.GET.getlist(field.name) if one]
    return body
