"""How much somebody owes: the same number as their list, for one question to the database."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.rhythm.counting import owed_count
from gouvernail.web.rhythm.models import Assignment, Comment
from gouvernail.web.workspaces.models import Membership, Role, Workspace
from tests.web.conftest import Join, SignedIn

Late = Callable[[int], list[str]]


@pytest.fixture
def bo(join: Join, plan: Plan) -> Membership:
    """Somebody whom the plan knows."""
    Membership.objects.filter(user=join(Role.marketing, "bo@acme.example")).update(person=plan.people[0].id)
    return Membership.objects.select_related("workspace", "user").get(user__email="bo@acme.example")


def _listed(client: Client) -> int:
    page = client.get("/o/acme/rhythm/")
    return sum(len(page.context[part]) for part in ("late", "ahead", "solved"))


@pytest.mark.parametrize("n", [0, 1, 30])
def test_the_count_is_that_of_the_list(
    n: int, late: Late, bo: Membership, workspace: Workspace, signed_in: SignedIn, plan: Plan
) -> None:
    for id in late(n):
        Assignment.objects.create(workspace=workspace, finding=f"REV02:{id}", assignee=bo.user)
    element = plan.objectives[0].id
    for _ in range(n):
        Comment.objects.create(workspace=workspace, element=element, text="@bo").mentions.add(bo.user)
    workspace.refresh_from_db()

    assert owed_count(bo) == _listed(signed_in(bo.user)) >= 3 * n


def test_an_answer_and_what_is_done_count_no_more(
    late: Late, bo: Membership, workspace: Workspace, plan: Plan, today: object
) -> None:
    before = owed_count(bo)
    element = plan.objectives[0].id
    Comment.objects.create(workspace=workspace, element=element, text="@bo").mentions.add(bo.user)
    given = Assignment.objects.create(workspace=workspace, finding="REV02:x", assignee=bo.user)
    assert owed_count(bo) == before + 2
    Comment.objects.create(workspace=workspace, element=element, text="done", author=bo.user)
    given.done = given.made
    given.save()

    assert owed_count(bo) == before


def test_it_asks_once(late: Late, bo: Membership, django_assert_num_queries) -> None:
    late(3)
    owed_count(bo)
    with django_assert_num_queries(1):
        owed_count(bo)


def test_partners_and_an_organisation_without_a_plan_owe_nothing(
    workspace: Workspace, join: Join, django_assert_num_queries
) -> None:
    reader = Membership.objects.select_related("workspace", "user").get(user=join(Role.reader))
    partner = Membership.objects.select_related("workspace", "user").get(user=join(Role.partner))

    assert owed_count(reader) == 0
    with django_assert_num_queries(0):
        assert owed_count(partner) == 0


def test_the_mark_in_the_menu_says_what_it_counts(bo: Membership, workspace: Workspace, late: Late) -> None:
    late(2)
    request = RequestFactory().get("/")
    request.user, request.membership, request.workspace = bo.user, bo, workspace
    seen = render_to_string("frame/owed.html", {}, request)
    User.objects.filter(pk=bo.user.pk).update(is_active=False)

    assert f'{owed_count(bo)}<span class="visually-hidden"> things you owe' in seen
