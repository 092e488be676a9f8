"""Writing an element: the form, its verdicts as one types, saving, two people at once, and what else is done to it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gouvernail.base.text import T, Text
from gouvernail.plan.model import SECTIONS, Element, Organisation, Record
from gouvernail.web.bearings import shelf
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import changing, conflicts, history, options, reading, store
from gouvernail.web.plans import element as pages
from gouvernail.web.plans.branch import Branch, branch, loaded
from gouvernail.web.plans.called import called
from gouvernail.web.plans.choicewords import SECTIONS as TITLES
from gouvernail.web.plans.differences import title_of
from gouvernail.web.plans.fields import Field, Shape, every, fields_of, model_of
from gouvernail.web.plans.forms import Builder, Control
from gouvernail.web.plans.numbers import number
from gouvernail.web.plans.reading import Draft
from gouvernail.web.plans.store import Change, Conflict
from gouvernail.web.plans.verdicts import NONE, Verdicts, verdicts
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
    return _page(request, here, section, id, builder.form(_body(record)), record)


@member(Permission.edit)
@require_POST
def verdict(request: MemberRequest, section: str) -> HttpResponse:
    """Say what the rules think of the draft in the form: one fragment a field."""
    model = model_of(section)
    if model is None:
        raise Http404
    here = branch(request)
    id = request.POST.get("element", "")
    draft = reading.read(section, id or "new-element", request.POST)
    found = _judged(here, section, draft, id or "new-element", request)
    builder = Builder(
        section, id, here.plan, language(), faults=draft.faults, typed_=draft.typed, verdicts=found
    )
    form = builder.form(draft.body, new=not id)
    controls = [one for control in (*form.basic, *form.more) for one in _each(control)]
    return render(
        request,
        "plans/form/verdicts.html",
        {"controls": controls, "form": form, "count": found.count, "faults": len(draft.faults)},
    )


@member(Permission.edit)
def choices(request: MemberRequest, section: str) -> HttpResponse:
    """Search among what a field may name: `?field=audience.segments&q=berlin`."""
    field = _field(section, request.GET.get("field", ""))
    here = branch(request)
    words = request.GET.get("q", "")
    found, count = options.found(field, here.plan, request.GET.get("element", ""), words, language())
    name = request.GET.get("name") or field.path
    control = Control(field=field, name=name, choices=found, more=max(count - len(found), 1))
    return render(request, "plans/form/found.html", {"control": control, "left": count - len(found)})


@member(Permission.edit)
def row(request: MemberRequest, section: str) -> HttpResponse:
    """Give one more empty row of a field that holds several records."""
    field = _field(section, request.GET.get("field", ""))
    n = number(request.GET.get("n", ""))
    if field.shape is not Shape.records or n is None or n >= reading.MOST_ROWS:
        raise Http404
    builder = Builder(section, request.GET.get("element", ""), branch(request).plan, language())
    controls = builder.row(field, field.path, n)
    return render(
        request,
        "plans/form/row.html",
        {"row": controls, "field": field, "next": n + 1, "section": section, "more": True},
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
    record, faults = reading.validated(_model(section), id, body) if body is not None else (None, {})
    if body is not None and record is None:
        for fault in faults.values():
            messages.error(request, fault.render(language()))
        return _to(request, section, id)
    change = Change(section, id, _body(record) if record else None, base=seen)
    return _commit(request, here, change, id)


@member(Permission.edit)
def delete(request: MemberRequest, section: str, id: str) -> HttpResponse:
    """Take an element out, after showing who names it."""
    here = branch(request)
    record = pages.find(here.plan, section, id)
    if not isinstance(record, Element):
        raise Http404
    if request.method == "POST":
        change = Change(section, id, None, base=_base(request, here))
        return _commit(request, here, change, id, T("Taken out."))
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
    change = Change(section, id, row.body, base=_base(request, here), place=row.place)
    return _commit(request, here, change, id, T("The earlier version is back."), note)


def _create(request: MemberRequest, here: Branch, section: str) -> HttpResponse:
    wanted, title = request.POST.get("id", ""), request.POST.get("title", "")
    id = changing.fresh_id(here.plan, title or str(title_of(section)), wanted)
    draft = reading.read(section, id, request.POST)
    if not draft.ok:
        return _again(request, here, section, "", draft)
    return _commit(request, here, Change(section, id, draft.body), id, T("It is kept."))


def _save(request: MemberRequest, here: Branch, section: str, id: str) -> HttpResponse:
    draft = reading.read(section, id, request.POST)
    if not draft.ok:
        return _again(request, here, section, id, draft)
    note = request.POST.get("note", "")
    return _commit(request, here, Change(section, id, draft.body, base=_base(request, here)), id, None, note)


def _commit(
    request: MemberRequest,
    here: Branch,
    change: Change,
    id: str,
    done: Text | None = None,
    note: str = "",
) -> HttpResponse:
    """Write one element; where somebody else wrote it meanwhile, show both versions."""
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


def _again(request: MemberRequest, here: Branch, section: str, id: str, draft: Draft) -> HttpResponse:
    found = _judged(here, section, draft, id or "new-element", request)
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


def _judged(here: Branch, section: str, draft: Draft, id: str, request: MemberRequest) -> Verdicts:
    """What the rules say of a draft; what the model refuses is left out, so that the rest is judged all the same."""
    record = draft.record
    if record is None:
        wrong = {path.partition(".")[0] for path in draft.faults}
        body = {name: value for name, value in draft.body.items() if name not in wrong}
        record, _ = reading.validated(_model(section), id, body)
    if record is None:
        return NONE
    return verdicts(loaded(request, here), section, record, shelf.today(request.workspace))


def _stray(draft: Draft, section: str) -> Text | None:
    """A fault that stands beside no field."""
    paths = {one.path for one in every(fields_of(_model(section)))}
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
    for field in fields_of(_model(section)):
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


def _body(record: Record) -> dict[str, Any]:
    body = store.short(record)
    if isinstance(record, Element):
        body.pop("id", None)
    return body


def _posted_body(words: str) -> dict[str, Any] | None:
    try:
        found = json.loads(words)
    except ValueError:
        raise Http404 from None
    if found is not None and not isinstance(found, dict):
        raise Http404
    return found


def _base(request: MemberRequest, here: Branch) -> int:
    words = request.POST.get("base", "")
    found = number(words)
    return here.head if found is None else found


def _field(section: str, path: str) -> Field:
    model = model_of(section)
    found = next((one for one in every(fields_of(model)) if one.path == path), None) if model else None
    if found is None:
        raise Http404
    return found


def _model(section: str) -> type[Record]:
    model = model_of(section)
    if model is None:
        raise Http404
    return model


def _each(control: Control) -> list[Control]:
    inner = [one for part in control.inner for one in _each(part)]
    rows = [one for row_ in control.rows for part in row_ for one in _each(part)]
    return [control, *inner, *rows]


def _to(request: MemberRequest, section: str, id: str) -> HttpResponse:
    return redirect("element", request.workspace.slug, section, id)
