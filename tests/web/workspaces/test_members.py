"""Roles of members: every role × permission, the last owner, removal."""

import pytest
from django.test import Client, RequestFactory

from gouvernail.base.errors import UsageError
from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.api import keys
from gouvernail.web.workspaces import members
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import ALLOWED, AuditEntry, Membership, Permission, Role, Workspace
from tests.web.conftest import Join, SignedIn

TABLE = {
    "owner": "read comment edit decide bring share manage",
    "management": "read comment edit decide bring share",
    "marketing": "read comment edit decide bring share",
    "sales": "read comment edit bring",
    "contributor": "read comment edit",
    "partner": "",
    "reader": "read",
}


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", Role.values)
def test_a_role_allows_what_its_table_says(
    role: str, permission: Permission, workspace: Workspace, join: Join
) -> None:
    from django.core.exceptions import PermissionDenied
    from django.http import HttpResponse

    @member(permission)
    def view(request: MemberRequest) -> HttpResponse:
        return HttpResponse(request.membership.role)

    request = RequestFactory().get("/")
    request.user = join(role)

    assert (permission in ALLOWED[role]) == (permission.value in TABLE[role].split())
    if permission.value in TABLE[role].split():
        assert view(request, slug="acme").content.decode() == role
    else:
        with pytest.raises(PermissionDenied):
            view(request, slug="acme")


def _place(user: User) -> Membership:
    return Membership.objects.select_related("workspace", "user").get(user=user)


def test_the_last_owner_can_neither_be_demoted_nor_leave(workspace: Workspace, join: Join) -> None:
    owner = join(Role.owner)

    with pytest.raises(UsageError, match="needs an owner"):
        members.change_role(_place(owner), Role.reader, owner)
    with pytest.raises(UsageError, match="needs an owner"):
        members.remove(_place(owner), owner)

    assert _place(owner).role == Role.owner


def test_an_owner_beside_another_can_go(workspace: Workspace, join: Join) -> None:
    first, second = join(Role.owner), join(Role.owner, "second@acme.example")

    members.change_role(_place(first), Role.reader, second)
    members.remove(_place(first), second)

    assert list(Membership.objects.values_list("user", flat=True)) == [second.pk]


def test_owner_changes_a_role_and_the_trail_tells(owner: Client, join: Join) -> None:
    place = _place(join(Role.reader))

    answer = owner.post(f"/o/acme/settings/people/{place.pk}", {"role": "sales", "person": ""})

    assert answer.status_code == 302
    place.refresh_from_db()
    assert place.role == "sales"
    told = AuditEntry.objects.get(what="member.role")
    assert (told.subject, told.details) == ("reader@acme.example", {"before": "reader", "after": "sales"})


def test_the_page_says_why_the_last_owner_stays(owner: Client) -> None:
    place = Membership.objects.get()

    answer = owner.post(f"/o/acme/settings/people/{place.pk}", {"role": "reader", "person": ""})

    assert "needs an owner" in answer.content.decode()
    assert Membership.objects.get().role == Role.owner


def test_whoever_does_not_manage_changes_nobody(join: Join, signed_in: SignedIn) -> None:
    place = _place(join(Role.reader))

    answer = signed_in(join(Role.management)).post(
        f"/o/acme/settings/people/{place.pk}", {"role": "owner", "person": ""}
    )

    assert answer.status_code == 403
    assert _place(place.user).role == Role.reader


def test_a_member_of_another_organisation_is_not_there(owner: Client, join: Join) -> None:
    other = Workspace.objects.create(slug="rival", name="Rival")
    stranger = _place(join(Role.reader, "stranger@rival.example", other))

    assert owner.get(f"/o/acme/settings/people/{stranger.pk}").status_code == 404
    assert owner.post(f"/o/acme/settings/people/{stranger.pk}/remove").status_code == 404


def test_removal_takes_place_and_keys_but_not_the_account(
    workspace: Workspace, owner: Client, join: Join
) -> None:
    user = join(Role.marketing)
    _, key = keys.make(workspace, user, "export", write=True, expires=None)

    owner.post(f"/o/acme/settings/people/{_place(user).pk}/remove")

    assert not Membership.objects.filter(user=user).exists()
    assert keys.find(key) is None
    assert User.objects.filter(pk=user.pk).exists()


def test_anybody_leaves_by_themselves(join: Join, signed_in: SignedIn) -> None:
    user = join(Role.partner)

    signed_in(user).post("/organisations/leave/acme")

    assert not Membership.objects.filter(user=user).exists()
    assert AuditEntry.objects.get().what == "member.left"


def test_a_member_is_linked_with_one_person_of_the_plan(workspace: Workspace, join: Join, plan: Plan) -> None:
    me, other = join(Role.owner), join(Role.sales)
    person = plan.people[0].id

    assert members.link(_place(me), person, me)
    with pytest.raises(UsageError, match="is Owner already"):
        members.link(_place(other), person, me)
    with pytest.raises(UsageError, match="nobody called"):
        members.link(_place(other), "nobody", me)
