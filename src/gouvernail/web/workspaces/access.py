"""Access is decided here, where the organisation is looked up: nobody outside it learns that it exists.

A view of an organisation is written

    @member(Permission.edit)
    def view(request: MemberRequest, …) -> HttpResponse: …

and stands under `/o/<slug>/`. It is given `request.workspace` and `request.membership`. A visitor is sent to sign in,
an outsider gets *not found*, a member whose role does not allow it gets a polite refusal (403).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from gouvernail.base.speech import speaking
from gouvernail.report.vocabulary import own_words
from gouvernail.web.accounts.models import User
from gouvernail.web.kept import changes
from gouvernail.web.kept.answering import answered
from gouvernail.web.plans.models import ElementRevision
from gouvernail.web.workspaces.models import Membership, Permission, Workspace


class MemberRequest(HttpRequest):
    """A request by a member of the organisation that the address names."""

    user: User
    workspace: Workspace
    membership: Membership


View = Callable[..., HttpResponseBase]
_VOCABULARY = (
    ElementRevision.objects.filter(
        workspace=OuterRef("workspace"), scenario=None, section="vocabulary", element="vocabulary"
    )
    .order_by("-number")
    .values("body")[:1]
)
"""What the organisation renames, fetched along with the place in it."""


def membership_of(user: User, slug: str) -> Membership:
    """Return the user's place in the organisation.

    Raises:
        Http404: there is no such organisation, or the user has no place in it. The two are not told apart.
    """
    places = Membership.objects.select_related("workspace").annotate(
        vocabulary=Subquery(_VOCABULARY), mark=changes.mark()
    )
    found = places.filter(user=user, workspace__slug=slug).first()
    if found is None:
        raise Http404
    found.user = user
    return found


def member(permission: Permission, *, partners: bool = False) -> Callable[[View], View]:
    """Let members pass whose role allows `permission`.

    With `partners`, partners pass too, whose role allows nothing: the view itself must show them only what is shared with
    partners (`request.membership.is_partner`).
    """

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            membership = membership_of(cast(User, request.user), slug)
            if not membership.may(permission) and not (partners and membership.is_partner):
                if (
                    membership.is_partner
                    and request.resolver_match
                    and request.resolver_match.url_name == "cockpit"
                ):
                    # The front door of an organisation leads partners to the one place that is theirs.
                    return redirect("reports", slug)
                raise PermissionDenied
            request.membership, request.workspace = membership, membership.workspace  # type: ignore[attr-defined]
            own = own_words(membership.vocabulary or {})  # type: ignore[attr-defined]  # asked with the place
            with speaking(own), changes.within(membership.workspace_id):
                return answered(request, lambda: view(request, *args, **kwargs))

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the test that visits every view
        return guarded

    return decorate
