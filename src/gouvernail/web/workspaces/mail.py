"""The mail that carries an invitation, in the invitee's language."""

from __future__ import annotations

import logging

from django.core.mail import EmailMessage
from django.utils import timezone

from gouvernail.base.text import T, Text
from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Invitation
from gouvernail.web.workspaces.words import ROLES

log = logging.getLogger(__name__)


def send(invitation: Invitation, link: str) -> bool:
    """Send an invitation; return whether the mail server took it."""
    said = language_of(invitation)
    name = invitation.workspace.name.replace("\n", " ").replace("\r", " ")
    subject = T("Your invitation to {organisation}", organisation=name).render(said)
    body = "\n\n".join(line.render(said) for line in _lines(invitation, link))
    message = EmailMessage(subject, body + "\n", to=[invitation.email])
    try:
        return message.send() == 1
    except OSError:
        # Mail servers fail in many ways (smtplib's errors are OSErrors): the invitation stands, its link can be sent again.
        log.exception("invitation %s could not be mailed", invitation.pk)
        return False


def language_of(invitation: Invitation) -> str:
    """Return the invitee's language: the one that their account has, else the one chosen when they were invited."""
    known = User.objects.filter(email=invitation.email).values_list("language", flat=True).first()
    return known or invitation.language or invitation.workspace.language


def _lines(invitation: Invitation, link: str) -> tuple[Text, ...]:
    name, meaning = ROLES[invitation.role]
    who = str(invitation.invited_by) if invitation.invited_by else invitation.workspace.name
    return (
        T("Hello,"),
        T(
            "{who} invites you to {organisation} on Gouvernail.",
            who=who,
            organisation=invitation.workspace.name,
        ),
        T("Gouvernail shows whether marketing serves the objectives of the company, and what does not."),
        T("Your role: {role}. {meaning}", role=name, meaning=meaning),
        T(
            "Follow this link to join; it works once, until {day}:",
            day=timezone.localdate(invitation.expires),
        ),
        T("{link}", link=link),
        T("If you do not expect this invitation, do nothing: without the link nobody joins in your name."),
    )
