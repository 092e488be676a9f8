"""How much somebody owes, for the menu: one question to the database, and what is in memory of the plan."""

from __future__ import annotations

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gouvernail.web.accounts.models import User
from gouvernail.web.bearings import shelf
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanRevision
from gouvernail.web.rhythm.models import Assignment, Comment
from gouvernail.web.rhythm.owed import Me, owed
from gouvernail.web.workspaces.models import Membership, Permission, Workspace


def unanswered(workspace: Workspace, user: User) -> QuerySet[Comment]:
    """Return the open comments that call somebody who has said nothing there since."""
    answers = Comment.objects.filter(
        workspace=workspace, author=user, element=OuterRef("element"), made__gte=OuterRef("made")
    )
    return Comment.objects.filter(~Exists(answers), workspace=workspace, mentions=user, resolved=None)


def owed_count(membership: Membership) -> int:
    """Return how many things stand in somebody's list (`rhythm.views.index`)."""
    if not membership.may(Permission.read):
        return 0
    workspace, user = membership.workspace, membership.user
    given = Assignment.objects.filter(workspace=workspace, assignee=user, done=None)
    revisions = PlanRevision.objects.filter(workspace=workspace, scenario=None)
    asked = Workspace.objects.filter(pk=workspace.pk).values_list(
        _counted(given), _counted(unanswered(workspace, user)), Subquery(_one(revisions, Max("number")))
    )
    findings, calls, head = asked.get()
    plan = store.read(workspace, number=head or 0)
    me = Me.of(plan, membership.person, user.email)
    return len(owed(plan, me, shelf.today(workspace))) + int(findings) + int(calls)


def _counted(found: QuerySet[Assignment] | QuerySet[Comment]) -> Coalesce:
    return Coalesce(Subquery(_one(found, Count("pk")), output_field=IntegerField()), 0)


def _one(
    found: QuerySet[Assignment] | QuerySet[Comment] | QuerySet[PlanRevision], what: Count | Max
) -> QuerySet:  # type: ignore[type-arg]
    """One number over all rows, as a subquery."""
    return found.order_by().annotate(all_=Value(1)).values("all_").annotate(n=what).values("n")
