"""Inviting somebody: a link by mail that cannot be guessed, expires, can be withdrawn, and works once, for one address."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T, Text
from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Invitation, Membership, Workspace, _in_two_weeks, _token
from gouvernail.web.workspaces.trail import record


@transaction.atomic
def invite(workspace: Workspace, by: User, email: str, role: str, language: str) -> Invitation:
    """Return a new invitation; an earlier one to the same address no longer works.

    Raises:
        UsageError: whoever has this address belongs to the organisation already.
    """
    email = email.strip().casefold()
    if Membership.objects.filter(workspace=workspace, user__email=email).exists():
        raise UsageError(T("{email} belongs to this organisation already.", email=email))
    waiting = Invitation.objects.filter(workspace=workspace, email=email, accepted=None, revoked=None)
    waiting.update(revoked=timezone.now())
    made = Invitation.objects.create(
        workspace=workspace, email=email, role=role, language=language, invited_by=by
    )
    record(workspace, by, "member.invited", email, role=role)
    return made


def renew(invitation: Invitation, by: User) -> Invitation:
    """Give an invitation a new link and two more weeks; the link that was sent before no longer works.

    Raises:
        UsageError: it was accepted or withdrawn.
    """
    if invitation.accepted or invitation.revoked:
        raise UsageError(T("This invitation is closed. Invite the person anew."))
    invitation.token, invitation.expires = _token(), _in_two_weeks()
    invitation.save(update_fields=["token", "expires"])
    record(invitation.workspace, by, "member.invited", invitation.email, role=invitation.role, again=True)
    return invitation


def revoke(invitation: Invitation, by: User) -> None:
    """Withdraw an invitation that was not accepted."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted=None, revoked=None)
    if waiting.update(revoked=timezone.now()):
        record(invitation.workspace, by, "member.uninvited", invitation.email)


def closed(invitation: Invitation) -> Text | None:
    """Return why an invitation no longer works, None while it does."""
    if invitation.accepted:
        return T("This invitation was accepted already. It works once.")
    if invitation.revoked:
        return T("This invitation was withdrawn.")
    if invitation.expires <= timezone.now():
        return T("This invitation expired on {day}.", day=timezone.localdate(invitation.expires))
    return None


def is_for(invitation: Invitation, user: User) -> bool:
    """Return whether the invitation is addressed to this person: to their address, or to another one they have proved."""
    wanted = invitation.email.casefold()
    if user.email.casefold() == wanted:
        return True
    return bool(EmailAddress.objects.filter(user=user, verified=True, email__iexact=wanted).exists())


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """Make the person a member, once.

    Raises:
        UsageError: the invitation no longer works, or is for somebody else.
    """
    # Read again under a lock: a link clicked twice makes one member.
    mine = Invitation.objects.select_for_update().select_related("workspace").get(pk=invitation.pk)
    if reason := closed(mine):
        raise UsageError(reason)
    if not is_for(mine, user):
        raise UsageError(T("This invitation is for {email}.", email=mine.email))
    mine.accepted = timezone.now()
    mine.save(update_fields=["accepted"])
    place, _ = Membership.objects.get_or_create(
        workspace=mine.workspace, user=user, defaults={"role": mine.role}
    )
    record(mine.workspace, user, "member.joined", user.email, role=place.role)
    return place


def waiting_for(user: User) -> list[Invitation]:
    """Return the open invitations to this person, for those who lost the mail."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    addresses = {user.email.casefold(), *(one.casefold() for one in proved)}
    found = Invitation.objects.filter(email__in=addresses, accepted=None, revoked=None)
    return list(
        found.filter(expires__gt=timezone.now()).select_related("workspace").order_by("-created")[:20]
    )
