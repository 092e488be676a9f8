"""Decisions: taken, due, done. They come back until they are done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gouvernail.base.text import T, Text
from gouvernail.plan.model import Decision, Plan
from gouvernail.web.bearings import shelf
from gouvernail.web.plans import store
from gouvernail.web.rhythm import answers, elements
from gouvernail.web.rhythm.dues import State, open_decisions, state_of
from gouvernail.web.rhythm.forms import DecisionForm, DoneForm, PostponeForm
from gouvernail.web.rhythm.links import element_link
from gouvernail.web.rhythm.rows import DecisionRow, decision_row
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record

TITLES = {
    State.overdue: T("Overdue"),
    State.soon: T("Due within two weeks"),
    State.open: T("Still open"),
    State.done: T("Decisions that are done"),
}


@member(Permission.read)
def index(request: MemberRequest) -> HttpResponse:
    """Show all decisions by where they stand."""
    plan, today = store.read(request.workspace), shelf.today(request.workspace)
    done = sorted(
        (one for one in plan.decisions if one.done), key=lambda one: one.done or today, reverse=True
    )
    rows: dict[State, list[DecisionRow]] = {state: [] for state in State}
    for one in (*open_decisions(plan), *done):
        rows[state_of(one, today)].append(decision_row(request.workspace.slug, plan, one, today))
    context = {
        "states": [(state, TITLES[state], found) for state, found in rows.items() if found],
        "count": len(plan.decisions),
        "form": DecisionForm(plan=plan),
        "tab": "decisions",
    }
    return render(request, "rhythm/decisions.html", context)


@member(Permission.decide)
def new(request: MemberRequest) -> HttpResponse:
    """Write a decision down."""
    plan = store.read(request.workspace)
    form = DecisionForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        write(request, form)
        answers.say(request, T("Written down. It comes back until it is done."))
        return redirect("decisions", request.workspace.slug)
    context = {
        "form": form,
        "title": T("Write a decision down"),
        "url": reverse("decision-new", args=[request.workspace.slug]),
        "button": T("Write it down"),
        "tab": "decisions",
    }
    return _panel(request, context)


def write(request: MemberRequest, form: DecisionForm) -> str:
    """Write the decision of a valid form into the plan; return its id."""
    given = form.cleaned_data
    id = elements.add(
        request.workspace,
        request.user,
        "decisions",
        given["title"],
        {
            "title": given["title"],
            "text": given["text"],
            "owner": given["owner"],
            "date": shelf.today(request.workspace).isoformat(),
            "due": given["due"].isoformat() if given["due"] else None,
            "about": given["about"],
        },
        answers.note(request, T("Decided: {decision}", decision=given["title"])),
    )
    record(request.workspace, request.user, "decision.taken", id)
    return id


@member(Permission.edit)
def done(request: MemberRequest, id: str) -> HttpResponse:
    """Say that a decision is done, and what came of it."""
    plan, decision = _decision(request, id)
    form = DoneForm(
        request.POST or None,
        initial={"done": shelf.today(request.workspace), "follow_up": decision.follow_up},
    )
    if request.method == "POST" and form.is_valid():
        fields = {
            "done": form.cleaned_data["done"].isoformat(),
            "follow_up": form.cleaned_data["follow_up"],
        }
        said = T("Done: {decision}", decision=decision.name)
        return _write(
            request, decision, fields, said, "decision.done", T("Well done: it comes back no more.")
        )
    return _ask(request, plan, decision, form, "decision-done", T("It is done"), T("Write it down"))


@member(Permission.edit)
def postpone(request: MemberRequest, id: str) -> HttpResponse:
    """Give a decision another day, and say why."""
    plan, decision = _decision(request, id)
    form = PostponeForm(request.POST or None, initial={"due": decision.due})
    if request.method == "POST" and form.is_valid():
        due, why = form.cleaned_data["due"], form.cleaned_data["why"]
        was = f"{decision.due.isoformat()} → {due.isoformat()}" if decision.due else due.isoformat()
        fields = {
            "due": due.isoformat(),
            "follow_up": "\n".join(filter(None, (decision.follow_up, f"{was}: {why}"))),
        }
        said = T("Later: {decision}", decision=decision.name)
        return _write(
            request, decision, fields, said, "decision.postponed", T("It comes back on the new day.")
        )
    return _ask(
        request, plan, decision, form, "decision-postpone", T("Another day"), T("Give it another day")
    )


@member(Permission.edit)
def reopen(request: MemberRequest, id: str) -> HttpResponse:
    """Open a decision again that was done too early."""
    _, decision = _decision(request, id)
    if request.method != "POST":
        return redirect("decisions", request.workspace.slug)
    said = T("Open again: {decision}", decision=decision.name)
    return _write(request, decision, {"done": None}, said, "decision.reopened", T("It is open again."))


def _decision(request: MemberRequest, id: str) -> tuple[Plan, Decision]:
    plan = store.read(request.workspace)
    found = plan.get(id)
    if not isinstance(found, Decision):
        raise Http404
    return plan, found


def _write(
    request: MemberRequest, decision: Decision, fields: dict[str, Any], note: Text, what: str, said: Text
) -> HttpResponse:
    here = reverse("decisions", args=[request.workspace.slug])
    try:
        elements.change(
            request.workspace,
            request.user,
            "decisions",
            decision.id,
            fields,
            answers.note(request, note),
            answers.number(request.POST.get("base")),
        )
    except store.Conflict as found:
        return answers.conflict(request, found, decision.name, here)
    record(request.workspace, request.user, what, decision.id)
    answers.say(request, said)
    return answers.return_to(request, here)


def _ask(
    request: MemberRequest,
    plan: Plan,
    decision: Decision,
    form: forms.Form,
    url: str,
    title: Text,
    button: Text,
) -> HttpResponse:
    slug = request.workspace.slug
    context = {
        "form": form,
        "title": title,
        "decision": decision_row(slug, plan, decision, shelf.today(request.workspace)),
        "element_url": element_link(slug, plan, decision.id),
        "url": reverse(url, args=[slug, decision.id]),
        "button": button,
        "base": store.head(request.workspace),
        "back": answers.back_from(request, reverse("decisions", args=[slug])),
        "tab": "decisions",
    }
    return _panel(request, context)


def _panel(request: MemberRequest, context: dict[str, Any]) -> HttpResponse:
    # In the dialog of a list, or on a page of its own.
    panel = request.htmx and request.method == "GET"  # type: ignore[attr-defined]
    return render(request, "rhythm/decision_form.html" if panel else "rhythm/decision_page.html", context)
