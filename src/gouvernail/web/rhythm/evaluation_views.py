"""Evaluating an objective (the numbers) and reviewing it (is it still right?), as dated records of the plan."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from gouvernail.base.outcome import Estimate
from gouvernail.base.text import T
from gouvernail.base.units import Unit
from gouvernail.bearing.model import ObjectiveStatus
from gouvernail.plan.model import Evaluation, Objective, RecordKind
from gouvernail.report.context import progress_sentence
from gouvernail.web.bearings.current import Current, current
from gouvernail.web.plans import store
from gouvernail.web.rhythm import answers, elements
from gouvernail.web.rhythm.forms import EvaluationForm, ReviewForm
from gouvernail.web.rhythm.links import element_link, link, section_of
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record


@member(Permission.edit)
def evaluate(request: MemberRequest, id: str) -> HttpResponse:
    """Write down where an objective stands: its value, how sure the team is, what it means."""
    here, objective = current(request), _objective(request, id)
    status = _status(here, id)
    form = EvaluationForm(
        request.POST or None,
        ratio=status is not None and status.unit is Unit.ratio,
        initial={"date": here.today, "value": _value(status)},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        fields = {
            "title": answers.note(
                request, T("Evaluation of “{objective}”, {day}", objective=objective.name, day=given["date"])
            ),
            "value": None if given["value"] is None else str(given["value"]),
            "confidence": given["confidence"] or None,
            "note": given["note"],
        }
        _write(request, objective, given["date"].isoformat(), fields, "evaluation")
        answers.say(request, T("Evaluated. The next one comes back by its cadence."))
        return answers.return_to(request, _page(request, here, id))
    return _ask(request, here, objective, form, RecordKind.evaluation)


@member(Permission.decide)
def review(request: MemberRequest, id: str) -> HttpResponse:
    """Write down whether an objective is still right: kept, changed, dropped."""
    here, objective = current(request), _objective(request, id)
    form = ReviewForm(request.POST or None, initial={"date": here.today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        fields = {
            "title": answers.note(
                request, T("Review of “{objective}”, {day}", objective=objective.name, day=given["date"])
            ),
            "type": RecordKind.review.value,
            "note": given["note"],
            "tags": [given["verdict"]],
        }
        _write(request, objective, given["date"].isoformat(), fields, "review")
        edit = link("element-edit", request.workspace.slug, section_of(objective), id)
        if given["verdict"] != "keep" and edit:
            answers.say(
                request, T("Reviewed. Now write what changes, or take the objective out of the plan.")
            )
            return redirect(edit)
        answers.say(request, T("Reviewed. The next one comes back by its cadence."))
        return answers.return_to(request, _page(request, here, id))
    return _ask(request, here, objective, form, RecordKind.review)


def _write(request: MemberRequest, objective: Objective, day: str, fields: dict[str, Any], what: str) -> None:
    body = {"objective": objective.id, "date": day, "owner": request.membership.person, **fields}
    id = elements.add(
        request.workspace,
        request.user,
        "evaluations",
        f"{what}-{objective.id[:40]}-{day}",
        body,
        str(fields["title"]),
    )
    record(request.workspace, request.user, f"objective.{what}", objective.id, record=id)


def _ask(
    request: MemberRequest, here: Current, objective: Objective, form: Any, type_: RecordKind
) -> HttpResponse:
    slug = request.workspace.slug
    status = _status(here, objective.id)
    context = {
        "current": here,
        "objective": objective,
        "objective_url": _page(request, here, objective.id),
        "status": status,
        "progress": progress_sentence(status, here.bearing.currency) if status and here.bearing else None,
        "form": form,
        "type": type_,
        "earlier": _earlier(here, objective.id),
        "back": answers.back_from(request, link("rhythm", slug)),
        "tab": "rhythm",
    }
    return render(request, "rhythm/evaluation.html", context)


def _objective(request: MemberRequest, id: str) -> Objective:
    found = store.read(request.workspace).get(id)
    if not isinstance(found, Objective):
        raise Http404
    return found


def _status(here: Current, id: str) -> ObjectiveStatus | None:
    found = here.bearing.objectives if here.bearing else ()
    return next((one for one in found if one.id == id), None)


def _value(status: ObjectiveStatus | None) -> str:
    if status is None or not isinstance(status.current, Estimate):
        return ""
    return f"{status.current.value:.6g}" if abs(status.current.value) < 1e5 else f"{status.current.value:.0f}"


def _earlier(here: Current, id: str) -> list[Evaluation]:
    mine = (one for one in here.plan.evaluations if one.objective == id)
    return sorted(mine, key=lambda one: one.date, reverse=True)[:6]


def _page(request: MemberRequest, here: Current, id: str) -> str:
    return element_link(request.workspace.slug, here.plan, id) or link("rhythm", request.workspace.slug)
