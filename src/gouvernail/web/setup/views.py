"""The page of the first start. Once somebody has an account, it is gone."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.debug import sensitive_post_parameters

from gouvernail.base.text import T
from gouvernail.web.accounts.models import User
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.setup import code
from gouvernail.web.setup.forms import SetupForm
from gouvernail.web.workspaces.limits import allowed
from gouvernail.web.workspaces.models import Membership, Role, Workspace
from gouvernail.web.workspaces.trail import record

TRIES = 10
"""Wrong codes a minute."""


@sensitive_post_parameters("password", "code")
def setup(request: HttpRequest) -> HttpResponse:
    """Make the owner and the first organisation, sign the owner in."""
    if User.objects.exists():
        raise Http404
    form = SetupForm(request.POST or None)
    if request.method == "POST":
        if not allowed("setup", "anybody", TRIES, 60):
            form.add_error(None, T("Too many tries. Wait a minute.").render(language()))
        elif form.is_valid():
            workspace = _make(request, form)
            return redirect("cockpit", slug=workspace.slug)
    return render(request, "setup/setup.html", {"form": form})


@transaction.atomic
def _make(request: HttpRequest, form: SetupForm) -> Workspace:
    if not code.use_up():
        raise Http404
    data = form.cleaned_data
    user = User.objects.create_user(
        data["email"], data["password"], name=data["name"], language=language(), is_staff=True
    )
    # They read the terminal of the machine: more proof than a mail.
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    workspace = Workspace.objects.create(
        slug=slugify(data["organisation"])[:60] or "organisation",
        name=data["organisation"],
        language=language(),
    )
    Membership.objects.create(workspace=workspace, user=user, role=Role.owner)
    record(workspace, user, "organisation.made", workspace.name)
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return workspace
