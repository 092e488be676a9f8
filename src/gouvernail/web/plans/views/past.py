"""The history of the plan: revisions, one revision, any two compared, undone or brought back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gouvernail.base.text import T
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import changing, comparing, store
from gouvernail.web.plans import history as past
from gouvernail.web.plans.branch import branch
from gouvernail.web.plans.models import PlanRevision
from gouvernail.web.plans.numbers import number
from gouvernail.web.plans.store import Conflict
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record

PER_PAGE = 30


@member(Permission.read)
def history(request: MemberRequest) -> HttpResponse:
    """List the revisions of the plan, the newest first."""
    here = branch(request)
    page = Paginator(past.revisions(request.workspace, here.scenario), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "plans/history.html", {"branch": here, "page": page, "head": here.head})


@member(Permission.read)
def revision(request: MemberRequest, number: int) -> HttpResponse:
    """Show what one revision changed."""
    here = branch(request)
    found = _revision(request, number)
    pairs = comparing.between(request.workspace, number - 1, number, found.scenario)
    return render(
        request,
        "plans/revision.html",
        {
            "branch": here,
            "revision": found,
            "moves": comparing.comparison(pairs, request.GET.dict(), here.plan),
            "newest": number == here.head,
            "mine": found.scenario_id == (here.scenario.pk if here.scenario else None),
        },
    )


@member(Permission.read)
def compare(request: MemberRequest) -> HttpResponse:
    """Compare the plan at two revisions: `?a=3&b=7`; of the last two where not said."""
    here = branch(request)
    if not here.head:
        return redirect("plan-history", request.workspace.slug)
    asked = [word for word in (request.GET.get("a", ""), request.GET.get("b", "")) if word]
    numbers = [one for word in asked if (one := number(word)) is not None]
    if len(numbers) != len(asked):
        raise Http404
    a, b = sorted(numbers) if len(numbers) == 2 else (max(here.head - 1, 0), here.head)
    if len(numbers) == 2 and not _there(request, {a, b} - {0}):
        raise Http404
    pairs = comparing.between(request.workspace, a, b, here.scenario)
    people = comparing.writers(request.workspace, pairs)
    return render(
        request,
        "plans/compare.html",
        {
            "branch": here,
            "a": a,
            "b": b,
            "moves": comparing.comparison(pairs, request.GET.dict(), here.plan, people),
            "keep": (("a", a), ("b", b)),
            "revisions": past.revisions(request.workspace, here.scenario)[:100],
        },
    )


@member(Permission.decide)
@require_POST
def label(request: MemberRequest, number: int) -> HttpResponse:
    """Give a state of the plan a name, such as “approved”."""
    found = _revision(request, number)
    found.label = request.POST.get("label", "").strip()[:120]
    found.save(update_fields=["label"])
    record(request.workspace, request.user, "revision.labelled", found.label, revision=number)
    messages.success(request, T("It is kept.").render(language()))
    return redirect("plan-revision", request.workspace.slug, number)


@member(Permission.edit)
@require_POST
def undo(request: MemberRequest, number: int) -> HttpResponse:
    """Take back what one revision changed, as a new revision."""
    here = branch(request)
    found = _revision(request, number)
    if found.scenario_id != (here.scenario.pk if here.scenario else None):
        raise Http404
    note = T("Revision {n} undone", n=number).render(language())
    try:
        made = store.commit(
            request.workspace,
            request.user,
            changing.undone(request.workspace, found),
            note=note,
            scenario=here.scenario,
        )
    except Conflict as conflict:
        words = T(
            "“{element}” was changed again since, in revision {n}: undo that one first, or bring back an earlier version of it.",
            element=conflict.element,
            n=conflict.theirs.number,
        )
        messages.error(request, words.render(language()))
        return redirect("plan-revision", request.workspace.slug, number)
    return _done(request, made, T("Undone. Nothing is lost: the history holds both."))


@member(Permission.decide)
@require_POST
def bring_back(request: MemberRequest, number: int) -> HttpResponse:
    """Bring the whole plan back to what it was at a revision, as a new revision."""
    here = branch(request)
    _revision(request, number)
    if request.POST.get("head") != str(here.head):
        messages.error(
            request, T("The plan was changed meanwhile: look at it again first.").render(language())
        )
        return redirect("plan-revision", request.workspace.slug, number)
    then = store.read(request.workspace, number=number, scenario=here.scenario)
    note = T("Plan brought back to revision {n}", n=number).render(language())
    changes = store.replacement(request.workspace, then, here.scenario).changes
    made = store.commit(request.workspace, request.user, changes, note=note, scenario=here.scenario)
    return _done(request, made, T("The plan is as it was then. Nothing is lost: the history holds both."))


def _done(request: MemberRequest, made: PlanRevision | None, words: object) -> HttpResponse:
    if made is None:
        messages.info(request, T("Nothing differs: nothing was written.").render(language()))
        return redirect("plan-history", request.workspace.slug)
    messages.success(request, words.render(language()))  # type: ignore[attr-defined]
    return redirect("plan-revision", request.workspace.slug, made.number)


def _revision(request: MemberRequest, number: int) -> PlanRevision:
    return get_object_or_404(
        PlanRevision.objects.select_related("author", "scenario"), workspace=request.workspace, number=number
    )


def _there(request: MemberRequest, numbers: set[int]) -> bool:
    return PlanRevision.objects.filter(workspace=request.workspace, number__in=numbers).count() == len(
        numbers
    )
