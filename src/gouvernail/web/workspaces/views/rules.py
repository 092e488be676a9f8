"""The rules: thresholds, and those turned off with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from gouvernail.base.text import T
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.rule import Rule
from gouvernail.plan.model import Ignore
from gouvernail.web.bearings import shelf
from gouvernail.web.look.forms import words
from gouvernail.web.plans import store
from gouvernail.web.workspaces import tuning
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.bodies import rewrite_rules
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.rulepage import page_of, sources_of


@member(Permission.read)
def rules(request: MemberRequest) -> HttpResponse:
    """List every rule."""
    return render(
        request, "workspaces/rules.html", {"families": tuning.families(store.read(request.workspace))}
    )


@member(Permission.read)
def rule(request: MemberRequest, code: str) -> HttpResponse:
    """Show one rule; whoever may change the plan tunes it, or turns it off."""
    if code not in RULES:
        raise Http404
    found, plan = RULES[code], store.read(request.workspace)
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    if request.method == "POST" and not request.membership.may(Permission.edit):
        raise PermissionDenied
    parameters = tuning.ParametersForm(found, plan, request.POST if asked == "tune" else None)
    reason = tuning.ReasonForm(request.POST if asked == "off" else None)
    if _done(request, asked, found, parameters, reason):
        messages.success(request, words(T("{code} is saved.", code=code)))
        return redirect("settings-rule", slug=request.workspace.slug, code=code)
    shown = {
        "rule": found,
        "text": page_of(found),
        "sources": sources_of(found),
        "off": tuning.off(plan.rules, code),
        "set_aside": [one for one in plan.rules.ignore if one.rule == code and one.elements],
        "parameters": parameters,
        "reason": reason,
    }
    return render(request, "workspaces/rule.html", shown)


def _done(
    request: MemberRequest,
    asked: str,
    found: Rule,
    parameters: tuning.ParametersForm,
    reason: tuning.ReasonForm,
) -> bool:
    code, workspace, user = found.code, request.workspace, request.user
    if asked == "tune" and parameters.is_valid():
        rewrite_rules(workspace, user, lambda now: tuning.tuned(now, code, parameters.cleaned_data))
    elif asked == "off" and reason.is_valid():
        entry = Ignore(
            rule=code, reason=reason.cleaned_data["reason"], by=str(user), day=shelf.today(workspace)
        )
        rewrite_rules(workspace, user, lambda now: tuning.turned_off(now, entry), note=entry.reason)
    elif asked == "on":
        rewrite_rules(workspace, user, lambda now: tuning.turned_on(now, code))
    else:
        return False
    return True
