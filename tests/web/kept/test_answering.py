"""What is kept, what never is, and for whom: answers of made-up views."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from gouvernail.web.accounts.models import User
from gouvernail.web.kept import changes
from gouvernail.web.kept.answering import answered
from gouvernail.web.workspaces.models import Membership, Role, Workspace
from tests.web.conftest import Join

View = Callable[[Any], Any]
PAGE = "<html><p>The page.</p></html>"


def _request(user: User) -> HttpRequest:
    request: Any = RequestFactory().get("/o/acme/page")
    request.user, request.session = user, SessionStore()
    request.membership = Membership.objects.annotate(mark=changes.mark()).get(user=user)
    request.workspace = request.membership.workspace
    request._messages = FallbackStorage(request)
    return request


def _times_made(view: View, *readers: User) -> int:
    made = 0
    for user in readers:
        request = _request(user)

        def make(request: HttpRequest = request) -> Any:
            nonlocal made
            made += 1
            return view(request)

        answered(request, make)
    return made


@pytest.fixture
def ada(join: Join) -> User:
    return join(Role.sales, "ada@acme.example")


@pytest.fixture
def bob(join: Join) -> User:
    return join(Role.sales, "bob@acme.example")


@pytest.fixture(autouse=True)
def _trusted(settings: Any) -> None:
    """How often a view is asked is what these tests count."""
    settings.KEPT_PROOF = False


def _with_cookie(request: Any) -> HttpResponse:
    answer = HttpResponse(PAGE)
    answer.set_cookie("seen", "1")
    return answer


def _with_session(request: Any) -> HttpResponse:
    request.session["seen"] = 1
    return HttpResponse(PAGE)


def _with_message(request: Any) -> HttpResponse:
    messages.success(request, "Done.")
    return HttpResponse(PAGE)


def _with_policy(request: Any) -> HttpResponse:
    answer: Any = HttpResponse(PAGE)
    answer._csp_update = {"img-src": "https://elsewhere.example"}
    return answer


NEVER: dict[str, View] = {
    "not found": lambda _: HttpResponse(PAGE, status=404),
    "another kind": lambda _: HttpResponse("{}", content_type="application/json"),
    "streamed": lambda _: StreamingHttpResponse([PAGE]),
    "cookie": _with_cookie,
    "session": _with_session,
    "message": _with_message,
    "asks the layers outside": _with_policy,
    "follows work": lambda _: HttpResponse('<div hx-get="/x" hx-trigger="load, every 2s"></div>'),
}


@pytest.mark.parametrize("view", NEVER.values(), ids=NEVER)
def test_this_is_never_kept(view: View, ada: User) -> None:
    assert _times_made(view, ada, ada) == 2


ALIKE: dict[str, View] = {
    "nobody": lambda request: PAGE,
    "role": lambda request: request.membership.role,
    "right": lambda request: request.membership.may("edit"),
    "organisation": lambda request: request.membership.workspace.name + request.workspace.slug,
}
THEIRS: dict[str, View] = {
    "name": lambda request: request.user.name,
    "sameness": lambda request: request.user == User.objects.first(),
    "query": lambda request: Membership.objects.filter(user=request.user).count(),
    "kind": lambda request: isinstance(request.user, User),
    "person": lambda request: request.membership.person,
    "user of the place": lambda request: request.membership.user,
    "number of the place": lambda request: request.membership.pk,
}


@pytest.mark.parametrize("said", ALIKE.values(), ids=ALIKE)
def test_a_page_of_the_role_is_shared(said: View, ada: User, bob: User) -> None:
    assert _times_made(lambda request: HttpResponse(str(said(request))), ada, bob, ada) == 1


@pytest.mark.parametrize("said", THEIRS.values(), ids=THEIRS)
def test_a_page_that_looked_at_the_person_is_theirs_alone(said: View, ada: User, bob: User) -> None:
    assert _times_made(lambda request: HttpResponse(str(said(request))), ada, bob, ada, bob) == 2


def test_another_role_has_another_page(ada: User, join: Join) -> None:
    assert _times_made(lambda _: HttpResponse(PAGE), ada, join(Role.reader), ada) == 2


def test_the_view_is_given_the_person_and_the_place(ada: User, workspace: Workspace) -> None:
    """They tell that they were looked at, and are otherwise what they stand for."""
    seen: dict[str, Any] = {}

    def view(request: Any) -> HttpResponse:
        seen["place"] = isinstance(request.membership, Membership)
        seen["found"] = Membership.objects.get(user=request.user, role=request.membership.role)
        request.membership.person = "ada"
        request.membership.save()
        return HttpResponse(PAGE)

    _times_made(view, ada)

    assert seen == {"place": True, "found": Membership.objects.get(user=ada, person="ada")}
