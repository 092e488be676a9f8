"""A kept page is the page: for every page, every role, and for whoever else has the same role."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from benchmarks.web.addresses import pages
from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.kept import shelf
from gouvernail.web.kept.page import Page
from gouvernail.web.plans import store
from gouvernail.web.rhythm.models import Assignment, Comment
from gouvernail.web.workspaces.models import Invitation, Membership, Role, Workspace
from tests.web.conftest import Join, SignedIn

SAMPLES = {"section": "objectives", "part": "people", "code": "AUD01", "subject": "coherence", "number": "1"}


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses of pages that were given again."""
    told: list[str] = []
    answer = Page.answer

    def noting(page: Page, request: Any) -> Any:
        told.append(request.path)
        return answer(page, request)

    monkeypatch.setattr(Page, "answer", noting)
    return told


@pytest.fixture
def address(workspace: Workspace, plan: Plan) -> str:
    """A page that shows the plan."""
    return reverse("plan-section", args=[workspace.slug, "objectives"])


def _samples(plan: Plan) -> dict[str, str]:
    objective = plan.objectives[0].id
    return {
        **SAMPLES,
        "id": objective,
        "action.id": plan.actions[0].id,
        "element": f"objectives-{objective}",
    }


@pytest.mark.parametrize("role", [role for role in Role if role != Role.partner])
def test_every_page_is_given_again_to_its_reader_and_to_others_of_the_role(
    role: Role, workspace: Workspace, plan: Plan, join: Join, signed_in: SignedIn, given: list[str]
) -> None:
    """What is given is compared with what is made anew (`KEPT_PROOF`), for both."""
    first, second = join(role, "ada@acme.example"), join(role, "bob@acme.example")
    User.objects.filter(pk=second.pk).update(name="Bob")
    _things_of_their_own(workspace, first)
    one, two = signed_in(first), signed_in(second)
    found = pages(one, workspace.slug, _samples(plan))
    assert len(found) > 15
    for page in found:
        one.get(page.path)
        given.clear()
        assert one.get(page.path).status_code == 200
        assert given == [page.path], f"{page.name} is made anew each time"
        assert two.get(page.path).status_code == 200


def _things_of_their_own(workspace: Workspace, user: User) -> None:
    Assignment.objects.create(workspace=workspace, finding="AUD01", assignee=user)
    Comment.objects.create(workspace=workspace, element="objectives/x", author=user, text="Mine")
    Invitation.objects.create(workspace=workspace, email="new@acme.example", invited_by=user)


def test_the_frame_is_the_readers_own(
    address: str, join: Join, signed_in: SignedIn, given: list[str]
) -> None:
    ada, bob = join(Role.owner, "ada@acme.example"), join(Role.owner, "bob@acme.example")
    User.objects.filter(pk=ada.pk).update(name="Ada Secret")
    User.objects.filter(pk=bob.pk).update(name="Bob")
    one, two = signed_in(ada), signed_in(bob)
    one.get(address)

    page = two.get(address).content.decode()

    assert given == [address]
    assert "Bob" in page
    assert "Ada Secret" not in page


def test_an_organisation_more_shows_in_the_frame(
    address: str, join: Join, signed_in: SignedIn, given: list[str]
) -> None:
    user = join()
    client = signed_in(user)
    client.get(address)
    more = Workspace.objects.create(slug="more", name="One more")
    Membership.objects.create(workspace=more, user=user, role=Role.owner)

    assert "One more" in client.get(address).content.decode()


def test_each_answer_has_a_token_of_its_own_and_forms_work(
    address: str, join: Join, given: list[str]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(join())
    answers = [client.get(address).content.decode() for _ in range(3)]
    tokens = [set(re.findall(r"[A-Za-z0-9]{64}", one)) for one in answers]

    assert len(given) == 2
    assert all(len(one) == 1 for one in tokens)
    assert len(set.union(*tokens)) == 3
    posted = {"csrfmiddlewaretoken": tokens[-1].pop(), "language": "fr", "next": address}
    assert client.post("/language", posted).status_code == 302
    assert client.post("/language", {**posted, "csrfmiddlewaretoken": "x" * 64}).status_code == 403


def test_the_address_to_come_back_to_is_that_of_the_page(address: str, owner: Client) -> None:
    other = address.replace("objectives", "actions") + "?q=%22x%26"
    for each in (address, other, address, other):
        page = owner.get(each).content.decode()
        assert f'name="next" value="{each.replace("&", "&amp;")}"' in page


def test_another_language_is_another_page(address: str, join: Join, signed_in: SignedIn) -> None:
    user = join()
    client = signed_in(user)
    assert 'lang="en"' in client.get(address).content.decode()
    User.objects.filter(pk=user.pk).update(language="fr", theme="dark")

    page = client.get(address).content.decode()

    assert '<html lang="fr" data-bs-theme="dark">' in page


def test_access_is_asked_each_time(
    address: str, workspace: Workspace, join: Join, signed_in: SignedIn
) -> None:
    user, outsider = join(), User.objects.create_user("out@side.example")
    client = signed_in(user)
    assert client.get(address).status_code == 200

    assert signed_in(outsider).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    Membership.objects.filter(user=user).update(role=Role.partner)
    assert client.get(address).status_code == 403
    Membership.objects.filter(user=user).delete()
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_a_write_is_seen_at_once(
    address: str, workspace: Workspace, plan: Plan, owner: Client, given: list[str]
) -> None:
    owner.get(address)
    body = {"id": "new", "title": "Quite a new objective", "level": "business"}
    store.commit(workspace, None, [store.Change("objectives", "new", body)])

    assert "Quite a new objective" in owner.get(address).content.decode()
    assert given == []


def test_a_message_is_shown_once_and_never_kept(
    address: str, workspace: Workspace, plan: Plan, owner: Client, given: list[str]
) -> None:
    owner.get(address)
    changed = owner.post(f"/o/{workspace.slug}/plan/element/objectives/{plan.objectives[0].id}/duplicate/")
    assert changed.status_code == 302

    first, second, third = (owner.get(address).content.decode() for _ in range(3))

    assert first.count('class="alert is-good"') == 1
    assert second.count('class="alert is-good"') == third.count('class="alert is-good"') == 0
    assert given == [address]


def test_a_choice_kept_in_the_session_is_never_swallowed(
    workspace: Workspace, plan: Plan, join: Join, signed_in: SignedIn
) -> None:
    user = join()
    client, other = signed_in(user), signed_in(user)
    cockpit = f"/o/{workspace.slug}/"
    for one in (client, other):
        one.get(cockpit)
        one.get(f"{cockpit}?period=2025-11")
    other.get(f"{cockpit}?period=2025-10")

    assert "November 2025" in client.get(cockpit).content.decode()
    assert "October 2025" in other.get(cockpit).content.decode()


@pytest.mark.parametrize(
    "head",
    [{"HX-Request": "true"}, {"X-Requested-With": "fetch"}, {"Accept": "application/json"}],
    ids=str,
)
def test_parts_of_pages_are_made_each_time(
    head: dict[str, str], address: str, owner: Client, given: list[str]
) -> None:
    for _ in range(3):
        owner.get(address, headers=head)

    assert given == []


def test_a_page_that_follows_work_is_made_each_time(
    workspace: Workspace, plan: Plan, owner: Client, given: list[str], settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    for _ in range(3):
        page = owner.get(f"/o/{workspace.slug}/").content.decode()

    assert 'hx-trigger="every 2s"' in page
    assert given == []


def test_a_page_is_kept_for_a_minute(
    address: str, owner: Client, given: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "SECONDS", -1.0)
    owner.get(address)
    owner.get(address)

    assert given == []


def test_nothing_is_kept_where_no_memory_is_set_aside(
    address: str, owner: Client, given: list[str], settings: Any
) -> None:
    settings.KEPT_BYTES = 0
    owner.get(address)
    owner.get(address)

    assert given == []


def test_the_shelf_stays_within_its_room(settings: Any) -> None:
    class Thing:
        size = 100

    settings.KEPT_BYTES = 1000
    room: shelf.Shelf[Thing] = shelf.Shelf()
    for number in range(30):
        room.put(number, Thing())
        room.get(0)

    assert room.size == 1000
    assert [number for number in range(30) if room.get(number)] == [0, *range(21, 30)]
    settings.KEPT_BYTES = 700
    room.put("too large", Thing())
    assert room.get("too large") is None


def test_the_proof_finds_what_was_forgotten(
    address: str, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that nobody hears of: the test of whoever adds it fails, and says where."""
    from gouvernail.web.kept import changes, proof

    owner.get(address)
    monkeypatch.setattr(changes, "_add", lambda *_: None)
    Workspace.objects.update(name="Renamed behind the back")

    with pytest.raises(proof.Stale, match="Renamed behind the back"):
        owner.get(address)


def test_what_each_owes_stands_in_the_menu_of_a_page_kept_for_both(
    address: str, workspace: Workspace, join: Join, signed_in: SignedIn, given: list[str]
) -> None:
    ada, bob = join(Role.owner, "ada@acme.example"), join(Role.owner, "bob@acme.example")
    one, two = signed_in(ada), signed_in(bob)
    Assignment.objects.create(workspace=workspace, finding="AUD01", assignee=bob)

    assert b"thing you owe" not in one.get(address).content
    assert b'1<span class="visually-hidden"> thing you owe' in two.get(address).content
    assert given == [address]
