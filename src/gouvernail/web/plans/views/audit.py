"""The guided audit on a page: one question at a time, what the answer solved at once, left and taken up at will."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T, Text
from gouvernail.checks.guide.interview import Interview, Step
from gouvernail.web.bearings import shelf
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import changing, wizard
from gouvernail.web.plans.branch import Branch, branch, loaded
from gouvernail.web.plans.models import AuditProgress
from gouvernail.web.plans.numbers import number
from gouvernail.web.plans.standing import at_once, standing
from gouvernail.web.plans.store import Conflict
from gouvernail.web.plans.wizard import Effect
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission


@member(Permission.edit)
def audit(request: MemberRequest) -> HttpResponse:
    """Ask the next question, or take an answer and ask the one after."""
    progress, _ = AuditProgress.objects.get_or_create(membership=request.membership)
    part = request.POST.get("part", request.GET.get("part", ""))
    if request.method == "POST":
        return _taken(request, progress, part)
    here = branch(request)
    step = wizard.step_at(request.GET.get("step", ""), here.plan)
    return _page(request, here, progress, part, step=step)


def _taken(request: MemberRequest, progress: AuditProgress, part: str) -> HttpResponse:
    here = branch(request)
    step = wizard.step_at(request.POST.get("step", ""), here.plan)
    action = request.POST.get("action", "answer")
    if action == "again":
        progress.skipped, progress.asked = [], []
        progress.save()
        return _page(request, here, progress, part)
    if action == "back":
        return _page(request, here, progress, part, step=_back(progress, here, step))
    if step is None:
        return _page(request, here, progress, part)
    if action == "skip":
        _remember(progress, step.key)
        progress.skipped = [*dict.fromkeys([*progress.skipped, step.key])]
        progress.save()
        return _page(request, here, progress, part)
    return _answered(request, here, progress, part, step)


def _answered(
    request: MemberRequest, here: Branch, progress: AuditProgress, part: str, step: Step
) -> HttpResponse:
    words = (
        ";".join(request.POST.getlist("answer"))
        if step.question.form.several and len(request.POST.getlist("answer")) > 1
        else request.POST.get("answer", "")
    )
    if not words.strip():
        return _page(request, here, progress, part, step=step, fault=T("Answer, or pass over the question."))
    if wizard.already(step, here.plan, words):
        return _page(request, here, progress, part)
    interview, before = _interview(request, here, progress, ""), loaded(request, here)
    try:
        after = interview.take(step, words, language())
        change, element = wizard.written(step, here.plan, after.plan, _base(request, here))
        changing.keep(request.workspace, request.user, change, here.scenario)
    except UsageError as error:
        return _page(request, here, progress, part, step=step, fault=error.message, words=words)
    except Conflict as conflict:
        who = conflict.theirs.revision.author
        fault = T("{who} has just changed this element: look at it again.", who=str(who or ""))
        return _page(request, branch(request), progress, part, step=step, fault=fault, words=words)
    _remember(progress, Step(step.topic, step.question, None if element == "organisation" else element).key)
    progress.skipped = sorted(after.skipped)
    progress.save()
    here = branch(request)
    pair = before, loaded(request, here)
    return _page(request, here, progress, part, effect=wizard.effect(step, pair, element, interview.today))


def _page(
    request: MemberRequest,
    here: Branch,
    progress: AuditProgress,
    part: str,
    *,
    step: Step | None = None,
    effect: Effect | None = None,
    fault: Text | None = None,
    words: str = "",
) -> HttpResponse:
    everything = _interview(request, here, progress, "")
    limited = _interview(request, here, progress, part) if part else everything
    step = step or limited.step
    found = wizard.asked(step, here.plan, language()) if step else None
    context: dict[str, Any] = {
        "branch": here,
        "asked": found,
        "parts": wizard.parts(here.plan, everything, wizard.part_of(step.topic) if step else ""),
        "part": part if part in wizard.PARTS else "",
        "effect": effect,
        "fault": fault,
        "words": words,
        "standing": at_once(loaded(request, here), everything.today),
        "skipped": len(progress.skipped),
        "may_go_back": bool(progress.asked),
        "base": here.head,
    }
    whole = sum(one.whole for one in context["parts"])
    context["done"], context["whole"] = sum(one.done for one in context["parts"]), whole
    template = "plans/audit_step.html" if request.htmx else "plans/audit.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@member(Permission.edit)
def score(request: MemberRequest) -> HttpResponse:
    """Say how a large plan stands with the rules: asked for by the audit's page, once that is shown."""
    found = standing(loaded(request, branch(request)), shelf.today(request.workspace))
    return render(request, "plans/audit_score.html", {"standing": found})


def _interview(request: MemberRequest, here: Branch, progress: AuditProgress, part: str) -> Interview:
    return wizard.interview(here.plan, shelf.today(request.workspace), progress.skipped, part)


def _back(progress: AuditProgress, here: Branch, step: Step | None) -> Step | None:
    """The step before this one that is still there; one passed over is open again."""
    while progress.asked:
        key = progress.asked[-1]
        progress.asked = progress.asked[:-1]
        found = wizard.step_at(key, here.plan)
        if found is not None and (step is None or key != step.key):
            progress.skipped = [one for one in progress.skipped if one != key]
            progress.save()
            return found
    progress.save()
    return step


def _remember(progress: AuditProgress, key: str) -> None:
    progress.asked = [*(one for one in progress.asked if one != key), key][-wizard.REMEMBERED :]


def _base(request: MemberRequest, here: Branch) -> int:
    words = request.POST.get("base", "")
    found = number(words)
    return here.head if found is None else found
