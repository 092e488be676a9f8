"""Inviting, inviting again, withdrawing an invitation."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.web.look.forms import words
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces import invitations, mail
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.forms import InvitationForm
from gouvernail.web.workspaces.limits import allowed
from gouvernail.web.workspaces.models import Invitation, Permission
from gouvernail.web.workspaces.views.people import people_page

MAILS_AN_HOUR = 60


@member(Permission.manage)
@require_POST
def invite(request: MemberRequest) -> HttpResponse:
    """Invite somebody by mail."""
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            _within_limit(request)
            made = invitations.invite(request.workspace, request.user, **form.cleaned_data)
        except UsageError as error:
            form.add_error(None, error.message.render(language()))
        else:
            _send(request, made)
            return redirect("people", slug=request.workspace.slug)
    return people_page(request, form, status=422)


@member(Permission.manage)
@require_POST
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    found = _invitation(request, pk)
    try:
        _within_limit(request)
        _send(request, invitations.renew(found, request.user))
    except UsageError as error:
        messages.error(request, error.message.render(language()))
    return redirect("people", slug=request.workspace.slug)


@member(Permission.manage)
@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    found = _invitation(request, pk)
    invitations.revoke(found, request.user)
    messages.success(request, words(T("The invitation of {email} is withdrawn.", email=found.email)))
    return redirect("people", slug=request.workspace.slug)


def _invitation(request: MemberRequest, pk: int) -> Invitation:
    found = get_object_or_404(
        Invitation.objects.select_related("invited_by"), pk=pk, workspace=request.workspace
    )
    found.workspace = request.workspace
    return found


def _within_limit(request: MemberRequest) -> None:
    if not allowed("invite", request.workspace.pk, MAILS_AN_HOUR, 3600):
        raise UsageError(T("That is a lot of invitations. Go on in an hour."))


def _send(request: MemberRequest, made: Invitation) -> None:
    link = request.build_absolute_uri(reverse("invitation", args=[made.token]))
    if not mail.send(made, link):
        messages.error(
            request,
            words(T("The mail to {email} could not be sent. Try again in a while.", email=made.email)),
        )
    elif getattr(settings, "EMAIL_BACKEND", "").endswith("console.EmailBackend"):
        messages.info(
            request,
            words(
                T("This site sends no mail yet: give {email} the link that the list shows.", email=made.email)
            ),
        )
    else:
        messages.success(request, words(T("{email} is invited; the mail is on its way.", email=made.email)))
