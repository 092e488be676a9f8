"""Writing to people when something waits for them: to whom, in their language, with a link; never to who has no access.

A letter is made in the background (`rhythm.tasks`) from what stands in the database then: who left the organisation
meanwhile, or wants no mail, is not written to.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse

from gouvernail.base.text import T, Text
from gouvernail.web.accounts.models import User
from gouvernail.web.rhythm.people import Member, members
from gouvernail.web.workspaces.limits import allowed
from gouvernail.web.workspaces.models import Workspace

AN_HOUR = 100
"""Letters that one person may cause in an hour: a comment that calls everybody must not become a flood."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What a mail says; `path` is the page where it is answered."""

    subject: Text
    lines: tuple[Text, ...]
    path: str


def origin(request: HttpRequest) -> str:
    """Return the site's own address as the reader typed it, for links in mails."""
    return request.build_absolute_uri("/").rstrip("/")


def readers(workspace: Workspace, author: User | None) -> tuple[Member, ...]:
    """Return who may be written to: members who may read, want mails, and did not cause them themselves."""
    return tuple(one for one in members(workspace) if one.user.mails and one.user != author)


def send(
    workspace: Workspace, author: User | None, people: Iterable[Member], letter: Letter, home: str
) -> int:
    """Write a letter to each of `people`; return how many the mail server took."""
    return sum(
        _sent(workspace, one.user, letter, home)
        for one in people
        if author is None or allowed("mail", author.pk, AN_HOUR, 3600)
    )


def _sent(workspace: Workspace, reader: User, letter: Letter, home: str) -> bool:
    said = reader.language or workspace.language
    body = "\n\n".join(line.render(said) for line in _whole(letter, home))
    subject = " ".join(letter.subject.render(said).split())
    headers = {"Auto-Submitted": "auto-generated"}
    try:
        return EmailMessage(subject, body + "\n", to=[reader.email], headers=headers).send() == 1
    except OSError:
        # Mail servers fail in many ways (smtplib's errors are OSErrors); what waits stands in the reader's list anyway.
        log.exception("a mail to user %s could not be sent", reader.pk)
        return False


def _whole(letter: Letter, home: str) -> tuple[Text, ...]:
    return (
        T("Hello,"),
        *letter.lines,
        T("{link}", link=home + letter.path),
        T(
            "You are written to because something waits for you. Your account says whether you want such mails: {link}",
            link=home + reverse("account"),
        ),
    )
