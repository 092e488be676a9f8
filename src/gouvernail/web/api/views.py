"""The page of tokens: making one, seeing which were used, revoking."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gouvernail.base.text import T
from gouvernail.web.api import keys
from gouvernail.web.api.forms import TokenForm
from gouvernail.web.api.models import Token
from gouvernail.web.look.forms import words
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission

SHOWN = 200


@member(Permission.read)
@never_cache
def tokens(request: MemberRequest) -> HttpResponse:
    """Show one's own tokens (the owner's page shows everybody's), and make one."""
    form, key = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        _, key = keys.make(
            request.workspace,
            request.user,
            form.cleaned_data["name"],
            write=form.cleaned_data["scope"] == "write",
            expires=form.expires,
        )
        form = TokenForm()
    found = _reachable(request).select_related("user").order_by("-made")[:SHOWN]
    shown = {"form": form, "key": key, "tokens": [(one, _works(one)) for one in found]}
    return render(request, "workspaces/tokens.html", shown)


@member(Permission.read)
@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a token work no longer: one's own, or anybody's for whoever manages the organisation."""
    found = get_object_or_404(_reachable(request), pk=pk)
    found.workspace = request.workspace
    keys.revoke(found, request.user)
    messages.success(request, words(T("“{name}” no longer works.", name=found.name)))
    return redirect("tokens", slug=request.workspace.slug)


def _reachable(request: MemberRequest) -> QuerySet[Token]:
    found = Token.objects.filter(workspace=request.workspace)
    return found if request.membership.may(Permission.manage) else found.filter(user=request.user)


def _works(token: Token) -> bool:
    return token.revoked is None and (token.expires is None or token.expires > timezone.now())
