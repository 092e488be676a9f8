"""One's own account: name, language, time zone, appearance, and the way to password, second factor and sessions."""

from __future__ import annotations

from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gouvernail.base.text import T
from gouvernail.web.accounts.forms import AccountForm
from gouvernail.web.accounts.models import User
from gouvernail.web.look.templatetags.look import language

THEMES = ("auto", "light", "dark")


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show and change one's own account."""
    user = cast(User, request.user)
    form = AccountForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        # In the language just chosen: the next page is written in it.
        messages.success(request, T("Your account is saved.").render(user.language or language()))
        return redirect("account")
    return render(request, "accounts/account.html", {"form": form, "second_factor": is_mfa_enabled(user)})


@require_POST
@login_required
def theme(request: HttpRequest) -> HttpResponse:
    """Change between light and dark, and go back where one was."""
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        User.objects.filter(pk=cast(User, request.user).pk).update(theme=chosen)
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "/")
