"""What may be done with somebody's place in an organisation. The last owner keeps theirs."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.web.accounts.models import User
from gouvernail.web.api.models import Token
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Membership, Role, Workspace
from gouvernail.web.workspaces.trail import record

LAST_OWNER = T("An organisation needs an owner: make somebody else owner first, then this can be changed.")


@transaction.atomic
def change_role(place: Membership, role: str, by: User) -> bool:
    """Give somebody another role; return whether anything changed.

    Raises:
        UsageError: it would leave the organisation without an owner.
    """
    _lock(place.workspace)
    before = Membership.objects.values_list("role", flat=True).get(pk=place.pk)
    if before == role:
        return False
    if before == Role.owner:
        _another_owner(place)
    place.role = role
    place.save(update_fields=["role"])
    record(place.workspace, by, "member.role", place.user.email, before=before, after=role)
    return True


@transaction.atomic
def link(place: Membership, person: str, by: User) -> bool:
    """Say who in the plan this member is, for what they owe; empty for nobody.

    Raises:
        UsageError: the plan knows no such person, or somebody else is that person already.
    """
    _lock(place.workspace)
    if place.person == person:
        return False
    if person and all(one.id != person for one in store.read(place.workspace).people):
        raise UsageError(T("The plan knows nobody called “{id}”.", id=person))
    other = Membership.objects.filter(workspace=place.workspace, person=person).exclude(pk=place.pk)
    if person and (taken := other.select_related("user").first()):
        raise UsageError(T("In the plan, that person is {who} already.", who=str(taken.user)))
    place.person = person
    place.save(update_fields=["person"])
    record(place.workspace, by, "member.linked", place.user.email, person=person)
    return True


@transaction.atomic
def remove(place: Membership, by: User) -> None:
    """Take somebody out of the organisation, their keys to its API with them. They keep their account.

    Raises:
        UsageError: they are the last owner.
    """
    _lock(place.workspace)
    if place.role == Role.owner:
        _another_owner(place)
    keys = Token.objects.filter(workspace=place.workspace, user=place.user, revoked=None)
    keys.update(revoked=timezone.now())
    what = "member.left" if by.pk == place.user_id else "member.removed"
    record(place.workspace, by, what, place.user.email, role=place.role)
    place.delete()


def _lock(workspace: Workspace) -> None:
    # Two owners who demote one another at the same time: the second waits, and is refused.
    Workspace.objects.select_for_update().get(pk=workspace.pk)


def _another_owner(place: Membership) -> None:
    owners = Membership.objects.filter(workspace=place.workspace, role=Role.owner)
    if not owners.exclude(pk=place.pk).exists():
        raise UsageError(LAST_OWNER)
