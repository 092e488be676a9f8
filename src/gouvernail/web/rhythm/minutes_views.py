"""Minutes: what was said and decided at a meeting, written while it goes on, closed, opened again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gouvernail.base.text import T, Text
from gouvernail.plan.model import Plan
from gouvernail.web.bearings import shelf
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import store
from gouvernail.web.rhythm import answers, decision_views, elements, minutes
from gouvernail.web.rhythm.forms import DecisionForm, MinutesForm
from gouvernail.web.rhythm.models import Minutes
from gouvernail.web.rhythm.rows import decision_row, named
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record

CLOSED = T("The meeting was closed meanwhile: this was not kept. Open it again to go on.")
OTHERS = T(
    "Somebody else wrote in these minutes meanwhile: this was not kept, so that nothing of theirs is lost."
)


@member(Permission.read)
def minutes_of(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the minutes of one meeting: to write while it is going on, to read and print after."""
    return _page(request, _minutes(request, pk))


@member(Permission.decide)
@require_POST
def write(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep the notes; with `close`, close the meeting: its day stands in the plan then."""
    form = MinutesForm(request.POST)
    if not form.is_valid():
        answers.complain(request, form.errors)
        return redirect("minutes", request.workspace.slug, pk)
    with transaction.atomic():
        made = _minutes(request, pk, held=True)
        missed = _missed(made, form.cleaned_data)
        if missed is None:
            made.present, made.notes = form.cleaned_data["present"], form.cleaned_data["notes"]
            if "close" in request.POST:
                _close(request, made)
            made.save()
    if request.htmx:  # type: ignore[attr-defined]
        return render(
            request, "rhythm/saved.html", {"moment": timezone.now(), "missed": missed, "mark": _mark(made)}
        )
    if missed:
        return _page(request, made, missed, form.cleaned_data)
    record(request.workspace, request.user, "meeting.noted", made.meeting, minutes=made.pk)
    answers.say(request, T("The meeting is closed.") if made.closed else T("The notes are kept."))
    return redirect("minutes", request.workspace.slug, pk)


@member(Permission.decide)
@require_POST
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Go on with a meeting that was closed too early."""
    with transaction.atomic():
        made = _minutes(request, pk, held=True)
        other = Minutes.objects.filter(workspace=request.workspace, meeting=made.meeting, closed=None)
        free = not other.exists()
        if free:
            made.closed = None
            made.save(update_fields=["closed"])
    if free:
        record(request.workspace, request.user, "meeting.reopened", made.meeting, minutes=made.pk)
        answers.say(request, T("The meeting is open again."))
    elif made.closed:
        answers.say(
            request, T("This meeting is going on already, with other minutes: close those first."), wrong=True
        )
    return redirect("minutes", request.workspace.slug, pk)


@member(Permission.decide)
@require_POST
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Write down a decision that was taken at the meeting."""
    form = DecisionForm(request.POST, plan=store.read(request.workspace))
    with transaction.atomic():
        made = _minutes(request, pk, held=True)
        if made.closed is None and form.is_valid():
            made.decisions = [*made.decisions, decision_views.write(request, form)]
            made.save(update_fields=["decisions"])
            form = DecisionForm(plan=store.read(request.workspace))
    if made.closed:
        form.is_valid()
        form.add_error(None, CLOSED.render(language()))
    if not request.htmx:  # type: ignore[attr-defined]
        answers.complain(request, form.errors)
        return redirect("minutes", request.workspace.slug, pk)
    plan, slug = store.read(request.workspace), request.workspace.slug
    context = {
        "minutes": made,
        "decisions": _decisions(plan, made, slug, shelf.today(request.workspace)),
        "decision_form": form,
        "writing": True,
    }
    return render(request, "rhythm/minutes_decisions.html", context)


def _close(request: MemberRequest, made: Minutes) -> None:
    made.closed = timezone.now()
    body = elements.body_of(request.workspace, "meetings", made.meeting)
    # A meeting taken out of the plan meanwhile keeps its minutes; one noted with a later day keeps that day.
    if body is not None and (body.get("last") or "") < made.held.isoformat():
        elements.change(
            request.workspace,
            request.user,
            "meetings",
            made.meeting,
            {"last": made.held.isoformat()},
            answers.note(request, T("Held: {meeting}", meeting=body.get("title") or made.meeting)),
        )
    record(
        request.workspace,
        request.user,
        "meeting.closed",
        made.meeting,
        minutes=made.pk,
        decisions=list(made.decisions),
    )


def _page(
    request: MemberRequest, made: Minutes, missed: Text | None = None, mine: dict[str, str] | None = None
) -> HttpResponse:
    """Show minutes; with what could not be kept of the reader's own words, if anything."""
    plan, slug = store.read(request.workspace), request.workspace.slug
    first = {"present": made.present, "notes": made.notes, "was": _mark(made)}
    context: dict[str, Any] = {
        "minutes": made,
        "meeting": named(slug, plan, made.meeting),
        "agenda": minutes.restored(made.agenda, slug, plan),
        "decisions": _decisions(plan, made, slug, shelf.today(request.workspace)),
        "form": MinutesForm(initial=first),
        "decision_form": DecisionForm(plan=plan),
        "writing": made.closed is None and request.membership.may(Permission.decide),
        "missed": missed,
        "mine": mine,
        "tab": "meetings",
    }
    return render(request, "rhythm/minutes.html", context, status=409 if missed else 200)


def _missed(made: Minutes, given: dict[str, str]) -> Text | None:
    """Return why somebody's notes are not kept, None where they are."""
    if made.closed:
        return CLOSED
    same = (given["present"], given["notes"]) == (made.present, made.notes)
    return None if same or given["was"] in ("", _mark(made)) else OTHERS


def _mark(made: Minutes) -> str:
    return minutes.mark(made.present, made.notes)


def _decisions(plan: Plan, made: Minutes, slug: str, today: date) -> list[Any]:
    known = {one.id: one for one in plan.decisions}
    return [decision_row(slug, plan, known[id], today) for id in made.decisions if id in known]


def _minutes(request: MemberRequest, pk: int, *, held: bool = False) -> Minutes:
    """The minutes; `held` until the transaction ends, so that two who write at once write one after the other."""
    mine = Minutes.objects.filter(workspace=request.workspace)
    return get_object_or_404(mine.select_for_update() if held else mine, pk=pk)
