"""“What I owe”: one list for the person who is signed in."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gouvernail.base.text import T
from gouvernail.web.accounts.models import User
from gouvernail.web.bearings.current import Current, current
from gouvernail.web.rhythm import answers, dues
from gouvernail.web.rhythm.counting import unanswered
from gouvernail.web.rhythm.forms import MeForm
from gouvernail.web.rhythm.links import element_link, finding_link, link
from gouvernail.web.rhythm.models import Assignment
from gouvernail.web.rhythm.owed import Call, Given, Kind, Me, Owed, owed
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record


@member(Permission.read)
def index(request: MemberRequest) -> HttpResponse:
    """Show what the reader owes, what is overdue first; and what comes up for everybody."""
    here = current(request)
    mine = Assignment.objects.filter(workspace=request.workspace, assignee=request.user, done=None)
    given = list(_given(here, mine))
    me = Me.of(here.plan, request.membership.person, request.user.email)
    found = owed(here.plan, me, here.today, given=given, calls=_calls(request))
    entries = [(one, *_leads(request, here, one)) for one in found]
    context = {
        "current": here,
        "late": [entry for entry in entries if entry[0].late],
        "ahead": [entry for entry in entries if not entry[0].late],
        "solved": [one for one in given if one.words is None] if here.bearing and not here.older else [],
        "me_form": MeForm(plan=here.plan, initial={"person": request.membership.person}),
        "person": here.plan.get(request.membership.person) if request.membership.person else None,
        "meetings": dues.meetings(here.plan, here.today)[:3],
        "decisions_late": sum(
            1 for one in here.plan.decisions if dues.state_of(one, here.today) is dues.State.overdue
        ),
        "tab": "rhythm",
    }
    return render(request, "rhythm/owed.html", context)


@member(Permission.read)
@require_POST
def me(request: MemberRequest) -> HttpResponse:
    """Say which person of the plan the reader is."""
    form = MeForm(request.POST, plan=current(request).plan)
    if form.is_valid():
        request.membership.person = form.cleaned_data["person"]
        request.membership.save(update_fields=["person"])
        record(
            request.workspace,
            request.user,
            "member.linked",
            request.user.email,
            person=request.membership.person,
        )
        answers.say(request, T("Saved: what the plan asks of you stands in your list now."))
    return redirect("rhythm", request.workspace.slug)


@member(Permission.read)
@require_POST
def close_solved(request: MemberRequest) -> HttpResponse:
    """Take findings that are gone off the reader's list."""
    here = current(request)
    mine = Assignment.objects.filter(workspace=request.workspace, assignee=request.user, done=None)
    gone = [one.identity for one in _given(here, mine) if one.words is None]
    if here.bearing and not here.older and gone:
        mine.filter(finding__in=gone).update(done=timezone.now())
        record(request.workspace, request.user, "finding.closed", "", findings=gone)
    return redirect("rhythm", request.workspace.slug)


def _given(here: Current, mine: QuerySet[Assignment]) -> list[Given]:
    known = {one.finding.identity: one.finding for one in here.bearing.findings} if here.bearing else {}
    found = []
    for one in mine:
        finding = known.get(one.finding)
        words = finding.message if finding else None
        hint = finding.hint if finding else None
        if here.bearing is None:
            # Nobody knows yet whether it is still there: it stays on the list, by its name.
            words = T("Finding {identity}", identity=one.finding)
        found.append(Given(one.finding, words, hint, one.due, one.begun is not None))
    return found


def _calls(request: MemberRequest) -> list[Call]:
    found = []
    for one in unanswered(request.workspace, request.user).select_related("author"):
        author = str(one.author) if isinstance(one.author, User) else "?"
        found.append(Call(author, one.text[:200], one.element, timezone.localtime(one.made).date()))
    return found


def _leads(request: MemberRequest, here: Current, one: Owed) -> tuple[str, object]:
    """Return where an entry leads, and the words on its button."""
    slug = request.workspace.slug
    match one.kind:
        case Kind.finding:
            return finding_link(slug, one.target), T("Deal with it")
        case Kind.decision:
            return link("decision-done", slug, one.target), T("It is done …")
        case Kind.evaluation:
            return link("objective-evaluate", slug, one.target), T("Evaluate")
        case Kind.review:
            return link("objective-review", slug, one.target), T("Review")
        case Kind.meeting:
            return link("meeting", slug, one.target), T("See the agenda")
        case Kind.mention:
            return element_link(slug, here.plan, one.target) or link("comments", slug, one.target), T(
                "Answer them"
            )
