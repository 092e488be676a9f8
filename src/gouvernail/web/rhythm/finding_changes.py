"""What people do with a finding: give it to somebody, begin it, set it aside, let it count again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gouvernail.base.text import T
from gouvernail.plan.model import Plan
from gouvernail.web.bearings import shelf
from gouvernail.web.plans.models import Scenario
from gouvernail.web.rhythm import answers, asides, rule_pages, tasks
from gouvernail.web.rhythm.forms import AsideForm, AssignForm
from gouvernail.web.rhythm.links import finding_link, name_of
from gouvernail.web.rhythm.mails import origin
from gouvernail.web.rhythm.models import Assignment
from gouvernail.web.rhythm.people import members
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record

LONGEST = 200
"""Letters of a finding's identity that are kept."""


@member(Permission.edit)
@require_POST
def assign(request: MemberRequest) -> HttpResponse:
    """Give a finding to somebody, by a day; to nobody, it is free again."""
    identity = _identity(request)
    form = assign_form(request, None, request.POST)
    if not form.is_valid():
        answers.complain(request, form.errors)
        return redirect(finding_link(request.workspace.slug, identity))
    who, due = form.cleaned_data["assignee"], form.cleaned_data["due"]
    mine = Assignment.objects.filter(workspace=request.workspace, finding=identity)
    if who is None:
        mine.delete()
        said = T("Nobody has this finding any more.")
    else:
        had = mine.filter(done=None).values_list("assignee", flat=True).first()
        made, _ = Assignment.objects.update_or_create(
            workspace=request.workspace,
            finding=identity,
            defaults={"assignee": who, "due": due, "author": request.user, "done": None},
        )
        if who.pk not in (had, request.user.pk):
            tasks.given.enqueue(made.pk, who.pk, origin(request))
        said = T("{person} has this finding now.", person=str(who))
    record(
        request.workspace,
        request.user,
        "finding.assigned",
        identity,
        to=who.email if who else "",
        due=due.isoformat() if due else "",
    )
    answers.say(request, said)
    return answers.return_to(request, reverse("findings", args=[request.workspace.slug]))


@member(Permission.comment)
@require_POST
def work(request: MemberRequest) -> HttpResponse:
    """Mark a finding as being worked on, by whoever says so where nobody has it; or take that mark away."""
    identity = _identity(request)
    given, fresh = Assignment.objects.get_or_create(
        workspace=request.workspace,
        finding=identity,
        defaults={"assignee": request.user, "author": request.user, "begun": timezone.now()},
    )
    if not fresh:
        given.begun = None if given.begun else timezone.now()
        given.save(update_fields=["begun"])
    record(
        request.workspace,
        request.user,
        "finding.begun" if given.begun else "finding.paused",
        identity,
    )
    answers.say(
        request,
        T("Marked as being worked on.") if given.begun else T("No longer marked as being worked on."),
    )
    return answers.return_to(request, reverse("findings", args=[request.workspace.slug]))


@member(Permission.edit)
@require_POST
def aside(request: MemberRequest) -> HttpResponse:
    """Set a finding aside, with a reason that stands in the plan."""
    identity = _identity(request)
    code, element = _parts(identity)
    form = AsideForm(request.POST)
    if not form.is_valid():
        answers.say(request, T("Say why in a few words: the next reader will ask."), wrong=True)
        return redirect(finding_link(request.workspace.slug, identity))
    scenario, plan = _scenario(request)
    made = asides.set_aside(
        request.workspace,
        request.user,
        scenario,
        code=code,
        element=element,
        reason=form.cleaned_data["reason"],
        note=answers.note(
            request, T("{rule} set aside on “{element}”", rule=code, element=name_of(plan, element))
        ),
    )
    if made:
        answers.say(
            request, T("Set aside, with its reason in the plan. It can be taken back under “Set aside”.")
        )
    else:
        answers.say(request, T("It was set aside already."))
    return answers.return_to(request, reverse("findings", args=[request.workspace.slug]))


@member(Permission.edit)
@require_POST
def back(request: MemberRequest) -> HttpResponse:
    """Let a finding count again that was set aside."""
    code, element = _parts(_identity(request))
    scenario, plan = _scenario(request)
    made = asides.take_back(
        request.workspace,
        request.user,
        scenario,
        code=code,
        element=element,
        note=answers.note(
            request, T("{rule} judges “{element}” again", rule=code, element=name_of(plan, element))
        ),
    )
    answers.say(request, T("It counts again.") if made else T("It counts already."))
    return answers.return_to(request, reverse("findings", args=[request.workspace.slug]))


def assign_form(request: MemberRequest, given: Assignment | None, data: Any = None) -> AssignForm:
    """Return the form that gives a finding to somebody, filled with who has it."""
    people = members(request.workspace, may=Permission.comment)
    first = {"assignee": given.assignee_id, "due": given.due} if given else {}
    return AssignForm(data, people=people, initial=first)


def _identity(request: MemberRequest) -> str:
    identity = request.POST.get("id", "").strip()
    if not identity or len(identity) > LONGEST or not rule_pages.known(identity[:5]):
        raise Http404
    return identity


def _parts(identity: str) -> tuple[str, str]:
    code, element = [*identity.split(":"), "", ""][:2]
    if not element:
        raise Http404
    return code, element


def _scenario(request: MemberRequest) -> tuple[Scenario | None, Plan]:
    """Return the scenario that a form was written in (None for the plan), and its plan as it stands."""
    pk = request.POST.get("scenario", "")
    scenario = None
    if pk.isdecimal():
        open_ = Scenario.objects.filter(workspace=request.workspace, dropped=None, merged=None)
        scenario = get_object_or_404(open_, pk=int(pk))
    return scenario, shelf.question(request.workspace, scenario=scenario).loaded.plan
