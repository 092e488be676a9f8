"""Comments on an element of the plan or on a finding: said, answered, settled. Asked for by HTMX from other pages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gouvernail.plan.model import Layer, Plan
from gouvernail.web.plans import store
from gouvernail.web.rhythm import tasks
from gouvernail.web.rhythm.forms import CommentForm
from gouvernail.web.rhythm.links import element_link, name_of
from gouvernail.web.rhythm.mails import origin
from gouvernail.web.rhythm.mentions import Part, called, parts
from gouvernail.web.rhythm.models import Comment
from gouvernail.web.rhythm.people import Member, members
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission, Workspace
from gouvernail.web.workspaces.trail import record


@dataclass(frozen=True)
class Said:
    """A comment as it is shown."""

    comment: Comment
    parts: tuple[Part, ...]


@member(Permission.read)
def thread(request: MemberRequest, element: str) -> HttpResponse:
    """Show what was said of an element, or of one of its findings; say something."""
    finding = request.GET.get("finding", "")[:200]
    plan = store.read(request.workspace)
    _check(request.workspace, plan, element)
    if request.method == "POST" and request.membership.may(Permission.comment):
        return _said(request, plan, element, finding)
    return _shown(request, plan, element, finding, CommentForm())


@member(Permission.comment)
@require_POST
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Settle a comment, or open it again."""
    found = get_object_or_404(Comment, pk=pk, workspace=request.workspace)
    found.resolved = None if found.resolved else timezone.now()
    found.save(update_fields=["resolved"])
    record(
        request.workspace,
        request.user,
        "comment.settled" if found.resolved else "comment.reopened",
        found.element,
        comment=found.pk,
    )
    return _shown(
        request,
        store.read(request.workspace),
        found.element,
        request.GET.get("finding", "")[:200],
        CommentForm(),
    )


def _said(request: MemberRequest, plan: Plan, element: str, finding: str) -> HttpResponse:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _shown(request, plan, element, finding, form)
    people = members(request.workspace)
    text = form.cleaned_data["text"]
    made = Comment.objects.create(
        workspace=request.workspace, element=element, finding=finding, author=request.user, text=text
    )
    named = [one.user for one in called(text, people) if one.user.pk != request.user.pk]
    made.mentions.set(named)
    if named:
        tasks.called.enqueue(made.pk, origin(request))
    record(
        request.workspace,
        request.user,
        "comment.made",
        element,
        comment=made.pk,
        called=[one.email for one in named],
    )
    return _shown(request, plan, element, finding, CommentForm(), people)


def _shown(
    request: MemberRequest,
    plan: Plan,
    element: str,
    finding: str,
    form: CommentForm,
    people: tuple[Member, ...] | None = None,
) -> HttpResponse:
    people = people if people is not None else members(request.workspace)
    found = Comment.objects.filter(workspace=request.workspace, element=element).select_related("author")
    if finding:
        found = found.filter(finding=finding)
    said = [Said(one, parts(one.text, people)) for one in found]
    context: dict[str, Any] = {
        "element": element,
        "finding": finding,
        "form": form,
        "open": [one for one in said if one.comment.resolved is None],
        "settled": [one for one in said if one.comment.resolved is not None],
        # As an attribute: scripts, data too, are taken out of what htmx brings.
        "people_json": json.dumps([{"handle": one.handle, "name": one.name} for one in people]),
        "title": name_of(plan, element),
        "element_url": element_link(request.workspace.slug, plan, element),
    }
    template = "rhythm/comment_list.html" if request.htmx else "rhythm/comment_page.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _check(workspace: Workspace, plan: Plan, element: str) -> None:
    """Let pass what can be talked of: an element of the plan, a layer, the rules, or what was talked of before."""
    if plan.get(element) or element in set(Layer) or element == "rules":
        return
    if not Comment.objects.filter(workspace=workspace, element=element).exists():
        raise Http404
