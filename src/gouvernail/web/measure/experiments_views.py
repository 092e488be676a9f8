"""Pages of the experiments: the list, one from design to decision, the method behind them. Nothing is worked out here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gouvernail.base.text import T, Text
from gouvernail.bearing.experiments import State, Trial
from gouvernail.measurement.experiments.decision import Verdict
from gouvernail.plan.model import Choice
from gouvernail.web.bearings.current import Current, current
from gouvernail.web.cockpit.cockpit import to_decide
from gouvernail.web.cockpit.known import known
from gouvernail.web.cockpit.links import links
from gouvernail.web.look.export import csv_response
from gouvernail.web.look.parts import Crumb
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.measure import experiments_list as listed
from gouvernail.web.measure import methods
from gouvernail.web.measure.experiments_charts import looks_chart
from gouvernail.web.measure.experiments_forms import DecideForm
from gouvernail.web.measure.experiments_places import crumbs
from gouvernail.web.measure.experiments_rows import behind
from gouvernail.web.measure.experiments_telling import leading_decision
from gouvernail.web.measure.experiments_trial import decidable, page_of
from gouvernail.web.measure.geo_page import read_url
from gouvernail.web.measure.tabs import tabs
from gouvernail.web.plans import changing, store
from gouvernail.web.plans.numbers import number
from gouvernail.web.plans.saying import metric_name
from gouvernail.web.rhythm import answers
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record

A_STATE, A_PAGE = 10, 50
TABLE = "experiments"
LOOKS = (
    T("Day"),
    T("People"),
    T("Effect, of the control"),
    T("At least"),
    T("At most"),
    T("Difference"),
    T("At least"),
    T("At most"),
)


@member(Permission.read)
def experiments(request: MemberRequest) -> HttpResponse:
    """List the experiments by state; `?state=` shows all of one."""
    here = current(request)
    found, lead = listed.every(here), links(request.workspace.slug, here.plan, here.bearing)
    state = next((one for one in State if one.value == request.GET.get("state")), None)
    context: dict[str, Any] = {
        "current": here,
        "tabs": tabs(request.workspace.slug, "experiments"),
        "count": len(found),
        "state": state,
        "all_csv": reverse("experiments-csv", args=[request.workspace.slug]),
        "limit": settings.UPLOAD_LIMIT // 1024 // 1024,
    }
    if state is None:
        context["groups"] = listed.groups(found, here, lead, A_STATE)
    else:
        page = Paginator([one for one in found if one.state is state], A_PAGE).get_page(
            request.GET.get("page")
        )
        context["groups"] = listed.groups(page, here, lead, A_PAGE)
        context["page"] = page
    return render(request, "measure/experiments/list.html", context)


@member(Permission.read)
def experiments_csv(request: MemberRequest) -> HttpResponse:
    """Give the experiments as a table for spreadsheets."""
    here = current(request)
    return csv_response(
        "experiments", listed.COLUMNS, (listed.cells(one, here) for one in listed.every(here))
    )


@member(Permission.read)
def experiment(request: MemberRequest, id: str) -> HttpResponse:
    """Show one experiment: hypothesis and design, split, effect, course, money, verdict, decision, where it comes from."""
    here, slug = current(request), request.workspace.slug
    found = _find(here, id)
    if found is not None:
        return _page(request, here, found)
    if not here.has_data or (here.bearing is not None and not here.older):
        raise Http404
    # What only the facts know is not there before they are read.
    context = {"current": here, "tabs": tabs(slug, "experiments"), "crumbs": crumbs(slug)}
    return render(request, "measure/experiments/waiting.html", context)


@member(Permission.read)
def looks_csv(request: MemberRequest, id: str) -> HttpResponse:
    """Give what each look said as a table for spreadsheets."""
    trial = _trial(current(request), id)
    rows = (
        (one.day, one.subjects, *listed.three(one.relative), *listed.three(one.absolute))
        for one in trial.looks
    )
    return csv_response(f"{id}-looks", LOOKS, rows)


@member(Permission.read)
def rows(request: MemberRequest, id: str) -> HttpResponse:
    """Show the files and the first rows behind an experiment: a part of its page that comes after."""
    here = current(request)
    return render(request, "measure/experiments/source.html", {"found": behind(_trial(here, id), here)})


@member(Permission.decide)
@require_POST
def decide(request: MemberRequest, id: str) -> HttpResponse:
    """Write down what is done with the answer: the variant adopted or the control kept, the day, the reason."""
    here = current(request)
    trial = _trial(here, id)
    form = DecideForm(request.POST, variants=trial.variants[1:])
    if not form.is_valid() or not trial.in_plan:
        return _page(request, here, trial, form, status=422)
    given = form.cleaned_data
    choice, _, winner = given["choice"].partition(":")
    fields = {
        "decision": choice,
        "winner": winner or None,
        "decided": given["decided"].isoformat(),
        "result": given["reason"],
        "applied": True if given["applied"] else None,
    }
    words = T("Decided: adopt “{variant}” of {name}", variant=winner, name=trial.name)
    if choice == Choice.keep.value:
        words = T("Decided: keep the control of {name}", name=trial.name)
    return _write(request, here, trial, fields, words, T("It is decided, and stands in the plan."))


@member(Permission.edit)
@require_POST
def applied(request: MemberRequest, id: str) -> HttpResponse:
    """Say that what was decided is put to use."""
    here = current(request)
    trial = _trial(here, id)
    words = T("Applied: {name}", name=trial.name)
    return _write(
        request, here, trial, {"applied": True}, words, T("It is applied: well done."), "experiment.applied"
    )


@member(Permission.read)
def method(request: MemberRequest, id: str) -> HttpResponse:
    """Show the page of a method: what it promises, how it goes, when not to use it."""
    title = methods.title(id)
    if title is None:
        raise Http404
    slug = request.workspace.slug
    context = {
        "title": title,
        "body": methods.page(id, slug, language()),
        "crumbs": (Crumb(T("Measure"), reverse("measure", args=[slug])),),
    }
    return render(request, "measure/method.html", context)


def _find(here: Current, id: str) -> Trial | None:
    return next((one for one in listed.every(here) if one.id == id), None)


def _trial(here: Current, id: str) -> Trial:
    found = _find(here, id)
    if found is None:
        raise Http404
    return found


def _page(
    request: MemberRequest, here: Current, trial: Trial, form: DecideForm | None = None, status: int = 200
) -> HttpResponse:
    slug = request.workspace.slug
    saying = listed.saying_of(trial, here)
    lead = links(slug, here.plan, here.bearing)
    located = known(here.bearing).by_element.get(trial.id, ()) if here.bearing and not here.older else ()
    context = {
        "current": here,
        "tabs": tabs(slug, "experiments"),
        "crumbs": crumbs(slug),
        "trial": trial,
        "page": page_of(saying),
        "chart": looks_chart(trial, saying, language(), reverse("experiment-csv", args=[slug, trial.id])),
        "action": lead.element(trial.action) if trial.action else None,
        "metric": metric_name(here.plan, trial.metric) if trial.metric else None,
        "form": form or _form(trial, here),
        "findings": to_decide(tuple(located), lead),
        "decidable": decidable(trial),
        "head": here.head,
        "adopted": trial.decision == Choice.adopt.value,
        "size_url": f"{reverse('experiment-design', args=[slug])}?{urlencode({'experiment': trial.id})}",
        "new_url": _new(slug, trial),
        "geo_url": read_url(here.plan, slug, trial.id),
    }
    return render(request, "measure/experiments/trial.html", context, status=status)


def _new(slug: str, trial: Trial) -> str:
    """Where an experiment that only the facts know is put into the plan."""
    asked = {"title": trial.name, "source_id": trial.id, "outcome": trial.outcome.value}
    return f"{reverse('element-new', args=[slug, 'experiments'])}?{urlencode(asked)}"


def _form(trial: Trial, here: Current) -> DecideForm:
    best = trial.best
    leading = leading_decision(trial)
    none = leading is not None and leading.verdict in (Verdict.keep, Verdict.indifferent)
    choice = f"adopt:{best.variant}" if best else ("keep" if none else None)
    if trial.decision:
        choice = f"adopt:{trial.winner}" if trial.decision == Choice.adopt.value else "keep"
    initial = {
        "choice": choice,
        "decided": trial.decided or here.today,
        "reason": trial.result or (leading.reason.render(language()) if leading else ""),
        "applied": bool(trial.applied),
    }
    return DecideForm(initial=initial, variants=trial.variants[1:])


def _write(
    request: MemberRequest,
    here: Current,
    trial: Trial,
    fields: dict[str, Any],
    note: Text,
    said: Text,
    what: str = "experiment.decided",
) -> HttpResponse:
    """Write fields of an experiment as a revision; two people at once get both versions to choose from."""
    page = reverse("experiment", args=[request.workspace.slug, trial.id])
    row = store.row_of(request.workspace, TABLE, trial.id, here.scenario)
    if row is None:
        raise Http404
    body = {name: value for name, value in {**row.body, **fields}.items() if value not in (None, "")}
    change = store.Change(TABLE, trial.id, body, base=number(request.POST.get("base", "")))
    try:
        changing.keep(request.workspace, request.user, change, here.scenario, answers.note(request, note))
    except store.Conflict as found:
        return answers.conflict(request, found, trial.name, page)
    record(request.workspace, request.user, what, trial.id)
    messages.success(request, said.render(language()))
    return redirect(page)
