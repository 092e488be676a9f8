"""Parts of the form that come as one types: what the rules say, what a field may name, one more row."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gouvernail.web.bearings import shelf
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import options, reading
from gouvernail.web.plans.branch import Branch, branch, loaded
from gouvernail.web.plans.fields import Field, Shape, every, fields_of, model_of
from gouvernail.web.plans.forms import Builder, Control
from gouvernail.web.plans.numbers import number
from gouvernail.web.plans.reading import Draft
from gouvernail.web.plans.verdicts import NONE, Verdicts, verdicts
from gouvernail.web.plans.views.writing import model_or_404
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission


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
    found = judged(here, section, draft, id or "new-element", request)
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


def judged(here: Branch, section: str, draft: Draft, id: str, request: MemberRequest) -> Verdicts:
    """Return what the rules say of a draft; what the model refuses is left out, so that the rest is judged all the same."""
    record = draft.record
    if record is None:
        wrong = {path.partition(".")[0] for path in draft.faults}
        body = {name: value for name, value in draft.body.items() if name not in wrong}
        record, _ = reading.validated(model_or_404(section), id, body)
    if record is None:
        return NONE
    return verdicts(loaded(request, here), section, record, shelf.today(request.workspace))


def _field(section: str, path: str) -> Field:
    model = model_of(section)
    found = next((one for one in every(fields_of(model)) if one.path == path), None) if model else None
    if found is None:
        raise Http404
    return found


def _each(control: Control) -> list[Control]:
    inner = [one for part in control.inner for one in _each(part)]
    rows = [one for row_ in control.rows for part in row_ for one in _each(part)]
    return [control, *inner, *rows]
