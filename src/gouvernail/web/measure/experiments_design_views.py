"""The calculator: how large an experiment must be, before it starts; and its way into the plan."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST

from gouvernail.base.text import T, Text
from gouvernail.plan.model import Experiment
from gouvernail.web.bearings.current import Current, current
from gouvernail.web.look.parts import Crumb
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.measure import experiments_calculator as calculator
from gouvernail.web.measure.experiments_forms import DesignForm, KeepForm
from gouvernail.web.measure.experiments_levels import levels, traffic
from gouvernail.web.measure.experiments_places import crumbs, page_of
from gouvernail.web.measure.tabs import tabs
from gouvernail.web.plans import changing, reading, store
from gouvernail.web.plans.branch import branch
from gouvernail.web.plans.numbers import number
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission

PAGE, PART = "measure/experiments/design.html", "measure/experiments/answer.html"
_COMMAS = re.compile(r"\s*[,;\n]\s*")


@member(Permission.read)
def design(request: MemberRequest) -> HttpResponse:
    """Size an experiment: people, weeks, what each week could show. With htmx, the answer alone."""
    here = current(request)
    kept = _kept(here, request.GET.get("experiment", ""))
    form = _form(request, here, kept)
    context = _context(request, here, form, kept)
    part = bool(request.htmx)  # type: ignore[attr-defined]  # django_htmx
    answer = render(request, PART if part else PAGE, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@member(Permission.edit)
@require_POST
def keep(request: MemberRequest) -> HttpResponse:
    """Write the experiment into the plan as it was sized: a new element, or the one that was opened."""
    here, work = current(request), branch(request)
    kept = _kept(here, request.POST.get("experiment", ""))
    form = DesignForm(request.POST, levels=levels(here.bearing), currency=here.plan.organisation.currency)
    said = KeepForm(request.POST, plan=work.plan)
    if not (form.is_valid() and said.is_valid()):
        return render(request, PAGE, _context(request, here, form, kept, said), status=422)
    found = calculator.answer(form, language())
    if found.sheet is None or found.sheet.design is None:
        return render(request, PAGE, _context(request, here, form, kept, said), status=422)
    parts = tuple(filter(None, _COMMAS.split(said.cleaned_data["variants"])))
    made = calculator.body(form, found.sheet, said.cleaned_data, parts)
    id = kept.id if kept else changing.fresh_id(work.plan, made["title"])
    row = store.row_of(request.workspace, "experiments", id, work.scenario)
    whole = {
        name: value for name, value in {**(row.body if row else {}), **made}.items() if value is not None
    }
    record, faults = reading.validated(Experiment, id, whole)
    if record is None:
        for fault in faults.values():
            messages.error(request, fault.render(language()))
        return render(request, PAGE, _context(request, here, form, kept, said), status=422)
    body = {name: value for name, value in store.short(record).items() if name != "id"}
    base = number(request.POST.get("base", "")) if kept else None
    change = store.Change("experiments", id, body, base=base)
    note = T("Experiment sized: {name}", name=made["title"]).render(request.workspace.language)
    try:
        changing.keep(request.workspace, request.user, change, work.scenario, note)
    except store.Conflict:
        _tell(
            request,
            T("Somebody changed this experiment meanwhile: look at it again, then size it."),
            wrong=True,
        )
    else:
        _tell(request, T("It stands in the plan, with its size and how it will be read."))
    return redirect("experiment", request.workspace.slug, id)


def _kept(here: Current, id: str) -> Experiment | None:
    """Return the experiment of the plan that is sized again, None for a new one."""
    if not id:
        return None
    found = here.plan.get(id)
    if not isinstance(found, Experiment):
        raise Http404
    return found


def _form(request: MemberRequest, here: Current, kept: Experiment | None) -> DesignForm:
    asked = {name: value for name, value in request.GET.items() if name in DesignForm.base_fields}
    known = calculator.filled(kept, language()) if kept else {}
    filled = {**DesignForm.DEFAULTS, **known, **asked}
    more: dict[str, Any] = {"levels": levels(here.bearing), "currency": here.plan.organisation.currency}
    if asked or known.get("baseline") or known.get("metric"):
        return DesignForm(filled, **more)
    return DesignForm(initial=filled, **more)


def _context(
    request: MemberRequest,
    here: Current,
    form: DesignForm,
    kept: Experiment | None,
    said: KeepForm | None = None,
) -> dict[str, Any]:
    answer = calculator.answer(form, language()) if form.is_bound and form.is_valid() else None
    slug = request.workspace.slug
    return {
        "current": here,
        "tabs": tabs(slug, "experiments"),
        "crumbs": (*crumbs(slug), *([Crumb(kept.name, page_of(slug, kept.id))] if kept else ())),
        "form": form,
        "answer": answer,
        "wrong": _wrong(form),
        "kept": kept,
        "head": here.head,
        "keep_form": said or KeepForm(plan=here.plan, initial=_initial(here, kept)),
        "hidden": [(name, value) for name, value in form.data.items() if name in form.fields]
        if form.is_bound
        else (),
        "traffic": traffic(here.bearing),
    }


def _initial(here: Current, kept: Experiment | None) -> dict[str, Any]:
    if kept is None:
        return {"variants": "", "start": None}
    return {
        "title": kept.name,
        "action": kept.action or "",
        "hypothesis": kept.hypothesis,
        "variants": ", ".join(kept.variants),
        "start": kept.start,
    }


def _wrong(form: DesignForm) -> list[tuple[Any, Any]]:
    """What does not fit, with the name of its field: said beside the answer, which comes without the form."""
    if not form.is_bound or form.is_valid():
        return []
    return [
        (form.fields[name].label if name in form.fields else "", one)
        for name, all_ in form.errors.items()
        for one in all_
    ]


def _tell(request: MemberRequest, words: Text, *, wrong: bool = False) -> None:
    (messages.error if wrong else messages.success)(request, words.render(language()))
